#include "systemic/loss_list.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace stave {
double loss_of(const CascadeResult& result, std::size_t node) {
  return 1 - std::min(result.h_d[node], result.h_u[node]);
}

std::vector<NodeId> worst_first(const CascadeResult& result, std::span<const double> weights) {
  std::vector<NodeId> order;
  for (std::size_t i = 0; i < weights.size(); ++i)
    if (loss_of(result, i) > 0 && weights[i] > 0) order.emplace_back(i);
  std::stable_sort(order.begin(), order.end(), [&](NodeId a, NodeId b) {
    const double loss_a = loss_of(result, a.at());
    const double loss_b = loss_of(result, b.at());
    return loss_a != loss_b ? loss_a > loss_b : weights[a.at()] > weights[b.at()];
  });
  return order;
}

std::vector<GroupLoss> group_losses(const CascadeResult& result, std::span<const double> weights,
                                    std::span<const double> own_loss,
                                    std::span<const std::size_t> group, std::size_t groups) {
  std::vector<GroupLoss> losses(groups);
  for (std::size_t g = 0; g < groups; ++g) losses[g].group = g;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    auto& sum = losses[group[i]];
    sum.lost += weights[i] * loss_of(result, i);
    sum.shock += weights[i] * own_loss[i];
    sum.total += weights[i];
  }
  std::erase_if(losses, [](const GroupLoss& g) { return !(g.lost > 0); });
  std::stable_sort(losses.begin(), losses.end(), [](const GroupLoss& a, const GroupLoss& b) {
    return a.lost / a.total > b.lost / b.total;
  });
  return losses;
}

std::vector<std::string> cascade_notes(const Chain& chain, const ChainCascade& cascade,
                                       const std::vector<Weighting>& weights,
                                       const CascadeOptions& options) {
  std::vector<std::string> notes = {
      "A cascade knows one year's links only: no stocks, no time, no new suppliers. Its losses "
      "compare makers and shocks with one another; they are not a forecast."};
  notes.emplace_back(options.market
                         ? "Competitors step in by market share (--market off: nobody does)."
                         : "Nobody steps in for a maker that stops (--market off): losses are "
                           "overstated where there are competitors.");
  if (options.glcascade_guard)
    notes.push_back(fmt::format(
        "Compatible with the authors' program (--compat glcascade): where a market has no more "
        "than 1e-10 left, it counts as 1, so a maker that stops with its whole market is still "
        "partly made up for if it sold less than 1 ({}). Stating money in another unit changes "
        "the losses.",
        chain.info().unit));
  if (!chain.has_own_recipe())
    notes.emplace_back(
        "The chain brings no recipe: goods count as essential inputs of goods, "
        "everything else as replaceable.");
  notes.emplace_back(cascade.has_final_use()
                         ? "What final use buys goes on as before and cushions lost orders."
                         : "The chain holds no final use: lost orders meet no cushion and drift "
                           "upstream.");
  if (cascade.clipped() > 0)
    notes.push_back(fmt::format("{} flows below zero count as zero.", cascade.clipped()));
  for (const auto& w : weights)
    if (w.clipped > 0)
      notes.push_back(fmt::format("{} nodes with a negative or unknown {} weigh nothing by it.",
                                  w.clipped, w.name));
  return notes;
}

}  // namespace stave
