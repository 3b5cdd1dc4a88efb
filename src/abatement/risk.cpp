// What the old maker and the new one mean for the buyer in a chain.
#include "stave/abatement/abatement.hpp"
#include "stave/cascade/cascade_all.hpp"
#include "stave/linalg/leontief.hpp"
#include "stave/systemic/systemic.hpp"

#include <algorithm>
#include <map>

namespace stave {
namespace {

/// Purchases of the buyer that go from one node to another, at the same value.
struct MovedPurchase {
  std::size_t from = 0;
  std::size_t to = 0;
  double value = 0;
};

FlowMatrix moved_flows(const FlowMatrix& flows, std::size_t buyer, const MovedPurchase& moved) {
  if (flows.is_dense()) {
    Matrix dense = flows.dense();
    dense(moved.from, buyer) -= moved.value;
    dense(moved.to, buyer) += moved.value;
    return FlowMatrix(std::move(dense));
  }
  std::vector<Flow> list;
  list.reserve(flows.nonzeros() + 2);
  flows.for_each([&](std::size_t i, std::size_t j, double z) {
    const double left = i == moved.from && j == buyer ? z - moved.value : z;
    list.push_back({static_cast<std::int32_t>(i), static_cast<std::int32_t>(j), left});
  });
  list.push_back(
      {static_cast<std::int32_t>(moved.to), static_cast<std::int32_t>(buyer), moved.value});
  return FlowMatrix::from_flows(flows.size(), std::move(list));
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

  /// Share of each region.
  std::vector<double> by_region(const std::optional<MovedPurchase>& moved) {
    auto behind = column(buyer_);
    if (moved && output_[buyer_] > 0) {
      const double a = moved->value / output_[buyer_];
      const auto& from = column(moved->from);
      const auto& to = column(moved->to);
      const double weight = a * behind[buyer_] / (1 - a * (to[buyer_] - from[buyer_]));
      for (std::size_t i = 0; i < behind.size(); ++i) behind[i] += weight * (to[i] - from[i]);
    }
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
                  const std::optional<MovedPurchase>& moved) {
    SwitchSide side{.which = which, .is_new = is_new, .node = node, .moved = moved.has_value()};
    auto network = cascade_.network();
    FlowMatrix flows;
    if (moved) {
      flows = moved_flows(*network.flows, buyer_, *moved);
      network.flows = &flows;
      network.revenue[moved->from] -= moved->value;
      network.revenue[moved->to] += moved->value;
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

  std::optional<MovedPurchase> moved(NodeId from, NodeId to, double share) const {
    const double bought = cascade_.network().flows->at(from.at(), buyer_);
    if (from.at() == to.at() || !(bought > 0) || share == 0) return std::nullopt;
    return MovedPurchase{from.at(), to.at(), share * bought};
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
