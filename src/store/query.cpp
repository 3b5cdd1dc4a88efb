#include "stave/core/error.hpp"
#include "stave/store/store.hpp"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <string_view>
#include <thread>

#include <fmt/format.h>

#include "store/chain_file.hpp"
#include "store/chain_tables.hpp"
#include "store/table_rows.hpp"

namespace stave {
namespace {

namespace fs = std::filesystem;
using store::Connection;
using store::DatabaseError;

constexpr std::size_t most_result_bytes = std::size_t{1} << 30;
constexpr auto memory_limit = "4GB";

// DuckDB works on while we wait; this tells it when the user asked to stop.
class Interrupter {
 public:
  Interrupter(Connection& connection, Progress& progress)
      : thread_([&connection, &progress](const std::stop_token& stop) {
          std::mutex lock;
          std::condition_variable_any wait;
          std::unique_lock guard(lock);
          while (!wait.wait_for(guard, stop, std::chrono::milliseconds(50),
                                [&] { return stop.stop_requested(); }))
            if (progress.cancelled()) duckdb_interrupt(connection.get());
        }) {}

 private:
  std::jthread thread_;
};

using Statements = store::Owned<duckdb_extracted_statements, duckdb_destroy_extracted>;
using store::Prepared;

void require_one_reading_statement(Connection& connection, const std::string& sql) {
  duckdb_extracted_statements raw = nullptr;
  const auto count = duckdb_extract_statements(connection.get(), sql.c_str(), &raw);
  const Statements statements(raw);
  if (const auto* said = duckdb_extract_statements_error(raw); count == 0 && said != nullptr)
    throw DatabaseError(said);
  if (count != 1)
    throw Error(Errc::bad_input, fmt::format("the query has {} statements, expected 1", count),
                "Ask one question at a time.");
  duckdb_prepared_statement statement = nullptr;
  const auto state = duckdb_prepare_extracted_statement(connection.get(), raw, 0, &statement);
  const Prepared prepared(statement);
  if (state != DuckDBSuccess) throw DatabaseError(duckdb_prepare_error(statement));
  const auto type = duckdb_prepared_statement_type(statement);
  if (type != DUCKDB_STATEMENT_TYPE_SELECT && type != DUCKDB_STATEMENT_TYPE_EXPLAIN)
    throw Error(Errc::bad_input, "only a SELECT, DESCRIBE, SUMMARIZE or EXPLAIN may be asked",
                "A chain file is never changed by a query.");
}

// An exported folder is brought into memory: views over its files would let SQL reach other files.
store::OpenChain opened_for_questions(const fs::path& path, Progress& progress) {
  if (!fs::is_directory(path))
    return store::open_file(
        path, {.access = store::OpenOptions::Access::read, .memory_limit = memory_limit});
  const auto chain = import_folder(path, progress);
  store::Database database({}, {.memory_limit = memory_limit});
  store::write_chain(database, chain, progress);
  Connection connection(database);
  return {std::move(database), std::move(connection)};
}

}  // namespace

Table query_chain(const fs::path& path, const std::string& sql, Progress& progress) {
  auto opened = opened_for_questions(path, progress);
  auto& connection = opened.connection;
  const Interrupter interrupter(connection, progress);
  try {
    connection.run("SET lock_configuration = true");
    require_one_reading_statement(connection, sql);
    return store::any_table(connection, sql, most_result_bytes);
  } catch (const DatabaseError& error) {
    progress.check();
    throw Error(Errc::bad_input, error.what(),
                "`DESCRIBE` lists the tables, `DESCRIBE flow` the columns of one.");
  }
}

}  // namespace stave
