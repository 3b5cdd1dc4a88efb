#pragma once
/// DuckDB's C API as objects that close themselves and throw. Nothing outside this room sees it.

#include "stave/core/progress.hpp"

#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <duckdb.h>

namespace stave::store {

/// What DuckDB said. The public functions turn it into an Error that names the file.
class DatabaseError : public std::runtime_error {
 public:
  explicit DatabaseError(const std::string& message, bool locked = false)
      : std::runtime_error(message), locked_(locked) {}
  /// True when another program holds the file.
  [[nodiscard]] bool locked() const noexcept { return locked_; }

 private:
  bool locked_;
};

/// A C handle that one function of the C API ends.
template <class Handle, auto end>
struct Ender {
  using pointer = Handle;
  void operator()(Handle handle) const { end(&handle); }
};
template <class Handle, auto end>
using Owned = std::unique_ptr<std::remove_pointer_t<Handle>, Ender<Handle, end>>;

using Appender = Owned<duckdb_appender, duckdb_appender_destroy>;
using Chunk = Owned<duckdb_data_chunk, duckdb_destroy_data_chunk>;
using Prepared = Owned<duckdb_prepared_statement, duckdb_destroy_prepare>;
using LogicalType = Owned<duckdb_logical_type, duckdb_destroy_logical_type>;

/// How a database is opened.
struct OpenOptions {
  enum class Access { memory, create, read };
  Access access = Access::memory;
  int threads = 0;                 ///< 0: one a core
  std::string memory_limit;        ///< "2GB"; empty: DuckDB's own
  bool allow_other_files = false;  ///< whether SQL may read and write files
  bool may_spill_to_disk = false;  ///< whether a large query may use a temporary folder
};

class Database {
 public:
  /// Extensions are neither fetched nor loaded. @throws DatabaseError
  Database(const std::filesystem::path& path, const OpenOptions& options);
  [[nodiscard]] duckdb_database get() const { return database_.get(); }

 private:
  Owned<duckdb_database, duckdb_close> database_;
};

/// Rows as they come, chunk by chunk.
class Result {
 public:
  explicit Result(duckdb_result result) : result_(result) {}
  Result(Result&& other) noexcept : result_(std::exchange(other.result_, duckdb_result{})) {}
  Result(const Result&) = delete;
  Result& operator=(const Result&) = delete;
  Result& operator=(Result&&) = delete;
  ~Result() { duckdb_destroy_result(&result_); }

  [[nodiscard]] duckdb_result* get() { return &result_; }
  [[nodiscard]] std::size_t columns() { return duckdb_column_count(&result_); }
  [[nodiscard]] std::string column_name(std::size_t i) { return duckdb_column_name(&result_, i); }
  [[nodiscard]] LogicalType column_type(std::size_t i) {
    return LogicalType(duckdb_column_logical_type(&result_, i));
  }
  /// The next rows, or nothing at the end. @throws DatabaseError
  [[nodiscard]] Chunk next();

 private:
  duckdb_result result_;
};

class Connection {
 public:
  explicit Connection(const Database& database);
  [[nodiscard]] duckdb_connection get() const { return connection_.get(); }
  /// @throws DatabaseError
  void run(const std::string& sql);
  /// @throws DatabaseError
  [[nodiscard]] Prepared prepare(const std::string& sql);
  /// Rows are made while they are fetched. @throws DatabaseError
  [[nodiscard]] Result query(const std::string& sql);
  /// The only value of a query that gives one whole number. @throws DatabaseError
  [[nodiscard]] std::int64_t number(const std::string& sql);

 private:
  Owned<duckdb_connection, duckdb_disconnect> connection_;
};

/// Column i of a chunk as an array of T.
template <class T>
[[nodiscard]] T* cells(duckdb_data_chunk chunk, std::size_t i) {
  return static_cast<T*>(duckdb_vector_get_data(duckdb_data_chunk_get_vector(chunk, i)));
}
/// False where column i of a chunk is NULL in that row.
[[nodiscard]] bool is_valid(duckdb_data_chunk chunk, std::size_t i, std::size_t row);

/// 'it''s', for SQL text.
[[nodiscard]] std::string sql_text(const std::string& text);
/// The same for a path that is read. @see pattern_of in database.cpp
[[nodiscard]] std::string pattern_of(const std::filesystem::path& path);
/// "from", for SQL names.
[[nodiscard]] std::string sql_name(std::string_view name);

}  // namespace stave::store
