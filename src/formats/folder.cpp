#include "stave/core/classification.hpp"
#include "stave/core/error.hpp"
#include "stave/formats/source.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "zip_archive.hpp"

namespace stave {
namespace {

namespace fs = std::filesystem;

// Deep enough for every published layout, and an end to a ring of links.
constexpr int max_folder_depth = 8;
constexpr std::size_t max_files = 100'000;

std::vector<std::string> files_below(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code failed;
  fs::recursive_directory_iterator it(folder, fs::directory_options::skip_permission_denied,
                                      failed);
  for (; !failed && it != fs::recursive_directory_iterator(); it.increment(failed)) {
    if (it.depth() >= max_folder_depth) it.disable_recursion_pending();
    if (it->is_regular_file(failed) && names.size() < max_files)
      names.push_back(it->path().lexically_relative(folder).generic_string());
  }
  if (failed) throw Error(Errc::io, fmt::format("{}: {}", folder.string(), failed.message()));
  return names;
}

}  // namespace

Folder::Folder(const fs::path& path) : name_(path.string()) {
  std::error_code failed;
  if (fs::is_directory(path, failed)) {
    path_ = path;
    names_ = files_below(path);
    std::sort(names_.begin(), names_.end());
  } else {
    *this = Folder(Source::open_bytes(path));
  }
}

Folder::Folder(Source archive) : name_(archive.name()) {
  if (!is_zip(archive.text()))
    throw Error(Errc::bad_input, fmt::format("{}: is neither a folder nor a zip archive", name_));
  zip_ = std::make_shared<const Source>(std::move(archive));
  names_ = ZipArchive(name_, zip_->text()).names();
  std::sort(names_.begin(), names_.end());
}

bool Folder::contains(std::string_view name) const {
  return std::binary_search(names_.begin(), names_.end(), name);
}

void Folder::require(std::string_view name) const {
  if (!contains(name))
    throw Error(Errc::not_found, fmt::format("{}: no file '{}' in it", name_, name),
                did_you_mean(name, names_));
}

Source Folder::text(std::string_view name, const UnpackLimit& limits) const {
  return bytes(name, limits).decoded();
}

Source Folder::bytes(std::string_view name, const UnpackLimit& limits) const {
  require(name);
  return zip_ ? zip_->member(name, limits) : Source::open_bytes(path_ / name, {}, limits);
}

}  // namespace stave
