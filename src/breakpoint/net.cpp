#include "breakpoint/net.hpp"

#include <algorithm>

namespace stave {
namespace {

// Numbers nodes in the order in which they are first needed, the target first.
class NetBuilder {
 public:
  explicit NetBuilder(std::size_t nodes) : number_(nodes, -1) {}

  std::int32_t number(std::int32_t node) {
    auto& n = number_[at(node)];
    if (n < 0) {
      n = static_cast<std::int32_t>(order_.size());
      order_.push_back(node);
    }
    return n;
  }
  [[nodiscard]] std::size_t count() const { return order_.size(); }
  [[nodiscard]] std::int32_t node(std::size_t number) const { return order_[number]; }
  /// The next node in order: its groups follow.
  void open_node(std::int32_t source) {
    net_.source.push_back(source);
    net_.group_start.push_back(static_cast<std::int32_t>(net_.slack.size()));
  }
  void open_group(double slack) {
    net_.member_start.push_back(static_cast<std::int32_t>(net_.member.size()));
    net_.slack.push_back(slack);
    net_.need.push_back(-slack);
    net_.group_node.push_back(static_cast<std::int32_t>(net_.source.size()) - 1);
  }
  void add(std::int32_t member, double weight) {
    net_.member.push_back(number(member));
    net_.weight.push_back(weight);
    net_.need.back() += weight;
  }
  Net finish() {
    net_.group_start.push_back(static_cast<std::int32_t>(net_.slack.size()));
    net_.member_start.push_back(static_cast<std::int32_t>(net_.member.size()));
    index_uses();
    return std::move(net_);
  }

 private:
  void index_uses() {
    net_.use_start.assign(net_.nodes() + 1, 0);
    for (const auto m : net_.member) ++net_.use_start[at(m) + 1];
    for (std::size_t i = 0; i < net_.nodes(); ++i) net_.use_start[i + 1] += net_.use_start[i];
    net_.use_group.resize(net_.member.size());
    net_.use_weight.resize(net_.member.size());
    auto next = net_.use_start;
    for (std::size_t g = 0; g < net_.slack.size(); ++g)
      for (auto k = at(net_.member_start[g]); k < at(net_.member_start[g + 1]); ++k) {
        const auto slot = at(next[at(net_.member[k])]++);
        net_.use_group[slot] = static_cast<std::int32_t>(g);
        net_.use_weight[slot] = net_.weight[k];
      }
  }

  Net net_;
  std::vector<std::int32_t> number_;
  std::vector<std::int32_t> order_;
};

void copy_inputs(const BreakpointSystem& system, std::size_t node, NetBuilder& builder) {
  for (auto g = system.node_group_start[node]; g < system.node_group_start[node + 1]; ++g) {
    const auto group = static_cast<std::size_t>(g);
    const auto first = static_cast<std::size_t>(system.member_start[group]);
    const auto last = static_cast<std::size_t>(system.member_start[group + 1]);
    builder.open_group(slack_of(system, group));
    for (auto k = first; k < last; ++k)
      builder.add(system.member[k], system.threshold > 0 ? system.weight[k] : 1);
  }
}

// What fails at most: everything that may be lost is, and of what follows only fatal nodes hold.
struct Worst {
  std::vector<char> failed;  // [nodes]
  std::vector<double> lost;  // [groups]
};

Worst worst_case(const Net& net, const Known& known) {
  Worst worst{std::vector<char>(net.nodes()), std::vector<double>(net.slack.size())};
  std::vector<std::int32_t> queue;
  const auto fail = [&](std::int32_t node) {
    if (worst.failed[at(node)] || known.fatal[at(node)]) return;
    worst.failed[at(node)] = 1;
    queue.push_back(node);
  };
  for (std::size_t i = 0; i < net.nodes(); ++i)
    if (known.failed[i] || (net.source[i] >= 0 && !known.barred[i]))
      fail(static_cast<std::int32_t>(i));
  for (std::size_t next = 0; next < queue.size(); ++next) {
    const auto node = at(queue[next]);
    for (auto k = at(net.use_start[node]); k < at(net.use_start[node + 1]); ++k) {
      const auto g = at(net.use_group[k]);
      worst.lost[g] += net.use_weight[k];
      if (worst.lost[g] > net.slack[g]) fail(net.group_node[g]);
    }
  }
  return worst;
}

// Writes the groups of a node that can fail, with the members that can.
void copy_groups(const Net& net, std::size_t node, const Known& known, const Worst& worst,
                 NetBuilder& builder) {
  for (auto g = at(net.group_start[node]); g < at(net.group_start[node + 1]); ++g) {
    if (worst.lost[g] <= net.slack[g]) continue;
    const auto first = at(net.member_start[g]);
    const auto last = at(net.member_start[g + 1]);
    double slack = net.slack[g];
    for (auto k = first; k < last; ++k)
      if (known.failed[at(net.member[k])]) slack -= net.weight[k];
    builder.open_group(slack);
    for (auto k = first; k < last; ++k)
      if (worst.failed[at(net.member[k])] && !known.failed[at(net.member[k])])
        builder.add(net.member[k], net.weight[k]);
  }
}

}  // namespace

double slack_of(const BreakpointSystem& system, std::size_t group) {
  const auto first = static_cast<std::size_t>(system.member_start[group]);
  const auto last = static_cast<std::size_t>(system.member_start[group + 1]);
  if (system.threshold <= 0) return static_cast<double>(last - first) - 0.5;
  // Rounding in what is left must not fail a group that lost nothing it needed.
  constexpr double rounding = 1e-12;
  double total = 0;
  double least = system.weight[first];
  for (auto k = first; k < last; ++k) {
    total += system.weight[k];
    least = std::min(least, system.weight[k]);
  }
  // Whatever the threshold, one supplier must be left.
  return std::min(total - system.threshold + rounding, total - least / 2);
}

Net net_of(const BreakpointSystem& system, std::span<const std::int32_t> target,
           std::span<const char> allowed) {
  // Nodes of the system, then a node for each source, then the target.
  const auto nodes = static_cast<std::int32_t>(system.nodes());
  NetBuilder builder(system.nodes() + system.sources() + 1);
  builder.number(nodes + static_cast<std::int32_t>(system.sources()));
  builder.open_node(-1);
  builder.open_group(static_cast<double>(target.size()) - 0.5);
  for (const auto t : target) builder.add(t, 1);
  for (std::size_t next = 1; next < builder.count(); ++next) {
    const auto node = builder.node(next);
    if (node >= nodes) {
      builder.open_node(node - nodes);
      continue;
    }
    const auto source = system.source_of[at(node)];
    const bool alone = system.source_start[at(source) + 1] - system.source_start[at(source)] == 1;
    builder.open_node(alone && allowed[at(source)] ? source : -1);
    if (!alone && allowed[at(source)]) {
      builder.open_group(0.5);
      builder.add(nodes + source, 1);
    }
    copy_inputs(system, at(node), builder);
  }
  return builder.finish();
}

Net reduced(const Net& net, const Known& known) {
  const auto worst = worst_case(net, known);
  NetBuilder builder(net.nodes());
  builder.number(0);
  builder.open_node(-1);
  for (std::size_t i = 0; i < net.nodes(); ++i)
    if (known.fatal[i]) copy_groups(net, i, known, worst, builder);
  for (std::size_t next = 1; next < builder.count(); ++next) {
    const auto node = at(builder.node(next));
    builder.open_node(known.barred[node] ? -1 : net.source[node]);
    copy_groups(net, node, known, worst, builder);
  }
  return builder.finish();
}

}  // namespace stave
