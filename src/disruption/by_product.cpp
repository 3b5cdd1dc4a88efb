// The engine of stocks by product: the day, in vectors of one number a node.

#include <algorithm>
#include <cmath>
#include <optional>

#include <tbb/parallel_for.h>

#include "disruption/buyer_classes.hpp"
#include "disruption/engine.hpp"
#include "disruption/final_demand.hpp"
#include "disruption/loss.hpp"
#include "disruption/market.hpp"
#include "disruption/market_events.hpp"
#include "disruption/reconstruction.hpp"
#include "disruption/recorder.hpp"

namespace stave {
namespace {

constexpr std::size_t nodes_at_once = 4096;

/// f(i) for every node, on all threads where there are many.
template <class F>
void each_node(std::size_t n, F&& f) {
  const auto blocks = (n + nodes_at_once - 1) / nodes_at_once;
  const auto run = [&](std::size_t b) {
    for (auto i = b * nodes_at_once; i < std::min(n, (b + 1) * nodes_at_once); ++i) f(i);
  };
  if (blocks <= 1)
    run(0);
  else
    tbb::parallel_for(std::size_t{0}, blocks, run);
}

bool by_level(Rationing rule) {
  return rule == Rationing::low_order_first || rule == Rationing::low_order_first_final_last;
}

/// What every maker delivers, and to whom.
struct Deliveries {
  Service service;                  ///< all classes: those of columns after those of nodes
  std::vector<double> final_level;  ///< [n] with levels: of final use and rebuilding
  std::vector<double> rebuilding;   ///< [n] share of its order
  std::vector<double> to_nodes;     ///< [n] money
  std::vector<double> to_final;
};

class ProductEngine {
 public:
  ProductEngine(const Chain& chain, const Baseline& base, const Scenario& scenario,
                const SimulationOptions& options, const Watch& watch)
      : base_(base),
        scenario_(scenario),
        options_(options),
        n_(base.n),
        buyers_(buyer_classes(base, scenario, options.rationing)),
        market_(market_of({.chain = chain,
                           .base = base,
                           .options = options,
                           .buyer_class = buyers_.node,
                           .classes = buyers_.of_nodes,
                           .links_change = !scenario.links.empty(),
                           .goods_come = !scenario.delays.empty() || !scenario.stocks.empty()})),
        openings_(*market_, scenario),
        delays_(*market_, scenario),
        releases_(*market_, base, scenario),
        final_(base, scenario, buyers_),
        rebuilding_(chain, scenario),
        recorder_(chain, scenario, base, watch) {
    alpha_.assign(n_, options.overproduction_base);
    made_ = wanted_ = capacity_ = base.output;
    for (auto* v : {&demand_, &orders_, &able_, &input_share_, &active_, &active_wanted_,
                    &delivered_, &gives_.rebuilding, &gives_.to_nodes, &gives_.to_final})
      v->assign(n_, 0);
    bound_by_.assign(n_, -1);
    scarce_.assign(n_, 0);
    gives_.service.share.assign(buyers_.classes.size() * n_, 1);
    if (by_level(options.rationing)) {
      gives_.service.level.assign(n_, 0);
      gives_.final_level.assign(n_, 0);
    }
  }

  Simulation run(Progress& progress) {
    for (today_ = 0; today_ < scenario_.days && !progress.cancelled(); ++today_) {
      progress.report("playing days", static_cast<double>(today_) / scenario_.days);
      openings_.morning(today_);
      final_.morning(today_);
      rebuilding_.morning(today_);
      produce();
      deliver();
      end_day();
    }
    return std::move(recorder_).finish(rebuilding_.remaining(), clipped_);
  }

 private:
  void add_up_demand() {
    const auto asked = market_->asked();
    each_node(n_, [&](std::size_t i) {
      orders_[i] = 0;
      for (std::size_t c = 0; c < buyers_.of_nodes; ++c) orders_[i] += asked[c * n_ + i];
      demand_[i] = orders_[i];
      for (std::size_t c = 0; c < buyers_.classes.size(); ++c)
        demand_[i] += final_.asked()[c * n_ + i];
      demand_[i] += rebuilding_.asked()[i];
    });
  }

  void overproduce() {
    const double zero = options_.compatibility == Compatibility::boario ? 0 : options_.no_scarcity;
    each_node(n_, [&](std::size_t i) {
      const double zeta = demand_[i] > 0 ? (demand_[i] - made_[i]) / demand_[i] : 0;
      double& alpha = alpha_[i];
      const double back = std::abs(zeta) <= zero ? options_.overproduction_base - alpha : 0;
      alpha += ((options_.overproduction_max - alpha) * zeta + back) / options_.overproduction_days;
      alpha = std::max(alpha, 1.0);
    });
  }

  void produce() {
    add_up_demand();
    if (today_ > 0) overproduce();
    const auto loss =
        loss_today(scenario_, today_, n_, options_.compatibility, rebuilding_.unbuilt());
    clipped_ += loss.clipped;
    each_node(n_, [&](std::size_t i) {
      capacity_[i] = base_.output[i] * (1 - loss.share[i]) * alpha_[i];
      wanted_[i] = std::min(demand_[i], capacity_[i]);
    });
    market_->limit(wanted_, input_share_);
    each_node(n_, [&](std::size_t i) {
      made_[i] = wanted_[i] * input_share_[i];
      if (input_share_[i] < bound_below && bound_by_[i] < 0)
        bound_by_[i] = market_->tightest(i, wanted_[i]);
      const bool buys_only = base_.output[i] == 0;
      active_[i] = buys_only ? 1 - loss.share[i] : made_[i];
      active_wanted_[i] = buys_only ? 1 - loss.share[i] : wanted_[i];
      const bool able = options_.orders == OrderRule::capacity && !buys_only;
      able_[i] = able ? capacity_[i] / base_.output[i] : 1;
    });
  }

  void deliver() {
    if (by_level(options_.rationing))
      deliver_by_level();
    else
      deliver_by_class();
    final_.serve(today_, gives_.service.share, gives_.final_level);
    delays_.evening(today_, gives_.service);
    releases_.evening(today_);
  }

  void deliver_by_class() {
    const auto classes = buyers_.classes.size();
    const auto of_market = market_->asked();
    each_node(n_, [&](std::size_t i) {
      std::array<double, 256> asked;
      std::array<double, 256> share;
      const auto rebuilding = rebuilding_.asked()[i];
      for (std::size_t c = 0; c < classes; ++c)
        asked[c] = (c < buyers_.of_nodes ? of_market[c * n_ + i] : 0) + final_.asked()[c * n_ + i] +
                   (c == buyers_.rebuilding ? rebuilding : 0);
      if (made_[i] >= demand_[i])
        std::fill_n(share.begin(), classes, 1);
      else if (classes == 1)
        share[0] = made_[i] / asked[0];
      else
        share_by_class(buyers_, {asked.data(), classes}, made_[i], {share.data(), classes});
      gives_.to_nodes[i] = gives_.to_final[i] = 0;
      for (std::size_t c = 0; c < classes; ++c) {
        gives_.service.share[c * n_ + i] = share[c];
        if (c < buyers_.of_nodes) gives_.to_nodes[i] += of_market[c * n_ + i] * share[c];
        gives_.to_final[i] += final_.asked()[c * n_ + i] * share[c];
      }
      gives_.rebuilding[i] = share[buyers_.rebuilding];
      delivered_[i] = gives_.to_nodes[i] + gives_.to_final[i] + rebuilding * gives_.rebuilding[i];
    });
  }

  void deliver_by_level();
  void raise_levels(const std::vector<double>& available, bool nodes, bool final,
                    std::vector<double>& level);

  void end_day() {
    const Evening evening{.made = active_,
                          .wanted = active_wanted_,
                          .able = able_,
                          .service = gives_.service,
                          .raised = openings_.raised(),
                          .rest = false};
    const bool rest = options_.compatibility == Compatibility::boario && market_->at_rest(evening);
    auto final_evening = evening;
    final_evening.rest = rest;
    const auto stocks = market_->end_day(final_evening);
    delays_.clear();
    releases_.clear();
    rebuilding_.evening(gives_.rebuilding);
    tell(stocks, rest);
  }

  /// What makers say went into stocks; the market tells what users say.
  [[nodiscard]] double received() const {
    double all = delays_.beside() + releases_.released();
    for (std::size_t i = 0; i < n_; ++i)
      if (!market_->endless(static_cast<std::size_t>(base_.product[i]))) all += gives_.to_nodes[i];
    return all;
  }

  void tell(const StockSums& stocks, bool rest) {
    recorder_.day({.output = made_,
                   .capacity = capacity_,
                   .orders = orders_,
                   .delivered = delivered_,
                   .final_wanted = final_.wanted(),
                   .final_unmet = final_.unmet(),
                   .unmet_by_column = final_.unmet_by_column(),
                   .input_share = input_share_,
                   .bound_by = bound_by_,
                   .stock_by_product = market_->stock_by_product(),
                   .stock_of = [this](std::size_t i) { return market_->stock_of(i); },
                   .stock_before = stocks.before,
                   .received = rest ? 0 : received(),
                   .used = stocks.used,
                   .in_transit = std::max(0.0, delays_.in_transit() + final_.in_transit()),
                   .rebuilding_wanted = rebuilding_.remaining(today_),
                   .rebuilding_done = rebuilding_.done(),
                   .rebuilding_miss = rebuilding_.miss()});
  }

  const Baseline& base_;
  const Scenario& scenario_;
  const SimulationOptions& options_;
  std::size_t n_;
  BuyerClasses buyers_;
  std::unique_ptr<Market> market_;
  LinkOpenings openings_;
  LinkDelays delays_;
  StockReleases releases_;
  FinalDemand final_;
  Reconstruction rebuilding_;
  Recorder recorder_;
  int today_ = 0;
  std::vector<double> alpha_, demand_, orders_, capacity_, wanted_, made_, able_;  // [n]
  std::vector<double> input_share_, active_, active_wanted_, delivered_;           // [n]
  std::vector<std::int32_t> bound_by_;                                             // [n]
  std::vector<std::uint8_t> scarce_;                                               // [n]
  Deliveries gives_;
  std::size_t clipped_ = 0;
};

/// Raises the level of every scarce maker until nobody more is full.
void ProductEngine::raise_levels(const std::vector<double>& available, bool nodes, bool final,
                                 std::vector<double>& level) {
  auto open_makers = scarce_;
  std::vector<double> full_before(n_, -1);
  while (std::ranges::any_of(open_makers, [](auto s) { return s != 0; })) {
    PourSums sums{std::vector<double>(n_), std::vector<double>(n_), std::vector<double>(n_)};
    if (nodes) sums = market_->pour(open_makers, level);
    each_node(n_, [&](std::size_t i) {
      if (open_makers[i] == 0) return;
      if (final) {
        final_.pour(i, level[i], sums.taken[i], sums.open[i], sums.full[i]);
        (level[i] >= 1 ? sums.taken : sums.open)[i] += rebuilding_.asked()[i];
        sums.full[i] += level[i] >= 1 ? 1 : 0;
      }
      if (sums.full[i] == full_before[i] || sums.open[i] == 0) {
        if (sums.open[i] == 0) level[i] = std::numeric_limits<double>::infinity();
        open_makers[i] = 0;
        return;
      }
      full_before[i] = sums.full[i];
      level[i] = std::max(level[i], (available[i] - sums.taken[i]) / sums.open[i]);
    });
  }
}

void ProductEngine::deliver_by_level() {
  const bool final_last = options_.rationing == Rationing::low_order_first_final_last;
  const auto infinity = std::numeric_limits<double>::infinity();
  auto& level = gives_.service.level;
  std::vector<double> left(n_);
  each_node(n_, [&](std::size_t i) {
    scarce_[i] = made_[i] < (final_last ? orders_[i] : demand_[i]) ? 1 : 0;
    level[i] = scarce_[i] != 0 ? 0 : infinity;
  });
  raise_levels(made_, true, !final_last, level);
  gives_.final_level = level;
  if (final_last) {
    each_node(n_, [&](std::size_t i) {
      left[i] = std::max(0.0, made_[i] - orders_[i]);
      scarce_[i] = made_[i] < demand_[i] ? 1 : 0;
      gives_.final_level[i] = scarce_[i] != 0 ? 0 : infinity;
    });
    raise_levels(left, false, true, gives_.final_level);
  }
  const auto nodes = market_->pour(std::vector<std::uint8_t>(n_, 1), level);
  each_node(n_, [&](std::size_t i) {
    const double at = level[i];
    gives_.to_nodes[i] = nodes.taken[i] + (nodes.open[i] > 0 ? at * nodes.open[i] : 0);
    double taken = 0, open = 0, full = 0;
    final_.pour(i, gives_.final_level[i], taken, open, full);
    gives_.to_final[i] = taken + (open > 0 ? gives_.final_level[i] * open : 0);
    gives_.rebuilding[i] = std::min(1.0, gives_.final_level[i]);
    delivered_[i] =
        gives_.to_nodes[i] + gives_.to_final[i] + rebuilding_.asked()[i] * gives_.rebuilding[i];
  });
}

}  // namespace

Simulation simulate_by_product(const Chain& chain, const Baseline& base, const Scenario& scenario,
                               const SimulationOptions& options, const Watch& watch,
                               Progress& progress) {
  return ProductEngine(chain, base, scenario, options, watch).run(progress);
}

}  // namespace stave
