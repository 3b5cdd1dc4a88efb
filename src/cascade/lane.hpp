#pragma once
/// Sixteen scenarios side by side: one row a node, one lane a scenario.

#include <array>
#include <cstddef>
#include <vector>

namespace stave {

inline constexpr std::size_t lanes = 16;

struct alignas(64) LaneRow {
  std::array<double, lanes> at{};
};
using Panel = std::vector<LaneRow>;  ///< [n]

/// Losses passed on in one round, by node that lost. Buyers of a cut feel a cut node differently.
struct LostPanels {
  const Panel& all;
  const Panel& cut_buyers;
};

}  // namespace stave
