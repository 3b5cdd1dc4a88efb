#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "tests.hpp"

namespace stave {
namespace {

// The misses of one kind of balance over all nodes.
struct Misses {
  double total = 0;  // sum of |misses| / sum of |output|
  double worst = 0;  // of a node's own output
  std::size_t node = 0;
  bool matters = false;  // the worst one is above what is negligible
};

double total_output(const std::vector<NodeBalance>& nodes) {
  double sum = 0;
  for (const auto& node : nodes)
    if (std::isfinite(node.output)) sum += std::abs(node.output);
  return sum;
}

Misses misses_of(const std::vector<NodeBalance>& nodes, double NodeBalance::* miss, double total,
                 const CheckOptions& options) {
  Misses result;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const auto size = std::abs(nodes[i].*miss);
    if (!std::isfinite(size) || size == 0) continue;
    result.total += total > 0 ? size / total : 1;
    // A node without output that states some misses all of it.
    const auto own = std::max(std::abs(nodes[i].output), size);
    const bool matters = size > options.negligible * total;
    const auto relative = size / own;
    if (std::pair(matters, relative) > std::pair(result.matters, result.worst)) {
      result.matters = matters;
      result.worst = relative;
      result.node = i;
    }
  }
  return result;
}

void add_tests(const Chain& chain, const std::string& name, const std::string& meaning,
               const Misses& misses, const CheckOptions& options, CheckResult& result) {
  const bool all = misses.total <= options.balance_tolerance;
  result.tests.push_back({name + ", total",
                          all ? Outcome::pass : Outcome::fail,
                          100 * misses.total,
                          "% of output",
                          100 * options.balance_tolerance,
                          {},
                          fmt::format("{} {} {:.3g} % of all output.", meaning,
                                      all ? "agree to" : "miss", 100 * misses.total)});
  const bool each = misses.worst <= options.node_tolerance || !misses.matters;
  const auto where = misses.worst > 0 ? chain.nodes()[misses.node].id : std::string();
  result.tests.push_back(
      {name + ", worst node", each ? Outcome::pass : Outcome::fail, 100 * misses.worst,
       "% of its output", 100 * options.node_tolerance, where,
       misses.worst > 0 ? fmt::format("{}: worst is {}, which misses {:.3g} % of its output{}.",
                                      name, chain.label(NodeId(misses.node)), 100 * misses.worst,
                                      misses.matters ? "" : " (negligible in all)")
                        : fmt::format("{}: no node misses anything.", name)});
}

void skip(const std::string& name, const std::string& why, CheckResult& result) {
  result.tests.push_back({name, Outcome::skipped, none, "% of output", none, {}, why});
}

std::vector<NodeBalance> balances_of(const Chain& chain) {
  std::vector<NodeBalance> nodes;
  for (std::size_t i = 0; i < chain.size(); ++i) {
    NodeBalance b{NodeId(i), chain.output()[i], none, none, chain.value_added()[i], none, 0};
    if (!chain.reported_output().empty()) {
      b.reported_output = chain.reported_output()[i];
      b.row_miss = b.reported_output - b.output;
    }
    if (!chain.primary_rows().empty())
      b.column_miss = b.value_added - (b.output - chain.intermediate_inputs()[i]);
    for (const auto miss : {b.row_miss, b.column_miss})
      if (std::isfinite(miss) && miss != 0)
        b.relative =
            std::max(b.relative, std::abs(miss) / std::max(std::abs(b.output), std::abs(miss)));
    nodes.push_back(b);
  }
  return nodes;
}

// Those that miss most money, whatever their size.
std::vector<NodeBalance> worst_of(std::vector<NodeBalance> nodes, std::size_t most) {
  const auto miss = [](const NodeBalance& b) {
    double largest = 0;
    for (const auto m : {b.row_miss, b.column_miss})
      if (std::isfinite(m)) largest = std::max(largest, std::abs(m));
    return largest;
  };
  std::erase_if(nodes, [&](const NodeBalance& b) { return miss(b) == 0; });
  std::stable_sort(nodes.begin(), nodes.end(),
                   [&](const NodeBalance& a, const NodeBalance& b) { return miss(a) > miss(b); });
  if (nodes.size() > most) nodes.resize(most);
  return nodes;
}

}  // namespace

void check_balances(const Chain& chain, const CheckOptions& options, CheckResult& result) {
  auto nodes = balances_of(chain);
  const auto total = total_output(nodes);
  if (chain.reported_output().empty())
    skip("row balance", "The source states no output; flows and final use make it.", result);
  else
    add_tests(chain, "row balance", "Reported output and the sum of sales",
              misses_of(nodes, &NodeBalance::row_miss, total, options), options, result);
  if (chain.primary_rows().empty())
    skip("column balance", "The chain has no primary inputs; value added is what is left.", result);
  else
    add_tests(chain, "column balance", "Value added and output less purchases",
              misses_of(nodes, &NodeBalance::column_miss, total, options), options, result);
  result.nodes = worst_of(std::move(nodes), options.most);
}

}  // namespace stave
