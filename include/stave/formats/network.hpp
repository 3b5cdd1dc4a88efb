#pragma once
/// A firm network or a product chain, as a folder of plain tables.

#include "stave/formats/import.hpp"

namespace stave {

/// A folder or zip with
///
///   nodes.csv      id, and optionally name, name_zh, region, product, enterprise, kind; any other
///                  column is a number per node, its unit in brackets: "inventory [days]"
///   links.csv      from, to, value; repeated links are summed, both said in the notes
///   recipe.csv     optional: input, user, need (essential, non-essential, none), or a matrix:
///                  see recipe_file.hpp
///   final_use.csv  optional: node, value, and optionally region, category
///   primary.csv    optional: node, value, and optionally input
///   regions.csv, products.csv   optional: code, name, name_zh, parent; kind of products
///   meta.csv       optional: key, value with the keys name, title, title_zh, year, currency, unit,
///                  classification, source, licence
///
/// Without final_use.csv final use is empty, and output is what the links carry. Without a region
/// column all nodes are in the region "ALL"; without a product column each node makes its own.
/// Cost: one pass, O(nodes + links log links); 16 bytes a link beyond the result.
/// @throws Error bad_input  an unknown or repeated id (with near ones), a negative or non-finite
///                          value, a missing column: with file, row and column
///               too_large  more nodes or links than allowed
[[nodiscard]] Chain read_network(const std::filesystem::path& path,
                                 const ImportOptions& options = {},
                                 Progress& progress = no_progress());

}  // namespace stave
