#pragma once
/// The network engine: the twin's equations in days of use, two passes over the links a day.
///
/// A link's stock is kept as days of normal use, its order as a share of the normal order, a
/// maker's activity as a share of its normal output, so that on a normal day every number is 15 or
/// 1 to the last bit and stays so: where no shock has come nothing moves at all, and rounding has
/// nothing to grow from.
///
///   by buyer:  stock += moved - use;  order = active + (n active - stock) / tau, written to moved
///   by maker:  demand = sum moved A + final use;  active = min(capacity, inputs, demand);
///              what is delivered, written to moved
///
/// Same bits for any number of threads: fixed ranges of nodes, every sum in a fixed order.

#include "stave/disruption/simulate.hpp"

#include <span>
#include <vector>

#include "disruption/network_events.hpp"
#include "disruption/network_rebuilding.hpp"
#include "disruption/rationing.hpp"
#include "disruption/recorder.hpp"
#include "disruption/supply_network.hpp"
#include "disruption/transit.hpp"

namespace stave {

class NetworkEngine {
 public:
  NetworkEngine(const Chain& chain, const Baseline& base, const Scenario& scenario,
                const SimulationOptions& options);
  void play(int day);
  [[nodiscard]] DayState state() const;
  [[nodiscard]] double stock_of(std::size_t buyer) const;  ///< of all inputs, endless ones left out
  [[nodiscard]] std::vector<double> rebuilding_left() const { return rebuilding_.left(); }
  [[nodiscard]] std::size_t clipped() const { return clipped_; }

 private:
  /// A range of nodes that one thread takes at a time, and what it adds up.
  struct Range {
    std::size_t first, last;
    double received = 0, used = 0;
    std::vector<double> stock;  ///< [products]
    std::vector<double> unmet;  ///< [columns]
  };
  /// The claims on one maker, where they have classes and weights.
  struct Scratch {
    std::vector<double> order, weight;
    std::vector<std::uint8_t> place;
  };

  void set_inputs(const Chain& chain, const SimulationOptions& options);
  void set_priorities(const Scenario& scenario);
  void lose_capacity(int day);
  void restock_and_order();
  void restock_and_order(std::size_t buyer, Range& range);
  template <bool Plain>
  void restock_input(std::size_t input, double active, Range& range);
  void order_endless(std::size_t input, double active);
  void produce_and_ration();
  void produce_and_ration(std::size_t maker, Scratch& scratch);
  void ration_maker(std::size_t maker, double available, double demand, Scratch& scratch);
  void give_makers(std::size_t maker, double share);
  void give_final_use(std::size_t maker, double share);
  template <bool Plain>
  [[nodiscard]] double level_of(std::size_t maker, double available, bool makers,
                                bool final_use) const;
  template <bool Plain>
  void fill_from_lowest(std::size_t maker, double available);
  /// Share of the normal order that is let through.
  template <bool Plain>
  [[nodiscard]] double normal_order(std::size_t sale) const {
    return Plain || events_.open().empty() ? 1 : events_.open()[sale];
  }
  [[nodiscard]] double normal_final_use(std::size_t maker, std::size_t column) const {
    return base_.final_use(maker, column) * events_.final_open()(maker, column);
  }
  template <bool Plain>
  void fill_makers(std::size_t maker, double level);
  void fill_final_use(std::size_t maker, double level);
  void ration_by_claim(std::size_t maker, double available, Scratch& scratch);
  void gather(std::size_t maker, Scratch& scratch) const;
  [[nodiscard]] double delivered_by(std::size_t maker);
  void count_unmet();
  void add_up_ranges();

  const Baseline& base_;
  const Scenario& scenario_;
  ProductionRule production_;
  Rationing rationing_;
  double per_day_;  ///< 1 / tau
  SupplyNetwork network_;
  NetworkEvents events_;
  ReleasedStocks released_;
  Transit transit_;
  NetworkRebuilding rebuilding_;
  std::vector<Range> makers_, buyers_;

  // By input.
  std::vector<double> target_;  ///< n, days
  std::vector<double> counts_;  ///< of shortage_counts; 0 also where the stock is endless
  std::vector<double> ratio_;   ///< stock / need of a normal day
  std::vector<bool> endless_;   ///< [products]

  LinkArray<double> stock_;  ///< by buyer: days of use
  LinkArray<double> moved_;  ///< by maker: what arrives, then the order, then what is delivered

  // By node.
  std::vector<double> active_;   ///< share of a normal day
  std::vector<double> allowed_;  ///< by the inputs
  std::vector<double> lost_;     ///< share of capacity
  std::vector<double> output_, capacity_, orders_, delivered_, wanted_, unmet_, input_share_;
  std::vector<std::int32_t> bound_by_;
  std::vector<std::uint8_t> user_place_;  ///< classes and weights; empty: not by priority
  std::vector<double> user_weight_;
  std::vector<std::uint8_t> column_place_;
  std::vector<double> column_weight_;

  Matrix given_;  ///< [n x columns] to final use
  std::vector<double> stock_by_product_, unmet_by_column_;
  double stock_before_ = 0, received_ = 0, used_ = 0;
  std::size_t clipped_ = 0;
  int today_ = 0;
};

}  // namespace stave
