#include "store/label_tables.hpp"

#include <cmath>
#include <limits>

#include "store/schema.hpp"

namespace stave::store {
namespace {

std::int64_t number(std::size_t i) { return static_cast<std::int64_t>(i); }

Table chain_table(const ChainParts& parts) {
  auto table = empty_table("chain");
  const auto& info = parts.info;
  std::string rule;
  if (parts.recipe)
    rule = parts.recipe->is_default_rule() ? "goods" : to_string(parts.recipe->uniform_need());
  table.add_row({std::string(chain_format), std::int64_t{1}, info.name, info.title, info.title_zh,
                 std::int64_t{info.year}, info.currency, info.unit, info.classification,
                 info.source, info.licence, rule});
  return table;
}

Table note_table(const ChainParts& parts) {
  auto table = empty_table("note");
  for (std::size_t i = 0; i < parts.info.notes.size(); ++i)
    table.add_row({number(i), parts.info.notes[i]});
  return table;
}

Table classification_table(std::string_view name, const Classification& classification) {
  auto table = empty_table(name);
  const auto add = [&](const Item& item, bool is_group) {
    std::vector<Table::Cell> row = {number(table.rows()), item.code,   item.name,
                                    item.name_zh,         item.parent, std::int64_t{is_group}};
    if (table.columns().size() > row.size()) row.emplace_back(std::string(to_string(item.kind)));
    table.add_row(std::move(row));
  };
  for (const auto& item : classification.items()) add(item, false);
  for (const auto& group : classification.groups()) add(group, true);
  return table;
}

Table node_table(const ChainParts& parts) {
  auto table = empty_table("node");
  for (std::size_t i = 0; i < parts.nodes.size(); ++i) {
    const auto& node = parts.nodes[i];
    table.add_row({number(i), node.id, node.name, node.name_zh, parts.regions[node.region].code,
                   parts.products[node.product].code, node.enterprise});
  }
  return table;
}

Table final_column_table(const ChainParts& parts) {
  auto table = empty_table("final_use_column");
  for (std::size_t i = 0; i < parts.final_columns.size(); ++i)
    table.add_row({number(i), parts.regions[parts.final_columns[i].region].code,
                   parts.final_columns[i].category});
  return table;
}

Table primary_row_table(const ChainParts& parts) {
  auto table = empty_table("primary_input_row");
  for (std::size_t i = 0; i < parts.primary_rows.size(); ++i) {
    const auto& row = parts.primary_rows[i];
    table.add_row({number(i), row.code, row.name, row.name_zh});
  }
  return table;
}

Table stressor_row_table(const ChainParts& parts) {
  auto table = empty_table("stressor_row");
  for (std::size_t i = 0; i < parts.stressor_rows.size(); ++i) {
    const auto& row = parts.stressor_rows[i];
    table.add_row({number(i), row.name, row.name_zh, row.unit, std::string(to_string(row.quality)),
                   row.note});
  }
  return table;
}

Table reported_output_table(const ChainParts& parts) {
  auto table = empty_table("reported_output");
  for (std::size_t i = 0; i < parts.reported_output.size(); ++i)
    table.add_row({number(i), parts.reported_output[i]});
  return table;
}

Table attribute_row_table(std::string_view name, const std::vector<Attribute>& attributes) {
  auto table = empty_table(name);
  for (std::size_t i = 0; i < attributes.size(); ++i)
    table.add_row({number(i), attributes[i].name, attributes[i].unit});
  return table;
}

Table region_attribute_table(const ChainParts& parts) {
  auto table = empty_table("region_attribute");
  for (std::size_t a = 0; a < parts.region_attributes.size(); ++a)
    for (std::size_t r = 0; r < parts.regions.size(); ++r)
      if (!std::isnan(parts.region_attributes[a].values[r]))
        table.add_row({number(a), parts.regions[r].code, parts.region_attributes[a].values[r]});
  return table;
}

Table recipe_table(const ChainParts& parts) {
  auto table = empty_table("recipe");
  if (!parts.recipe) return table;
  for (const auto& [pair, need] : parts.recipe->exceptions())
    table.add_row({parts.products[pair.first].code, parts.products[pair.second].code,
                   std::string(to_string(need))});
  return table;
}

}  // namespace

std::vector<Table> label_tables(const ChainParts& parts) {
  return {chain_table(parts),
          note_table(parts),
          classification_table("region", parts.regions),
          classification_table("product", parts.products),
          node_table(parts),
          final_column_table(parts),
          primary_row_table(parts),
          stressor_row_table(parts),
          reported_output_table(parts),
          attribute_row_table("node_attribute_row", parts.node_attributes),
          attribute_row_table("region_attribute_row", parts.region_attributes),
          region_attribute_table(parts),
          recipe_table(parts)};
}

}  // namespace stave::store
