#include "unpack.hpp"

#include "stave/core/error.hpp"

#include <algorithm>
#include <limits>
#include <memory>

#include <fmt/format.h>
#include <lzma.h>
#include <zlib.h>

namespace stave {
namespace {

constexpr std::size_t block_bytes = 1 << 20;
constexpr std::uint64_t xz_memory = 1ULL << 30;

// Makes room for the next piece of output and returns where it goes.
char* room_for_more(std::string& out, std::size_t used, std::size_t packed) {
  if (out.size() - used < block_bytes) {
    const auto guess = used == 0 ? std::min<std::size_t>(4 * packed, 64 * block_bytes) : used;
    out.resize(used + std::max(block_bytes, guess));
  }
  return out.data() + used;
}

struct GzipStream {
  z_stream stream{};
  GzipStream() = default;
  GzipStream(const GzipStream&) = delete;
  GzipStream& operator=(const GzipStream&) = delete;
  ~GzipStream() { inflateEnd(&stream); }
};

struct XzStream {
  lzma_stream stream = LZMA_STREAM_INIT;
  XzStream() = default;
  XzStream(const XzStream&) = delete;
  XzStream& operator=(const XzStream&) = delete;
  ~XzStream() { lzma_end(&stream); }
};

void give_input(z_stream& z, const char*& next, const char* end) {
  if (z.avail_in > 0 || next == end) return;
  const auto part =
      std::min<std::ptrdiff_t>(end - next, std::numeric_limits<unsigned int>::max() / 2);
  z.next_in = reinterpret_cast<unsigned char*>(const_cast<char*>(next));
  z.avail_in = static_cast<unsigned int>(part);
  next += part;
}

std::string_view xz_reason(lzma_ret ret) {
  switch (ret) {
    case LZMA_FORMAT_ERROR:
      return "unknown format";
    case LZMA_OPTIONS_ERROR:
      return "unsupported options";
    case LZMA_MEM_ERROR:
    case LZMA_MEMLIMIT_ERROR:
      return "needs too much memory to unpack";
    default:
      return "the data does not match its checksum";
  }
}

}  // namespace

bool is_gzip(std::string_view bytes) { return bytes.starts_with("\x1f\x8b"); }
bool is_xz(std::string_view bytes) {
  return bytes.starts_with(
      std::string_view("\xfd"
                       "7zXZ\0",
                       6));
}

void check_unpacked(const std::string& name, std::uint64_t unpacked, std::uint64_t packed,
                    const UnpackLimit& limits) {
  if (unpacked > limits.bytes)
    throw Error(Errc::too_large,
                fmt::format("{}: unpacks to more than {} bytes", name, limits.bytes),
                "Split the table, or unpack it and import the folder.");
  if (unpacked > limits.free_bytes &&
      static_cast<double>(unpacked) > limits.ratio * static_cast<double>(packed))
    throw Error(Errc::too_large,
                fmt::format("{}: {} packed bytes unpack to more than {} times as many", name,
                            packed, limits.ratio),
                "This looks like a zip bomb. If it is not, unpack it first.");
}

void cut_short(const std::string& name, std::string_view kind) {
  throw Error(Errc::bad_input, fmt::format("{}: the {} data is cut short", name, kind),
              "An unfinished download? Fetch the file again.");
}

void damaged(const std::string& name, std::string_view kind, std::string_view why) {
  throw Error(Errc::bad_input, fmt::format("{}: the {} data is damaged: {}", name, kind, why),
              "Fetch the file again.");
}

std::string unpack_gzip(const std::string& name, std::string_view packed,
                        const UnpackLimit& limits) {
  GzipStream gzip;
  auto& z = gzip.stream;
  constexpr int gzip_window = 15 + 16;
  if (inflateInit2(&z, gzip_window) != Z_OK)
    throw Error(Errc::too_large, fmt::format("{}: no memory to unpack", name));
  std::string out;
  std::size_t used = 0;
  const char* next = packed.data();
  const char* end = next + packed.size();
  for (;;) {
    give_input(z, next, end);
    z.next_out = reinterpret_cast<unsigned char*>(room_for_more(out, used, packed.size()));
    const auto room = std::min<std::size_t>(out.size() - used, 64 * block_bytes);
    z.avail_out = static_cast<unsigned int>(room);
    const int ret = inflate(&z, Z_NO_FLUSH);
    used += room - z.avail_out;
    check_unpacked(name, used, packed.size(), limits);
    const bool spent = z.avail_in == 0 && next == end;
    if (ret == Z_STREAM_END && spent) break;
    if (ret == Z_STREAM_END) {
      if (inflateReset(&z) != Z_OK) damaged(name, "gzip", "cannot go on");
    } else if (spent && (ret == Z_BUF_ERROR || (ret == Z_OK && z.avail_out > 0))) {
      cut_short(name, "gzip");
    } else if (ret != Z_OK && ret != Z_BUF_ERROR) {
      damaged(name, "gzip", z.msg != nullptr ? z.msg : "unknown reason");
    }
  }
  out.resize(used);
  return out;
}

std::string unpack_xz(const std::string& name, std::string_view packed, const UnpackLimit& limits) {
  XzStream xz;
  auto& z = xz.stream;
  if (lzma_stream_decoder(&z, xz_memory, LZMA_CONCATENATED) != LZMA_OK)
    throw Error(Errc::too_large, fmt::format("{}: no memory to unpack", name));
  std::string out;
  std::size_t used = 0;
  z.next_in = reinterpret_cast<const std::uint8_t*>(packed.data());
  z.avail_in = packed.size();
  for (;;) {
    z.next_out = reinterpret_cast<std::uint8_t*>(room_for_more(out, used, packed.size()));
    const auto room = std::min<std::size_t>(out.size() - used, 64 * block_bytes);
    z.avail_out = room;
    const auto ret = lzma_code(&z, LZMA_FINISH);
    used += room - z.avail_out;
    check_unpacked(name, used, packed.size(), limits);
    if (ret == LZMA_STREAM_END) break;
    if (ret == LZMA_BUF_ERROR) cut_short(name, "xz");
    if (ret != LZMA_OK) damaged(name, "xz", xz_reason(ret));
  }
  out.resize(used);
  return out;
}

}  // namespace stave
