#include "store/schema.hpp"

#include <algorithm>
#include <stdexcept>

#include "store/database.hpp"

namespace stave::store {

ColumnType ColumnDefinition::type() const {
  if (sql_type == "VARCHAR") return ColumnType::text;
  return sql_type == "DOUBLE" ? ColumnType::real : ColumnType::integer;
}

namespace {

// Sellers first, then buyers; the paper's row, then its column: rows are stored in that order.
// No keys: at 96 million flows they cost 8 and 30 times the write.
const std::vector<TableDefinition> all_tables = {
    {"chain",
     {{"format", "VARCHAR"},
      {"schema_version", "INTEGER"},
      {"name", "VARCHAR"},
      {"title", "VARCHAR"},
      {"title_zh", "VARCHAR"},
      {"year", "INTEGER"},
      {"currency", "VARCHAR"},
      {"unit", "VARCHAR"},
      {"classification", "VARCHAR"},
      {"source", "VARCHAR"},
      {"licence", "VARCHAR"},
      {"recipe_rule", "VARCHAR"}}},
    {"note", {{"number", "INTEGER"}, {"note", "VARCHAR"}}},
    {"region",
     {{"number", "INTEGER"},
      {"code", "VARCHAR"},
      {"name", "VARCHAR"},
      {"name_zh", "VARCHAR"},
      {"parent", "VARCHAR"},
      {"is_group", "BOOLEAN"}}},
    {"product",
     {{"number", "INTEGER"},
      {"code", "VARCHAR"},
      {"name", "VARCHAR"},
      {"name_zh", "VARCHAR"},
      {"parent", "VARCHAR"},
      {"is_group", "BOOLEAN"},
      {"kind", "VARCHAR"}}},
    {"node",
     {{"number", "INTEGER"},
      {"id", "VARCHAR"},
      {"name", "VARCHAR"},
      {"name_zh", "VARCHAR"},
      {"region", "VARCHAR"},
      {"product", "VARCHAR"},
      {"enterprise", "VARCHAR"}}},
    {"flow", {{"from", "INTEGER"}, {"to", "INTEGER"}, {"value", "DOUBLE"}}},
    {"final_use_column", {{"number", "INTEGER"}, {"region", "VARCHAR"}, {"category", "VARCHAR"}}},
    {"final_use", {{"node", "INTEGER"}, {"final_column", "INTEGER"}, {"value", "DOUBLE"}}},
    {"primary_input_row",
     {{"number", "INTEGER"}, {"code", "VARCHAR"}, {"name", "VARCHAR"}, {"name_zh", "VARCHAR"}}},
    {"primary_input", {{"primary_row", "INTEGER"}, {"node", "INTEGER"}, {"value", "DOUBLE"}}},
    {"stressor_row",
     {{"number", "INTEGER"},
      {"name", "VARCHAR"},
      {"name_zh", "VARCHAR"},
      {"unit", "VARCHAR"},
      {"quality", "VARCHAR"},
      {"note", "VARCHAR"}}},
    {"stressor",
     {{"stressor", "INTEGER"}, {"node", "INTEGER"}, {"value", "DOUBLE"}, {"quality", "VARCHAR"}}},
    {"stressor_final", {{"stressor", "INTEGER"}, {"final_column", "INTEGER"}, {"value", "DOUBLE"}}},
    {"reported_output", {{"node", "INTEGER"}, {"value", "DOUBLE"}}},
    {"node_attribute_row", {{"number", "INTEGER"}, {"name", "VARCHAR"}, {"unit", "VARCHAR"}}},
    {"node_attribute", {{"attribute", "INTEGER"}, {"node", "INTEGER"}, {"value", "DOUBLE"}}},
    {"region_attribute_row", {{"number", "INTEGER"}, {"name", "VARCHAR"}, {"unit", "VARCHAR"}}},
    {"region_attribute", {{"attribute", "INTEGER"}, {"region", "VARCHAR"}, {"value", "DOUBLE"}}},
    {"recipe", {{"input", "VARCHAR"}, {"used_by", "VARCHAR"}, {"need", "VARCHAR"}}},
};

}  // namespace

const std::vector<TableDefinition>& tables() { return all_tables; }

const TableDefinition& table_definition(std::string_view name) {
  const auto found = std::find_if(tables().begin(), tables().end(),
                                  [&](const TableDefinition& t) { return t.name == name; });
  if (found == tables().end()) throw std::logic_error("no table '" + std::string(name) + "'");
  return *found;
}

Table empty_table(std::string_view name) {
  std::vector<ColumnSpec> columns;
  for (const auto& column : table_definition(name).columns)
    columns.push_back({column.name, column.type(), {}, {}});
  return {std::string(name), {}, std::move(columns)};
}

std::string create_table_sql(const TableDefinition& table) {
  std::string sql = "CREATE TABLE " + sql_name(table.name) + " (";
  for (const auto& column : table.columns)
    sql += (column.name == table.columns.front().name ? "" : ", ") + sql_name(column.name) + " " +
           column.sql_type;
  return sql + ")";
}

const std::vector<std::string>& create_view_sql() {
  static const std::vector<std::string> all = {
      R"(CREATE VIEW flow_named AS
         SELECT s.id AS seller, s.region AS seller_region, s.product AS seller_product,
                b.id AS buyer, b.region AS buyer_region, b.product AS buyer_product, f.value
         FROM flow f JOIN node s ON s.number = f."from" JOIN node b ON b.number = f."to")",
      R"(CREATE VIEW final_use_named AS
         SELECT n.id AS node, n.region, n.product, c.region AS user_region, c.category, y.value
         FROM final_use y JOIN node n ON n.number = y.node
         JOIN final_use_column c ON c.number = y.final_column)",
      R"(CREATE VIEW primary_input_named AS
         SELECT r.code, r.name, n.id AS node, n.region, n.product, v.value
         FROM primary_input v JOIN primary_input_row r ON r.number = v.primary_row
         JOIN node n ON n.number = v.node)",
      R"(CREATE VIEW stressor_named AS
         SELECT r.name AS stressor, r.unit, n.id AS node, n.region, n.product, f.value,
                coalesce(f.quality, r.quality) AS quality
         FROM stressor f JOIN stressor_row r ON r.number = f.stressor
         JOIN node n ON n.number = f.node)",
      R"(CREATE VIEW node_attribute_named AS
         SELECT r.name AS attribute, r.unit, n.id AS node, n.region, n.product, a.value
         FROM node_attribute a JOIN node_attribute_row r ON r.number = a.attribute
         JOIN node n ON n.number = a.node)",
  };
  return all;
}

}  // namespace stave::store
