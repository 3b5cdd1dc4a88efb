#pragma once
/// Who counts how much when there is not enough, from a csv file.
///
///   weight,region,product,category
///   3,CHN,,government
///   2,,c14,
///
/// A row is for the final use of a region (or group), of a product (or group), of a category; an
/// empty cell stands for all. A later row overrides an earlier one; what no row names counts 1.

#include "stave/core/chain.hpp"

#include <filesystem>
#include <vector>

namespace stave {

struct PriorityRow {
  double weight = 1;
  std::vector<bool> regions;   ///< [regions] who uses
  std::vector<bool> products;  ///< [products] what is used
  std::string category;        ///< of final use; empty: any
};

/// @throws Error bad_input  a weight below 0, an unknown column, a row that names nothing
///               not_found  a region, product or category the chain does not have
[[nodiscard]] std::vector<PriorityRow> read_priorities(const Chain& chain,
                                                       const std::filesystem::path& path);

}  // namespace stave
