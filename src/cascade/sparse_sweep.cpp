#include <algorithm>
#include <numeric>

#include "cascade/push_network.hpp"
#include "cascade/sweep.hpp"

namespace stave {
namespace {

struct Entry {
  std::int32_t source = 0;
  std::int32_t last = 0;  ///< 1: the last of its group
  double weight = 0;
};
using Entries = std::vector<Entry, LargePageAllocator<Entry>>;

constexpr std::size_t ahead = 16;  // entries whose rows are on their way to the cache

[[gnu::always_inline]] inline const LaneRow& row_of(const Panel& lost, const Entry* entry) {
  static_assert(sizeof(LaneRow) == 64);  // one line of the cache
  __builtin_prefetch(lost.data() + entry[ahead].source);
  return lost[static_cast<std::size_t>(entry->source)];
}

using Sum = Four[fours];

[[gnu::always_inline]] inline void raise(Sum& a, const LaneRow& b) {
  for (std::size_t f = 0; f < fours; ++f) stave::raise(a[f], four(b, f));
}
[[gnu::always_inline]] inline void raise(Sum& a, const Sum& b) {
  for (std::size_t f = 0; f < fours; ++f) stave::raise(a[f], b[f]);
}
[[gnu::always_inline]] inline void add(Sum& sum, double weight, const LaneRow& lost) {
  for (std::size_t f = 0; f < fours; ++f) sum[f] += weight * four(lost, f);
}
[[gnu::always_inline]] inline void write(LaneRow& row, const Sum& sum) {
  for (std::size_t f = 0; f < fours; ++f) four(row, f) = sum[f];
}

std::vector<std::size_t> in_row_order(const std::vector<std::int32_t>& row) {
  std::vector<std::size_t> nodes(row.size());
  for (std::size_t i = 0; i < row.size(); ++i) nodes[static_cast<std::size_t>(row[i])] = i;
  return nodes;
}

/// Suppliers of every target, in the order of supply_links.
class SparseDown final : public Sweep {
 public:
  SparseDown(const WeightedNetwork& network, const std::vector<SupplyLink>& links,
             std::span<const std::uint8_t> cut_buyers);
  [[nodiscard]] bool any_rows() const override { return true; }
  void losses(const LostPanels& lost, std::size_t begin, std::size_t end,
              Panel& loss) const override {
    sweep(lost, begin, end, loss);
  }

 private:
  void sweep(const LostPanels& lost, std::size_t begin, std::size_t end, Panel& loss) const;
  /// Where a target's entries of each kind end; they begin where those before end.
  struct Ends {
    std::size_t single = 0, linear = 0, group = 0;
  };
  Entries entries_;  ///< and some more, so that one may look ahead
  std::vector<Ends> ends_;
  std::vector<std::uint8_t> cut_;
};

SparseDown::SparseDown(const WeightedNetwork& network, const std::vector<SupplyLink>& links,
                       std::span<const std::uint8_t> cut_buyers)
    : ends_(network.n), cut_(network.n) {
  std::vector<std::size_t> begin(network.n + 1);  // of each buyer, by position
  for (const auto& link : links) ++begin[static_cast<std::size_t>(link.target) + 1];
  std::partial_sum(begin.begin(), begin.end(), begin.begin());
  entries_.reserve(links.size() + ahead);
  for (const auto node : in_row_order(network.down_row)) {
    const auto target = static_cast<std::size_t>(network.position[node]);
    auto& ends = ends_[static_cast<std::size_t>(network.down_row[node])];
    for (auto k = begin[target]; k < begin[target + 1]; ++k) {
      const auto& link = links[k];
      const bool last = k + 1 == begin[target + 1] || links[k + 1].product != link.product;
      const auto source = network.node[static_cast<std::size_t>(link.source)];
      entries_.push_back(
          {network.down_row[static_cast<std::size_t>(source)], last ? 1 : 0, link.weight});
      if (link.kind == Supply::single) ends.single = entries_.size();
      if (link.kind == Supply::linear) ends.linear = entries_.size();
    }
    ends.group = entries_.size();
    ends.single = std::max(ends.single, ends.group - (begin[target + 1] - begin[target]));
    ends.linear = std::max(ends.linear, ends.single);
    if (!cut_buyers.empty())
      cut_[static_cast<std::size_t>(network.down_row[node])] = cut_buyers[node];
  }
  entries_.resize(links.size() + ahead);
}

STAVE_VECTORISED void SparseDown::sweep(const LostPanels& lost, std::size_t begin, std::size_t end,
                                        Panel& loss) const {
  const Entry* entry = entries_.data() + (begin == 0 ? 0 : ends_[begin - 1].group);
  for (std::size_t target = begin; target < end; ++target) {
    const auto& from = cut_[target] != 0 ? lost.cut_buyers : lost.all;
    const auto& ends = ends_[target];
    Sum worst{};
    for (; entry != entries_.data() + ends.single; ++entry) raise(worst, row_of(from, entry));
    Sum sum{};
    for (; entry != entries_.data() + ends.linear; ++entry)
      add(sum, entry->weight, row_of(from, entry));
    raise(worst, sum);
    while (entry != entries_.data() + ends.group) {
      Sum group{};
      do {
        add(group, entry->weight, row_of(from, entry));
      } while ((entry++)->last == 0);
      raise(worst, group);
    }
    write(loss[target], worst);
  }
}

class SparseUp final : public Sweep {
 public:
  explicit SparseUp(const WeightedNetwork& network) {
    for (const auto i : in_row_order(network.up_row)) {
      network.network->flows->for_each_in_row(i, [&](std::size_t j, double w) {
        if (network.sells(j)) entries_.push_back({network.up_row[j], 0, network.up(i, w)});
      });
      end_.push_back(entries_.size());
    }
    entries_.resize(entries_.size() + ahead);
  }
  [[nodiscard]] bool any_rows() const override { return true; }
  void losses(const LostPanels& lost, std::size_t begin, std::size_t end,
              Panel& loss) const override {
    sweep(lost.all, begin, end, loss);
  }

 private:
  void sweep(const Panel& lost, std::size_t begin, std::size_t end, Panel& loss) const;
  Entries entries_;               ///< and some more, so that one may look ahead
  std::vector<std::size_t> end_;  ///< [n]
};

STAVE_VECTORISED void SparseUp::sweep(const Panel& lost, std::size_t begin, std::size_t end,
                                      Panel& loss) const {
  const Entry* entry = entries_.data() + (begin == 0 ? 0 : end_[begin - 1]);
  for (std::size_t i = begin; i < end; ++i) {
    Sum sum{};
    for (; entry != entries_.data() + end_[i]; ++entry)
      add(sum, entry->weight, row_of(lost, entry));
    write(loss[i], sum);
  }
}

}  // namespace

std::unique_ptr<Sweep> sparse_down_sweep(const WeightedNetwork& network,
                                         const std::vector<SupplyLink>& links,
                                         std::span<const std::uint8_t> cut_buyers) {
  return std::make_unique<SparseDown>(network, links, cut_buyers);
}
std::unique_ptr<Sweep> sparse_up_sweep(const WeightedNetwork& network) {
  return std::make_unique<SparseUp>(network);
}

}  // namespace stave
