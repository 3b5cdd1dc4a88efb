#include "stave/formats/delimited.hpp"

#include "stave/core/error.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>

#include <fmt/format.h>

namespace stave {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_space(char c) { return c == ' ' || c == '\t'; }

// Where a cell ends. A lone carriage return is part of the cell, and so never passes for a number.
bool ends_cell(const char* p, const char* end, char separator) {
  if (p == end || *p == separator || *p == '\n') return true;
  return *p == '\r' && (p + 1 == end || p[1] == '\n');
}

constexpr std::array<double, 23> ten_to{1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                        1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                        1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

// Eight characters less '0', the first in the lowest byte, as a number (all of them digits).
std::uint64_t eight_digits(std::uint64_t d) {
  d = d * 10 + (d >> 8U);
  constexpr std::uint64_t mask = 0x000000ff000000ffULL;
  return ((d & mask) * 0x000f424000000064ULL + ((d >> 16U) & mask) * 0x0000271000000001ULL) >> 32U;
}

// Eight characters, each less '0': the top bit of every byte that is no digit.
std::uint64_t other_than_digits(std::uint64_t word) {
  return ((word + 0x7676767676767676ULL) | word) & 0x8080808080808080ULL;
}

// Appends the digits from p on to `mantissa`, eight at a time and without a branch on how many
// there are (Lemire 2021); the end of the text is read one by one.
const char* take_digits(const char* p, const char* end, std::uint64_t& mantissa) {
  constexpr std::array<std::uint64_t, 8> power{1,      10,      100,       1'000,
                                               10'000, 100'000, 1'000'000, 10'000'000};
  while (end - p >= 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, p, sizeof word);
    word ^= 0x3030303030303030ULL;
    const auto others = other_than_digits(word);
    if (others == 0) {
      mantissa = mantissa * 100'000'000 + eight_digits(word);
      p += 8;
      continue;
    }
    const auto bits = static_cast<unsigned>(std::countr_zero(others)) & ~7U;
    if (bits == 0) return p;
    mantissa = mantissa * power[bits / 8] + eight_digits(word << (64U - bits));
    return p + bits / 8;
  }
  while (p != end && is_digit(*p)) mantissa = mantissa * 10 + static_cast<unsigned>(*p++ - '0');
  return p;
}

// One to seven digits and then a separator, as most cells of a table in whole millions are: one
// word of text, one multiplication and no branch on the length. Null for anything else.
const char* short_whole_number(const char* p, const char* end, char separator, double& value) {
  std::uint64_t word = 0;
  if (end - p < static_cast<std::ptrdiff_t>(sizeof word)) return nullptr;
  std::memcpy(&word, p, sizeof word);
  word ^= 0x3030303030303030ULL;
  const auto others = other_than_digits(word);
  if (others == 0) return nullptr;
  const auto bits = static_cast<unsigned>(std::countr_zero(others)) & ~7U;
  if (bits == 0 || p[bits / 8] != separator) return nullptr;
  value = static_cast<double>(static_cast<std::int64_t>(eight_digits(word << (64U - bits))));
  return p + bits / 8;
}

// Digits with at most one point, ending where a cell ends: the number, exactly rounded, since
// mantissa and power of ten are both exact doubles (Clinger 1990). Null when it is not that simple.
const char* simple_number(const char* p, const char* end, char separator, double& value) {
  const bool negative = p != end && *p == '-';
  p += negative ? 1 : 0;
  std::uint64_t mantissa = 0;
  const char* first = p;
  p = take_digits(p, end, mantissa);
  auto digits = p - first;
  std::ptrdiff_t decimals = 0;
  if (p != end && *p == '.') {
    const char* point = p++;
    p = take_digits(p, end, mantissa);
    decimals = p - point - 1;
    digits += decimals;
  }
  constexpr std::uint64_t exact = 1ULL << 53;
  if (digits == 0 || digits > 19 || mantissa > exact) return nullptr;
  if (!ends_cell(p, end, separator)) return nullptr;
  const auto whole = static_cast<double>(static_cast<std::int64_t>(mantissa));
  const double number = decimals == 0 ? whole : whole / ten_to[static_cast<std::size_t>(decimals)];
  value = negative ? -number : number;
  return p;
}

// Any decimal number the standard library reads, but no "nan" and no "inf".
const char* any_number(const char* p, const char* end, double& value) {
  const char* first = p != end && *p == '-' ? p + 1 : p;
  if (first == end || (!is_digit(*first) && *first != '.')) return nullptr;
  const auto [next, code] = std::from_chars(p, end, value);
  return code == std::errc() ? next : nullptr;
}

std::string_view trimmed(std::string_view cell) {
  while (!cell.empty() && is_space(cell.front())) cell.remove_prefix(1);
  while (!cell.empty() && is_space(cell.back())) cell.remove_suffix(1);
  return cell;
}

// 1e-400 is nothing a double can hold but 0; 1e400 is refused.
bool is_tiny(std::string_view number) {
  long double wide = 0;
  const char* first = number.data();
  const char* last = first + number.size();
  const auto [end, code] = std::from_chars(first, last, wide);
  return code == std::errc() && end == last && std::fabs(wide) < 1;
}

char most_frequent_separator(std::string_view text) {
  constexpr std::array candidates{'\t', ';', ','};
  std::array<std::size_t, candidates.size()> count{};
  bool quoted = false;
  for (const char c : text) {
    if (c == '"') quoted = !quoted;
    if ((c == '\n' || c == '\r') && !quoted) break;
    for (std::size_t i = 0; i < candidates.size() && !quoted; ++i) count[i] += c == candidates[i];
  }
  const auto most = std::max_element(count.begin(), count.end());
  return *most == 0 ? ',' : candidates[static_cast<std::size_t>(most - count.begin())];
}

}  // namespace

std::optional<double> parse_number(std::string_view cell) {
  cell = trimmed(cell);
  if (cell.starts_with('+') && !cell.starts_with("+-")) cell.remove_prefix(1);
  double value = 0;
  const char* begin = cell.data();
  const char* end = begin + cell.size();
  if (cell.empty()) return std::nullopt;
  if (any_number(begin, end, value) == end) return value;
  const auto first = cell.find_first_of("0123456789.");
  if (first > (cell.front() == '-' ? 1U : 0U)) return std::nullopt;
  return is_tiny(cell) ? std::optional(0.0) : std::nullopt;
}

std::string number_hint(std::string_view cell) {
  cell = trimmed(cell);
  const bool digits = std::any_of(cell.begin(), cell.end(), is_digit);
  const bool only =
      cell.find_first_not_of("0123456789+-., '\xc2\xa0\xe2\x80\xaf") == std::string_view::npos;
  if (digits && only && cell.find(',') != std::string_view::npos)
    return "Write a decimal point, and no thousands separator: 12.5, 1234567.";
  if (digits && only) return "Write numbers without spaces or thousands separators: 1234567.";
  if (digits && cell.find_first_of("eE") != std::string_view::npos)
    return "It is outside the range of a 64-bit float.";
  return "Leave the cell empty where there is no value.";
}

DelimitedReader::DelimitedReader(Source source, DelimitedOptions options)
    : source_(std::move(source)),
      options_(std::move(options)),
      columns_(std::make_shared<const std::vector<std::string>>()) {
  const auto text = source_.text();
  begin_ = at_ = text.data();
  end_ = begin_ + text.size();
  for (std::size_t i = 0; i < options_.skip_lines && at_ != end_; ++i, ++next_line_) {
    const auto* newline =
        static_cast<const char*>(std::memchr(at_, '\n', static_cast<std::size_t>(end_ - at_)));
    at_ = newline == nullptr ? end_ : newline + 1;
  }
  const std::string_view rest(at_, static_cast<std::size_t>(end_ - at_));
  if (rest.find_first_not_of(" \t\r\n") == std::string_view::npos)
    throw Error(Errc::bad_input, fmt::format("{}: is empty", file()),
                "A header row and rows of numbers are expected.");
  if (options_.separator == 0) options_.separator = most_frequent_separator(rest);
}

void DelimitedReader::go_to(std::size_t offset, std::size_t line) {
  at_ = begin_ + offset;
  next_line_ = line;
  row_done_ = true;
}

bool DelimitedReader::next_row() {
  while (!row_done_) skip();
  while (at_ != end_ && *at_ != options_.separator && ends_cell(at_, end_, '\n')) {
    at_ += *at_ == '\r' && at_ + 1 != end_ ? 2 : 1;
    ++next_line_;
  }
  if (at_ == end_) return false;
  row_ = next_line_;
  column_ = 0;
  row_done_ = false;
  return true;
}

void DelimitedReader::need_cell() {
  if (row_done_) ragged(column_);
}

// The cursor stands behind the cell: on a separator, at the end of the line or of the text.
void DelimitedReader::finish_cell() {
  ++column_;
  if (at_ != end_ && *at_ == options_.separator) {
    ++at_;
    return;
  }
  row_done_ = true;
  if (at_ == end_) return;
  at_ += *at_ == '\r' && at_ + 1 != end_ ? 2 : 1;
  ++next_line_;
}

std::string_view DelimitedReader::cell(std::string& unquoted) {
  need_cell();
  while (at_ != end_ && *at_ != options_.separator && is_space(*at_)) ++at_;
  if (at_ != end_ && *at_ == '"') return quoted_cell(unquoted);
  const char* first = at_;
  while (!ends_cell(at_, end_, options_.separator)) ++at_;
  const std::string_view text(first, static_cast<std::size_t>(at_ - first));
  finish_cell();
  if (text.size() > limit::max_cell_bytes)
    refuse(text, fmt::format("is a cell of {} bytes", text.size()));
  return trimmed(text);
}

std::string_view DelimitedReader::quoted_cell(std::string& unquoted) {
  unquoted.clear();
  const char* opened = at_++;
  const auto shown = [&] {
    const std::string_view rest(opened, static_cast<std::size_t>(end_ - opened));
    return rest.substr(0, std::min<std::size_t>(rest.find_first_of("\r\n"), 30));
  };
  for (;; ++at_) {
    if (at_ == end_ || unquoted.size() > limit::max_cell_bytes) {
      ++column_;
      refuse(shown(), "opens a quote that does not close",
             "An unfinished download? A quote inside a quoted cell is written twice.");
    }
    if (*at_ == '"' && (at_ + 1 == end_ || at_[1] != '"')) break;
    if (*at_ == '"') ++at_;
    if (*at_ == '\n') ++next_line_;
    unquoted += *at_;
  }
  ++at_;
  while (at_ != end_ && *at_ != options_.separator && is_space(*at_)) ++at_;
  if (!ends_cell(at_, end_, options_.separator)) {
    ++column_;
    refuse(shown(), "goes on after its closing quote",
           "A quote inside a quoted cell is written twice.");
  }
  finish_cell();
  return unquoted;
}

std::string DelimitedReader::text() {
  std::string unquoted;
  return std::string(cell(unquoted));
}

void DelimitedReader::skip(std::size_t cells) {
  std::string unquoted;
  for (std::size_t i = 0; i < cells; ++i) cell(unquoted);
}

std::vector<std::string> DelimitedReader::texts() {
  std::vector<std::string> cells;
  while (!row_done_) {
    if (cells.size() >= limit::max_columns)
      throw Error(Errc::too_large,
                  fmt::format("{}:{}: more than {} columns", file(), row_, limit::max_columns));
    cells.push_back(text());
  }
  return cells;
}

double DelimitedReader::number() {
  double value = 0;
  numbers({&value, 1});
  return value;
}

void DelimitedReader::numbers(std::span<double> out) {
  const char separator = options_.separator;
  for (double& value : out) {
    need_cell();
    const char* next = short_whole_number(at_, end_, separator, value);
    if (next == nullptr) next = simple_number(at_, end_, separator, value);
    if (next != nullptr && next != end_ && *next == separator) {  // the common case, kept short
      at_ = next + 1;
      ++column_;
      continue;
    }
    if (next == nullptr) next = any_number(at_, end_, value);
    if (next != nullptr && ends_cell(next, end_, separator)) {
      at_ = next;
      finish_cell();
    } else {
      value = awkward_number();
    }
  }
}

// Empty, quoted, spaced, signed with '+', or not a number at all.
double DelimitedReader::awkward_number() {
  std::string unquoted;
  const auto text = trimmed(cell(unquoted));
  const auto& missing = options_.missing;
  if (std::find(missing.begin(), missing.end(), text) != missing.end())
    return std::numeric_limits<double>::quiet_NaN();
  if (text.empty() && options_.empty_is_zero) {
    ++empty_cells_;
    return 0;
  }
  const auto value = parse_number(text);
  if (!value) refuse(text, text.empty() ? "is empty" : "is not a number", number_hint(text));
  return *value;
}

void DelimitedReader::end_row() {
  if (row_done_ && (columns_->empty() || column_ == columns_->size())) return;
  const auto expected = columns_->empty() ? column_ : columns_->size();
  while (!row_done_) skip();
  if (column_ != expected) ragged(column_);
}

void DelimitedReader::ragged(std::size_t cells) {
  const auto expected =
      columns_->empty() ? fmt::format("more than {}", cells) : fmt::format("{}", columns_->size());
  const bool cut = at_ == end_ && end_ != begin_ && end_[-1] != '\n' &&
                   (columns_->empty() || cells < columns_->size());
  throw Error(Errc::bad_input,
              fmt::format("{}:{}: has {} cells, expected {}", file(), row_, cells, expected),
              cut ? "The file ends in the middle of this row: an unfinished download?"
                  : "Every row needs as many cells as the header.");
}

std::string DelimitedReader::column_name(std::size_t column) const {
  const bool named = column < columns_->size() && !(*columns_)[column].empty();
  return named ? (*columns_)[column] : fmt::format("{}", column + 1);
}

void DelimitedReader::refuse(std::string_view value, std::string_view expected,
                             std::string hint) const {
  throw Error(Errc::bad_input,
              cell_message({file(), row_, column_name(column_ - 1)}, value, expected),
              std::move(hint));
}

}  // namespace stave
