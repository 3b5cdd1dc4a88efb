#include "store/table_rows.hpp"

#include "stave/core/error.hpp"
#include "stave/core/limit.hpp"

#include <cmath>
#include <limits>
#include <memory>
#include <optional>

#include <fmt/format.h>

#include "store/schema.hpp"

namespace stave::store {
namespace {

// The length of the UTF-8 sequence that starts with this byte, 0 where none does.
std::size_t sequence_length(unsigned char first) {
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return 2;
  if (first >= 0xE0 && first <= 0xEF) return 3;
  return first >= 0xF0 && first <= 0xF4 ? 4 : 0;
}

// DuckDB takes bytes as they are and trips over them later.
bool is_utf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = [&](std::size_t k) { return static_cast<unsigned char>(text[k]); };
    const auto length = sequence_length(byte(i));
    if (length == 0 || i + length > text.size()) return false;
    for (std::size_t k = 1; k < length; ++k)
      if ((byte(i + k) & 0xC0) != 0x80) return false;
    const unsigned second = length > 1 ? byte(i + 1) : 0x80;
    const bool overlong = (byte(i) == 0xE0 && second < 0xA0) || (byte(i) == 0xF0 && second < 0x90);
    const bool surrogate = byte(i) == 0xED && second > 0x9F;
    if (overlong || surrogate || (byte(i) == 0xF4 && second > 0x8F)) return false;
    i += length;
  }
  return true;
}

duckdb_state append(duckdb_appender to, const std::string& text) {
  return text.empty() ? duckdb_append_null(to)
                      : duckdb_append_varchar_length(to, text.data(), text.size());
}
duckdb_state append(duckdb_appender to, std::int64_t value) {
  return duckdb_append_int64(to, value);
}
duckdb_state append(duckdb_appender to, double value) {
  return std::isnan(value) ? duckdb_append_null(to) : duckdb_append_double(to, value);
}

void require_utf8(const Table& rows, const std::string& table) {
  for (const auto& column : rows.columns()) {
    const auto* texts = std::get_if<std::vector<std::string>>(&column.cells);
    for (std::size_t i = 0; texts != nullptr && i < texts->size(); ++i)
      if (!is_utf8((*texts)[i]))
        throw Error(Errc::bad_input,
                    fmt::format("{}, row {}: column '{}' is not UTF-8 text", table, i + 1,
                                column.spec.name),
                    "Convert the labels to UTF-8 first.");
  }
}

// One column of a result while it grows.
class ColumnReader {
 public:
  ColumnReader(std::string name, duckdb_logical_type type)
      : type_(duckdb_get_type_id(type)), spec_{std::move(name), ColumnType::text, {}, {}} {
    if (type_ == DUCKDB_TYPE_DECIMAL) {
      stored_ = duckdb_decimal_internal_type(type);
      scale_ = std::pow(10.0, duckdb_decimal_scale(type));
    } else {
      stored_ = type_;
    }
    whole_ =
        type_ != DUCKDB_TYPE_DECIMAL && type_ != DUCKDB_TYPE_FLOAT && type_ != DUCKDB_TYPE_DOUBLE;
    text_ = type_ == DUCKDB_TYPE_VARCHAR;
  }

  // Returns the bytes it took.
  std::size_t read(duckdb_data_chunk chunk, std::size_t column) {
    const auto rows = duckdb_data_chunk_get_size(chunk);
    std::size_t bytes = rows * sizeof(double);
    for (std::size_t i = 0; i < rows; ++i) {
      const bool valid = is_valid(chunk, column, i);
      if (text_)
        bytes += read_text(chunk, column, i, valid);
      else
        read_number(chunk, column, i, valid);
    }
    return bytes;
  }

  Column finish() && {
    if (text_) return {std::move(spec_), std::move(texts_)};
    spec_.type = whole_ ? ColumnType::integer : ColumnType::real;
    if (whole_) return {std::move(spec_), std::move(integers_)};
    return {std::move(spec_), std::move(reals_)};
  }

 private:
  std::size_t read_text(duckdb_data_chunk chunk, std::size_t column, std::size_t i, bool valid) {
    auto& text = texts_.emplace_back();
    if (!valid) return sizeof(std::string);
    auto* string = cells<duckdb_string_t>(chunk, column) + i;
    text.assign(duckdb_string_t_data(string), duckdb_string_t_length(*string));
    return sizeof(std::string) + text.size();
  }

  void read_number(duckdb_data_chunk chunk, std::size_t column, std::size_t i, bool valid) {
    if (!valid) return add_real(std::numeric_limits<double>::quiet_NaN());
    switch (stored_) {
      case DUCKDB_TYPE_TINYINT:
        return add_whole(cells<std::int8_t>(chunk, column)[i]);
      case DUCKDB_TYPE_UTINYINT:
        return add_whole(cells<std::uint8_t>(chunk, column)[i]);
      case DUCKDB_TYPE_SMALLINT:
        return add_whole(cells<std::int16_t>(chunk, column)[i]);
      case DUCKDB_TYPE_USMALLINT:
        return add_whole(cells<std::uint16_t>(chunk, column)[i]);
      case DUCKDB_TYPE_INTEGER:
        return add_whole(cells<std::int32_t>(chunk, column)[i]);
      case DUCKDB_TYPE_UINTEGER:
        return add_whole(cells<std::uint32_t>(chunk, column)[i]);
      case DUCKDB_TYPE_BIGINT:
        return add_whole(cells<std::int64_t>(chunk, column)[i]);
      case DUCKDB_TYPE_UBIGINT: {
        const auto value = cells<std::uint64_t>(chunk, column)[i];
        const bool fits = value <= std::uint64_t{std::numeric_limits<std::int64_t>::max()};
        return fits ? add_whole(static_cast<std::int64_t>(value))
                    : add_real(static_cast<double>(value));
      }
      case DUCKDB_TYPE_HUGEINT: {
        const auto value = cells<duckdb_hugeint>(chunk, column)[i];
        const auto low = static_cast<std::int64_t>(value.lower);
        const bool fits = value.upper == (low < 0 ? -1 : 0);
        return fits ? add_whole(low) : add_real(duckdb_hugeint_to_double(value) / scale_);
      }
      case DUCKDB_TYPE_FLOAT:
        return add_real(cells<float>(chunk, column)[i]);
      default:
        return add_real(cells<double>(chunk, column)[i]);
    }
  }

  void add_whole(std::int64_t value) {
    if (whole_)
      integers_.push_back(value);
    else
      reals_.push_back(static_cast<double>(value) / scale_);
  }

  void add_real(double value) {
    if (whole_) reals_.assign(integers_.begin(), integers_.end());
    whole_ = false;
    reals_.push_back(value);
  }

  duckdb_type type_;
  duckdb_type stored_ = DUCKDB_TYPE_INVALID;
  double scale_ = 1;
  bool whole_ = false;
  bool text_ = false;
  ColumnSpec spec_;
  std::vector<std::string> texts_;
  std::vector<std::int64_t> integers_;
  std::vector<double> reals_;
};

bool is_number_or_text(duckdb_type type) {
  switch (type) {
    case DUCKDB_TYPE_TINYINT:
    case DUCKDB_TYPE_UTINYINT:
    case DUCKDB_TYPE_SMALLINT:
    case DUCKDB_TYPE_USMALLINT:
    case DUCKDB_TYPE_INTEGER:
    case DUCKDB_TYPE_UINTEGER:
    case DUCKDB_TYPE_BIGINT:
    case DUCKDB_TYPE_UBIGINT:
    case DUCKDB_TYPE_HUGEINT:
    case DUCKDB_TYPE_FLOAT:
    case DUCKDB_TYPE_DOUBLE:
    case DUCKDB_TYPE_DECIMAL:
    case DUCKDB_TYPE_VARCHAR:
      return true;
    default:
      return false;
  }
}

void free_text(const char* text) { duckdb_free(const_cast<char*>(text)); }

std::string select_expression(const ColumnDefinition& column) {
  const auto name = sql_name(column.name);
  switch (column.type()) {
    case ColumnType::integer:
      return fmt::format("coalesce({0}::BIGINT, -1) AS {0}", name);
    case ColumnType::text:
      return fmt::format("{0}::VARCHAR AS {0}", name);
    case ColumnType::real:
      break;
  }
  return fmt::format("{0}::DOUBLE AS {0}", name);
}

}  // namespace

void append_rows(Connection& connection, const std::string& table, const Table& rows) {
  require_utf8(rows, table);
  duckdb_appender raw = nullptr;
  const auto state = duckdb_appender_create(connection.get(), nullptr, table.c_str(), &raw);
  const Appender appender(raw);
  const auto require = [&](duckdb_state done) {
    if (done == DuckDBSuccess) return;
    const auto* said = duckdb_appender_error(appender.get());
    throw DatabaseError(said != nullptr ? said : "cannot append to " + table);
  };
  require(state);
  for (std::size_t i = 0; i < rows.rows(); ++i) {
    for (const auto& column : rows.columns())
      require(std::visit([&](const auto& cells) { return append(appender.get(), cells[i]); },
                         column.cells));
    require(duckdb_appender_end_row(appender.get()));
  }
  require(duckdb_appender_close(appender.get()));
}

Table read_rows(Connection& connection, std::string_view table) {
  const auto& definition = table_definition(table);
  std::string columns;
  for (const auto& column : definition.columns)
    columns += (columns.empty() ? "" : ", ") + select_expression(column);
  const bool numbered = definition.columns.front().name == "number";
  auto result = connection.query(fmt::format("SELECT {} FROM {}{}", columns, sql_name(table),
                                             numbered ? " ORDER BY number" : ""));
  return table_of(result, limit::max_unpacked_bytes, std::string(table));
}

Table table_of(Result& result, std::size_t most_bytes, std::string name) {
  std::vector<ColumnReader> readers;
  for (std::size_t i = 0; i < result.columns(); ++i)
    readers.emplace_back(result.column_name(i), result.column_type(i).get());
  std::size_t bytes = 0;
  while (const auto chunk = result.next()) {
    for (std::size_t i = 0; i < readers.size(); ++i) bytes += readers[i].read(chunk.get(), i);
    if (bytes > most_bytes)
      throw Error(Errc::too_large,
                  fmt::format("the result takes more than {} MB", most_bytes >> 20),
                  "Ask for fewer rows: add LIMIT 1000, a WHERE or a GROUP BY.");
  }
  std::vector<Column> columns;
  std::vector<ColumnSpec> specs;
  for (auto& reader : readers) {
    columns.push_back(std::move(reader).finish());
    specs.push_back(columns.back().spec);
  }
  Table table(std::move(name), {}, std::move(specs));
  for (std::size_t i = 0; i < columns.size(); ++i) table.column(i) = std::move(columns[i]);
  return table;
}

// Other types become text through a view of this connection, so that the statement itself stays as
// the user wrote it.
Table any_table(Connection& connection, const std::string& sql, std::size_t most_bytes) {
  const auto statement = connection.prepare(sql);
  std::string names;
  std::string columns;
  bool all_known = true;
  for (idx_t i = 0; i < duckdb_prepared_statement_column_count(statement.get()); ++i) {
    const bool known = is_number_or_text(duckdb_prepared_statement_column_type(statement.get(), i));
    all_known = all_known && known;
    const std::unique_ptr<const char, decltype(&free_text)> name(
        duckdb_prepared_statement_column_name(statement.get(), i), free_text);
    names += fmt::format("{}c{}", i == 0 ? "" : ", ", i);
    columns += fmt::format("{}c{}{} AS {}", i == 0 ? "" : ", ", i, known ? "" : "::VARCHAR",
                           sql_name(name.get()));
  }
  if (!all_known)
    connection.run(fmt::format("CREATE TEMP VIEW stave_answer({}) AS {}", names, sql));
  auto result =
      connection.query(all_known ? sql : fmt::format("SELECT {} FROM temp.stave_answer", columns));
  return table_of(result, most_bytes);
}

}  // namespace stave::store
