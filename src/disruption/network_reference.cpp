#include "disruption/network_reference.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "disruption/builders.hpp"
#include "disruption/supply_network.hpp"

namespace stave {
namespace {

constexpr double twin_days_a_year = 365;

/// A normal day.
struct TwinRest {
  std::size_t n = 0;
  std::size_t products = 0;
  std::vector<std::size_t> product;  ///< [n]
  Matrix sales;                      ///< A [n x n], negative ones as 0
  Matrix final_use;                  ///< C [n x f], negative ones as 0
  std::vector<double> output;        ///< P0 [n]
  Matrix needs;                      ///< A_sj [products x n]
  Matrix stock_days;                 ///< n_sj [products x n]
};

TwinRest twin_rest(const Chain& chain, const SimulationOptions& options) {
  TwinRest rest{.n = chain.size(), .products = chain.products().size()};
  rest.sales = Matrix(rest.n, rest.n);
  rest.final_use = chain.final_use();
  if (rest.final_use.rows() == 0) rest.final_use = Matrix(rest.n, 0);
  rest.output.assign(rest.n, 0);
  rest.needs = Matrix(rest.products, rest.n);
  rest.stock_days = Matrix(rest.products, rest.n);
  for (double& y : rest.final_use.values()) y = std::max(0.0, y / twin_days_a_year);
  for (const auto& node : chain.nodes()) rest.product.push_back(node.product.at());
  chain.flows().for_each([&](std::size_t i, std::size_t j, double z) {
    rest.sales(i, j) = std::max(0.0, z / twin_days_a_year);
    rest.needs(rest.product[i], j) += rest.sales(i, j);
    rest.output[i] += rest.sales(i, j);
  });
  for (std::size_t i = 0; i < rest.n; ++i)
    for (const double y : rest.final_use.row(i)) rest.output[i] += y;
  const auto days = stock_days_by_node(options, rest.n);
  for (std::size_t s = 0; s < rest.products; ++s)
    for (std::size_t j = 0; j < rest.n; ++j)
      rest.stock_days(s, j) =
          options.inventory_days_of.empty() ? days[j] : options.inventory_days_of[s];
  return rest;
}

bool in_list(const auto& list, auto item) { return std::ranges::find(list, item) != list.end(); }

/// Share of what i sells to j (or to final use c) that the events let through today.
double let_through(const Scenario& scenario, std::size_t i, std::size_t to, bool final, int day) {
  double stopped = 0;
  for (const auto& event : scenario.links)
    if (in_list(event.from, NodeId(i)) &&
        (final ? in_list(event.columns, to) : in_list(event.to, NodeId(to))))
      stopped += event.share * strength(event.when, day);
  return std::max(0.0, 1 - stopped);
}

/// Extra days of what i sends to j (or to final use c) today.
int extra_days(const Scenario& scenario, std::size_t i, std::size_t to, bool final, int day) {
  int days = 0;
  for (const auto& event : scenario.delays)
    if (strength(event.when, day) == 1 && in_list(event.from, NodeId(i)) &&
        (final ? in_list(event.columns, to) : in_list(event.to, NodeId(to))))
      days += event.days;
  return days;
}

double wanted_by(const TwinRest& rest, const Scenario& scenario, std::size_t i, std::size_t c,
                 int day) {
  double factor = 1;
  for (const auto& event : scenario.demand)
    if (in_list(event.makers, NodeId(i)) && in_list(event.columns, c))
      factor += event.change * strength(event.when, day);
  return rest.final_use(i, c) * std::max(0.0, factor);
}

/// One who asks a maker for goods.
struct TwinClaim {
  enum Kind : std::uint8_t { maker, final, rebuilding } kind = maker;
  std::size_t who = 0;  ///< buyer, column or building
  double order = 0;
  double normal = 0;
  std::size_t place = 1;
  double weight = 1;
  double given = 0;
};

/// What a node of an event still has to get of one product, and from whom.
struct TwinBuilding {
  std::size_t event = 0, place = 0;
  double remaining = 0;
  std::vector<BuilderShare> builders;
};

/// Goods on their way.
struct TwinParcel {
  int arrives = 0;
  std::size_t from = 0, to = 0;
  bool final = false;
  double amount = 0;
};

/// The paper's loop: everybody gets the smallest ratio of order to normal order that somebody still
/// asks for, until what is left does not reach.
void fill_from_lowest(std::vector<TwinClaim*>& claims, double available) {
  const auto ratio = [](const TwinClaim* c) {
    return c->normal > 0 ? c->order / c->normal : std::numeric_limits<double>::infinity();
  };
  std::ranges::sort(claims, {}, ratio);
  double level = 0;
  for (std::size_t k = 0; k < claims.size(); ++k) {
    double open = 0;
    for (std::size_t l = k; l < claims.size(); ++l) open += claims[l]->normal;
    if (open == 0) {  // only such as never order on a normal day
      double asked = 0;
      for (std::size_t l = k; l < claims.size(); ++l) asked += claims[l]->order;
      for (std::size_t l = k; l < claims.size(); ++l)
        claims[l]->given = asked > 0 ? claims[l]->order * std::min(1.0, available / asked) : 0;
      return;
    }
    const double step = ratio(claims[k]) - level;
    if (step * open >= available) {
      level += available / open;
      for (std::size_t l = k; l < claims.size(); ++l) claims[l]->given = level * claims[l]->normal;
      return;
    }
    available -= step * open;
    level += step;
    claims[k]->given = claims[k]->order;
  }
}

void share_out(Rationing rule, std::vector<TwinClaim*> claims, double available) {
  double asked = 0;
  for (const auto* c : claims) asked += c->order;
  if (asked <= available) {
    for (auto* c : claims) c->given = c->order;
    return;
  }
  const bool low_first =
      rule == Rationing::low_order_first || rule == Rationing::low_order_first_final_last;
  if (rule == Rationing::priority)
    for (auto* c : claims) c->normal = c->weight * c->order;  // by order x weight
  if (low_first || rule == Rationing::priority) return fill_from_lowest(claims, available);
  for (auto* c : claims) c->given = c->order * (available / asked);
}

std::size_t class_of(Rationing rule, const TwinClaim& claim) {
  if (rule == Rationing::priority) return claim.place;
  const bool final_after =
      rule == Rationing::final_last || rule == Rationing::low_order_first_final_last;
  return final_after && claim.kind != TwinClaim::maker ? 1 : 0;
}

void ration_twin(Rationing rule, std::vector<TwinClaim>& claims, double available) {
  for (std::size_t place = 0; place < 10; ++place) {
    std::vector<TwinClaim*> same;
    double asked = 0;
    for (auto& claim : claims)
      if (class_of(rule, claim) == place) {
        same.push_back(&claim);
        asked += claim.order;
      }
    share_out(rule, same, available);
    available = std::max(0.0, available - asked);
  }
}

class Twin {
 public:
  Twin(const Chain& chain, const Scenario& scenario, const SimulationOptions& options)
      : chain_(chain), scenario_(scenario), options_(options), rest_(twin_rest(chain, options)) {
    const auto n = rest_.n;
    stock_ = Matrix(n, n);
    on_the_way_ = Matrix(n, n);
    arrived_ = rest_.sales;
    orders_ = Matrix(n, n);
    active_.assign(n, 1);
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = 0; j < n; ++j)
        if (const double days = rest_.stock_days(rest_.product[i], j); std::isfinite(days))
          stock_(i, j) = days * rest_.sales(i, j);
    for (std::size_t e = 0; e < scenario.capacity.size(); ++e) {
      const auto& event = scenario.capacity[e];
      if (!event.rebuilding) continue;
      for (std::size_t k = 0; k < event.nodes.size(); ++k)
        for (const auto& builder : event.rebuilding->builders)
          if (const double cost = event.rebuilding->cost[k] * builder.share; cost > 0)
            building_.push_back(
                {e, k, cost,
                 builders_for(chain, chain.node(event.nodes[k].node).region, builder.product)});
    }
  }

  NetworkDays run() {
    const auto days = static_cast<std::size_t>(scenario_.days);
    const auto n = rest_.n;
    result_ = {.output = Matrix(days, n),
               .capacity = Matrix(days, n),
               .demand = Matrix(days, n),
               .delivered = Matrix(days, n),
               .unmet = Matrix(days, n),
               .unmet_by_column = Matrix(days, rest_.final_use.cols()),
               .stock = Matrix(days, n)};
    for (day_ = 0; day_ < scenario_.days; ++day_) {
      update_stocks();
      place_orders();
      produce_and_ration();
    }
    for (std::size_t e = 0; e < scenario_.capacity.size(); ++e) {
      if (!scenario_.capacity[e].rebuilding) continue;
      result_.rebuilding_left.push_back(0);
      for (const auto& order : building_)
        if (order.event == e) result_.rebuilding_left.back() += order.remaining;
    }
    return std::move(result_);
  }

 private:
  [[nodiscard]] std::size_t row() const { return static_cast<std::size_t>(day_); }

  Matrix stock_of_products() const {
    Matrix sums(rest_.products, rest_.n);
    for (std::size_t i = 0; i < rest_.n; ++i)
      for (std::size_t j = 0; j < rest_.n; ++j) sums(rest_.product[i], j) += stock_(i, j);
    return sums;
  }

  [[nodiscard]] double released(std::size_t i, std::size_t j) const {
    double amount = 0;
    for (const auto& event : scenario_.stocks) {
      const bool today = day_ >= event.start && day_ < event.start + event.duration;
      if (!today || event.product.at() != rest_.product[i] || !in_list(event.to, NodeId(j)))
        continue;
      double use = 0;
      for (const NodeId to : event.to) use += rest_.needs(event.product.at(), to.at());
      amount += event.amount / event.duration * rest_.sales(i, j) / use;
    }
    return amount;
  }

  void update_stocks() {
    const auto sums = stock_of_products();
    for (const auto& parcel : parcels_)
      if (!parcel.final && parcel.arrives == day_) {
        arrived_(parcel.from, parcel.to) += parcel.amount;
        on_the_way_(parcel.from, parcel.to) -= parcel.amount;
      }
    for (std::size_t i = 0; i < rest_.n; ++i)
      for (std::size_t j = 0; j < rest_.n; ++j) {
        const std::size_t s = rest_.product[i];
        if (rest_.sales(i, j) == 0 || std::isinf(rest_.stock_days(s, j))) continue;
        const double share =
            sums(s, j) > 0 ? stock_(i, j) / sums(s, j) : rest_.sales(i, j) / rest_.needs(s, j);
        const double used = rest_.needs(s, j) * active_[j] * share;
        const double left = stock_(i, j) + arrived_(i, j) + released(i, j) - used;
        stock_(i, j) = left < next_to_nothing * rest_.sales(i, j) ? 0 : left;
        result_.stock(row(), j) += stock_(i, j);
      }
  }

  void place_orders() {
    for (std::size_t i = 0; i < rest_.n; ++i)
      for (std::size_t j = 0; j < rest_.n; ++j) {
        const double usual = rest_.sales(i, j) * active_[j];
        const double days = rest_.stock_days(rest_.product[i], j);
        const double gap = std::isinf(days) ? 0 : days * usual - stock_(i, j) - on_the_way_(i, j);
        orders_(i, j) = std::max(0.0, usual + gap / options_.inventory_restore_days) *
                        let_through(scenario_, i, j, false, day_);
      }
  }

  /// What the inputs of j allow, as a share of a normal day, and which of them binds.
  std::pair<double, std::size_t> inputs_allow(const Matrix& sums, std::size_t j) const {
    double most = std::numeric_limits<double>::infinity();
    double have = 0;
    double need = 0;
    double scarcest = most;
    std::size_t by = 0;
    for (std::size_t s = 0; s < rest_.products; ++s) {
      if (rest_.needs(s, j) == 0 || std::isinf(rest_.stock_days(s, j))) continue;
      const double ratio = sums(s, j) / rest_.needs(s, j);
      const auto kind = chain_.recipe().need(ProductId(s), ProductId(rest_.product[j]));
      const bool critical = kind == Need::essential;
      const bool important = kind == Need::non_essential;
      double allows = std::numeric_limits<double>::infinity();
      switch (options_.production) {
        case ProductionRule::leontief:
          allows = ratio;
          break;
        case ProductionRule::important_binds:
          if (critical || important) allows = ratio;
          break;
        case ProductionRule::important_half:
          if (critical) allows = ratio;
          if (important) allows = (1 + ratio) / 2;
          break;
        case ProductionRule::critical_only:
          if (critical) allows = ratio;
          break;
        case ProductionRule::linear:
          have += sums(s, j);
          need += rest_.needs(s, j);
          if (ratio < scarcest) by = s;
          scarcest = std::min(scarcest, ratio);
      }
      if (allows < most) by = s;
      most = std::min(most, allows);
    }
    return {need > 0 ? have / need : most, by};
  }

  void look_up_priority(TwinClaim& claim) const {
    for (const auto& priority : scenario_.priorities) {
      const bool meant = claim.kind == TwinClaim::maker ? in_list(priority.users, NodeId(claim.who))
                                                        : claim.kind == TwinClaim::final &&
                                                              in_list(priority.columns, claim.who);
      if (!meant) continue;
      claim.place = static_cast<std::size_t>(priority.order);
      claim.weight = priority.weight;
      return;
    }
  }

  std::vector<TwinClaim> claims_on(std::size_t i) const {
    std::vector<TwinClaim> claims;
    for (std::size_t j = 0; j < rest_.n; ++j)
      if (rest_.sales(i, j) > 0)
        claims.push_back({TwinClaim::maker, j, orders_(i, j),
                          rest_.sales(i, j) * let_through(scenario_, i, j, false, day_)});
    for (std::size_t c = 0; c < rest_.final_use.cols(); ++c) {
      const double open = let_through(scenario_, i, c, true, day_);
      claims.push_back({TwinClaim::final, c, wanted_by(rest_, scenario_, i, c, day_) * open,
                        rest_.final_use(i, c) * open});
    }
    for (std::size_t b = 0; b < building_.size(); ++b)
      for (const auto& builder : building_[b].builders)
        if (builder.maker == i && day_ > scenario_.capacity[building_[b].event].when.start) {
          const auto& rebuilding = *scenario_.capacity[building_[b].event].rebuilding;
          const double order = building_[b].remaining / rebuilding.days * builder.share;
          claims.push_back({TwinClaim::rebuilding, b, order, order});
        }
    for (auto& claim : claims) look_up_priority(claim);
    return claims;
  }

  double capacity_left(std::size_t i, const std::vector<double>& lost) const {
    double gone = lost[i];
    for (const auto& order : building_) {
      const auto& event = scenario_.capacity[order.event];
      if (day_ < event.when.start || event.nodes[order.place].node.at() != i) continue;
      gone +=
          event.nodes[order.place].share * order.remaining / event.rebuilding->cost[order.place];
    }
    return 1 - std::min(1.0, gone);
  }

  void produce_and_ration() {
    const auto sums = stock_of_products();
    const auto lost = capacity_lost(scenario_, day_, rest_.n);
    arrived_ = Matrix(rest_.n, rest_.n);
    std::vector<double> rebuilt(building_.size());
    Matrix reached(rest_.n, rest_.final_use.cols());
    double worst = 1;
    for (std::size_t i = 0; i < rest_.n; ++i) {
      auto claims = claims_on(i);
      double demand = 0;
      for (const auto& claim : claims) demand += claim.order;
      const double wanted = rest_.output[i] > 0 ? demand / rest_.output[i] : 1;
      const double capacity = capacity_left(i, lost);
      const auto [allowed, by] = inputs_allow(sums, i);
      active_[i] = std::min({capacity, allowed, wanted});
      if (active_[i] < next_to_nothing) active_[i] = 0;
      const double could = std::min(capacity, wanted);
      if (allowed < could * (1 - next_to_nothing) && allowed / could < worst &&
          rest_.output[i] > 0) {
        if (!result_.first_bound || result_.first_bound->day == day_)
          result_.first_bound = {day_, NodeId(i), ProductId(by)};
        worst = allowed / could;
      }
      ration_twin(options_.rationing, claims, active_[i] * rest_.output[i]);
      result_.output(row(), i) = active_[i] * rest_.output[i];
      result_.capacity(row(), i) = capacity * rest_.output[i];
      result_.demand(row(), i) = demand;
      for (const auto& claim : claims) {
        result_.delivered(row(), i) += claim.given;
        send(i, claim, rebuilt, reached);
      }
    }
    count_unmet(reached);
    rebuild(rebuilt);
  }

  void send(std::size_t i, const TwinClaim& claim, std::vector<double>& rebuilt, Matrix& reached) {
    if (claim.kind == TwinClaim::rebuilding) {
      rebuilt[claim.who] += claim.given;
      return;
    }
    const bool final = claim.kind == TwinClaim::final;
    const int extra = extra_days(scenario_, i, claim.who, final, day_);
    if (extra == 0) {
      (final ? reached : arrived_)(i, claim.who) += claim.given;
      return;
    }
    parcels_.push_back({day_ + extra + (final ? 0 : 1), i, claim.who, final, claim.given});
    if (!final) on_the_way_(i, claim.who) += claim.given;
  }

  void count_unmet(Matrix& reached) {
    for (const auto& parcel : parcels_)
      if (parcel.final && parcel.arrives == day_) reached(parcel.from, parcel.to) += parcel.amount;
    for (std::size_t i = 0; i < rest_.n; ++i)
      for (std::size_t c = 0; c < rest_.final_use.cols(); ++c) {
        const double unmet = std::max(0.0, wanted_by(rest_, scenario_, i, c, day_) - reached(i, c));
        result_.unmet(row(), i) += unmet;
        result_.unmet_by_column(row(), c) += unmet;
      }
  }

  void rebuild(const std::vector<double>& rebuilt) {
    for (std::size_t b = 0; b < building_.size(); ++b) building_[b].remaining -= rebuilt[b];
  }

  const Chain& chain_;
  const Scenario& scenario_;
  const SimulationOptions& options_;
  TwinRest rest_;
  NetworkDays result_;
  int day_ = 0;
  Matrix stock_;                ///< S [n x n]
  Matrix on_the_way_;           ///< [n x n]
  Matrix arrived_;              ///< [n x n] since the last update
  Matrix orders_;               ///< O [n x n]
  std::vector<double> active_;  ///< p [n]
  std::vector<TwinBuilding> building_;
  std::vector<TwinParcel> parcels_;
};

}  // namespace

NetworkDays network_reference(const Chain& chain, const Scenario& scenario,
                              const SimulationOptions& options) {
  check_scenario(chain, scenario);
  return Twin(chain, scenario, options).run();
}

}  // namespace stave
