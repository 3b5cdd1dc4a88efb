#include "stave/allocation/supply_web.hpp"

#include "stave/core/error.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

namespace stave {
namespace {

constexpr double days_of_year = 365;

struct Purchase {
  std::int32_t maker = 0;
  std::int32_t product = 0;
  double daily = 0;
};

/// An attribute in days or shares, with the default where the chain does not say.
std::vector<double> known_or(const Chain& chain, const char* name, double fallback,
                             std::vector<bool>& known) {
  std::vector<double> values(chain.size(), fallback);
  known.assign(chain.size(), false);
  const auto* attribute = chain.node_attribute(name);
  if (attribute == nullptr) return values;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double value = attribute->values[i];
    if (std::isnan(value)) continue;
    if (value < 0 || std::isinf(value))
      throw Error(Errc::bad_input,
                  fmt::format("attribute '{}' of {}: {} is negative or not finite", name,
                              chain.nodes()[i].id, value),
                  "Leave the cell empty where it is not known.");
    values[i] = value;
    known[i] = true;
  }
  return values;
}

void check_options(const SupplyOptions& o) {
  const auto need = [](double value, double most, const char* what) {
    if (!(value >= 0 && value <= most))
      throw Error(Errc::bad_input, fmt::format("{} of {}: it must be 0 to {}", what, value, most));
  };
  need(o.inventory_days, 1e6, "an inventory in days");
  need(o.finished_days, 1e6, "a stock of finished goods in days");
  need(o.spare_capacity, 1e3, "a spare capacity");
  need(o.growth, no_limit, "a growth of links");
}

/// Builds the web of a chain: outputs and uses first, then the needs of one user after another.
class WebBuilder {
 public:
  WebBuilder(const Chain& chain, const SupplyOptions& options)
      : chain_(chain), options_(options), purchases_(chain.size()), unwanted_(chain.size()) {
    inventory_ = known_or(chain, "inventory", options.inventory_days, made_.inventory_known);
    const auto finished =
        known_or(chain, "finished_inventory", options.finished_days, made_.finished_known);
    const auto spare = known_or(chain, "spare_capacity", options.spare_capacity, made_.spare_known);
    if (options.markets.value_or(chain.flows().is_dense()))
      markets_.resize(chain.regions().size() * chain.products().size());
    read_flows();
    read_final_use();
    auto& web = made_.web;
    web.makers = chain.size();
    web.capacity.resize(chain.size());
    web.stock.resize(chain.size());
    web.kept.resize(chain.size());
    for (std::size_t i = 0; i < chain.size(); ++i) {
      web.capacity[i] = web.output[i] * (1 + spare[i]);
      web.kept[i] = storable(chain.nodes()[i].product);
      web.stock[i] = web.kept[i] ? web.output[i] * finished[i] : 0;
    }
    for (std::size_t j = 0; j < chain.size(); ++j) add_needs(j);
    finish_markets();
  }
  [[nodiscard]] ChainWeb take() && { return std::move(made_); }

 private:
  [[nodiscard]] bool storable(ProductId product) const {
    return chain_.products()[product].kind != Kind::service;
  }

  void read_flows() {
    auto& output = made_.web.output;
    output.assign(chain_.size(), 0);
    chain_.flows().for_each([&](std::size_t i, std::size_t j, double value) {
      if (!(value > 0)) {
        ++made_.clipped;
        return;
      }
      const double daily = value / days_of_year;
      const auto product = chain_.nodes()[i].product;
      output[i] += daily;
      if (chain_.recipe().need(product, chain_.nodes()[j].product) == Need::none)
        unwanted_[i] += daily;
      else
        purchases_[j].push_back({static_cast<std::int32_t>(i), product.value, daily});
    });
  }

  void read_final_use() {
    const auto& use = chain_.final_use();
    for (std::size_t i = 0; i < chain_.size(); ++i) {
      double all = 0;
      for (std::size_t c = 0; c < use.cols(); ++c) {
        const double daily = use(i, c) / days_of_year;
        if (daily < 0) ++made_.clipped;
        if (!(daily > 0)) continue;
        all += daily;
        if (!markets_.empty())
          use_from_market(i, c, daily);
        else if (options_.by_column)
          made_.web.uses.push_back({to_id(i), to_id(c), daily});
      }
      if (markets_.empty() && !options_.by_column && all > 0)
        made_.web.uses.push_back({to_id(i), -1, all});
      if (unwanted_[i] > 0) made_.web.uses.push_back({to_id(i), -1, unwanted_[i], false});
      made_.web.output[i] += all;
    }
  }

  static std::int32_t to_id(std::size_t at) { return static_cast<std::int32_t>(at); }

  void use_from_market(std::size_t i, std::size_t column, double daily) {
    auto& market =
        markets_[market_of(chain_.final_columns()[column].region, chain_.nodes()[i].product)];
    market.through += daily;
    market.sellers[to_id(i)] += daily;
    const auto as = options_.by_column ? to_id(column) : -1;
    const auto known = std::find_if(market.uses.begin(), market.uses.end(),
                                    [&](const auto& u) { return u.column == as; });
    if (known != market.uses.end())
      known->normal += daily;
    else
      market.uses.push_back({-1, as, daily});
  }

  /// The needs of one user; its purchases are sorted by product first.
  void add_needs(std::size_t j) {
    auto& bought = purchases_[j];
    if (bought.empty() || !(made_.web.output[j] > 0)) {
      give_up(bought);
      return;
    }
    std::stable_sort(bought.begin(), bought.end(),
                     [](const Purchase& a, const Purchase& b) { return a.product < b.product; });
    double all = 0;
    double others = 0;
    double others_kept = 0;  // of these, goods in stock at the user
    bool goods = false;      // among them
    for (const auto& p : bought) {
      all += p.daily;
      if (essential(p, j)) continue;
      others += p.daily;
      if (!storable(ProductId(p.product))) continue;
      goods = true;
      if (markets_.empty()) others_kept += p.daily;
    }
    std::int32_t other_inputs = -1;
    if (others > 0)
      other_inputs = new_need({static_cast<std::int32_t>(j), -1, all / made_.web.output[j],
                               all - others, inventory_[j] * others_kept, goods});
    for (std::size_t first = 0, last = 0; first < bought.size(); first = last) {
      double total = 0;
      while (last < bought.size() && bought[last].product == bought[first].product)
        total += bought[last++].daily;
      const ProductId product(bought[first].product);
      const double stock = storable(product) ? inventory_[j] * total : 0;
      auto need = other_inputs;
      if (essential(bought[first], j))
        need = new_need({static_cast<std::int32_t>(j), product.value, total / made_.web.output[j],
                         0, markets_.empty() ? stock : 0, storable(product)});
      const std::span<const Purchase> from(bought.data() + first, last - first);
      if (!markets_.empty())
        buy_in_market(j, product, total, stock, from, need);
      else
        add_links(from, need);
    }
    bought = {};
  }

  /// What a node without sales buys: nothing follows from it.
  void give_up(const std::vector<Purchase>& bought) {
    for (const auto& p : bought) made_.web.uses.push_back({p.maker, -1, p.daily, false});
  }

  [[nodiscard]] bool essential(const Purchase& p, std::size_t j) const {
    return chain_.recipe().need(ProductId(p.product), chain_.nodes()[j].product) == Need::essential;
  }

  std::int32_t new_need(const SupplyWeb::Need& need) {
    made_.web.needs.push_back(need);
    return static_cast<std::int32_t>(made_.web.needs.size() - 1);
  }

  [[nodiscard]] double limit(double normal) const { return normal * (1 + options_.growth); }

  void add_links(std::span<const Purchase> bought, std::int32_t need) {
    for (const auto& p : bought)
      made_.web.links.push_back({p.maker, need, p.daily, limit(p.daily)});
  }

  [[nodiscard]] std::size_t market_of(RegionId region, ProductId product) const {
    return region.at() * chain_.products().size() + product.at();
  }
  [[nodiscard]] std::size_t market_for(std::size_t user, ProductId product) const {
    return market_of(chain_.nodes()[user].region, product);
  }

  /// A user of a table buys from the market of its region; that market buys from all makers.
  void buy_in_market(std::size_t j, ProductId product, double total, double stock,
                     std::span<const Purchase> bought, std::int32_t need) {
    auto& market = markets_[market_for(j, product)];
    market.through += total;
    market.stock += stock;
    market.customers.push_back({-1, need, total, limit(total)});
    for (const auto& p : bought) market.sellers[p.maker] += p.daily;
  }

  void finish_markets() {
    auto& web = made_.web;
    for (std::size_t m = 0; m < markets_.size(); ++m) {
      auto& market = markets_[m];
      if (!(market.through > 0)) continue;
      const auto node = static_cast<std::int32_t>(web.output.size());
      for (auto& link : market.customers) {
        link.maker = node;
        web.links.push_back(link);
      }
      for (auto& use : market.uses) {
        use.maker = node;
        web.uses.push_back(use);
      }
      const RegionId region(m / chain_.products().size());
      const ProductId product(m % chain_.products().size());
      web.output.push_back(market.through);
      web.capacity.push_back(no_limit);
      web.stock.push_back(market.stock);
      const auto need = new_need({node, product.value, 1, 0, 0});
      web.markets.push_back({region, product, need});
      for (const auto& [maker, daily] : market.sellers)
        web.links.push_back({maker, need, daily, limit(daily)});
    }
  }

  struct Market {
    double through = 0;
    double stock = 0;
    std::map<std::int32_t, double> sellers;
    std::vector<SupplyWeb::Link> customers;
    std::vector<SupplyWeb::Use> uses;
  };

  const Chain& chain_;
  const SupplyOptions& options_;
  ChainWeb made_;
  std::vector<std::vector<Purchase>> purchases_;  // by user
  std::vector<double> unwanted_;                  // sold where nothing depends on it
  std::vector<double> inventory_;
  std::vector<Market> markets_;  // [regions x products] in a table, else empty
};

void refuse(bool wrong, const char* what, std::size_t at) {
  if (wrong)
    throw Error(Errc::bad_input,
                fmt::format("{} {}: negative, not finite or out of place", what, at));
}

bool amount(double value) { return value >= 0 && std::isfinite(value); }

}  // namespace

void check_web(const SupplyWeb& web) {
  const auto n = web.nodes();
  if (web.capacity.size() != n || web.stock.size() != n || web.makers > n ||
      web.markets.size() != n - web.makers)
    throw Error(Errc::bad_input, "outputs, capacities and stocks do not fit each other");
  const auto place = [](std::int32_t at, std::size_t size) {
    return at >= 0 && static_cast<std::size_t>(at) < size;
  };
  for (std::size_t i = 0; i < n; ++i)
    refuse(!amount(web.output[i]) || !(web.capacity[i] >= 0) || !amount(web.stock[i]), "node", i);
  for (std::size_t k = 0; k < web.needs.size(); ++k) {
    const auto& need = web.needs[k];
    refuse(!place(need.user, n) || !amount(need.per_unit) || !amount(need.spared) ||
               !amount(need.stock),
           "need", k);
  }
  for (std::size_t m = 0; m < web.markets.size(); ++m) {
    const auto in = web.markets[m].need;
    refuse(!place(in, web.needs.size()) || web.needs[static_cast<std::size_t>(in)].user !=
                                               static_cast<std::int32_t>(web.makers + m),
           "market", m);
  }
  for (std::size_t l = 0; l < web.links.size(); ++l) {
    const auto& link = web.links[l];
    refuse(!place(link.maker, n) || !place(link.need, web.needs.size()) || !amount(link.normal) ||
               !(link.limit >= 0),
           "link", l);
  }
  for (std::size_t u = 0; u < web.uses.size(); ++u)
    refuse(!place(web.uses[u].maker, n) || !amount(web.uses[u].normal) || !(web.uses[u].limit >= 0),
           "use", u);
}

ChainWeb supply_web(const Chain& chain, const SupplyOptions& options) {
  check_options(options);
  return WebBuilder(chain, options).take();
}

}  // namespace stave
