#include "stave/formats/source.hpp"

#include "stave/core/classification.hpp"
#include "stave/core/error.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "encoding.hpp"
#include "unpack.hpp"
#include "zip_archive.hpp"

namespace stave {
namespace {

namespace fs = std::filesystem;

struct Descriptor {
  int number;
  explicit Descriptor(const fs::path& path) : number(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number >= 0) ::close(number);
  }
};

[[noreturn]] void refuse_file(const fs::path& path, int code) {
  if (code == ENOENT || code == ENOTDIR)
    throw Error(Errc::not_found, fmt::format("{}: no such file", path.string()),
                did_you_mean_file(path));
  throw Error(Errc::io, fmt::format("{}: {}", path.string(), std::strerror(code)));
}

// The size of a plain file we accept.
std::size_t checked_size(const fs::path& path, const Descriptor& file) {
  struct stat status{};
  if (file.number < 0 || ::fstat(file.number, &status) != 0) refuse_file(path, errno);
  if (S_ISDIR(status.st_mode))
    throw Error(Errc::bad_input, fmt::format("{}: is a folder, not a file", path.string()));
  if (!S_ISREG(status.st_mode))
    throw Error(Errc::bad_input, fmt::format("{}: is not a plain file", path.string()));
  const auto size = static_cast<std::uint64_t>(status.st_size);
  if (size > limit::max_file_bytes)
    throw Error(Errc::too_large, fmt::format("{}: {} bytes; at most {} are accepted", path.string(),
                                             size, limit::max_file_bytes));
  return size;
}

// A file called .gz that is not one is mostly an error page saved in its place.
void require_kind(const std::string& name, std::string_view bytes) {
  const auto expect = [&](std::string_view ending, bool is_it) {
    if (name.ends_with(ending) && !is_it)
      throw Error(Errc::bad_input, fmt::format("{}: is not a {} file", name, ending.substr(1)),
                  "An unfinished download, or an error page saved in its place?");
  };
  expect(".gz", is_gzip(bytes));
  expect(".xz", is_xz(bytes));
  expect(".zip", is_zip(bytes));
  expect(".xlsx", is_zip(bytes));
}

std::string list_some(const std::vector<std::string>& names) {
  constexpr std::size_t most = 10;
  std::string list;
  for (std::size_t i = 0; i < std::min(most, names.size()); ++i)
    list += fmt::format("{}{}", i == 0 ? "" : ", ", names[i]);
  if (names.size() > most) list += fmt::format(" and {} more", names.size() - most);
  return list;
}

}  // namespace

std::string did_you_mean_file(const fs::path& path) {
  std::vector<std::string> names;
  std::error_code failed;
  const auto folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
  for (auto it = fs::directory_iterator(folder, failed); !failed && it != fs::directory_iterator();
       it.increment(failed))
    names.push_back(it->path().filename().string());
  std::sort(names.begin(), names.end());
  return did_you_mean(path.filename().string(), names);
}

bool is_zip(std::string_view bytes) {
  return bytes.starts_with("PK\x03\x04") || bytes.starts_with("PK\x05\x06");
}

Source Source::owning(std::string name, std::string text) {
  auto owner = std::make_shared<const std::string>(std::move(text));
  const std::string_view view = *owner;
  return {std::move(name), view, std::move(owner)};
}

Source Source::mapped(const fs::path& path) {
  const Descriptor file(path);
  const auto size = checked_size(path, file);
  if (size == 0) return owning(path.string(), {});
  void* start = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file.number, 0);
  if (start == MAP_FAILED) refuse_file(path, errno);
  ::madvise(start, size, MADV_SEQUENTIAL);
  std::shared_ptr<const void> owner(start, [size](void* p) { ::munmap(p, size); });
  return {path.string(), {static_cast<const char*>(start), size}, std::move(owner)};
}

Source Source::unpacked(const UnpackLimit& limits) const {
  if (is_gzip(text_)) return owning(name_, unpack_gzip(name_, text_, limits));
  if (is_xz(text_)) return owning(name_, unpack_xz(name_, text_, limits));
  return *this;
}

Source Source::member(std::string_view name, const UnpackLimit& limits) const {
  if (!is_zip(text_))
    throw Error(Errc::bad_input, fmt::format("{}: is not a zip archive", name_),
                fmt::format("It was asked for its member '{}'.", name));
  const ZipArchive zip(name_, text_);
  std::string wanted(name);
  if (wanted.empty()) {
    const auto names = zip.names();
    if (names.size() != 1)
      throw Error(Errc::bad_input, fmt::format("{}: holds {} files", name_, names.size()),
                  names.empty() ? "" : "Say which: " + list_some(names));
    wanted = names.front();
  }
  return owning(fmt::format("{}:{}", name_, wanted), zip.read(wanted, limits)).unpacked(limits);
}

Source Source::decoded() const {
  auto result = decode(name_, text_);
  if (result.text) return owning(name_, std::move(*result.text));
  return {name_, text_.substr(result.skip), owner_};
}

Source Source::open(const fs::path& path, std::string_view name, const UnpackLimit& limits) {
  auto source = open_bytes(path, name, limits);
  if (name.empty() && is_zip(source.text_)) source = source.member({}, limits);
  return source.decoded();
}

Source Source::open_bytes(const fs::path& path, std::string_view name, const UnpackLimit& limits) {
  const auto file = mapped(path);
  require_kind(file.name_, file.text_);
  const auto source = file.unpacked(limits);
  return name.empty() ? source : source.member(name, limits);
}

Source Source::of(std::string name, std::string bytes, const UnpackLimit& limits) {
  auto source = owning(std::move(name), std::move(bytes));
  require_kind(source.name_, source.text_);
  source = source.unpacked(limits);
  if (is_zip(source.text_)) source = source.member({}, limits);
  return source.decoded();
}

Source Source::of_bytes(std::string name, std::string bytes) {
  return owning(std::move(name), std::move(bytes));
}

}  // namespace stave
