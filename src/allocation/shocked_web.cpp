#include "allocation/shocked_web.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include <fmt/format.h>

namespace stave {
namespace {

constexpr double days_in_year = 365;

/// Mean strength over the horizon.
double mean_strength(const Timing& when, const Horizon& horizon) {
  double sum = 0;
  for (int d = 0; d < horizon.days; ++d) sum += strength(when, horizon.first + d);
  return sum / horizon.days;
}

/// Share of [start, start + duration) that lies in the horizon.
double share_inside(int start, int duration, const Horizon& horizon) {
  const int begin = std::max(start, horizon.first);
  const int end = std::min(start + duration, horizon.first + horizon.days);
  return begin < end ? static_cast<double>(end - begin) / duration : 0;
}

std::vector<double> marks(const std::vector<NodeId>& nodes, std::size_t n) {
  std::vector<double> in(n);
  for (const auto node : nodes) in[node.at()] = 1;
  return in;
}
std::vector<double> marks(const std::vector<std::size_t>& columns, std::size_t n) {
  std::vector<double> in(n);
  for (const auto c : columns) in[c] = 1;
  return in;
}

class Shock {
 public:
  Shock(const Chain& chain, const ChainWeb& made, const Horizon& horizon, double growth)
      : chain_(chain), horizon_(horizon), growth_(growth) {
    result_.problem.web = made.web;
    result_.problem.days = horizon.days;
    result_.lost.resize(chain.size());
    link_lost_.resize(made.web.links.size());
    use_lost_.resize(made.web.uses.size());
    use_changed_.resize(made.web.uses.size());
    index();
  }

  void lose_capacity(const Scenario& scenario) {
    for (const auto& event : scenario.capacity) {
      auto when = event.when;
      if (event.rebuilding) {
        when.duration = 1;
        when.recovery = Recovery::linear;
        when.recovery_days = event.rebuilding->days;
        result_.notes.push_back(fmt::format(
            "'{}': what is destroyed counts as rebuilt evenly over {} days; the work of rebuilding "
            "takes nothing from others.",
            event.name, event.rebuilding->days));
      }
      const double mean = mean_strength(when, horizon_);
      for (const auto& hit : event.nodes) result_.lost[hit.node.at()] += mean * hit.share;
    }
    std::size_t clipped = 0;
    for (std::size_t i = 0; i < result_.lost.size(); ++i) {
      auto& lost = result_.lost[i];
      if (lost > 1) ++clipped;
      lost = std::min(lost, 1.0);
      result_.problem.web.capacity[i] *= 1 - lost;
    }
    if (clipped > 0)
      result_.notes.push_back(
          fmt::format("{} makers would lose more than all: they lose all.", clipped));
  }

  void close_links(const std::vector<NodeId>& from, const std::vector<NodeId>& to,
                   const std::vector<std::size_t>& columns, double share) {
    if (!(share > 0)) return;
    const auto users = marks(to, chain_.size());
    const auto uses = marks(columns, chain_.final_columns().size());
    for (const auto maker : from) {
      chain_.flows().for_each_in_row(maker.at(), [&](std::size_t j, double value) {
        if (users[j] > 0 && value > 0) close_sale(maker, NodeId(j), value / days_in_year * share);
      });
      for (std::size_t c = 0; c < uses.size(); ++c)
        if (const double value = chain_.final_use()(maker.at(), c); uses[c] > 0 && value > 0)
          close_final(maker, c, value / days_in_year * share);
    }
  }

  void change_demand(const DemandEvent& event) {
    const double change = event.change * mean_strength(event.when, horizon_);
    for (const auto maker : event.makers)
      for (const auto c : event.columns)
        if (const double value = chain_.final_use()(maker.at(), c); value > 0)
          if (const auto use = use_of(maker, c))
            use_changed_[*use] += change * value / days_in_year;
  }

  void release(const StockEvent& event) {
    const double amount = event.amount * share_inside(event.start, event.duration, horizon_);
    if (!(amount > 0)) return;
    const auto users = marks(event.to, chain_.size());
    std::map<std::size_t, double> wanted;  // by row: needs, or nodes of markets behind them
    double total = 0;
    chain_.flows().for_each([&](std::size_t i, std::size_t j, double value) {
      if (value <= 0 || users[j] == 0 || chain_.nodes()[i].product != event.product) return;
      if (const auto row = stock_row(NodeId(i), NodeId(j))) {
        wanted[*row] += value;
        total += value;
      }
    });
    for (const auto& [row, value] : wanted) stock_at(row) += amount * value / total;
    if (wanted.empty())
      result_.notes.push_back(fmt::format("'{}': nobody there uses the product.", event.name));
  }

  ShockedWeb take() && {
    auto& web = result_.problem.web;
    for (std::size_t l = 0; l < link_lost_.size(); ++l)
      if (link_lost_[l] > 0) {
        auto& link = web.links[l];
        const double left = std::max(0.0, link.normal - link_lost_[l]);
        link.limit = left * (1 + growth_);
        if (std::isnan(link.limit)) link.limit = 0;  // nothing left of what could grow without end
      }
    // As day by day: wanted Y max(0, 1 + sum of changes), of which max(0, 1 - sum of cuts) gets
    // there.
    for (std::size_t u = 0; u < use_lost_.size(); ++u) {
      auto& use = web.uses[u];
      const double usual = use.normal;
      use.normal = std::max(0.0, usual + use_changed_[u]);
      if (use_lost_[u] > 0) use.limit = use.normal * std::max(0.0, 1 - use_lost_[u] / usual);
    }
    result_.problem.weight.assign(web.uses.size(), 1);
    return std::move(result_);
  }

 private:
  [[nodiscard]] const SupplyWeb& web() const { return result_.problem.web; }
  [[nodiscard]] bool table() const { return !web().markets.empty(); }

  void index() {
    for (std::size_t m = 0; m < web().markets.size(); ++m)
      market_[{web().markets[m].region.value, web().markets[m].product.value}] =
          static_cast<std::int32_t>(web().makers + m);
    for (std::size_t k = 0; k < web().needs.size(); ++k)
      need_[{web().needs[k].user, web().needs[k].product}] = static_cast<std::int32_t>(k);
    for (std::size_t l = 0; l < web().links.size(); ++l)
      link_[{web().links[l].maker, web().links[l].need}] = l;
    for (std::size_t u = 0; u < web().uses.size(); ++u)
      use_[{web().uses[u].maker, web().uses[u].column}] = u;
  }

  template <class Map>
  static auto find(const Map& map, std::int32_t a, std::int32_t b)
      -> std::optional<typename Map::mapped_type> {
    const auto found = map.find({a, b});
    if (found == map.end()) return std::nullopt;
    return found->second;
  }

  [[nodiscard]] std::optional<std::int32_t> market_of(RegionId region, NodeId maker) const {
    return find(market_, region.value, chain_.node(maker).product.value);
  }
  [[nodiscard]] std::optional<std::int32_t> need_into(std::int32_t node) const {
    return web().markets[static_cast<std::size_t>(node) - web().makers].need;
  }

  /// The need a sale goes into: of the user itself, or of the market it buys in.
  [[nodiscard]] std::optional<std::int32_t> need_of(NodeId maker, NodeId user) const {
    if (table()) {
      const auto market = market_of(chain_.node(user).region, maker);
      return market ? need_into(*market) : std::nullopt;
    }
    const auto product = chain_.node(maker).product.value;
    if (const auto own = find(need_, user.value, product)) return own;
    return find(need_, user.value, -1);
  }

  void lose_from_link(NodeId maker, std::optional<std::int32_t> need, double amount) {
    if (!need) return;
    if (const auto link = find(link_, maker.value, *need)) link_lost_[*link] += amount;
  }

  void close_sale(NodeId maker, NodeId user, double amount) {
    lose_from_link(maker, need_of(maker, user), amount);
  }

  void close_final(NodeId maker, std::size_t column, double amount) {
    if (table()) {
      const auto market = market_of(chain_.final_columns()[column].region, maker);
      lose_from_link(maker, market ? need_into(*market) : std::nullopt, amount);
    } else if (const auto use = use_of(maker, column)) {
      use_lost_[*use] += amount;
    }
  }

  [[nodiscard]] std::optional<std::size_t> use_of(NodeId maker, std::size_t column) const {
    std::int32_t at = maker.value;
    if (table()) {
      const auto market = market_of(chain_.final_columns()[column].region, maker);
      if (!market) return std::nullopt;
      at = *market;
    }
    return find(use_, at, static_cast<std::int32_t>(column));
  }

  /// Rows that can hold a stock: first the nodes, then the needs.
  [[nodiscard]] std::optional<std::size_t> stock_row(NodeId maker, NodeId user) const {
    if (table()) {
      const auto market = market_of(chain_.node(user).region, maker);
      return market ? std::optional(static_cast<std::size_t>(*market)) : std::nullopt;
    }
    const auto need = need_of(maker, user);
    return need ? std::optional(web().nodes() + static_cast<std::size_t>(*need)) : std::nullopt;
  }
  [[nodiscard]] double& stock_at(std::size_t row) {
    auto& all = result_.problem.web;
    return row < all.nodes() ? all.stock[row] : all.needs[row - all.nodes()].stock;
  }

  using Key = std::pair<std::int32_t, std::int32_t>;
  const Chain& chain_;
  Horizon horizon_;
  double growth_;
  ShockedWeb result_;
  std::vector<double> link_lost_;  // money a day
  std::vector<double> use_lost_;
  std::vector<double> use_changed_;     ///< [uses] money a day more, below 0 less
  std::map<Key, std::int32_t> market_;  // (region, product)
  std::map<Key, std::int32_t> need_;    // (user, product)
  std::map<Key, std::size_t> link_;     // (maker, need)
  std::map<Key, std::size_t> use_;      // (node, column)
};

/// Days of the horizon on which goods that are `days` late are missing.
double missing_share(const DelayEvent& event, const Horizon& horizon) {
  const double inside =
      share_inside(event.when.start, event.when.duration, horizon) * event.when.duration;
  return std::min<double>(event.days, inside) / horizon.days;
}

}  // namespace

int first_event_day(const Scenario& scenario) {
  std::optional<int> first;
  const auto look = [&](int day) { first = first ? std::min(*first, day) : day; };
  for (const auto& e : scenario.capacity) look(e.when.start);
  for (const auto& e : scenario.links) look(e.when.start);
  for (const auto& e : scenario.demand) look(e.when.start);
  for (const auto& e : scenario.delays) look(e.when.start);
  return first.value_or(0);
}

ShockedWeb shocked_web(const Chain& chain, const ChainWeb& made, const Scenario& scenario,
                       const Horizon& horizon, double growth) {
  check_scenario(chain, scenario);
  Shock shock(chain, made, horizon, growth);
  shock.lose_capacity(scenario);
  for (const auto& e : scenario.links)
    shock.close_links(e.from, e.to, e.columns, e.share * mean_strength(e.when, horizon));
  for (const auto& e : scenario.delays)
    shock.close_links(e.from, e.to, e.columns, missing_share(e, horizon));
  for (const auto& e : scenario.demand) shock.change_demand(e);
  for (const auto& e : scenario.stocks) shock.release(e);
  return std::move(shock).take();
}

}  // namespace stave
