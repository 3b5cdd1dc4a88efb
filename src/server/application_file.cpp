#include "server/application_file.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <stdexcept>
#include <vector>

#include <zlib.h>

// cmake/Workbench.cmake makes workbench.bin, every file gzipped one behind the other, and
// workbench.inc, which says where each lies.
asm(".section .rodata\n"
    ".balign 16\n"
    "stave_workbench:\n"
    ".incbin \"" STAVE_WORKBENCH_BIN
    "\"\n"
    ".text\n");

extern "C" const char stave_workbench[];

namespace stave {
namespace {

struct Packed {
  std::string_view name;
  std::size_t at;
  std::size_t bytes;
  std::string_view hash;
};

constexpr Packed packed_files[] = {
#include "workbench.inc"
};

std::vector<ApplicationFile> unrolled() {
  std::vector<ApplicationFile> files;
  for (const auto& file : packed_files)
    files.push_back({file.name, {stave_workbench + file.at, file.bytes}, file.hash});
  std::ranges::sort(files, {}, &ApplicationFile::name);
  return files;
}

}  // namespace

std::string ApplicationFile::type() const {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 11> types{{
      {".html", "text/html; charset=utf-8"},
      {".js", "text/javascript; charset=utf-8"},
      {".css", "text/css; charset=utf-8"},
      {".json", "application/json"},
      {".svg", "image/svg+xml"},
      {".png", "image/png"},
      {".ico", "image/x-icon"},
      {".woff2", "font/woff2"},
      {".webmanifest", "application/manifest+json"},
      {".txt", "text/plain; charset=utf-8"},
      {".map", "application/json"},
  }};
  for (const auto& [ending, type] : types)
    if (name.ends_with(ending)) return std::string(type);
  return "application/octet-stream";
}

bool ApplicationFile::immutable() const {
  constexpr std::size_t hash_letters = 8;
  const auto stem = name.substr(0, name.rfind('.'));
  return name.starts_with("assets/") && stem.size() > hash_letters &&
         stem[stem.size() - hash_letters - 1] == '-';
}

std::span<const ApplicationFile> application_files() {
  static const auto files = unrolled();
  return files;
}

const ApplicationFile* find_application_file(std::string_view name) {
  const auto files = application_files();
  const auto found = std::ranges::lower_bound(files, name, {}, &ApplicationFile::name);
  return found == files.end() || found->name != name ? nullptr : &*found;
}

std::string unpacked(std::string_view gzip) {
  constexpr int gzip_window = 15 + 16;
  z_stream stream{};
  if (::inflateInit2(&stream, gzip_window) != Z_OK) throw std::runtime_error("zlib cannot begin");
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(gzip.data()));
  stream.avail_in = static_cast<uInt>(gzip.size());
  std::string text;
  std::array<char, 65536> piece{};
  int state = Z_OK;
  while (state == Z_OK) {
    stream.next_out = reinterpret_cast<Bytef*>(piece.data());
    stream.avail_out = piece.size();
    state = ::inflate(&stream, Z_NO_FLUSH);
    text.append(piece.data(), piece.size() - stream.avail_out);
  }
  ::inflateEnd(&stream);
  if (state != Z_STREAM_END) throw std::runtime_error("a file of the application is damaged");
  return text;
}

}  // namespace stave
