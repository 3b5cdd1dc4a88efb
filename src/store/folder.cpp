#include "stave/core/error.hpp"
#include "stave/store/store.hpp"

#include <algorithm>
#include <fstream>
#include <optional>

#include <fmt/format.h>

#include "store/chain_file.hpp"
#include "store/chain_tables.hpp"
#include "store/replacement.hpp"
#include "store/schema.hpp"

namespace stave {
namespace {

namespace fs = std::filesystem;
using store::TableDefinition;

std::string file_name(const TableDefinition& table, FolderFormat format) {
  return table.name + (format == FolderFormat::csv ? ".csv" : ".parquet");
}

std::string header_of(const TableDefinition& table) {
  std::string header;
  for (const auto& column : table.columns) header += (header.empty() ? "" : ",") + column.name;
  return header;
}

// Columns of a CSV file are read by position, so their names must stand where they should.
void require_header(const fs::path& file, const TableDefinition& table) {
  std::ifstream stream(file);
  std::string header;
  std::getline(stream, header);
  if (header.starts_with("\xEF\xBB\xBF")) header.erase(0, 3);
  if (header.ends_with('\r')) header.pop_back();
  std::erase(header, '"');
  constexpr std::size_t most = 200;
  if (header != header_of(table))
    throw Error(Errc::bad_input,
                fmt::format("{}:1: the columns are '{}', expected '{}'", file.filename().string(),
                            header.substr(0, most), header_of(table)));
}

std::string csv_source(const fs::path& file, const TableDefinition& table) {
  require_header(file, table);
  std::string types;
  for (const auto& column : table.columns)
    types += fmt::format("{}{}: '{}'", types.empty() ? "" : ", ", store::sql_text(column.name),
                         column.sql_type);
  return fmt::format(
      "read_csv({}, auto_detect = false, header = true, columns = {{{}}}, "
      "delim = ',', quote = '\"', escape = '\"', nullstr = '', "
      "allow_quoted_nulls = false, max_line_size = 16000000)",
      store::pattern_of(file), types);
}

std::string view_sql(const fs::path& folder, const TableDefinition& table, FolderFormat format) {
  const auto file = folder / file_name(table, format);
  if (!fs::is_regular_file(file))
    throw Error(Errc::bad_input, fmt::format("{} is missing", file.filename().string()),
                "An exported chain has one file for each table; export it again.");
  const auto source = format == FolderFormat::csv
                          ? csv_source(file, table)
                          : fmt::format("read_parquet({})", store::pattern_of(file));
  return fmt::format("CREATE VIEW {} AS SELECT * FROM {}", store::sql_name(table.name), source);
}

std::optional<FolderFormat> format_of(const fs::path& folder) {
  for (const auto format : {FolderFormat::parquet, FolderFormat::csv})
    if (fs::is_regular_file(folder / file_name(store::table_definition("chain"), format)))
      return format;
  return std::nullopt;
}

bool is_table_file(const fs::path& file) {
  return std::any_of(store::tables().begin(), store::tables().end(), [&](const auto& table) {
    return file.filename() == file_name(table, FolderFormat::csv) ||
           file.filename() == file_name(table, FolderFormat::parquet);
  });
}

void require_replaceable(const fs::path& folder) {
  if (!fs::exists(folder)) return;
  if (!fs::is_directory(folder))
    throw Error(Errc::io, fmt::format("{}: is a file, not a folder", folder.string()));
  if (!fs::is_empty(folder) && !is_exported_folder(folder))
    throw Error(Errc::io,
                fmt::format("{}: holds other things than an exported chain", folder.string()),
                "Name a new folder, or empty this one first.");
}

void copy_tables(const fs::path& database_path, const fs::path& folder, FolderFormat format) {
  const store::Database database(
      database_path, {.access = store::OpenOptions::Access::read, .allow_other_files = true});
  store::Connection connection(database);
  for (const auto& table : store::tables())
    connection.run(fmt::format("COPY {} TO {} ({})", store::sql_name(table.name),
                               store::sql_text((folder / file_name(table, format)).string()),
                               format == FolderFormat::csv ? "FORMAT csv, HEADER true"
                                                           : "FORMAT parquet, COMPRESSION zstd"));
}

}  // namespace

bool is_exported_folder(const fs::path& folder) { return format_of(folder).has_value(); }

void export_folder(const Chain& chain, const fs::path& folder, FolderFormat format) {
  const auto target = folder.has_filename() ? folder : folder.parent_path();
  require_replaceable(target);
  store::Replacement replacement(target);
  store::writing(target, [&] {
    fs::create_directory(replacement.path());
    const auto database = replacement.path() / "tables.stave";
    save_chain(chain, database);
    copy_tables(database, replacement.path(), format);
    fs::remove(database);
    if (!fs::exists(target)) return;
    for (const auto& entry : fs::directory_iterator(target))  // a SOURCE.md, for one
      if (!is_table_file(entry.path()))
        fs::copy(entry.path(), replacement.path() / entry.path().filename(),
                 fs::copy_options::recursive);
  });
  replacement.put_in_place();
}

Chain import_folder(const fs::path& folder, Progress& progress) {
  auto opened = store::open_folder(folder);
  std::optional<Chain> chain;
  store::reading(folder, [&] { chain = store::read_chain(opened.connection, progress); });
  return std::move(*chain);
}

store::OpenChain store::open_folder(const fs::path& folder) {
  if (!fs::is_directory(folder))
    throw Error(Errc::not_found, fmt::format("{}: no such folder", folder.string()));
  const auto format = format_of(folder);
  if (!format)
    throw Error(Errc::foreign_file,
                fmt::format("{}: holds neither chain.csv nor chain.parquet", folder.string()),
                "`stave import` turns tables of other formats into a chain.");
  std::optional<OpenChain> opened;
  reading(folder, [&] {
    Database database({}, {.allow_other_files = true});
    Connection connection(database);
    for (const auto& table : tables())
      connection.run(view_sql(fs::absolute(folder), table, *format));
    require_our_schema(connection);
    opened.emplace(OpenChain{std::move(database), std::move(connection)});
  });
  return std::move(*opened);
}

}  // namespace stave
