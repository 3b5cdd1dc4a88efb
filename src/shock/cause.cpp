#include "stave/shock/shock.hpp"

#include <algorithm>

namespace stave {
namespace {

constexpr std::size_t most_steps = 40;

struct Supplier {
  NodeId node;
  double flow = 0;
};

class CauseSearch {
 public:
  CauseSearch(const Chain& chain, const Scenario& scenario, const Simulation& simulation)
      : chain_(chain), scenario_(scenario), simulation_(simulation), seen_(chain.size()) {}

  std::vector<CauseStep> back_from(NodeId node) {
    std::vector<CauseStep> steps;
    int day = scenario_.days;
    while (steps.size() < most_steps && !seen_[node.at()]) {
      seen_[node.at()] = true;
      auto step = step_at(node, day);
      if (!step) break;
      const bool goes_on = step->from.has_value();
      day = step->day;
      if (goes_on) node = *step->from;
      steps.push_back(std::move(*step));
      if (!goes_on) break;
    }
    std::reverse(steps.begin(), steps.end());
    return steps;
  }

 private:
  // The first reason why the node made less by the day its customer ran short.
  std::optional<CauseStep> step_at(NodeId node, int by_day) const {
    const auto& course = simulation_.nodes[node.at()];
    if (course.first_loss < 0) return std::nullopt;
    const auto* hit = capacity_event(node, by_day);
    const bool bound = course.first_bound >= 0 && course.first_bound <= by_day;
    if (hit != nullptr && (!bound || hit->when.start <= course.first_bound))
      return CauseStep{.kind = CauseStep::Kind::capacity,
                       .node = node,
                       .day = hit->when.start,
                       .event = hit->name};
    if (bound) return short_of_input(node, course);
    return fewer_orders(node, course);
  }

  // An event that took orders, or a customer that fell no later: what weighs more.
  CauseStep fewer_orders(NodeId node, const NodeCourse& course) const {
    CauseStep step{.kind = CauseStep::Kind::fewer_orders, .node = node, .day = course.first_loss};
    double most = put_lost_orders(step);
    chain_.flows().for_each_in_row(node.at(), [&](std::size_t j, double z) {
      const auto& its = simulation_.nodes[j];
      const double weight = z * (1 - its.least_output);
      if (its.first_loss < 0 || its.first_loss > step.day || seen_[j] || weight <= most) return;
      most = weight;
      step.event.clear();
      step.from = NodeId(j);
      step.dependence = z / chain_.output()[node.at()];
    });
    return step;
  }

  // It could not deliver, rather than sold less because less was ordered.
  bool failed_by(NodeId supplier, int day) const {
    const auto& its = simulation_.nodes[supplier.at()];
    if (its.first_loss < 0 || its.first_loss > day) return false;
    return (its.first_bound >= 0 && its.first_bound <= day) ||
           capacity_event(supplier, day) != nullptr;
  }

  const CapacityEvent* capacity_event(NodeId node, int by_day) const {
    const CapacityEvent* first = nullptr;
    for (const auto& event : scenario_.capacity) {
      const bool struck =
          std::any_of(event.nodes.begin(), event.nodes.end(),
                      [&](const NodeShare& n) { return n.node == node && n.share > 0; });
      if (struck && event.when.start <= by_day &&
          (first == nullptr || event.when.start < first->when.start))
        first = &event;
    }
    return first;
  }

  // The event that took most of the node's orders by the day of the step.
  // @return  what it took of the sales of a normal year, 0 for none
  double put_lost_orders(CauseStep& step) const {
    double most = 0;
    const auto consider = [&](const auto& event, const std::vector<NodeId>& makers, double share,
                              double sold) {
      const double weight = sold * share * strongest_by(event.when, step.day);
      if (weight <= most || std::find(makers.begin(), makers.end(), step.node) == makers.end())
        return;
      most = weight;
      step.event = event.name;
    };
    for (const auto& event : scenario_.demand)
      consider(event, event.makers, -event.change, sold_to_columns(step.node, event.columns));
    for (const auto& event : scenario_.links)
      consider(event, event.from, event.share,
               sold_to_columns(step.node, event.columns) + sold_to_users(step.node, event.to));
    return most;
  }

  // Orders of the day before may still be missed on the day of the loss.
  static double strongest_by(const Timing& when, int day) {
    return std::max(strength(when, day), strength(when, day - 1));
  }
  double sold_to_columns(NodeId node, const std::vector<std::size_t>& columns) const {
    double sold = 0;
    for (const auto c : columns) sold += std::max(0.0, chain_.final_use()(node.at(), c));
    return sold;
  }
  double sold_to_users(NodeId node, const std::vector<NodeId>& users) const {
    double sold = 0;
    for (const auto user : users) sold += std::max(0.0, chain_.flows().at(node.at(), user.at()));
    return sold;
  }

  std::vector<Supplier> suppliers(NodeId user, ProductId product) const {
    std::vector<Supplier> found;
    const auto& flows = chain_.flows();
    for (std::size_t i = 0; i < chain_.size(); ++i) {
      if (chain_.nodes()[i].product != product) continue;
      if (const double z = flows.at(i, user.at()); z > 0) found.push_back({NodeId(i), z});
    }
    return found;
  }

  // Either an event that keeps suppliers' goods away, or a supplier that makes less: what weighs
  // more.
  CauseStep short_of_input(NodeId node, const NodeCourse& course) const {
    CauseStep step{.kind = CauseStep::Kind::input,
                   .node = node,
                   .day = course.first_bound,
                   .input = course.bound_by};
    const auto sources = suppliers(node, course.bound_by);
    double all = 0;
    double most = 0;
    for (const auto& [supplier, flow] : sources) {
      all += flow;
      const double weight = flow * (1 - simulation_.nodes[supplier.at()].least_output);
      if (seen_[supplier.at()] || weight <= most || !failed_by(supplier, course.first_bound))
        continue;
      most = weight;
      step.from = supplier;
      step.dependence = flow;
    }
    put_cut(step, sources, most);
    if (all > 0) step.dependence /= all;
    return step;
  }

  void put_cut(CauseStep& step, const std::vector<Supplier>& sources, double most) const {
    const auto consider = [&](const auto& event, double share) {
      if (event.when.start > step.day ||
          std::find(event.to.begin(), event.to.end(), step.node) == event.to.end())
        return;
      double kept_away = 0;
      for (const auto& [supplier, flow] : sources)
        if (std::find(event.from.begin(), event.from.end(), supplier) != event.from.end())
          kept_away += flow;
      if (kept_away * share <= most) return;
      most = kept_away * share;
      step.kind = CauseStep::Kind::cut;
      step.event = event.name;
      step.from.reset();
      step.dependence = kept_away;
    };
    for (const auto& event : scenario_.links) consider(event, event.share);
    for (const auto& event : scenario_.delays) consider(event, 1);
  }

  const Chain& chain_;
  const Scenario& scenario_;
  const Simulation& simulation_;
  std::vector<bool> seen_;
};

}  // namespace

std::vector<CauseStep> causes_of(const Chain& chain, const Scenario& scenario,
                                 const Simulation& simulation, NodeId node) {
  return CauseSearch(chain, scenario, simulation).back_from(node);
}

}  // namespace stave
