#include "store/chain_tables.hpp"

#include "stave/core/error.hpp"
#include "stave/core/limit.hpp"
#include "stave/store/store.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "store/cell_reader.hpp"
#include "store/cell_writer.hpp"
#include "store/label_tables.hpp"
#include "store/schema.hpp"
#include "store/table_rows.hpp"

namespace stave::store {
namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

Matrix matrix_of(const std::vector<Attribute>& attributes, std::size_t n) {
  Matrix matrix(attributes.size(), n);
  for (std::size_t a = 0; a < attributes.size(); ++a)
    std::copy(attributes[a].values.begin(), attributes[a].values.end(), matrix.row(a).begin());
  return matrix;
}

// Qualities by cell, or nothing where no cell says one: then the stressor's own holds.
std::vector<Quality> read_qualities(Connection& connection, std::size_t stressors, std::size_t n,
                                    Progress& progress) {
  if (connection.number("SELECT count(quality) FROM stressor") == 0) return {};
  const CellQuery query{"stressor",
                        "stressor",
                        "node",
                        "CASE quality WHEN 'measured' THEN 0 WHEN 'estimated' THEN 1 "
                        "WHEN 'illustrative' THEN 2 END",
                        stressors,
                        n};
  const auto numbers = read_matrix(connection, query, unknown, progress);
  std::vector<Quality> qualities(numbers.size());
  for (std::size_t i = 0; i < qualities.size(); ++i) {
    if (std::isnan(numbers.values()[i]))
      throw Error(Errc::bad_input,
                  fmt::format("table 'stressor': stressor {}, node {} has no row, but others state "
                              "a quality",
                              i / n, i % n));
    qualities[i] = static_cast<Quality>(numbers.values()[i]);
  }
  return qualities;
}

void read_stressors(ChainParts& parts, Connection& connection, Progress& progress) {
  const auto n = parts.nodes.size();
  const auto f = parts.final_columns.size();
  parts.stressor_rows = stressor_rows_of(read_rows(connection, "stressor_row"));
  const auto s = parts.stressor_rows.size();
  parts.stressors =
      read_matrix(connection, {"stressor", "stressor", "node", "value", s, n}, 0, progress);
  parts.stressor_quality = read_qualities(connection, s, n, progress);
  if (connection.number("SELECT count(*) FROM stressor_final") > 0)
    parts.stressors_final = read_matrix(
        connection, {"stressor_final", "stressor", "final_column", "value", s, f}, 0, progress);
}

void read_attributes(ChainParts& parts, Connection& connection, Progress& progress) {
  const auto n = parts.nodes.size();
  parts.node_attributes = attributes_of(read_rows(connection, "node_attribute_row"), n);
  const auto values = read_matrix(
      connection, {"node_attribute", "attribute", "node", "value", parts.node_attributes.size(), n},
      unknown, progress);
  for (std::size_t a = 0; a < parts.node_attributes.size(); ++a)
    std::copy_n(values.row(a).begin(), n, parts.node_attributes[a].values.begin());
  parts.region_attributes =
      attributes_of(read_rows(connection, "region_attribute_row"), parts.regions.size());
  fill_region_attributes(parts.region_attributes, read_rows(connection, "region_attribute"),
                         parts.regions);
}

void require_few_nodes(Connection& connection) {
  const auto n = connection.number("SELECT count(*) FROM node");
  if (static_cast<std::size_t>(n) > limit::max_nodes)
    throw Error(Errc::too_large,
                fmt::format("{} nodes; at most {} are accepted", n, limit::max_nodes));
}

}  // namespace

void write_chain(const Database& database, const Chain& chain, Progress& progress) {
  const auto& parts = chain.parts();
  Connection connection(database);
  for (const auto& table : tables()) connection.run(create_table_sql(table));
  for (const auto& sql : create_view_sql()) connection.run(sql);
  for (const auto& table : label_tables(parts)) append_rows(connection, table.name(), table);
  write_flows(database, parts.flows, progress);
  write_matrix(database, "final_use", parts.final_use, {}, progress);
  write_matrix(database, "primary_input", parts.primary, {}, progress);
  const bool by_cell = !parts.stressor_quality.empty();
  write_matrix(database, "stressor", parts.stressors, {0, by_cell, parts.stressor_quality, true},
               progress);
  write_matrix(database, "stressor_final", parts.stressors_final, {0, true, {}, false}, progress);
  write_matrix(database, "node_attribute", matrix_of(parts.node_attributes, chain.size()),
               {unknown, false, {}, false}, progress);
  connection.run("CHECKPOINT");
}

void require_our_schema(Connection& connection) {
  std::string format;
  std::int64_t version = 0;
  try {
    auto result =
        connection.query("SELECT format::VARCHAR AS format, schema_version::BIGINT FROM chain");
    const auto row = table_of(result, limit::max_file_bytes);
    if (row.rows() == 1) {
      format = row.texts("format").front();
      version = std::get<std::int64_t>(row.at(0, 1));
    }
  } catch (const DatabaseError&) {
    format.clear();
  }
  if (format != chain_format)
    throw Error(Errc::foreign_file, "it is a DuckDB database, but not a chain",
                "`stave import` turns tables of other formats into a chain.");
  if (version > schema_version)
    throw Error(Errc::foreign_file,
                fmt::format("it was written by a newer Stave: its schema is version {}, this "
                            "program reads up to {}",
                            version, schema_version),
                "Update Stave, or export the chain as CSV with the newer one.");
  if (version < 1)
    throw Error(Errc::bad_input, fmt::format("table 'chain': schema_version is {}", version));
}

Chain read_chain(Connection& connection, Progress& progress) {
  require_our_schema(connection);
  require_few_nodes(connection);
  ChainParts parts;
  const auto chain = read_rows(connection, "chain");
  parts.info = info_of(chain, read_rows(connection, "note"));
  parts.regions = classification_of(read_rows(connection, "region"));
  parts.products = classification_of(read_rows(connection, "product"));
  parts.nodes = nodes_of(read_rows(connection, "node"), parts.regions, parts.products);
  const auto n = parts.nodes.size();
  parts.flows = read_flows(connection, n, progress);
  parts.final_columns = final_columns_of(read_rows(connection, "final_use_column"), parts.regions);
  parts.final_use = read_matrix(
      connection, {"final_use", "node", "final_column", "value", n, parts.final_columns.size()}, 0,
      progress);
  parts.primary_rows = primary_rows_of(read_rows(connection, "primary_input_row"));
  parts.primary = read_matrix(
      connection, {"primary_input", "primary_row", "node", "value", parts.primary_rows.size(), n},
      0, progress);
  read_stressors(parts, connection, progress);
  read_attributes(parts, connection, progress);
  parts.reported_output = reported_output_of(read_rows(connection, "reported_output"), n);
  parts.recipe = recipe_of(chain, read_rows(connection, "recipe"), parts.products);
  progress.check();
  return Chain(std::move(parts));
}

}  // namespace stave::store
