#include "stave/core/error.hpp"
#include "stave/scenario/scenario.hpp"

#include <cmath>
#include <string>
#include <string_view>

#include <fmt/format.h>

namespace stave {
namespace {

constexpr int longest_horizon = 36'500;

/// One event, and what is wrong with it.
class EventCheck {
 public:
  EventCheck(const Chain& chain, std::string_view kind, const std::string& name, std::size_t number)
      : chain_(chain),
        who_(name.empty() ? fmt::format("{} event {}", kind, number + 1)
                          : fmt::format("{} event '{}'", kind, name)) {}

  [[noreturn]] void refuse(const std::string& what, const std::string& hint = {}) const {
    throw Error(Errc::bad_input, fmt::format("{}: {}", who_, what), hint);
  }
  void need(bool right, std::string_view what, double value, std::string_view expected) const {
    if (!right) refuse(fmt::format("{} is {}", what, value), fmt::format("Expected {}.", expected));
  }
  void share(double value, std::string_view what) const {
    need(value >= 0 && value <= 1, what, value, "a share, 0 to 1");
  }
  void timing(const Timing& when) const {
    days(when.start, when.duration);
    const double tau = when.recovery_days;
    need(tau >= 0 && std::isfinite(tau), "the time of recovery", tau, "0 days or more");
    if (tau == 0) return;
    if (when.recovery == Recovery::exponential)
      need(tau > 1, "the time of an exponential recovery", tau, "more than 1 day, or 0");
    if (when.recovery == Recovery::s_curve)
      need(tau > 2, "the time of recovery along an S-curve", tau, "more than 2 days, or 0");
  }
  void days(int start, int duration) const {
    need(start >= 0, "the first day", start, "0 or more");
    need(duration >= 1, "the duration", duration, "1 day or more");
  }
  void nodes(const std::vector<NodeId>& nodes) const {
    for (const NodeId node : nodes) this->node(node);
  }
  void node(NodeId node) const {
    if (node.value < 0 || node.at() >= chain_.size())
      refuse(fmt::format("node {} of a chain of {}", node.value, chain_.size()));
  }
  void columns(const std::vector<std::size_t>& columns) const {
    for (const std::size_t c : columns)
      if (c >= chain_.final_columns().size())
        refuse(fmt::format("final use {} of {}", c, chain_.final_columns().size()));
  }
  void product(ProductId product) const {
    if (product.value < 0 || product.at() >= chain_.products().size())
      refuse(fmt::format("product {} of {}", product.value, chain_.products().size()));
  }
  [[nodiscard]] const Chain& chain() const { return chain_; }

 private:
  const Chain& chain_;
  std::string who_;
};

void check_rebuilding(const EventCheck& check, const CapacityEvent& event,
                      const std::vector<bool>& made) {
  const auto& rebuilding = *event.rebuilding;
  if (rebuilding.cost.size() != event.nodes.size())
    check.refuse(fmt::format("{} costs for {} nodes", rebuilding.cost.size(), event.nodes.size()));
  for (std::size_t k = 0; k < rebuilding.cost.size(); ++k) {
    const double cost = rebuilding.cost[k];
    check.need(cost >= 0 && std::isfinite(cost), "what is destroyed", cost, "0 or more");
    if (cost == 0 && event.nodes[k].share > 0)
      check.refuse(fmt::format("{} loses {} of its capacity and has nothing to rebuild",
                               check.chain().node(event.nodes[k].node).id, event.nodes[k].share));
  }
  check.need(rebuilding.days >= 1 && std::isfinite(rebuilding.days), "the time to rebuild",
             rebuilding.days, "1 day or more");
  double all = 0;
  for (const auto& builder : rebuilding.builders) {
    check.product(builder.product);
    check.share(builder.share, "the share of a builder");
    if (builder.share > 0 && !made[builder.product.at()])
      check.refuse(fmt::format("nobody makes {}, which is to rebuild",
                               check.chain().products()[builder.product.at()].code));
    all += builder.share;
  }
  check.need(std::abs(all - 1) <= 1e-9, "the sum of the builders' shares", all, "1");
}

void check_capacity(const EventCheck& check, const CapacityEvent& event,
                    const std::vector<bool>& made) {
  check.timing(event.when);
  std::vector<bool> seen(check.chain().size());
  for (const auto& hit : event.nodes) {
    check.node(hit.node);
    const auto& id = check.chain().node(hit.node).id;
    if (!(hit.share >= 0 && hit.share <= 1))
      check.refuse(fmt::format("{} loses {} of its capacity", id, hit.share),
                   "A loss is a share, 0 to 1.");
    if (seen[hit.node.at()]) check.refuse(fmt::format("{} is named twice", id));
    seen[hit.node.at()] = true;
  }
  if (event.rebuilding) check_rebuilding(check, event, made);
}

void check_delay(const EventCheck& check, const DelayEvent& event) {
  check.timing(event.when);
  check.need(event.when.recovery_days == 0, "the time of recovery", event.when.recovery_days,
             "0: a delay ends at once");
  check.need(event.days >= 1 && event.days <= longest_horizon, "the delay", event.days,
             "1 day or more");
  check.nodes(event.from);
  check.nodes(event.to);
  check.columns(event.columns);
}

void check_priority(const EventCheck& check, const Priority& priority) {
  check.need(priority.order >= 0 && priority.order <= 9, "the class", priority.order, "0 to 9");
  check.need(priority.weight > 0 && std::isfinite(priority.weight), "the weight", priority.weight,
             "a number above 0");
  check.nodes(priority.users);
  check.columns(priority.columns);
}

template <class Event, class F>
void each(const Chain& chain, std::string_view kind, const std::vector<Event>& events, F&& f) {
  for (std::size_t e = 0; e < events.size(); ++e)
    f(EventCheck(chain, kind, events[e].name, e), events[e]);
}

std::vector<bool> products_made(const Chain& chain) {
  std::vector<bool> made(chain.products().size());
  for (const auto& node : chain.nodes()) made[node.product.at()] = true;
  return made;
}

}  // namespace

void check_scenario(const Chain& chain, const Scenario& scenario) {
  if (scenario.days < 1 || scenario.days > longest_horizon)
    throw Error(Errc::bad_input, fmt::format("the number of days is {}", scenario.days),
                fmt::format("Expected 1 to {}.", longest_horizon));
  const auto made = products_made(chain);
  each(chain, "capacity", scenario.capacity,
       [&](const auto& check, const auto& event) { check_capacity(check, event, made); });
  each(chain, "link", scenario.links, [](const auto& check, const auto& event) {
    check.timing(event.when);
    check.share(event.share, "the share that stops");
    check.nodes(event.from);
    check.nodes(event.to);
    check.columns(event.columns);
  });
  each(chain, "demand", scenario.demand, [](const auto& check, const auto& event) {
    check.timing(event.when);
    check.need(event.change >= -1 && std::isfinite(event.change), "the change", event.change,
               "-1 (nothing any more) or more");
    check.nodes(event.makers);
    check.columns(event.columns);
  });
  each(chain, "delay", scenario.delays, check_delay);
  each(chain, "stock", scenario.stocks, [](const auto& check, const auto& event) {
    check.days(event.start, event.duration);
    check.product(event.product);
    check.nodes(event.to);
    check.need(event.amount >= 0 && std::isfinite(event.amount), "the amount", event.amount,
               "0 or more");
  });
  each(chain, "priority", scenario.priorities, check_priority);
}

}  // namespace stave
