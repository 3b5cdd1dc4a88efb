#include <algorithm>
#include <numeric>

#include "cascade/push_network.hpp"
#include "cascade/sweep.hpp"

namespace stave {
namespace {

struct Entry {
  std::int32_t source = 0;
  double weight = 0;
};

void add(LaneRow& sum, const Entry& entry, const Panel& lost) {
  const auto& row = lost[static_cast<std::size_t>(entry.source)];
  for (std::size_t l = 0; l < lanes; ++l) sum.at[l] += entry.weight * row.at[l];
}

/// Suppliers of every target, in the order of sums. Essential ones stand first, in groups of one
/// product each.
class SparseDown final : public Sweep {
 public:
  SparseDown(const WeightedNetwork& network, std::span<const std::uint8_t> cut_buyers);
  void losses(const LostPanels& lost, Panel& loss) const override;

 private:
  struct Group {
    std::size_t end = 0;  ///< of its entries; they start where the group before ends
    bool essential = false;
  };
  std::vector<Entry> entries_;
  std::vector<Group> groups_;
  std::vector<std::size_t> group_end_;  ///< [n] by target position
  std::vector<std::uint8_t> cut_;
};

SparseDown::SparseDown(const WeightedNetwork& network, std::span<const std::uint8_t> cut_buyers)
    : group_end_(network.n), cut_(network.n) {
  const auto links = supply_links(network);
  entries_.reserve(links.size());
  std::size_t k = 0;
  for (std::size_t target = 0; target < network.n; ++target) {
    while (k < links.size() && static_cast<std::size_t>(links[k].target) == target) {
      const auto product = links[k].product;
      for (; k < links.size() && static_cast<std::size_t>(links[k].target) == target &&
             links[k].product == product;
           ++k)
        entries_.push_back({links[k].source, links[k].weight});
      groups_.push_back({entries_.size(), product >= 0});
    }
    group_end_[target] = groups_.size();
    if (!cut_buyers.empty())
      cut_[target] = cut_buyers[static_cast<std::size_t>(network.node[target])];
  }
}

void SparseDown::losses(const LostPanels& lost, Panel& loss) const {
  std::size_t entry = 0;
  std::size_t group = 0;
  for (std::size_t target = 0; target < loss.size(); ++target) {
    const auto& from = cut_[target] != 0 ? lost.cut_buyers : lost.all;
    LaneRow worst;
    for (; group < group_end_[target]; ++group) {
      LaneRow sum;
      for (; entry < groups_[group].end; ++entry) add(sum, entries_[entry], from);
      for (std::size_t l = 0; l < lanes; ++l) worst.at[l] = std::max(worst.at[l], sum.at[l]);
    }
    loss[target] = worst;
  }
}

class SparseUp final : public Sweep {
 public:
  explicit SparseUp(const WeightedNetwork& network) {
    for (std::size_t i = 0; i < network.n; ++i) {
      network.network->flows->for_each_in_row(i, [&](std::size_t j, double w) {
        entries_.push_back({static_cast<std::int32_t>(j), network.up(i, w)});
      });
      end_.push_back(entries_.size());
    }
  }
  void losses(const LostPanels& lost, Panel& loss) const override {
    std::size_t entry = 0;
    for (std::size_t i = 0; i < loss.size(); ++i) {
      LaneRow sum;
      for (; entry < end_[i]; ++entry) add(sum, entries_[entry], lost.all);
      loss[i] = sum;
    }
  }

 private:
  std::vector<Entry> entries_;
  std::vector<std::size_t> end_;  ///< [n]
};

}  // namespace

std::unique_ptr<Sweep> sparse_down_sweep(const WeightedNetwork& network,
                                         std::span<const std::uint8_t> cut_buyers) {
  return std::make_unique<SparseDown>(network, cut_buyers);
}
std::unique_ptr<Sweep> sparse_up_sweep(const WeightedNetwork& network) {
  return std::make_unique<SparseUp>(network);
}

}  // namespace stave
