#pragma once
/// The small tables of a chain: everything but matrices.

#include "stave/core/chain.hpp"
#include "stave/core/table.hpp"

#include <vector>

namespace stave::store {

/// Every table without cells, filled from the parts; a table's name is its Table::name().
[[nodiscard]] std::vector<Table> label_tables(const ChainParts& parts);

// Each reads one table back.
// @throws Error bad_input  naming table and row: a number out of order, an unknown code or word
[[nodiscard]] ChainInfo info_of(const Table& chain, const Table& notes);
[[nodiscard]] Classification classification_of(const Table& table);
[[nodiscard]] std::vector<Node> nodes_of(const Table& table, const Classification& regions,
                                         const Classification& products);
[[nodiscard]] std::vector<FinalUseColumn> final_columns_of(const Table& table,
                                                           const Classification& regions);
[[nodiscard]] std::vector<PrimaryInput> primary_rows_of(const Table& table);
[[nodiscard]] std::vector<Stressor> stressor_rows_of(const Table& table);
/// All values NaN.
[[nodiscard]] std::vector<Attribute> attributes_of(const Table& table, std::size_t size);
void fill_region_attributes(std::vector<Attribute>& attributes, const Table& table,
                            const Classification& regions);
[[nodiscard]] std::vector<double> reported_output_of(const Table& table, std::size_t n);
[[nodiscard]] std::optional<Recipe> recipe_of(const Table& chain, const Table& recipe,
                                              const Classification& products);

}  // namespace stave::store
