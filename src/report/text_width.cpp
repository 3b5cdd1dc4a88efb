#include "report/text_width.hpp"

#include <algorithm>
#include <cstdint>

#include <fmt/format.h>

namespace stave {
namespace {

// Takes one code point off the front; a byte that starts none counts as itself.
char32_t next(std::string_view& text, std::string_view& taken) {
  const auto lead = static_cast<unsigned char>(text.front());
  const std::size_t length = lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  taken = text.substr(0, std::min(length, text.size()));
  text.remove_prefix(taken.size());
  char32_t point = length == 1 ? lead : lead & (0xFFU >> (length + 1));
  for (const char c : taken.substr(1))
    point = (point << 6) | (static_cast<unsigned char>(c) & 0x3FU);
  return point;
}

std::size_t cells(char32_t c) {
  if ((c >= 0x0300 && c <= 0x036F) || c == 0x200B || c == 0xFEFF) return 0;
  const bool wide = (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) ||
                    (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xF900 && c <= 0xFAFF) ||
                    (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) ||
                    (c >= 0x20000 && c <= 0x3FFFD);
  return wide ? 2 : 1;
}

}  // namespace

std::size_t text_width(std::string_view utf8) {
  std::size_t width = 0;
  for (std::string_view taken; !utf8.empty();) width += cells(next(utf8, taken));
  return width;
}

std::string fitted(std::string_view utf8, std::size_t most) {
  const bool cut = text_width(utf8) > most;
  const std::size_t room = cut && most > 0 ? most - 1 : most;
  std::string result;
  std::size_t width = 0;
  for (std::string_view taken; !utf8.empty();) {
    const auto point = next(utf8, taken);
    width += cells(point);
    if (width > room) break;
    result += point < 0x20 || point == 0x7F ? " " : taken;
  }
  return cut ? result + "…" : result;
}

std::string fitted_steps(std::string_view steps, std::size_t most) {
  constexpr std::string_view apart = "; ";
  const auto first_end = steps.find(apart);
  if (text_width(steps) <= most || first_end == std::string_view::npos) return fitted(steps, most);
  std::size_t between = 0;
  auto last_begin = first_end + apart.size();
  for (std::size_t next; (next = steps.find(apart, last_begin)) != std::string_view::npos;
       last_begin = next + apart.size())
    ++between;
  const auto first = steps.substr(0, first_end);
  const auto last = steps.substr(last_begin);
  const auto count = between == 0   ? std::string(" ")
                     : between == 1 ? std::string(" 1 step … ")
                                    : fmt::format(" {} steps … ", between);
  // The first step, cut or not, ends with an ellipsis; the last may take two thirds.
  const auto fixed = text_width(count) + 1;
  if (most < fixed + 9) return fitted(steps, most);
  const auto room = most - fixed;
  const auto head = std::max(room / 3, room - std::min(room, text_width(last)));
  const bool whole = text_width(first) <= head;
  const auto text = (whole ? fitted(first, head) + "…" : fitted(first, head + 1)) + count;
  return text + fitted(last, most - text_width(text));
}

std::string padded(std::string text, std::size_t width, bool right_aligned) {
  const auto taken = text_width(text);
  if (taken < width) text.insert(right_aligned ? 0 : text.size(), width - taken, ' ');
  return text;
}

std::string wrapped(std::string_view text, std::size_t width, std::size_t indent) {
  std::string result;
  std::size_t column = indent;
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    const auto word = fitted(text.substr(0, end), text.size());
    text.remove_prefix(std::min(end + 1, text.size()));
    const auto cells_of_word = text_width(word);
    const bool first = column == indent;
    if (!first && column + 1 + cells_of_word > width) {
      result += '\n' + std::string(indent, ' ');
      column = indent;
    } else if (!first) {
      result += ' ';
      ++column;
    }
    result += word;
    column += cells_of_word;
  }
  return result;
}

}  // namespace stave
