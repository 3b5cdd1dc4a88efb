#include "stave/core/table.hpp"

#include <algorithm>
#include <stdexcept>

#include <fmt/format.h>

namespace stave {
namespace {

template <class T>
const std::vector<T>& cells_of(const Table& table, std::string_view name) {
  return std::get<std::vector<T>>(table.columns()[table.column_index(name)].cells);
}

void append(Column& column, Table::Cell& cell) {
  if (auto* reals = std::get_if<std::vector<double>>(&column.cells)) {
    const auto* whole = std::get_if<std::int64_t>(&cell);
    reals->push_back(whole != nullptr ? static_cast<double>(*whole) : std::get<double>(cell));
  } else if (auto* integers = std::get_if<std::vector<std::int64_t>>(&column.cells)) {
    integers->push_back(std::get<std::int64_t>(cell));
  } else {
    std::get<std::vector<std::string>>(column.cells)
        .push_back(std::move(std::get<std::string>(cell)));
  }
}

}  // namespace

std::string_view to_string(ColumnType type) {
  switch (type) {
    case ColumnType::text:
      return "text";
    case ColumnType::integer:
      return "integer";
    case ColumnType::real:
      break;
  }
  return "real";
}

Table::Table(std::string name, std::string title, std::vector<ColumnSpec> columns)
    : name_(std::move(name)), title_(std::move(title)) {
  for (auto& spec : columns) {
    Column column{std::move(spec), {}};
    if (column.spec.type == ColumnType::integer) column.cells = std::vector<std::int64_t>();
    if (column.spec.type == ColumnType::real) column.cells = std::vector<double>();
    columns_.push_back(std::move(column));
  }
}

std::size_t Table::rows() const {
  if (columns_.empty()) return 0;
  return std::visit([](const auto& cells) { return cells.size(); }, columns_.front().cells);
}

void Table::add_row(std::vector<Cell> cells) {
  if (cells.size() != columns_.size())
    throw std::logic_error(fmt::format("table '{}': a row of {} cells for {} columns", name_,
                                       cells.size(), columns_.size()));
  for (std::size_t i = 0; i < cells.size(); ++i) {
    try {
      append(columns_[i], cells[i]);
    } catch (const std::bad_variant_access&) {
      throw std::logic_error(fmt::format("table '{}': column '{}' is {}", name_,
                                         columns_[i].spec.name, to_string(columns_[i].spec.type)));
    }
  }
}

Table::Cell Table::at(std::size_t row, std::size_t column) const {
  return std::visit([&](const auto& cells) { return Cell(cells.at(row)); },
                    columns_.at(column).cells);
}

std::size_t Table::column_index(std::string_view name) const {
  const auto found = std::find_if(columns_.begin(), columns_.end(),
                                  [&](const Column& c) { return c.spec.name == name; });
  if (found == columns_.end())
    throw std::logic_error(fmt::format("table '{}' has no column '{}'", name_, name));
  return static_cast<std::size_t>(found - columns_.begin());
}

const std::vector<double>& Table::reals(std::string_view name) const {
  return cells_of<double>(*this, name);
}
const std::vector<std::string>& Table::texts(std::string_view name) const {
  return cells_of<std::string>(*this, name);
}
const std::vector<std::int64_t>& Table::integers(std::string_view name) const {
  return cells_of<std::int64_t>(*this, name);
}

}  // namespace stave
