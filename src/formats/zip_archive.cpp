#include "zip_archive.hpp"

#include "stave/core/classification.hpp"
#include "stave/core/error.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <zip.h>

#include "unpack.hpp"

namespace stave {
namespace {

struct CloseFile {
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};

std::string reason(int code) {
  zip_error_t error;
  zip_error_init_with_code(&error, code);
  std::string text = zip_error_strerror(&error);
  zip_error_fini(&error);
  return text;
}

// How many members an archive may list, and how long their names may be in all, is bounded by its
// size; how many we look at is bounded here.
constexpr std::int64_t max_members = 1'000'000;

}  // namespace

void ZipArchive::Close::operator()(zip* archive) const { zip_discard(archive); }

ZipArchive::ZipArchive(std::string name, std::string_view bytes) : name_(std::move(name)) {
  zip_error_t error;
  zip_error_init(&error);
  auto* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  zip_.reset(source == nullptr ? nullptr : zip_open_from_source(source, ZIP_RDONLY, &error));
  const int code = zip_error_code_zip(&error);
  zip_error_fini(&error);
  if (zip_) return;
  if (source != nullptr) zip_source_free(source);
  if (code == ZIP_ER_NOZIP || code == ZIP_ER_INCONS) cut_short(name_, "zip");
  damaged(name_, "zip", reason(code));
}

std::vector<std::string> ZipArchive::names() const {
  const auto count = zip_get_num_entries(zip_.get(), 0);
  if (count > max_members)
    throw Error(Errc::too_large, fmt::format("{}: {} members", name_, count));
  std::vector<std::string> names;
  for (std::int64_t i = 0; i < count; ++i) {
    const char* name = zip_get_name(zip_.get(), static_cast<zip_uint64_t>(i), 0);
    if (name != nullptr && *name != '\0' && !std::string_view(name).ends_with('/'))
      names.emplace_back(name);
  }
  return names;
}

std::string ZipArchive::read(const std::string& member, const UnpackLimit& limits) const {
  zip_stat_t stat;
  if (zip_stat(zip_.get(), member.c_str(), 0, &stat) != 0)
    throw Error(Errc::not_found, fmt::format("{}: no member '{}'", name_, member),
                did_you_mean(member, names()));
  const auto name = fmt::format("{}:{}", name_, member);
  if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && stat.encryption_method != ZIP_EM_NONE)
    throw Error(Errc::bad_input, fmt::format("{}: is encrypted", name), "Unpack it first.");
  if ((stat.valid & (ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE)) == 0) damaged(name, "zip", "no sizes");
  check_unpacked(name, stat.size, stat.comp_size, limits);
  const std::unique_ptr<zip_file_t, CloseFile> file(zip_fopen_index(zip_.get(), stat.index, 0));
  if (!file) damaged(name, "zip", zip_error_strerror(zip_get_error(zip_.get())));
  // The size an archive states is a claim: memory is taken as the bytes arrive.
  constexpr std::uint64_t step = 16 << 20;
  std::string out;
  std::size_t used = 0;
  for (;;) {
    out.resize(used + std::min(step, stat.size - std::min<std::uint64_t>(stat.size, used) + 1));
    const auto got = zip_fread(file.get(), out.data() + used, out.size() - used);
    if (got < 0) damaged(name, "zip", zip_error_strerror(zip_file_get_error(file.get())));
    if (got == 0) break;
    used += static_cast<std::size_t>(got);
    check_unpacked(name, used, stat.comp_size, limits);
  }
  if (used != stat.size) cut_short(name, "zip");
  out.resize(used);
  return out;
}

}  // namespace stave
