#pragma once
/// Sixteen scenarios on their way to rest. A lane that rests hands in its losses and takes the
/// next scenario; lanes never mix, so that a scenario's bits do not depend on its neighbours.

#include "stave/cascade/cascade_all.hpp"

#include <functional>

#include "cascade/sweep.hpp"

namespace stave {

/// What all threads share and only read.
struct BatchContext {
  const WeightedNetwork& network;
  const Sweep* down = nullptr;  ///< null: downstream is off
  const Sweep* up = nullptr;    ///< null: upstream is off
  std::span<const CascadeScenario> scenarios;
  MatrixView weights;
  std::vector<double> weight_sums;  ///< [k]
  const BatchOptions& options;
};

class LaneBatch {
 public:
  explicit LaneBatch(const BatchContext& context);
  /// Runs scenarios until `next` returns scenarios.size(); writes their rows of `result`.
  void run(const std::function<std::size_t()>& next, BatchResult& result);

 private:
  /// The cut of one lane: which share of node g's sales went to the buyers.
  struct Cut {
    std::int32_t node = -1;
    double share = 0;
  };
  void start(std::size_t lane, std::size_t scenario);
  void round();
  void fill_lost_down();
  void fill_market(std::size_t market);
  void cut_down(std::size_t lane);
  void fill_lost_up();
  void cut_up(std::size_t lane);
  [[nodiscard]] double sigma(double out, double available) const;
  void take(Panel& h, bool down);
  [[nodiscard]] LaneRow total_loss() const;
  [[nodiscard]] bool settled(std::size_t lane) const;
  void hand_in(std::size_t lane, BatchResult& result) const;

  const BatchContext& c_;
  Panel h_d_;  ///< by position
  Panel h_u_;  ///< by node
  Panel lost_;
  Panel lost_cut_;
  Panel loss_;
  Panel available_;  ///< by market
  LaneRow fall_;
  LaneRow growth_from_;  ///< sum of out (1 - min(h_d, h_u)) before and
  LaneRow growth_to_;    ///< after the round; only for StopRule::loss_growth
  std::array<Cut, lanes> cut_;
  std::array<std::size_t, lanes> scenario_{};
  std::array<int, lanes> rounds_{};
};

}  // namespace stave
