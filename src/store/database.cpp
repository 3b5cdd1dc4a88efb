#include "store/database.hpp"

#include <string_view>
#include <utility>

namespace stave::store {
namespace {

using Config = Owned<duckdb_config, duckdb_destroy_config>;
using Pending = Owned<duckdb_pending_result, duckdb_destroy_pending>;

Config config_of(const OpenOptions& options) {
  duckdb_config raw = nullptr;
  if (duckdb_create_config(&raw) != DuckDBSuccess) throw DatabaseError("DuckDB has no settings");
  Config config(raw);
  const auto set = [&](const char* name, const std::string& value) {
    if (duckdb_set_config(config.get(), name, value.c_str()) != DuckDBSuccess)
      throw DatabaseError(std::string("DuckDB does not know the setting ") + name);
  };
  set("autoinstall_known_extensions", "false");
  set("autoload_known_extensions", "false");
  if (options.access == OpenOptions::Access::read) set("access_mode", "READ_ONLY");
  if (!options.may_spill_to_disk) set("temp_directory", "");
  if (!options.memory_limit.empty()) set("memory_limit", options.memory_limit);
  if (options.threads > 0) set("threads", std::to_string(options.threads));
  // Last: without other files DuckDB refuses to be told of a folder for temporary ones.
  set("enable_external_access", options.allow_other_files ? "true" : "false");
  return config;
}

std::string text_or(const char* text, std::string_view otherwise) {
  return text != nullptr ? std::string(text) : std::string(otherwise);
}

}  // namespace

Database::Database(const std::filesystem::path& path, const OpenOptions& options) {
  const auto config = config_of(options);
  // An absolute path is never taken for a protocol ("s3:...") or for ":memory:".
  const bool in_memory = options.access == OpenOptions::Access::memory;
  const auto name = in_memory ? std::string(":memory:") : std::filesystem::absolute(path).string();
  duckdb_database raw = nullptr;
  char* message = nullptr;
  const auto state = duckdb_open_ext(name.c_str(), &raw, config.get(), &message);
  database_.reset(raw);
  if (state == DuckDBSuccess) return;
  const auto said = text_or(message, "DuckDB cannot open it");
  duckdb_free(message);
  throw DatabaseError(said, said.find("Could not set lock") != std::string::npos);
}

Chunk Result::next() {
  Chunk chunk(duckdb_fetch_chunk(result_));
  if (!chunk && duckdb_result_error(&result_) != nullptr && *duckdb_result_error(&result_) != '\0')
    throw DatabaseError(duckdb_result_error(&result_));
  return chunk;
}

Connection::Connection(const Database& database) {
  duckdb_connection raw = nullptr;
  if (duckdb_connect(database.get(), &raw) != DuckDBSuccess)
    throw DatabaseError("DuckDB gives no connection");
  connection_.reset(raw);
}

void Connection::run(const std::string& sql) {
  duckdb_result raw;
  const auto state = duckdb_query(get(), sql.c_str(), &raw);
  Result result(raw);
  if (state != DuckDBSuccess)
    throw DatabaseError(text_or(duckdb_result_error(result.get()), "the statement failed"));
}

Prepared Connection::prepare(const std::string& sql) {
  duckdb_prepared_statement raw = nullptr;
  const auto state = duckdb_prepare(get(), sql.c_str(), &raw);
  Prepared prepared(raw);
  if (state != DuckDBSuccess)
    throw DatabaseError(text_or(duckdb_prepare_error(raw), "cannot be understood"));
  return prepared;
}

Result Connection::query(const std::string& sql) {
  const auto prepared = prepare(sql);
  duckdb_pending_result raw_pending = nullptr;
  const auto pending_state = duckdb_pending_prepared_streaming(prepared.get(), &raw_pending);
  const Pending pending(raw_pending);
  if (pending_state != DuckDBSuccess)
    throw DatabaseError(text_or(duckdb_pending_error(pending.get()), "the statement failed"));
  duckdb_result raw;
  const auto state = duckdb_execute_pending(pending.get(), &raw);
  Result result(raw);
  if (state != DuckDBSuccess)
    throw DatabaseError(text_or(duckdb_result_error(result.get()), "the statement failed"));
  return result;
}

std::int64_t Connection::number(const std::string& sql) {
  auto result = query("SELECT (" + sql + ")::BIGINT");
  const auto chunk = result.next();
  if (!chunk || duckdb_data_chunk_get_size(chunk.get()) == 0 || !is_valid(chunk.get(), 0, 0))
    throw DatabaseError("no number from: " + sql);
  const auto value = cells<std::int64_t>(chunk.get(), 0)[0];
  while (result.next()) continue;  // an unfinished result would keep its transaction open
  return value;
}

bool is_valid(duckdb_data_chunk chunk, std::size_t i, std::size_t row) {
  auto* mask = duckdb_vector_get_validity(duckdb_data_chunk_get_vector(chunk, i));
  return mask == nullptr || duckdb_validity_row_is_valid(mask, row);
}

std::string sql_text(const std::string& text) {
  std::string result = "'";
  for (const char c : text) result += c == '\'' ? std::string("''") : std::string(1, c);
  return result + "'";
}

// DuckDB takes * ? [ in a path to read for a pattern; in brackets they stand for themselves.
std::string pattern_of(const std::filesystem::path& path) {
  std::string result;
  for (const char c : std::filesystem::absolute(path).string()) {
    const bool special = c == '*' || c == '?' || c == '[';
    result += special ? std::string{'[', c, ']'} : std::string(1, c);
  }
  return sql_text(result);
}

std::string sql_name(std::string_view name) {
  std::string result = "\"";
  for (const char c : name) result += c == '"' ? std::string("\"\"") : std::string(1, c);
  return result + "\"";
}

}  // namespace stave::store
