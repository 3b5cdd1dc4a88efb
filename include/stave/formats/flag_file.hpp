#pragma once
/// Whom a due diligence looks for, from a csv file.
///
///   region,product,enterprise,reason
///   COD,co_ore,,conflict mineral
///   XJ,,,forced labour
///   ,,ACME,sanctions list
///
/// A row means the makers that all its filled cells hold for; a region or product may be a group.

#include "stave/core/chain.hpp"

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace stave {

struct Flag {
  std::string name;            ///< "Congo, Cobalt ore"
  std::string reason;          ///< as the file says; may be empty
  std::size_t row = 0;         ///< of the file
  std::vector<NodeId> makers;  ///< none where the chain knows the names but nobody makes it there
};

/// @throws Error bad_input  an unknown column, a row that names nothing, no rows
///               not_found  a region, product or enterprise the chain does not have; it names file,
///                          row, column and value
[[nodiscard]] std::vector<Flag> read_flags(const Chain& chain, const std::filesystem::path& path);

}  // namespace stave
