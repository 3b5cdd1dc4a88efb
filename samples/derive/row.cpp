#include "row.hpp"

#include "stave/core/error.hpp"
#include "stave/formats/delimited.hpp"

#include <algorithm>
#include <charconv>
#include <stdexcept>

#include <fmt/format.h>

namespace stave::sample {

const std::string& Row::at(std::string_view column) const {
  const auto found = cells.find(column);
  if (found == cells.end()) throw std::out_of_range(fmt::format("{}: '{}'", place, column));
  return found->second;
}

double Row::number(std::string_view column) const {
  const auto& cell = at(column);
  double value = 0;
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (error != std::errc{} || end != cell.data() + cell.size()) refuse(column, "is not a number");
  return value;
}

bool Row::is(std::string_view column, std::string_view yes, std::string_view no) const {
  if (at(column) != yes && at(column) != no)
    refuse(column, fmt::format("is neither '{}' nor '{}'", yes, no));
  return at(column) == yes;
}

std::size_t Row::position(std::string_view column, const Classification& items) const {
  if (const auto found = items.find(at(column))) return *found;
  std::vector<std::string> codes;
  for (const auto& item : items.items()) codes.push_back(item.code);
  throw Error(
      Errc::not_found,
      fmt::format("{}: column '{}': there is no {} '{}'", place, column, items.what(), at(column)),
      did_you_mean(at(column), codes));
}

void Row::refuse(std::string_view column, std::string_view expected, std::string hint) const {
  throw Error(Errc::bad_input,
              fmt::format("{}: column '{}': '{}' {}", place, column, at(column), expected),
              std::move(hint));
}

std::vector<Row> read_rows(const std::filesystem::path& path,
                           const std::vector<std::string>& columns) {
  DelimitedReader in(Source::open(path));
  in.next_row();
  in.name_columns(in.texts());
  for (const auto& column : columns)
    if (std::ranges::find(in.columns(), column) == in.columns().end())
      throw Error(Errc::bad_input, fmt::format("{}: no column '{}'", in.file(), column));
  std::vector<Row> rows;
  while (in.next_row()) {
    Row row{fmt::format("{}:{}", in.file(), in.row()), {}};
    for (const auto& column : in.columns()) row.cells[column] = in.text();
    in.end_row();
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace stave::sample
