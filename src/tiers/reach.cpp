#include "tiers/reach.hpp"

#include <cstdint>

namespace stave {
namespace {

// Sales of everyone, and the tiers next to the focus.
void begin(const Chain& chain, std::span<const NodeId> focus, TierReach& reach) {
  std::vector<std::uint8_t> in_focus(chain.size() + chain.regions().size());
  for (const auto f : focus) in_focus[f.at()] = 1;
  for (std::size_t i = 0; i < chain.size(); ++i) {
    for_each_sale(chain, i, [&](std::size_t k, double value) {
      reach.sales[i] += value;
      if (in_focus[k] != 0 && !reach.up.empty()) reach.up[0][i] += value;
      if (in_focus[i] != 0 && !reach.down.empty()) reach.down[0][k] += value;
    });
    reach.clipped += std::max(0.0, reach.sales[i] - chain.output()[i]);
  }
}

// Tiers t + 1 from tiers t, both ways in one pass over the flows.
void go_on(const Chain& chain, std::size_t t, TierReach& reach) {
  const auto n = chain.size();
  const bool up = t < reach.up.size();
  const bool down = t < reach.down.size();
  const auto bought = up ? parts_of_sales(reach, reach.up[t - 1]) : std::vector<double>();
  const auto sold = down ? parts_of_sales(reach, reach.down[t - 1]) : std::vector<double>();
  for (std::size_t i = 0; i < n; ++i)
    for_each_sale(chain, i, [&](std::size_t k, double value) {
      if (up && k < n) reach.up[t][i] += value * bought[k];
      if (down) reach.down[t][k] += value * sold[i];
    });
}

}  // namespace

std::vector<double> parts_of_sales(const TierReach& reach, const std::vector<double>& values) {
  std::vector<double> parts(reach.sales.size());
  for (std::size_t i = 0; i < parts.size(); ++i)
    if (reach.sales[i] > 0) parts[i] = values[i] / reach.sales[i];
  return parts;
}

TierReach follow_tiers(const Chain& chain, std::span<const NodeId> focus, std::size_t up,
                       std::size_t down) {
  const auto n = chain.size();
  TierReach reach{.sales = std::vector<double>(n),
                  .up = std::vector(up, std::vector<double>(n)),
                  .down = std::vector(down, std::vector<double>(n + chain.regions().size()))};
  begin(chain, focus, reach);
  for (std::size_t t = 1; t < std::max(up, down); ++t) go_on(chain, t, reach);
  return reach;
}

}  // namespace stave
