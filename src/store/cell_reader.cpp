#include "store/cell_reader.hpp"

#include "stave/core/error.hpp"
#include "stave/core/limit.hpp"

#include <algorithm>
#include <atomic>
#include <bit>
#include <exception>
#include <functional>
#include <limits>
#include <mutex>
#include <vector>

#include <fmt/format.h>
#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>
#include <tbb/parallel_reduce.h>

#include "store/table_rows.hpp"

namespace stave::store {
namespace {

using ScalarFunction = Owned<duckdb_scalar_function, duckdb_destroy_scalar_function>;

// Up to a vector's worth of cells, all inside the matrix.
struct Cells {
  const std::int32_t* row;
  const std::int32_t* column;
  const double* value;
  std::size_t size;
};

// What every thread of a scan shares.
struct Scan {
  std::size_t rows;
  std::size_t columns;
  std::size_t expected;
  std::string stage;
  std::function<void(const Cells&)> take;
  Progress* progress;
  std::atomic<std::size_t> done = 0;
  std::atomic<bool> bad = false;
  std::mutex lock;
  std::exception_ptr failure;
};

bool all_inside(const Cells& cells, const Scan& scan) {
  bool inside = true;
  for (std::size_t i = 0; i < cells.size; ++i)
    inside &= static_cast<std::uint32_t>(cells.row[i]) < scan.rows &&
              static_cast<std::uint32_t>(cells.column[i]) < scan.columns;
  return inside;
}

bool all_valid(duckdb_data_chunk chunk) {
  for (std::size_t column = 0; column < 3; ++column) {
    if (duckdb_vector_get_validity(duckdb_data_chunk_get_vector(chunk, column)) == nullptr)
      continue;
    for (std::size_t i = 0; i < duckdb_data_chunk_get_size(chunk); ++i)
      if (!is_valid(chunk, column, i)) return false;
  }
  return true;
}

void take_chunk(Scan& scan, duckdb_data_chunk chunk) {
  constexpr std::size_t rows_a_report = std::size_t{1} << 20;
  const Cells cells_in{cells<std::int32_t>(chunk, 0), cells<std::int32_t>(chunk, 1),
                       cells<double>(chunk, 2), duckdb_data_chunk_get_size(chunk)};
  if (!all_valid(chunk) || !all_inside(cells_in, scan)) {
    scan.bad = true;
    throw DatabaseError("a cell outside its matrix");
  }
  scan.take(cells_in);
  const auto before = scan.done.fetch_add(cells_in.size);
  if (before / rows_a_report == (before + cells_in.size) / rows_a_report) return;
  scan.progress->check();
  scan.progress->report(scan.stage,
                        static_cast<double>(before) / static_cast<double>(scan.expected));
}

// DuckDB calls this for every chunk, from its threads. Always false: no row leaves the scan.
void take_cells(duckdb_function_info info, duckdb_data_chunk chunk, duckdb_vector output) {
  auto& scan = *static_cast<Scan*>(duckdb_scalar_function_get_extra_info(info));
  std::fill_n(static_cast<bool*>(duckdb_vector_get_data(output)), duckdb_data_chunk_get_size(chunk),
              false);
  try {
    take_chunk(scan, chunk);
  } catch (...) {
    const std::lock_guard guard(scan.lock);
    if (!scan.failure) scan.failure = std::current_exception();
    duckdb_scalar_function_set_error(info, "stopped");
  }
}

void register_scan(Connection& connection, const std::string& name, Scan& scan) {
  const ScalarFunction function(duckdb_create_scalar_function());
  const LogicalType integer(duckdb_create_logical_type(DUCKDB_TYPE_INTEGER));
  const LogicalType real(duckdb_create_logical_type(DUCKDB_TYPE_DOUBLE));
  const LogicalType boolean(duckdb_create_logical_type(DUCKDB_TYPE_BOOLEAN));
  duckdb_scalar_function_set_name(function.get(), name.c_str());
  for (auto* type : {integer.get(), integer.get(), real.get()})
    duckdb_scalar_function_add_parameter(function.get(), type);
  duckdb_scalar_function_set_return_type(function.get(), boolean.get());
  duckdb_scalar_function_set_volatile(function.get());          // called for every row
  duckdb_scalar_function_set_special_handling(function.get());  // and sees NULLs
  duckdb_scalar_function_set_extra_info(function.get(), &scan, nullptr);
  duckdb_scalar_function_set_function(function.get(), take_cells);
  if (duckdb_register_scalar_function(connection.get(), function.get()) != DuckDBSuccess)
    throw DatabaseError("DuckDB does not take the function " + name);
}

// The message for the first row that a scan refused.
[[noreturn]] void throw_bad_row(Connection& connection, const CellQuery& query) {
  auto result = connection.query(fmt::format(
      "SELECT r, coalesce(a::VARCHAR, 'NULL'), coalesce(b::VARCHAR, 'NULL'), "
      "coalesce(v::VARCHAR, 'NULL') FROM (SELECT row_number() OVER () AS r, {} AS a, {} AS b, "
      "{} AS v FROM {}) WHERE a IS NULL OR b IS NULL OR v IS NULL OR a NOT BETWEEN 0 AND {} "
      "OR b NOT BETWEEN 0 AND {} ORDER BY r LIMIT 1",
      query.row, query.column, query.value, sql_name(query.table),
      static_cast<std::int64_t>(query.rows) - 1, static_cast<std::int64_t>(query.columns) - 1));
  const auto found = table_of(result, limit::max_cell_bytes);
  if (found.rows() == 0) throw DatabaseError(query.table + " changed while it was read");
  throw Error(
      Errc::bad_input,
      fmt::format("table '{}', row {}: {} = {}, {} = {}, value = {}; expected {} and {} rows and "
                  "columns to choose from, and a value",
                  query.table, std::get<std::int64_t>(found.at(0, 0)), query.row,
                  std::get<std::string>(found.at(0, 1)), query.column,
                  std::get<std::string>(found.at(0, 2)), std::get<std::string>(found.at(0, 3)),
                  query.rows, query.columns),
      "Positions count from 0; no cell may be NULL.");
}

[[noreturn]] void throw_repeated(Connection& connection, const CellQuery& query) {
  auto result = connection.query(fmt::format(
      "SELECT max(r), a::VARCHAR, b::VARCHAR FROM (SELECT row_number() OVER () AS r, {} AS a, "
      "{} AS b FROM {}) GROUP BY a, b HAVING count(*) > 1 ORDER BY 1 LIMIT 1",
      query.row, query.column, sql_name(query.table)));
  const auto found = table_of(result, limit::max_cell_bytes);
  if (found.rows() == 0) throw DatabaseError(query.table + " changed while it was read");
  throw Error(Errc::bad_input, fmt::format("table '{}', row {}: {} = {}, {} = {} appears twice",
                                           query.table, std::get<std::int64_t>(found.at(0, 0)),
                                           query.row, std::get<std::string>(found.at(0, 1)),
                                           query.column, std::get<std::string>(found.at(0, 2))));
}

std::size_t count_rows(Connection& connection, const std::string& table) {
  return static_cast<std::size_t>(connection.number("SELECT count(*) FROM " + sql_name(table)));
}

// Hands every row of the table to `take`, chunk by chunk, from several threads.
void scan_cells(Connection& connection, const CellQuery& query, std::size_t expected,
                std::function<void(const Cells&)> take, Progress& progress) {
  static std::atomic<std::size_t> scans = 0;
  Scan scan{
      query.rows,      query.columns, std::max(expected, std::size_t{1}), "reading " + query.table,
      std::move(take), &progress};
  const auto name = fmt::format("stave_take_{}", scans++);
  register_scan(connection, name, scan);
  try {
    connection.run(
        fmt::format("SELECT count(*) FROM {} WHERE {}(({})::INTEGER, ({})::INTEGER, "
                    "({})::DOUBLE)",
                    sql_name(query.table), name, query.row, query.column, query.value));
  } catch (const DatabaseError&) {
    if (scan.bad) throw_bad_row(connection, query);
    if (scan.failure) std::rethrow_exception(scan.failure);
    throw;
  }
}

std::uint64_t bits(double value) { return std::bit_cast<std::uint64_t>(value); }

std::size_t count_other_than(const Matrix& matrix, std::uint64_t fill) {
  const auto values = matrix.values();
  return tbb::parallel_reduce(
      tbb::blocked_range<std::size_t>(0, values.size(), std::size_t{1} << 16), std::size_t{0},
      [&](const auto& range, std::size_t count) {
        for (auto i = range.begin(); i < range.end(); ++i) count += bits(values[i]) != fill;
        return count;
      },
      std::plus<>());
}

// Two threads meet in one cell only where a row appears twice, which the count afterwards finds;
// relaxed atomic stores are plain stores and keep even that meeting defined.
Matrix read_counted(Connection& connection, const CellQuery& query, double fill,
                    std::size_t expected, Progress& progress) {
  if (query.columns > 0 && query.rows > limit::max_unpacked_bytes / sizeof(double) / query.columns)
    throw Error(Errc::too_large, fmt::format("table '{}' describes a matrix of {} x {}",
                                             query.table, query.rows, query.columns));
  Matrix matrix(query.rows, query.columns);
  if (bits(fill) != 0) std::fill(matrix.values().begin(), matrix.values().end(), fill);
  std::atomic<std::size_t> filled = 0;
  const auto take = [&](const Cells& cells) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < cells.size; ++i) {
      if (bits(cells.value[i]) == bits(fill)) continue;
      ++count;
      auto& cell =
          matrix(static_cast<std::size_t>(cells.row[i]), static_cast<std::size_t>(cells.column[i]));
      std::atomic_ref(cell).store(cells.value[i], std::memory_order_relaxed);
    }
    filled += count;
  };
  scan_cells(connection, query, expected, take, progress);
  if (count_other_than(matrix, bits(fill)) != filled) throw_repeated(connection, query);
  return matrix;
}

// Columns in order, their values with them. False where one appears twice.
bool sort_row(SparseMatrix& s, std::size_t i) {
  const auto first = static_cast<std::size_t>(s.row_start[i]);
  const auto last = static_cast<std::size_t>(s.row_start[i + 1]);
  std::vector<std::pair<std::int32_t, double>> row;
  for (auto k = first; k < last; ++k) row.emplace_back(s.column[k], s.value[k]);
  std::sort(row.begin(), row.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  for (auto k = first; k < last; ++k) {
    s.column[k] = row[k - first].first;
    s.value[k] = row[k - first].second;
    if (k > first && s.column[k] == s.column[k - 1]) return false;
  }
  return true;
}

// Counts the links of each row, then puts them there, then sorts each row.
SparseMatrix read_sparse(Connection& connection, const CellQuery& query, std::size_t links,
                         Progress& progress) {
  const auto n = query.rows;
  SparseMatrix s{n, std::vector<std::int64_t>(n + 1), {}, {}};
  const auto one_more = [](std::int64_t& count) {
    return std::atomic_ref(count).fetch_add(1, std::memory_order_relaxed);
  };
  const auto count = [&](const Cells& cells) {
    for (std::size_t i = 0; i < cells.size; ++i)
      one_more(s.row_start[static_cast<std::size_t>(cells.row[i]) + 1]);
  };
  scan_cells(connection, query, links, count, progress);
  for (std::size_t i = 0; i < n; ++i) s.row_start[i + 1] += s.row_start[i];
  s.column.resize(static_cast<std::size_t>(s.row_start[n]));
  s.value.resize(s.column.size());
  auto next = s.row_start;
  const auto place = [&](const Cells& cells) {
    for (std::size_t i = 0; i < cells.size; ++i) {
      const auto row = static_cast<std::size_t>(cells.row[i]);
      const auto k = one_more(next[row]);
      if (k >= s.row_start[row + 1]) throw DatabaseError("flow changed while it was read");
      s.column[static_cast<std::size_t>(k)] = cells.column[i];
      s.value[static_cast<std::size_t>(k)] = cells.value[i];
    }
  };
  scan_cells(connection, query, links, place, progress);
  std::atomic<bool> unique = true;
  tbb::parallel_for(std::size_t{0}, n, [&](std::size_t i) {
    if (!sort_row(s, i)) unique = false;
  });
  if (!unique) throw_repeated(connection, query);
  return s;
}

}  // namespace

Matrix read_matrix(Connection& connection, const CellQuery& query, double fill,
                   Progress& progress) {
  return read_counted(connection, query, fill, count_rows(connection, query.table), progress);
}

FlowMatrix read_flows(Connection& connection, std::size_t n, Progress& progress) {
  const auto links = count_rows(connection, "flow");
  const CellQuery query{"flow", "\"from\"", "\"to\"", "value", n, n};
  constexpr std::size_t link_bytes = sizeof(std::int32_t) + sizeof(double);
  if (n <= limit::max_dense_nodes && n * n * sizeof(double) <= 2 * links * link_bytes)
    return FlowMatrix(read_counted(connection, query, 0, links, progress));
  if (links > limit::max_links)
    throw Error(Errc::too_large, fmt::format("{} flows; at most {} are accepted between {} nodes",
                                             links, limit::max_links, n));
  return FlowMatrix(read_sparse(connection, query, links, progress));
}

}  // namespace stave::store
