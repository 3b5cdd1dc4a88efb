#include "store/cell_writer.hpp"

#include <algorithm>
#include <atomic>
#include <bit>
#include <memory>
#include <optional>
#include <vector>

#include <tbb/parallel_for.h>

namespace stave::store {
namespace {

// Fills chunks of (row, column, value[, quality]) and hands them to an appender.
class CellAppender {
 public:
  CellAppender(Connection& connection, const std::string& table, bool has_quality) {
    duckdb_appender raw = nullptr;
    const auto state = duckdb_appender_create(connection.get(), nullptr, table.c_str(), &raw);
    appender_.reset(raw);
    require(state);
    std::vector<LogicalType> types;
    for (const auto type : {DUCKDB_TYPE_INTEGER, DUCKDB_TYPE_INTEGER, DUCKDB_TYPE_DOUBLE})
      types.emplace_back(duckdb_create_logical_type(type));
    if (has_quality) types.emplace_back(duckdb_create_logical_type(DUCKDB_TYPE_VARCHAR));
    std::vector<duckdb_logical_type> handles;
    for (const auto& type : types) handles.push_back(type.get());
    chunk_.reset(duckdb_create_data_chunk(handles.data(), handles.size()));
    quality_column_ = has_quality;
    start_chunk();
  }

  void add(std::size_t row, std::size_t column, double value) {
    if (size_ == duckdb_vector_size()) flush();
    rows_[size_] = static_cast<std::int32_t>(row);
    columns_[size_] = static_cast<std::int32_t>(column);
    values_[size_++] = value;
  }

  // Of the cell added last.
  void set_quality(std::optional<Quality> quality) {
    auto vector = duckdb_data_chunk_get_vector(chunk_.get(), 3);
    if (quality) {
      const auto text = to_string(*quality);
      duckdb_vector_assign_string_element_len(vector, size_ - 1, text.data(), text.size());
    } else {
      duckdb_vector_ensure_validity_writable(vector);
      duckdb_validity_set_row_invalid(duckdb_vector_get_validity(vector), size_ - 1);
    }
  }
  [[nodiscard]] bool has_quality() const { return quality_column_; }

  void finish() {
    if (size_ > 0) flush();
    require(duckdb_appender_close(appender_.get()));
  }

 private:
  void start_chunk() {
    size_ = 0;
    rows_ = cells<std::int32_t>(chunk_.get(), 0);
    columns_ = cells<std::int32_t>(chunk_.get(), 1);
    values_ = cells<double>(chunk_.get(), 2);
  }

  void flush() {
    duckdb_data_chunk_set_size(chunk_.get(), size_);
    require(duckdb_append_data_chunk(appender_.get(), chunk_.get()));
    duckdb_data_chunk_reset(chunk_.get());
    start_chunk();
  }

  void require(duckdb_state state) const {
    if (state == DuckDBSuccess) return;
    const auto* said = duckdb_appender_error(appender_.get());
    throw DatabaseError(said != nullptr ? said : "cannot append");
  }

  Appender appender_;
  Chunk chunk_;
  std::size_t size_ = 0;
  bool quality_column_ = false;
  std::int32_t* rows_ = nullptr;
  std::int32_t* columns_ = nullptr;
  double* values_ = nullptr;
};

// Row r holds the same share of all cells as of all rows; a link list is cut at its cells.
std::vector<std::size_t> cuts(const FlowMatrix& flows) {
  constexpr std::size_t cells_a_part = std::size_t{1} << 22;
  constexpr std::size_t most_parts = 8;
  const auto n = flows.size();
  const auto count = flows.is_dense() ? n * n : flows.sparse().value.size();
  const auto parts = std::clamp(count / cells_a_part, std::size_t{1}, most_parts);
  std::vector<std::size_t> result = {0};
  for (std::size_t p = 1; p < parts; ++p) {
    if (flows.is_dense()) {
      result.push_back(n * p / parts);
    } else {
      const auto& start = flows.sparse().row_start;
      const auto target = static_cast<std::int64_t>(count * p / parts);
      const auto row = std::lower_bound(start.begin(), start.end(), target) - start.begin();
      result.push_back(std::min(n, static_cast<std::size_t>(row)));
    }
  }
  result.push_back(n);
  return result;
}

std::uint64_t bits_of(double value) { return std::bit_cast<std::uint64_t>(value); }

// Unlike FlowMatrix::for_each_in_row, also gives -0.0 and the zeros a sparse matrix holds.
void add_flow_row(const FlowMatrix& flows, std::size_t i, CellAppender& appender) {
  if (flows.is_dense()) {
    const auto row = flows.dense().row(i);
    for (std::size_t j = 0; j < row.size(); ++j)
      if (bits_of(row[j]) != 0) appender.add(i, j, row[j]);
  } else {
    const auto& s = flows.sparse();
    for (auto k = static_cast<std::size_t>(s.row_start[i]);
         k < static_cast<std::size_t>(s.row_start[i + 1]); ++k)
      appender.add(i, static_cast<std::size_t>(s.column[k]), s.value[k]);
  }
}

}  // namespace

void write_flows(const Database& database, const FlowMatrix& flows, Progress& progress) {
  const auto cut = cuts(flows);
  std::vector<Connection> connections;
  for (std::size_t p = 0; p + 1 < cut.size(); ++p) connections.emplace_back(database);
  std::atomic<std::size_t> done = 0;
  tbb::parallel_for(std::size_t{0}, connections.size(), [&](std::size_t p) {
    connections[p].run("BEGIN TRANSACTION");
    CellAppender appender(connections[p], "flow", false);
    for (std::size_t i = cut[p]; i < cut[p + 1]; ++i) {
      add_flow_row(flows, i, appender);
      constexpr std::size_t rows_a_report = 64;
      if (++done % rows_a_report != 0) continue;
      progress.check();
      progress.report("writing flows",
                      static_cast<double>(done) / static_cast<double>(flows.size()));
    }
    appender.finish();
  });
  for (auto& connection : connections) connection.run("COMMIT");
}

void write_matrix(const Database& database, const std::string& table, const Matrix& matrix,
                  const CellRule& rule, Progress& progress) {
  Connection connection(database);
  CellAppender appender(connection, table, rule.has_quality);
  for (std::size_t i = 0; i < matrix.rows(); ++i) {
    progress.check();
    for (std::size_t j = 0; j < matrix.cols(); ++j) {
      if (!rule.every_cell && bits_of(matrix(i, j)) == bits_of(rule.left_out)) continue;
      appender.add(i, j, matrix(i, j));
      if (rule.has_quality)
        appender.set_quality(rule.quality.empty()
                                 ? std::nullopt
                                 : std::optional(rule.quality[i * matrix.cols() + j]));
    }
  }
  appender.finish();
}

}  // namespace stave::store
