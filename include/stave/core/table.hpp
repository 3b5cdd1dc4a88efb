#pragma once
/// A result table: named, typed columns with units. What every analysis returns and every face
/// (terminal, JSON, CSV, Parquet, HTML, SQL query) shows.

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace stave {

enum class ColumnType { text, integer, real };
[[nodiscard]] std::string_view to_string(ColumnType type);

/// How a column is meant to be read.
struct ColumnSpec {
  std::string name;  ///< snake_case: "value_added_at_risk"
  ColumnType type = ColumnType::real;
  std::string unit;     ///< "million USD", "%", "days"; empty for words and plain counts
  std::string meaning;  ///< one line
};

/// A real NaN is an empty cell, everywhere.
struct Column {
  ColumnSpec spec;
  std::variant<std::vector<std::string>, std::vector<std::int64_t>, std::vector<double>> cells;
};

class Table {
 public:
  Table() = default;
  Table(std::string name, std::string title, std::vector<ColumnSpec> columns);

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] const std::string& title() const { return title_; }
  [[nodiscard]] const std::vector<Column>& columns() const { return columns_; }
  [[nodiscard]] std::size_t rows() const;

  using Cell = std::variant<std::string, std::int64_t, double>;
  /// One value a column, in order. An integer is welcome where the column is real.
  /// @throws std::logic_error when number or types differ from the columns: a bug, not an input
  void add_row(std::vector<Cell> cells);
  [[nodiscard]] Cell at(std::size_t row, std::size_t column) const;
  /// Position of a column. @throws std::logic_error when there is none
  [[nodiscard]] std::size_t column_index(std::string_view name) const;
  [[nodiscard]] const std::vector<double>& reals(std::string_view name) const;
  [[nodiscard]] const std::vector<std::string>& texts(std::string_view name) const;
  [[nodiscard]] const std::vector<std::int64_t>& integers(std::string_view name) const;
  /// For readers that fill whole columns.
  [[nodiscard]] Column& column(std::size_t i) { return columns_[i]; }

 private:
  std::string name_;
  std::string title_;
  std::vector<Column> columns_;
};

}  // namespace stave
