// What the old maker and the new one mean for the buyer in a chain.
#include "stave/abatement/abatement.hpp"
#include "stave/cascade/cascade_all.hpp"
#include "stave/linalg/leontief.hpp"
#include "stave/systemic/systemic.hpp"

#include <algorithm>
#include <map>

namespace stave {
namespace {

/// Purchases that go from one node to another, at the same value: of the buyer, or of those of its
/// suppliers, tier by tier, that are the first to buy from the old maker.
struct MovedPurchases {
  std::size_t from = 0;
  std::size_t to = 0;
  int tier = 0;  // 0: the buyer's own
  std::vector<std::pair<std::size_t, double>> takers;

  [[nodiscard]] double value() const {
    double sum = 0;
    for (const auto& [taker, moved] : takers) sum += moved;
    return sum;
  }
};

FlowMatrix moved_flows(const FlowMatrix& flows, const MovedPurchases& moved) {
  if (flows.is_dense()) {
    Matrix dense = flows.dense();
    for (const auto& [taker, value] : moved.takers) {
      dense(moved.from, taker) -= value;
      dense(moved.to, taker) += value;
    }
    return FlowMatrix(std::move(dense));
  }
  std::vector<Flow> list;
  list.reserve(flows.nonzeros() + 2 * moved.takers.size());
  flows.for_each([&](std::size_t i, std::size_t j, double z) {
    list.push_back({static_cast<std::int32_t>(i), static_cast<std::int32_t>(j), z});
  });
  for (const auto& [taker, value] : moved.takers) {
    const auto j = static_cast<std::int32_t>(taker);
    list.push_back({static_cast<std::int32_t>(moved.from), j, -value});
    list.push_back({static_cast<std::int32_t>(moved.to), j, value});
  }
  return FlowMatrix::from_flows(flows.size(), std::move(list));
}

constexpr int most_tiers_behind = 10;

/// Who buys from `from` first, going from the buyer back tier by tier.
MovedPurchases purchases_from(const FlowMatrix& flows, std::size_t buyer, std::size_t from,
                              std::size_t to, double share) {
  MovedPurchases moved{.from = from, .to = to, .takers = {}};
  std::vector<std::uint8_t> seen(flows.size());
  std::vector<std::uint8_t> tier(flows.size());
  seen[buyer] = tier[buyer] = 1;
  for (; moved.tier < most_tiers_behind; ++moved.tier) {
    for (std::size_t j = 0; j < flows.size(); ++j)
      if (tier[j] != 0 && j != from && j != to && flows.at(from, j) > 0)
        moved.takers.emplace_back(j, share * flows.at(from, j));
    if (!moved.takers.empty()) break;
    std::vector<std::uint8_t> next(flows.size());
    flows.for_each([&](std::size_t i, std::size_t j, double z) {
      if (z > 0 && tier[j] != 0 && seen[i] == 0) next[i] = 1;
    });
    for (std::size_t i = 0; i < next.size(); ++i) seen[i] |= next[i];
    tier = std::move(next);
  }
  return moved;
}

/// All that stands behind one unit of the buyer's output, node by node, its own first unit left
/// out: (L - I) e_b; with purchases moved by Sherman and Morrison's formula.
class BuyersInputs {
 public:
  BuyersInputs(const Chain& chain, std::size_t buyer, Progress& progress)
      : chain_(chain), buyer_(buyer), progress_(progress), output_(chain.output()) {
    for (double& x : output_) x = std::max(x, 0.0);  // as in stave/exposure
    LeontiefOptions options;
    for (const auto& node : chain.nodes()) options.block.push_back(node.region.value);
    options.label = [&chain](std::size_t i) { return chain.label(NodeId(i)); };
    system_ = std::make_unique<LeontiefSystem>(chain.flows(), output_, options);
  }

  /// Share of each region. With u = e_to - e_from and w the coefficients that are moved,
  /// L' e_b = L e_b + L u (w' L e_b) / (1 - w' L u).
  std::vector<double> by_region(const std::optional<MovedPurchases>& moved) {
    auto behind = column(buyer_);
    if (moved) move(*moved, behind);
    behind[buyer_] -= 1;
    std::vector<double> share(chain_.regions().size());
    double sum = 0;
    for (std::size_t i = 0; i < behind.size(); ++i) {
      share[chain_.nodes()[i].region.at()] += behind[i];
      sum += behind[i];
    }
    if (sum > 0)
      for (double& s : share) s /= sum;
    return share;
  }

 private:
  void move(const MovedPurchases& moved, std::vector<double>& behind) {
    const auto& from = column(moved.from);
    const auto& to = column(moved.to);
    double taken = 0;
    double round = 0;
    for (const auto& [taker, value] : moved.takers) {
      if (!(output_[taker] > 0)) continue;
      taken += value / output_[taker] * behind[taker];
      round += value / output_[taker] * (to[taker] - from[taker]);
    }
    const double weight = taken / (1 - round);
    for (std::size_t i = 0; i < behind.size(); ++i) behind[i] += weight * (to[i] - from[i]);
  }

  // L e_i
  const std::vector<double>& column(std::size_t i) {
    const auto found = columns_.find(i);
    if (found != columns_.end()) return found->second;
    Matrix unit(chain_.size(), 1);
    unit(i, 0) = 1;
    const auto solved = system_->requirements(unit.view(), progress_);
    const auto values = solved.values.values();
    return columns_.emplace(i, std::vector<double>(values.begin(), values.end())).first->second;
  }

  const Chain& chain_;
  std::size_t buyer_;
  Progress& progress_;
  std::vector<double> output_;
  std::unique_ptr<LeontiefSystem> system_;
  std::map<std::size_t, std::vector<double>> columns_;
};

class RiskMeasure {
 public:
  RiskMeasure(const Chain& chain, NodeId buyer, Progress& progress)
      : chain_(chain),
        buyer_(buyer.at()),
        progress_(progress),
        cascade_(chain),
        inputs_(chain, buyer_, progress),
        weights_(2, chain.size()) {
    weights_(0, buyer_) = 1;
    for (std::size_t i = 0; i < chain.size(); ++i)
      weights_(1, i) = std::max(chain.output()[i], 0.0);
  }

  SwitchSide side(std::size_t which, bool is_new, NodeId node,
                  const std::optional<MovedPurchases>& moved) {
    SwitchSide side{.which = which, .is_new = is_new, .node = node, .moved = moved.has_value()};
    if (moved) side.tier = moved->tier;
    auto network = cascade_.network();
    FlowMatrix flows;
    if (moved) {
      flows = moved_flows(*network.flows, *moved);
      network.flows = &flows;
      network.revenue[moved->from] -= moved->value();
      network.revenue[moved->to] += moved->value();
    }
    const std::vector<CascadeScenario> stop{{.shocks = {{.node = node.value}}}};
    const BatchOptions rules{
        .cascade = {.eps = 1e-6, .max_rounds = 10'000}, .cut_buyers = {}, .finished = {}};
    const auto lost = cascade_all(network, stop, weights_.view(), rules, progress_);
    side.stops = lost.at(0, 0).both;
    side.systemic = lost.at(0, 1).both;
    side.exposure = inputs_.by_region(moved)[chain_.node(node).region.at()];
    return side;
  }

  std::optional<MovedPurchases> moved(NodeId from, NodeId to, double share) const {
    if (from.at() == to.at() || from.at() == buyer_ || to.at() == buyer_ || share == 0)
      return std::nullopt;
    auto moved = purchases_from(*cascade_.network().flows, buyer_, from.at(), to.at(), share);
    if (moved.takers.empty()) return std::nullopt;
    return moved;
  }

 private:
  const Chain& chain_;
  std::size_t buyer_;
  Progress& progress_;
  ChainCascade cascade_;
  BuyersInputs inputs_;
  Matrix weights_;
};

}  // namespace

std::vector<SwitchSide> switch_risks(const Chain& chain, NodeId buyer,
                                     const std::vector<Switch>& switches,
                                     std::span<const double> shares, Progress& progress) {
  std::vector<SwitchSide> sides;
  RiskMeasure measure(chain, buyer, progress);
  for (std::size_t k = 0; k < switches.size(); ++k) {
    const auto& s = switches[k];
    progress.check();
    std::optional<NodeId> from;
    if (!s.from_node.empty()) {
      from = chain.require_node(s.from_node);
      sides.push_back(measure.side(k, false, *from, std::nullopt));
    }
    if (s.to_node.empty()) continue;
    const auto to = chain.require_node(s.to_node);
    const auto moved = from ? measure.moved(*from, to, shares[k]) : std::nullopt;
    sides.push_back(measure.side(k, true, to, moved));
  }
  return sides;
}

}  // namespace stave
