#include "stave/trade/trade_table.hpp"

#include "stave/core/error.hpp"
#include "stave/core/limit.hpp"

#include <algorithm>
#include <numeric>

#include <fmt/format.h>

namespace stave {
namespace {

void require_parts(const Chain& chain) {
  if (chain.flows().nonzeros() == 0 || chain.final_use().size() == 0)
    throw Error(
        Errc::missing_part,
        fmt::format("value added in trade needs flows between makers and final use; {} "
                    "lacks {}",
                    chain.info().name, chain.final_use().size() == 0 ? "final use" : "flows"));
  if (chain.size() > limit::max_dense_nodes)
    throw Error(Errc::too_large, fmt::format("value added in trade of {} nodes; at most {}",
                                             chain.size(), limit::max_dense_nodes));
}

void require_makers(const TradeTable& table) {
  std::vector<std::string> makers;
  for (std::size_t s = 0; s < table.traders().size(); ++s)
    if (table.count(s) > 0) makers.push_back(table.traders()[s].name);
  if (makers.size() >= 2) return;
  throw Error(Errc::missing_part,
              fmt::format("trade needs two regions or more that make something; in {} {}",
                          table.chain().info().name,
                          makers.empty() ? "none does" : "only " + makers[0] + " does"),
              "A national table knows its exports as a column only. Take a table of several "
              "regions with the flows between them, such as world-2011, or one of provinces.");
}

void require_users(const TradeTable& table) {
  std::vector<std::size_t> users;
  for (std::size_t r = 0; r < table.traders().size(); ++r)
    for (std::size_t i = 0; i < table.size(); ++i)
      if (table.final_use()(i, r) != 0) {
        users.push_back(r);
        break;
      }
  if (users.size() >= 2) return;
  throw Error(Errc::missing_part,
              fmt::format("value added in trade needs final use by region; in {} all of it stands "
                          "under {}",
                          table.chain().info().name,
                          users.empty() ? "nobody" : table.traders()[users[0]].name),
              "Give the final use of each region columns of its own.");
}

}  // namespace

TradeTable::TradeTable(Chain chain, std::vector<Trader> traders)
    : chain_(std::move(chain)), traders_(std::move(traders)) {
  require_parts(chain_);
  order_nodes();
  require_makers(*this);
  sum_final_use();
  order_flows();
  require_users(*this);
  sum_exports();
}

void TradeTable::order_nodes() {
  std::vector<std::size_t> trader_of(chain_.regions().size());
  for (std::size_t s = 0; s < traders_.size(); ++s)
    for (const auto region : traders_[s].regions) trader_of[region.at()] = s;
  std::vector<std::vector<NodeId>> own(traders_.size());
  for (std::size_t i = 0; i < chain_.size(); ++i)
    own[trader_of[chain_.nodes()[i].region.at()]].emplace_back(i);
  first_ = {0};
  for (std::size_t s = 0; s < own.size(); ++s) {
    node_.insert(node_.end(), own[s].begin(), own[s].end());
    trader_.insert(trader_.end(), own[s].size(), s);
    first_.push_back(node_.size());
  }
}

void TradeTable::sum_final_use() {
  std::vector<std::size_t> trader_of(chain_.regions().size());
  for (std::size_t s = 0; s < traders_.size(); ++s)
    for (const auto region : traders_[s].regions) trader_of[region.at()] = s;
  final_use_ = Matrix(size(), traders_.size());
  for (std::size_t i = 0; i < size(); ++i)
    for (std::size_t k = 0; k < chain_.final_columns().size(); ++k)
      final_use_(i, trader_of[chain_.final_columns()[k].region.at()]) +=
          chain_.final_use()(node_[i].at(), k);
}

void TradeTable::order_flows() {
  bool as_they_are = chain_.flows().is_dense();
  for (std::size_t i = 0; i < size(); ++i) {
    const auto k = node_[i].at();
    const double x = chain_.output()[k];
    output_.push_back(x);
    scale_.push_back(x > 0 ? x : 1);
    value_added_.push_back(x > 0 ? x - chain_.intermediate_inputs()[k] : x);
    as_they_are = as_they_are && k == i;
  }
  for (std::size_t i = 0; as_they_are && i < size(); ++i) {
    const auto row = chain_.flows().dense().row(i);
    for (std::size_t j = 0; j < size(); ++j)
      as_they_are = as_they_are && (output_[j] > 0 || row[j] == 0);
  }
  if (!as_they_are) copy_flows();
}

// In the order of the traders, and what makers without output buy as final use.
void TradeTable::copy_flows() {
  std::vector<std::size_t> place(size());
  for (std::size_t i = 0; i < size(); ++i) place[node_[i].at()] = i;
  Matrix z(size(), size());
  chain_.flows().for_each([&](std::size_t from, std::size_t to, double v) {
    const auto i = place[from];
    const auto j = place[to];
    if (output_[j] > 0) {
      z(i, j) = v;
    } else {
      final_use_(i, trader_[j]) += v;
      used_without_output_ += v;
    }
  });
  ordered_ = std::make_shared<const FlowMatrix>(std::move(z));
}

void TradeTable::sum_exports() {
  const auto traders = traders_.size();
  inputs_abroad_ = Matrix(size(), traders);
  exports_ = Matrix(size(), traders);
  exported_.resize(size());
  for (std::size_t i = 0; i < size(); ++i) {
    auto inputs = inputs_abroad_.row(i);
    const auto row = flows().dense().row(i);
    for (std::size_t j = 0; j < size(); ++j) inputs[trader_[j]] += row[j];
    inputs[trader_[i]] = 0;
    for (std::size_t r = 0; r < traders; ++r)
      if (r != trader_[i]) exported_[i] += exports_(i, r) = inputs[r] + final_use_(i, r);
  }
}

}  // namespace stave
