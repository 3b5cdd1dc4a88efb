#include "encoding.hpp"

#include "stave/core/error.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <memory>

#include <fmt/format.h>
#include <iconv.h>

namespace stave {
namespace {

// Length of the valid UTF-8 sequence at p (RFC 3629: no surrogates, shortest form), or 0.
std::size_t sequence_length(const unsigned char* p, std::size_t left) {
  const auto in = [](unsigned char c, int low, int high) { return c >= low && c <= high; };
  const auto tail = [&](std::size_t i) { return in(p[i], 0x80, 0xbf); };
  const unsigned char c = p[0];
  if (in(c, 1, 0x7f)) return 1;
  if (in(c, 0xc2, 0xdf)) return left > 1 && tail(1) ? 2 : 0;
  if (in(c, 0xe0, 0xef)) {
    const int low = c == 0xe0 ? 0xa0 : 0x80;
    const int high = c == 0xed ? 0x9f : 0xbf;
    return left > 2 && in(p[1], low, high) && tail(2) ? 3 : 0;
  }
  if (!in(c, 0xf0, 0xf4)) return 0;
  const int low = c == 0xf0 ? 0x90 : 0x80;
  const int high = c == 0xf4 ? 0x8f : 0xbf;
  return left > 3 && in(p[1], low, high) && tail(2) && tail(3) ? 4 : 0;
}

// True when all eight bytes are ASCII and none is zero.
bool plain_eight(const unsigned char* p) {
  constexpr std::uint64_t high = 0x8080808080808080ULL;
  constexpr std::uint64_t ones = 0x0101010101010101ULL;
  std::uint64_t word = 0;
  std::memcpy(&word, p, sizeof word);
  return ((word | (word - ones)) & high) == 0;
}

struct CloseIconv {
  void operator()(void* cd) const { iconv_close(cd); }
};

// The whole text converted, or nothing when it is not valid in that encoding.
std::optional<std::string> converted(const char* encoding, std::string_view bytes) {
  auto* opened = iconv_open("UTF-8", encoding);
  if (reinterpret_cast<std::intptr_t>(opened) == -1) return std::nullopt;
  const std::unique_ptr<void, CloseIconv> cd(opened);
  std::string out(bytes.size() + bytes.size() / 2 + 16, '\0');
  char* in = const_cast<char*>(bytes.data());
  std::size_t in_left = bytes.size();
  std::size_t used = 0;
  while (in_left > 0) {
    char* to = out.data() + used;
    std::size_t room = out.size() - used;
    const auto failed = iconv(cd.get(), &in, &in_left, &to, &room) == static_cast<std::size_t>(-1);
    used = out.size() - room;
    if (failed && errno == E2BIG)
      out.resize(out.size() * 2);
    else if (failed)
      return std::nullopt;
  }
  out.resize(used);
  return out;
}

// Latin-1 text is often valid GB 18030 by accident: an accented letter and the letter after it.
// Chinese text has most of its characters in GB 2312, whose second byte is high as well.
bool mostly_gb2312(std::string_view bytes) {
  std::size_t common = 0;
  std::size_t other = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const auto lead = static_cast<unsigned char>(bytes[i]);
    if (lead < 0x80) continue;
    const auto next = i + 1 < bytes.size() ? static_cast<unsigned char>(bytes[i + 1]) : 0;
    (lead >= 0xa1 && lead <= 0xf7 && next >= 0xa1 ? common : other) += 1;
    ++i;
  }
  return common > other;
}

[[noreturn]] void refuse(const std::string& name, std::string_view bytes, std::size_t offset) {
  const auto line = 1 + std::count(bytes.begin(), bytes.begin() + offset, '\n');
  if (bytes[offset] == '\0')
    throw Error(
        Errc::bad_input,
        fmt::format("{}:{}: a zero byte at offset {}: this is not text", name, line, offset),
        "A text table is expected here.");
  throw Error(Errc::bad_input,
              fmt::format("{}:{}: byte 0x{:02x} at offset {} is neither UTF-8 nor GB 18030", name,
                          line, static_cast<unsigned char>(bytes[offset]), offset),
              "Save the file as UTF-8.");
}

Decoded from_utf16(const std::string& name, const char* encoding, std::string_view bytes) {
  auto text = converted(encoding, bytes.substr(2));
  if (!text)
    throw Error(Errc::bad_input, fmt::format("{}: is not valid UTF-16", name),
                "An unfinished download? Or save the file as UTF-8.");
  if (const auto zero = text->find('\0'); zero != std::string::npos) refuse(name, *text, zero);
  return {0, std::move(text)};
}

}  // namespace

std::size_t valid_utf8_prefix(std::string_view text) {
  const auto* p = reinterpret_cast<const unsigned char*>(text.data());
  std::size_t i = 0;
  while (i < text.size()) {
    if (i + 8 <= text.size() && plain_eight(p + i)) {
      i += 8;
      continue;
    }
    const auto length = sequence_length(p + i, text.size() - i);
    if (length == 0) return i;
    i += length;
  }
  return i;
}

Decoded decode(const std::string& name, std::string_view bytes) {
  if (bytes.starts_with("\xff\xfe")) return from_utf16(name, "UTF-16LE", bytes);
  if (bytes.starts_with("\xfe\xff")) return from_utf16(name, "UTF-16BE", bytes);
  const std::size_t skip = bytes.starts_with("\xef\xbb\xbf") ? 3 : 0;
  const auto valid = skip + valid_utf8_prefix(bytes.substr(skip));
  if (valid == bytes.size()) return {skip, std::nullopt};
  if (bytes[valid] == '\0' || skip > 0) refuse(name, bytes, valid);
  auto text = mostly_gb2312(bytes) ? converted("GB18030", bytes) : std::nullopt;
  if (!text || text->find('\0') != std::string::npos) refuse(name, bytes, valid);
  return {0, std::move(text)};
}

}  // namespace stave
