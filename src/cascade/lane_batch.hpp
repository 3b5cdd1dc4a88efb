#pragma once
/// Eight scenarios on their way to rest. A lane that rests hands in its losses and takes the
/// next scenario; lanes never mix, so that a scenario's bits do not depend on its neighbours. Where
/// a scenario can begin with a frontier, it takes a lane only once its losses are widespread.

#include "stave/cascade/cascade_all.hpp"

#include <cstdint>
#include <functional>
#include <memory>

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
  /// [k][n] U' w by node where orders are counted by who lost them (orders.hpp); else empty.
  std::vector<std::vector<double>> wanted;
  const BatchOptions& options;
};

class Frontier;
struct PushNetwork;

class LaneBatch {
 public:
  using Next = std::function<std::size_t()>;
  /// @param network  to begin with a frontier; null: full sweeps from the first round on
  LaneBatch(const BatchContext& context, const PushNetwork* network);
  ~LaneBatch();
  LaneBatch(const LaneBatch&) = delete;
  LaneBatch& operator=(const LaneBatch&) = delete;
  /// Runs scenarios until `next` returns scenarios.size(); writes their rows of `result`.
  void run(const Next& next, BatchResult& result);

 private:
  using Mask = std::uint32_t;  ///< a bit a lane
  struct Member {              ///< of a market
    std::size_t row = 0;       ///< downstream
    double out = 0;
  };
  /// The cut of one lane: which share of node g's sales went to the buyers.
  struct Cut {
    std::int32_t node = -1;
    double share = 0;
  };
  [[nodiscard]] static bool is_in(Mask mask, std::size_t lane) { return (mask >> lane & 1U) != 0; }
  [[nodiscard]] std::size_t down_row(std::size_t node) const {
    return static_cast<std::size_t>(c_.network.down_row[node]);
  }
  [[nodiscard]] std::size_t up_row(std::size_t node) const {
    return static_cast<std::size_t>(c_.network.up_row[node]);
  }
  [[nodiscard]] std::size_t widespread(const Next& next, BatchResult& result);
  void start(std::size_t lane, std::size_t scenario);
  void take_over(std::size_t lane);
  void round();
  void fill_lost_down();
  void fill_market(std::size_t market);
  void pass_on(const Member* first, const Member* last, const LaneRow& available, std::size_t f);
  void follow_down();
  void follow_up();
  void cut_market(std::size_t market);
  void cut_down(std::size_t lane);
  void lose_cut_orders();
  void cut_up(std::size_t lane);
  [[nodiscard]] double sigma(double out, double available) const;
  void take(const Panel& before, Panel& after, std::size_t begin, std::size_t end);
  void hold_shocks(Panel& lost, bool down);
  [[nodiscard]] LaneRow total_loss() const;
  [[nodiscard]] bool settled(std::size_t lane) const;
  void hand_in(Mask done, BatchResult& result) const;
  void add_up(std::size_t k, Mask done, BatchResult& result) const;
  [[nodiscard]] double held_orders(std::size_t k, std::size_t lane) const;
  void clear(Mask done);

  const BatchContext& c_;
  std::unique_ptr<Frontier> frontier_;
  std::vector<Member> members_;  ///< market by market, as market_nodes, less those with no output
  std::vector<std::size_t> counted_;  ///< nodes whose losses are part of a result, ascending
  Panel l_d_;                         ///< 1 - h_d by down_row, as lost_ and loss_ downstream
  Panel l_u_;                         ///< 1 - h_u by up_row
  Panel l_u_before_;                  ///< in the round before
  Panel lost_;                        ///< sigma l_d
  Panel lost_cut_;
  Panel loss_;
  Panel available_;                        ///< by market
  std::vector<std::size_t> market_start_;  ///< [markets + 1] into members_
  LaneRow fall_;
  LaneRow growth_from_;  ///< sum of out (1 - min(h_d, h_u)) before and
  LaneRow growth_to_;    ///< after the round; only for StopRule::loss_growth
  std::array<Cut, lanes> cut_;
  std::array<std::size_t, lanes> scenario_{};
  std::array<int, lanes> rounds_{};
};

}  // namespace stave
