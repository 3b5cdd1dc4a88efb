#pragma once
/// Reads the reference tables that the tests compare with: small files, quotes allowed, no frills.

#include "stave/core/matrix.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace stave::test {

using Csv = std::vector<std::vector<std::string>>;

inline std::vector<std::string> split_csv_line(const std::string& line) {
  std::vector<std::string> cells(1);
  bool quoted = false;
  for (const char c : line) {
    if (c == '"')
      quoted = !quoted;
    else if (c == ',' && !quoted)
      cells.emplace_back();
    else if (c != '\r')
      cells.back() += c;
  }
  return cells;
}

/// @throws std::runtime_error when the file cannot be read
inline Csv read_csv(const std::filesystem::path& path) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error("cannot read " + path.string());
  Csv rows;
  for (std::string line; std::getline(file, line);)
    if (!line.empty()) rows.push_back(split_csv_line(line));
  return rows;
}

/// The cells from (first_row, first_column) on, up to `rows` x `columns` of them.
inline Matrix numbers(const Csv& csv, std::size_t first_row, std::size_t first_column,
                      std::size_t rows = SIZE_MAX, std::size_t columns = SIZE_MAX) {
  rows = std::min(rows, csv.size() - first_row);
  columns = std::min(columns, csv.at(first_row).size() - first_column);
  Matrix m(rows, columns);
  for (std::size_t i = 0; i < rows; ++i)
    for (std::size_t j = 0; j < columns; ++j)
      m(i, j) = std::strtod(csv.at(first_row + i).at(first_column + j).c_str(), nullptr);
  return m;
}

}  // namespace stave::test
