#include "stave/core/error.hpp"
#include "stave/core/limit.hpp"
#include "stave/store/store.hpp"

#include <optional>

#include <fmt/format.h>

#include "store/chain_file.hpp"
#include "store/replacement.hpp"
#include "store/table_rows.hpp"

namespace stave {
namespace {

namespace fs = std::filesystem;

std::string create_sql(const Table& table) {
  std::string sql = "CREATE TABLE rows (";
  for (const auto& column : table.columns()) {
    const auto type = column.spec.type;
    sql += fmt::format("{}{} {}", &column == table.columns().data() ? "" : ", ",
                       store::sql_name(column.spec.name),
                       type == ColumnType::text      ? "VARCHAR"
                       : type == ColumnType::integer ? "BIGINT"
                                                     : "DOUBLE");
  }
  return sql + ")";
}

// Units and meanings travel in the file's own metadata, under keys any Parquet reader shows.
std::string metadata_sql(const Table& table) {
  std::string pairs = fmt::format("\"stave.name\": {}, \"stave.title\": {}",
                                  store::sql_text(table.name()), store::sql_text(table.title()));
  for (std::size_t i = 0; i < table.columns().size(); ++i)
    pairs += fmt::format(", \"stave.unit.{0}\": {1}, \"stave.meaning.{0}\": {2}", i,
                         store::sql_text(table.columns()[i].spec.unit),
                         store::sql_text(table.columns()[i].spec.meaning));
  return "{" + pairs + "}";
}

std::string metadata(store::Connection& connection, const std::string& file,
                     const std::string& key) {
  auto result = connection.query(
      fmt::format("SELECT decode(value) FROM parquet_kv_metadata({}) WHERE decode(key) = {}", file,
                  store::sql_text(key)));
  const auto found = store::table_of(result, limit::max_unpacked_bytes);
  return found.rows() == 0 ? std::string() : std::get<std::string>(found.at(0, 0));
}

}  // namespace

void write_parquet(const Table& table, const fs::path& path) {
  if (table.columns().empty())
    throw Error(Errc::bad_input, fmt::format("{}: the table has no columns", path.string()));
  store::Replacement replacement(path);
  store::writing(path, [&] {
    const store::Database database({}, {.allow_other_files = true});
    store::Connection connection(database);
    connection.run(create_sql(table));
    store::append_rows(connection, "rows", table);
    connection.run(fmt::format("COPY rows TO {} (FORMAT parquet, COMPRESSION zstd, KV_METADATA {})",
                               store::sql_text(replacement.path().string()), metadata_sql(table)));
  });
  replacement.put_in_place();
}

Table read_parquet(const fs::path& path) {
  if (!fs::is_regular_file(path))
    throw Error(Errc::not_found, fmt::format("{}: no such file", path.string()));
  std::optional<Table> table;
  store::reading(path, [&] {
    const store::Database database({}, {.allow_other_files = true});
    store::Connection connection(database);
    const auto file = store::pattern_of(path);
    table = store::any_table(connection, fmt::format("SELECT * FROM read_parquet({})", file),
                             limit::max_unpacked_bytes);
    for (std::size_t i = 0; i < table->columns().size(); ++i) {
      auto& spec = table->column(i).spec;
      spec.unit = metadata(connection, file, fmt::format("stave.unit.{}", i));
      spec.meaning = metadata(connection, file, fmt::format("stave.meaning.{}", i));
    }
  });
  return std::move(*table);
}

}  // namespace stave
