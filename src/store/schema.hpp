#pragma once
/// The tables of a chain on disk, version 1, as docs/schema.md tells them.

#include "stave/core/table.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace stave::store {

/// What column `format` of table `chain` says in every chain file.
inline constexpr std::string_view chain_format = "stave chain";

struct ColumnDefinition {
  std::string name;
  std::string sql_type;
  [[nodiscard]] ColumnType type() const;
};

struct TableDefinition {
  std::string name;
  std::vector<ColumnDefinition> columns;
};

[[nodiscard]] const std::vector<TableDefinition>& tables();
/// @throws std::logic_error when there is none of that name: a bug
[[nodiscard]] const TableDefinition& table_definition(std::string_view name);
/// The same columns as a Table without rows.
[[nodiscard]] Table empty_table(std::string_view name);

[[nodiscard]] std::string create_table_sql(const TableDefinition& table);
/// Views that show ids, names and codes in place of numbers.
[[nodiscard]] const std::vector<std::string>& create_view_sql();

}  // namespace stave::store
