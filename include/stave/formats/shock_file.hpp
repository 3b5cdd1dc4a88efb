#pragma once
/// Which makers lose how much of their capacity, from a csv file; many scenarios in one.
///
///   scenario,node,share             scenario,region,product,share,share_up
///   Taiwan closes,TWN.c14,1         quake,JPN,,20%,10%
///   half of Taiwan,TWN.c14,50%      no chips,,c14,1,

#include "stave/core/chain.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace stave {

struct MakerShock {
  NodeId node;
  double share = 1;     ///< of capacity lost, 0 to 1
  double share_up = 1;  ///< of its purchases lost, 0 to 1
};

struct ShockScenario {
  std::string name;                ///< the file's name where it has no column scenario
  std::vector<MakerShock> shocks;  ///< a node once, in the order of the file
};

/// Columns: share, and node or region or product or the last two together: all makers of the
/// product in the region. Optional: scenario, share_up (share where empty). A region or product may
/// be a group of the chain. A share is 0 to 1, or a percentage with its sign: 25%. Scenarios stand
/// in the order of their first appearance.
/// @throws Error bad_input  a missing or unknown column, no rows, a share outside 0 to 1, a row
///                          with a node and a region or product, or with none of them, a node
///                          shocked twice in a scenario
///               not_found  a node, region or product the chain does not have, naming near names;
///                          a region without a maker of the product
[[nodiscard]] std::vector<ShockScenario> read_shocks(const Chain& chain,
                                                     const std::filesystem::path& path);

}  // namespace stave
