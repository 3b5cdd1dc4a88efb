#include "file_pattern.hpp"

#include <algorithm>

namespace stave {
namespace {

constexpr std::string_view year_mark = "{year}";

int year_at(std::string_view name) {
  int year = 0;
  if (name.size() < 4) return 0;
  for (const char c : name.substr(0, 4)) {
    if (c < '0' || c > '9') return 0;
    year = year * 10 + (c - '0');
  }
  return year;
}

// Patterns are short, and few have more than one '*': plain backtracking.
bool matches(std::string_view pattern, std::string_view name, int& year) {
  if (pattern.empty()) return name.empty();
  if (pattern.starts_with(year_mark)) {
    const int found = year_at(name);
    if (found == 0 || !matches(pattern.substr(year_mark.size()), name.substr(4), year))
      return false;
    year = found;
    return true;
  }
  if (pattern.front() == '*') {
    for (std::size_t i = 0; i <= name.size(); ++i)
      if (matches(pattern.substr(1), name.substr(i), year)) return true;
    return false;
  }
  return !name.empty() && name.front() == pattern.front() &&
         matches(pattern.substr(1), name.substr(1), year);
}

}  // namespace

std::optional<int> match_file(const std::vector<std::string>& patterns, std::string_view name) {
  for (const auto& pattern : patterns) {
    int year = 0;
    if (std::count(pattern.begin(), pattern.end(), '*') <= 3 && matches(pattern, name, year))
      return year;
  }
  return std::nullopt;
}

}  // namespace stave
