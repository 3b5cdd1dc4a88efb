#include "stave/disruption/reference.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>

#include "disruption/builders.hpp"
#include "disruption/engine.hpp"
#include "disruption/loss.hpp"
#include "disruption/normal_day.hpp"
#include "disruption/rationing.hpp"
#include "disruption/recorder.hpp"

namespace stave {
namespace {

constexpr double boario_least_input = 2.74e-8;

/// Goods that a delay keeps on their way.
struct Shipment {
  int arrives = 0;
  std::size_t maker = 0, to = 0;  ///< a node, or a column
  bool final = false;
  double amount = 0;
};

/// What one node of one event still has to get of one product, and whom it asks for it.
struct BuildingOrder {
  std::size_t event = 0, place = 0;  ///< of the capacity events; of the event's nodes
  double initial = 0;
  double remaining = 0;
  std::vector<BuilderShare> builders;
};

class ProductTwin {
 public:
  ProductTwin(const Chain& chain, const Scenario& scenario, const SimulationOptions& options,
              const Watch& watch)
      : chain_(chain),
        scenario_(scenario),
        options_(options),
        day_(normal_day(chain, scenario, options)),
        recorder_(chain, scenario, day_.base, watch),
        n_(chain.size()),
        columns_(chain.final_columns().size()),
        products_(chain.products().size()) {
    rest();
    plan_rebuilding();
  }

  ReferenceRun run() {
    const auto days = static_cast<std::size_t>(scenario_.days);
    result_.delivered = Matrix(days, n_);
    result_.unmet_by_column = Matrix(days, columns_);
    for (today_ = 0; today_ < scenario_.days; ++today_) {
      open_links();
      ask_of_makers();
      if (today_ > 0) overproduce();
      produce();
      serve();
      restock();
      place_orders();
      rebuild();
      tell();
    }
    result_.simulation = std::move(recorder_).finish(rebuilding_left(), clipped_);
    return std::move(result_);
  }

 private:
  [[nodiscard]] std::size_t product(std::size_t i) const {
    return static_cast<std::size_t>(day_.base.product[i]);
  }
  [[nodiscard]] std::size_t row() const { return static_cast<std::size_t>(today_); }
  [[nodiscard]] bool endless(std::size_t k) const { return std::isinf(day_.stock_days[k]); }
  [[nodiscard]] bool boario() const { return options_.compatibility == Compatibility::boario; }

  /// n_k a_kj x; only of products that do not last for ever.
  [[nodiscard]] double stock_for(std::size_t k, std::size_t j, double x) const {
    return day_.stock_days[k] * (day_.needs(k, j) * x);
  }

  void rest() {
    alpha_.assign(n_, options_.overproduction_base);
    demand_.assign(n_, 0);
    activity_.assign(n_, 0);
    activity_wanted_.assign(n_, 0);
    made_ = wanted_ = capacity_ = day_.base.output;
    orders_ = day_.flows;
    stock_ = Matrix(products_, n_);
    under_way_ = Matrix(products_, n_);
    for (std::size_t k = 0; k < products_; ++k)
      for (std::size_t j = 0; j < n_ && !endless(k); ++j)
        stock_(k, j) = stock_for(k, j, day_.base.activity(j));
    open_ = Matrix(n_, n_);
    for (double& o : open_.values()) o = 1;
    final_open_ = Matrix(n_, columns_);
    final_wanted_ = Matrix(n_, columns_);
  }

  void plan_rebuilding() {
    for (std::size_t e = 0; e < scenario_.capacity.size(); ++e) {
      const auto& event = scenario_.capacity[e];
      if (!event.rebuilding) continue;
      for (std::size_t p = 0; p < event.nodes.size(); ++p)
        for (const auto& builder : event.rebuilding->builders)
          if (const double cost = event.rebuilding->cost[p] * builder.share; cost > 0)
            building_.push_back(
                {e, p, cost, cost,
                 builders_for(chain_, chain_.node(event.nodes[p].node).region, builder.product)});
    }
  }

  void open_links() {
    const auto before = open_;
    usual_ = day_.flows;
    for (std::size_t i = 0; i < n_; ++i) {
      for (std::size_t j = 0; j < n_; ++j) {
        open_(i, j) = left_open(scenario_, today_, i,
                                [&](const LinkEvent& event) { return among(event.to, NodeId(j)); });
        if (open_(i, j) < before(i, j)) orders_(i, j) *= open_(i, j) / before(i, j);
        usual_(i, j) *= std::min(open_(i, j), before(i, j));
      }
      for (std::size_t c = 0; c < columns_; ++c) {
        final_open_(i, c) = left_open(
            scenario_, today_, i, [&](const LinkEvent& event) { return among(event.columns, c); });
        double factor = 1;
        for (const auto& event : scenario_.demand)
          if (among(event.makers, NodeId(i)) && among(event.columns, c))
            factor += event.change * strength(event.when, today_);
        final_wanted_(i, c) = day_.base.final_use(i, c) * std::max(0.0, factor);
      }
    }
  }

  /// B [n], of the events that began on an earlier day.
  [[nodiscard]] std::vector<double> rebuilding_asked() const {
    std::vector<double> asked(n_);
    for (const auto& order : building_)
      for (const auto& builder : order.builders)
        asked[builder.maker] += ordered(order) * builder.share;
    return asked;
  }
  [[nodiscard]] double ordered(const BuildingOrder& order) const {
    const auto& event = scenario_.capacity[order.event];
    return today_ > event.when.start ? order.remaining / event.rebuilding->days : 0;
  }

  void ask_of_makers() {
    rebuilding_ = rebuilding_asked();
    for (std::size_t i = 0; i < n_; ++i) {
      demand_[i] = 0;
      for (std::size_t j = 0; j < n_; ++j) demand_[i] += orders_(i, j);
      for (std::size_t c = 0; c < columns_; ++c)
        demand_[i] += final_wanted_(i, c) * final_open_(i, c);
      demand_[i] += rebuilding_[i];
    }
  }

  void overproduce() {
    const double zero = boario() ? 0 : options_.no_scarcity;
    for (std::size_t i = 0; i < n_; ++i) {
      const double zeta = demand_[i] > 0 ? (demand_[i] - made_[i]) / demand_[i] : 0;
      double& alpha = alpha_[i];
      const double back = std::abs(zeta) <= zero ? options_.overproduction_base - alpha : 0;
      alpha += ((options_.overproduction_max - alpha) * zeta + back) / options_.overproduction_days;
      alpha = std::max(alpha, 1.0);
    }
  }

  [[nodiscard]] LossToday lost() const {
    std::vector<std::vector<double>> unbuilt(scenario_.capacity.size());
    for (std::size_t e = 0; e < unbuilt.size(); ++e)
      if (scenario_.capacity[e].rebuilding) unbuilt[e].resize(scenario_.capacity[e].nodes.size());
    for (const auto& order : building_)
      unbuilt[order.event][order.place] +=
          order.remaining / scenario_.capacity[order.event].rebuilding->cost[order.place];
    return loss_today(scenario_, today_, n_, options_.compatibility, unbuilt);
  }

  /// How much of its shortage an input counts.
  [[nodiscard]] double counts(std::size_t k, std::size_t j) const {
    const Need need = chain_.recipe().need(ProductId(k), ProductId(product(j)));
    switch (options_.production) {
      case ProductionRule::leontief:
      case ProductionRule::linear:
        return 1;
      case ProductionRule::important_binds:
        return need == Need::none ? 0 : 1;
      case ProductionRule::important_half:
        return need == Need::none ? 0 : need == Need::essential ? 1 : 0.5;
      case ProductionRule::critical_only:
        return need == Need::essential ? 1 : 0;
    }
    return 1;
  }

  struct Tightest {
    double share = 1;
    std::size_t product = 0;
  };

  [[nodiscard]] Tightest tightest_input(std::size_t j) const {
    const double least = boario() ? boario_least_input : 0;
    Tightest found;
    double scarcest = std::numeric_limits<double>::infinity();
    double held = 0;
    double asked_of_all = 0;
    const bool linear = options_.production == ProductionRule::linear;
    for (std::size_t k = 0; k < products_; ++k) {
      if (!(day_.needs(k, j) > least) || endless(k)) continue;
      const double asked =
          std::max(1.0, options_.psi * day_.stock_days[k]) * (day_.needs(k, j) * wanted_[j]);
      if (!(asked > 0)) continue;
      const double ratio = stock_(k, j) / asked;
      held += stock_(k, j);
      asked_of_all += asked;
      const double share = linear ? ratio : 1 - counts(k, j) * (1 - ratio);
      if (share < scarcest - same_ratio) {
        found.product = k;
        scarcest = share;
      }
      if (!linear) found.share = std::min(found.share, share);
    }
    if (linear && held < asked_of_all) found.share = held / asked_of_all;
    return found;
  }

  void produce() {
    const auto loss = lost();
    clipped_ += loss.clipped;
    input_share_.assign(n_, 1);
    bound_by_.assign(n_, 0);
    for (std::size_t j = 0; j < n_; ++j) {
      capacity_[j] = day_.base.output[j] * (1 - loss.share[j]) * alpha_[j];
      wanted_[j] = std::min(demand_[j], capacity_[j]);
      const auto tightest = tightest_input(j);
      made_[j] = wanted_[j] * tightest.share;
      input_share_[j] = tightest.share;
      bound_by_[j] = static_cast<std::int32_t>(tightest.product);
      const bool buys_only = day_.base.output[j] == 0;
      activity_[j] = buys_only ? 1 - loss.share[j] : made_[j];
      activity_wanted_[j] = buys_only ? 1 - loss.share[j] : wanted_[j];
    }
  }

  /// Class and weight of a node or a column: those of the first priority that names it.
  template <class F>
  void look_up(F&& named, std::vector<std::uint8_t>& place, std::vector<double>& weight) const {
    for (const auto& priority : scenario_.priorities)
      if (named(priority)) {
        place.push_back(static_cast<std::uint8_t>(priority.order));
        weight.push_back(priority.weight);
        return;
      }
    place.push_back(1);
    weight.push_back(1);
  }

  /// What everybody gets of maker i: nodes, columns, and rebuilding at the end.
  [[nodiscard]] std::vector<double> share_out_of(std::size_t i) const {
    std::vector<double> order, normal, weight;
    std::vector<std::uint8_t> place;
    for (std::size_t j = 0; j < n_; ++j) {
      order.push_back(orders_(i, j));
      normal.push_back(usual_(i, j));
      look_up([&](const Priority& p) { return among(p.users, NodeId(j)); }, place, weight);
    }
    for (std::size_t c = 0; c < columns_; ++c) {
      order.push_back(final_wanted_(i, c) * final_open_(i, c));
      normal.push_back(day_.base.final_use(i, c) * final_open_(i, c));
      look_up([&](const Priority& p) { return among(p.columns, c); }, place, weight);
    }
    order.push_back(rebuilding_[i]);
    normal.push_back(rebuilding_[i]);
    look_up([](const Priority&) { return false; }, place, weight);
    std::vector<double> given(order.size());
    ration(options_.rationing, {order, normal, place, weight, n_}, made_[i], given);
    return given;
  }

  void serve() {
    received_ = Matrix(products_, n_);
    reached_ = Matrix(n_, columns_);
    built_share_.assign(n_, 0);
    for (std::size_t i = 0; i < n_; ++i) {
      const auto given = share_out_of(i);
      for (const double g : given) result_.delivered(row(), i) += g;
      for (std::size_t j = 0; j < n_; ++j) send(i, j, false, given[j]);
      for (std::size_t c = 0; c < columns_; ++c) send(i, c, true, given[n_ + c]);
      if (rebuilding_[i] > 0) built_share_[i] = given.back() / rebuilding_[i];
    }
    for (const auto& shipment : shipments_)
      if (shipment.arrives == today_) arrive(shipment);
  }

  void send(std::size_t i, std::size_t to, bool final, double amount) {
    const int late = late_by(scenario_, today_, i, [&](const DelayEvent& event) {
      return final ? among(event.columns, to) : among(event.to, NodeId(to));
    });
    const Shipment shipment{today_ + late, i, to, final, amount};
    if (late == 0) return hand_over(shipment);
    shipments_.push_back(shipment);
    in_transit_ += amount;
    if (!final) under_way_(product(i), to) += amount;
  }

  void arrive(const Shipment& shipment) {
    in_transit_ -= shipment.amount;
    if (!shipment.final) under_way_(product(shipment.maker), shipment.to) -= shipment.amount;
    hand_over(shipment);
  }

  void hand_over(const Shipment& shipment) {
    if (shipment.final)
      reached_(shipment.maker, shipment.to) += shipment.amount;
    else
      received_(product(shipment.maker), shipment.to) += shipment.amount;
  }

  [[nodiscard]] double released(std::size_t k, std::size_t j) const {
    double amount = 0;
    for (const auto& event : scenario_.stocks) {
      const bool on = today_ >= event.start && today_ < event.start + event.duration;
      if (!on || event.product.at() != k || !among(event.to, NodeId(j))) continue;
      double used = 0;
      for (const NodeId user : event.to)
        used += day_.needs(k, user.at()) * day_.base.activity(user.at());
      if (used > 0)
        amount += event.amount / event.duration * (day_.needs(k, j) * day_.base.activity(j)) / used;
    }
    return amount;
  }

  [[nodiscard]] bool close_for_all(const Matrix& used) const {
    for (std::size_t k = 0; k < products_; ++k)
      for (std::size_t j = 0; j < n_; ++j) {
        const double came = received_(k, j) + released(k, j);
        if (!(std::abs(came - used(k, j)) <= 1e-8 + 1e-5 * std::abs(used(k, j)))) return false;
      }
    return true;
  }

  void restock() {
    Matrix used(products_, n_);
    stock_before_ = std::reduce(stock_.values().begin(), stock_.values().end());
    received_in_all_ = used_in_all_ = 0;
    for (std::size_t k = 0; k < products_; ++k)
      for (std::size_t j = 0; j < n_; ++j) used(k, j) = day_.needs(k, j) * activity_[j];
    if (boario() && close_for_all(used)) return;
    for (std::size_t k = 0; k < products_; ++k)
      for (std::size_t j = 0; j < n_ && !endless(k); ++j) {
        const double taken = std::min(used(k, j), stock_(k, j));
        const double came = received_(k, j) + released(k, j);
        stock_(k, j) = stock_(k, j) - taken + came;
        used_in_all_ += taken;
        received_in_all_ += came;
      }
  }

  [[nodiscard]] double order_of(std::size_t k, std::size_t j) const {
    const double gap =
        endless(k)
            ? 0
            : std::max(0.0, stock_for(k, j, activity_wanted_[j]) - stock_(k, j) - under_way_(k, j));
    return gap / options_.inventory_restore_days + day_.needs(k, j) * activity_[j];
  }

  void place_orders() {
    Matrix weight(n_, n_);
    Matrix of_product(products_, n_);
    Matrix most_open(products_, n_);
    for (std::size_t f = 0; f < n_; ++f) {
      const bool able = options_.orders == OrderRule::capacity && day_.base.output[f] > 0;
      const double factor = able ? capacity_[f] / day_.base.output[f] : 1;
      for (std::size_t j = 0; j < n_; ++j) {
        weight(f, j) = day_.flows(f, j) * open_(f, j) * factor;
        of_product(product(f), j) += weight(f, j);
        if (day_.flows(f, j) > 0)
          most_open(product(f), j) = std::max(most_open(product(f), j), open_(f, j));
      }
    }
    standing_.assign(n_, 0);
    for (std::size_t f = 0; f < n_; ++f)
      for (std::size_t j = 0; j < n_; ++j) {
        standing_[f] += orders_(f, j);
        const double all = of_product(product(f), j);
        orders_(f, j) =
            all > 0 ? order_of(product(f), j) * most_open(product(f), j) * (weight(f, j) / all) : 0;
      }
  }

  void rebuild() {
    rebuilding_done_ = rebuilding_miss_ = 0;
    for (auto& order : building_) {
      const double before = order.remaining;
      double got = 0;
      for (const auto& builder : order.builders)
        got += ordered(order) * builder.share * built_share_[builder.maker];
      order.remaining -= got;
      rebuilding_done_ += got;
      rebuilding_miss_ =
          std::max(rebuilding_miss_, std::abs(got + order.remaining - before) / order.initial);
    }
  }

  [[nodiscard]] std::vector<double> rebuilding_left() const {
    std::vector<double> left;
    for (std::size_t e = 0; e < scenario_.capacity.size(); ++e) {
      if (!scenario_.capacity[e].rebuilding) continue;
      left.push_back(0);
      for (const auto& order : building_)
        if (order.event == e) left.back() += order.remaining;
    }
    return left;
  }

  void tell() {
    std::vector<double> wanted(n_), unmet(n_), unmet_by_column(columns_), held(products_);
    for (std::size_t i = 0; i < n_; ++i)
      for (std::size_t c = 0; c < columns_; ++c) {
        const double missing = std::max(0.0, final_wanted_(i, c) - reached_(i, c));
        wanted[i] += final_wanted_(i, c);
        unmet[i] += missing;
        unmet_by_column[c] += missing;
      }
    for (std::size_t k = 0; k < products_; ++k)
      for (const double s : stock_.row(k)) held[k] += s;
    std::ranges::copy(unmet_by_column, result_.unmet_by_column.row(row()).begin());
    double left = 0;
    for (const auto& order : building_)
      if (today_ >= scenario_.capacity[order.event].when.start) left += order.remaining;
    recorder_.day({.output = made_,
                   .capacity = capacity_,
                   .orders = standing_,
                   .delivered = result_.delivered.row(row()),
                   .final_wanted = wanted,
                   .final_unmet = unmet,
                   .unmet_by_column = unmet_by_column,
                   .input_share = input_share_,
                   .bound_by = bound_by_,
                   .stock_by_product = held,
                   .stock_of =
                       [this](std::size_t j) {
                         double mine = 0;
                         for (std::size_t k = 0; k < products_; ++k) mine += stock_(k, j);
                         return mine;
                       },
                   .stock_before = stock_before_,
                   .received = received_in_all_,
                   .used = used_in_all_,
                   .in_transit = std::max(0.0, in_transit_),
                   .rebuilding_wanted = left,
                   .rebuilding_done = rebuilding_done_,
                   .rebuilding_miss = rebuilding_miss_});
  }

  const Chain& chain_;
  const Scenario& scenario_;
  const SimulationOptions& options_;
  NormalDay day_;
  Recorder recorder_;
  std::size_t n_, columns_, products_;
  int today_ = 0;
  ReferenceRun result_;

  std::vector<double> alpha_, demand_, made_, wanted_, capacity_;  // [n]
  std::vector<double> activity_, activity_wanted_;                 // [n]
  std::vector<double> rebuilding_, built_share_, standing_;        // [n]
  std::vector<double> input_share_;                                // [n]
  std::vector<std::int32_t> bound_by_;                             // [n]
  Matrix orders_, open_, usual_;  // [n x n], by maker and buyer; usual_: Z0, as far as orders stand
  Matrix stock_, under_way_, received_;         // [products x n]
  Matrix final_open_, final_wanted_, reached_;  // [n x columns]
  std::vector<Shipment> shipments_;
  std::vector<BuildingOrder> building_;
  double in_transit_ = 0, stock_before_ = 0, received_in_all_ = 0, used_in_all_ = 0;
  double rebuilding_done_ = 0, rebuilding_miss_ = 0;
  std::size_t clipped_ = 0;
};

}  // namespace

ReferenceRun simulation_reference(const Chain& chain, const Scenario& scenario,
                                  const SimulationOptions& options, const Watch& watch) {
  check_scenario(chain, scenario);
  check_options(chain, options);
  return ProductTwin(chain, scenario, options, watch).run();
}

}  // namespace stave
