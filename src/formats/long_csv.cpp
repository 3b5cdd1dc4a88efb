#include "long_csv.hpp"

#include "stave/core/classification.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace stave {
namespace {

constexpr std::size_t none = static_cast<std::size_t>(-1);

std::size_t position(const std::vector<std::string>& columns, std::string_view name) {
  const auto found = std::find(columns.begin(), columns.end(), name);
  return found == columns.end() ? none : static_cast<std::size_t>(found - columns.begin());
}

}  // namespace

LongCsv::LongCsv(const std::filesystem::path& path, const std::vector<std::string>& required,
                 const std::vector<std::string>& optional)
    : reader_(Source::open(path)) {
  reader_.next_row();
  reader_.name_columns(reader_.texts());
  const auto& columns = reader_.columns();
  auto known = required;
  known.insert(known.end(), optional.begin(), optional.end());
  for (const auto& name : required)
    if (position(columns, name) == none)
      throw Error(Errc::bad_input, fmt::format("{}:{}: no column '{}'", file(), row(), name),
                  fmt::format("Columns are {}.", fmt::join(known, ", ")));
  for (std::size_t i = 0; i < columns.size(); ++i) {
    auto hint = did_you_mean(columns[i], known);
    if (position(known, columns[i]) == none)
      throw Error(
          Errc::bad_input,
          fmt::format("{}:{}: column '{}' is not known here", file(), row(), columns[i]),
          hint.empty() ? fmt::format("Columns are {}.", fmt::join(known, ", ")) : std::move(hint));
    if (position(columns, columns[i]) != i)
      throw Error(Errc::bad_input,
                  fmt::format("{}:{}: column '{}' appears twice", file(), row(), columns[i]));
  }
}

bool LongCsv::next_row() {
  if (!reader_.next_row()) return false;
  cells_ = reader_.texts();
  reader_.end_row();
  return true;
}

bool LongCsv::has(std::string_view column) const {
  return position(reader_.columns(), column) != none;
}

const std::string& LongCsv::text(std::string_view column) const {
  static const std::string empty;
  const auto at = position(reader_.columns(), column);
  return at == none ? empty : cells_[at];
}

const std::string& LongCsv::required_text(std::string_view column) const {
  const auto& cell = text(column);
  if (cell.empty()) refuse(column, "is empty");
  return cell;
}

double LongCsv::number(std::string_view column) const {
  const auto value = parse_number(text(column));
  if (!value) refuse(column, "is not a number", number_hint(text(column)));
  return *value;
}

int LongCsv::year() const {
  if (text("year").empty()) return 0;
  const auto year = number("year");
  if (year != std::floor(year) || year < 1 || year > 9999) refuse("year", "is not a year");
  return static_cast<int>(year);
}

void LongCsv::refuse(std::string_view column, std::string_view expected, std::string hint,
                     Errc code) const {
  throw Error(code, cell_message({file(), row(), std::string(column)}, text(column), expected),
              std::move(hint));
}

}  // namespace stave
