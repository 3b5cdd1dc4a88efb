// The cells of a chain as one table, and back.
#include "stave/balance/balance.hpp"
#include "stave/core/error.hpp"

#include <fmt/format.h>

namespace stave {
namespace {

std::size_t rows_of(const Chain& chain, TablePart part) {
  return chain.size() + (part == TablePart::table ? chain.primary_rows().size() : 0);
}

std::size_t columns_of(const Chain& chain, TablePart part) {
  return chain.size() + (part == TablePart::table ? chain.final_columns().size() : 0);
}

void add_cell(CellTable& table, std::size_t column, double value) {
  if (value == 0) return;
  table.column.push_back(static_cast<std::int32_t>(column));
  table.value.push_back(value);
}

FlowMatrix flows_from(const CellTable& table, std::size_t n, bool dense) {
  Matrix filled = dense ? Matrix(n, n) : Matrix();
  std::vector<Flow> links;
  for (std::size_t i = 0; i < n; ++i)
    for (auto c = table.row_start[i]; c < table.row_start[i + 1]; ++c) {
      const auto j = static_cast<std::size_t>(table.column[c]);
      if (j >= n) continue;
      if (dense)
        filled(i, j) = table.value[c];
      else
        links.push_back({static_cast<std::int32_t>(i), table.column[c], table.value[c]});
    }
  return dense ? FlowMatrix(std::move(filled)) : FlowMatrix::from_flows(n, std::move(links));
}

void put_borders(const CellTable& table, ChainParts& parts) {
  const auto n = parts.nodes.size();
  parts.final_use = Matrix(n, parts.final_columns.size());
  parts.primary = Matrix(parts.primary_rows.size(), n);
  for (std::size_t i = 0; i < table.rows; ++i)
    for (auto c = table.row_start[i]; c < table.row_start[i + 1]; ++c) {
      const auto j = static_cast<std::size_t>(table.column[c]);
      if (i < n && j >= n) parts.final_use(i, j - n) = table.value[c];
      if (i >= n && j < n) parts.primary(i - n, j) = table.value[c];
      if (i >= n && j >= n)
        throw Error(Errc::bad_input, "a primary input of final use has no place in a chain");
    }
}

}  // namespace

CellTable cells_of(const Matrix& m) {
  CellTable table{m.rows(), m.cols(), {}, {}, {}};
  for (std::size_t i = 0; i < m.rows(); ++i) {
    table.row_start.push_back(table.value.size());
    for (std::size_t j = 0; j < m.cols(); ++j) {
      if (m(i, j) == 0) continue;
      table.column.push_back(static_cast<std::int32_t>(j));
      table.value.push_back(m(i, j));
    }
  }
  table.row_start.push_back(table.value.size());
  return table;
}

Matrix matrix_of(const CellTable& table) {
  Matrix m(table.rows, table.columns);
  for (std::size_t i = 0; i < table.rows; ++i)
    for (auto c = table.row_start[i]; c < table.row_start[i + 1]; ++c)
      m(i, static_cast<std::size_t>(table.column[c])) = table.value[c];
  return m;
}

std::vector<double> CellTable::row_sums() const {
  std::vector<double> sums(rows);
  for (std::size_t i = 0; i < rows; ++i)
    for (auto c = row_start[i]; c < row_start[i + 1]; ++c) sums[i] += value[c];
  return sums;
}

std::vector<double> CellTable::column_sums() const {
  std::vector<double> sums(columns);
  for (std::size_t c = 0; c < value.size(); ++c)
    sums[static_cast<std::size_t>(column[c])] += value[c];
  return sums;
}

CellTable cells_of(const Chain& chain, TablePart part) {
  CellTable table;
  table.rows = rows_of(chain, part);
  table.columns = columns_of(chain, part);
  const auto n = chain.size();
  const auto count = chain.flows().nonzeros();
  table.column.reserve(count);
  table.value.reserve(count);
  for (std::size_t i = 0; i < n; ++i) {
    table.row_start.push_back(table.value.size());
    chain.flows().for_each_in_row(i, [&](std::size_t j, double z) { add_cell(table, j, z); });
    if (part == TablePart::table)
      for (std::size_t k = 0; k < chain.final_columns().size(); ++k)
        add_cell(table, n + k, chain.final_use()(i, k));
  }
  for (std::size_t p = n; p < table.rows; ++p) {
    table.row_start.push_back(table.value.size());
    for (std::size_t j = 0; j < n; ++j) add_cell(table, j, chain.primary()(p - n, j));
  }
  table.row_start.push_back(table.value.size());
  return table;
}

ChainParts with_cells(const Chain& chain, TablePart part, const CellTable& table) {
  if (table.rows != rows_of(chain, part) || table.columns != columns_of(chain, part))
    throw Error(Errc::bad_input, fmt::format("a table of {} x {} cells does not fit the chain",
                                             table.rows, table.columns));
  auto parts = chain.parts();
  parts.flows = flows_from(table, chain.size(), chain.flows().is_dense());
  if (part == TablePart::table) put_borders(table, parts);
  parts.reported_output.clear();
  return parts;
}

std::string row_name(const Chain& chain, std::size_t row) {
  return row < chain.size() ? chain.nodes()[row].id : chain.primary_rows()[row - chain.size()].code;
}

std::string column_name(const Chain& chain, std::size_t column) {
  if (column < chain.size()) return chain.nodes()[column].id;
  const auto& use = chain.final_columns()[column - chain.size()];
  return chain.regions()[use.region].code + "." + use.category;
}

}  // namespace stave
