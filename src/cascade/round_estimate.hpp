#pragma once
/// About how many rounds a scenario takes, found by following only losses worth following.
/// Scenarios that run side by side should rest together: the longest of eight decides for all. An
/// estimate decides the order of work alone, never a result.

#include "cascade/lane_batch.hpp"
#include "cascade/push_network.hpp"

namespace stave {

class RoundEstimate {
 public:
  RoundEstimate(const BatchContext& context, const PushNetwork& network);
  struct Size {
    int rounds = 0;
    std::size_t links = 0;  ///< followed
    [[nodiscard]] auto operator<=>(const Size&) const = default;
  };
  [[nodiscard]] Size of(const CascadeScenario& scenario);

 private:
  /// A node that lost more in the round before.
  struct Change {
    std::int32_t node;
    double more;
  };
  struct Side {
    std::vector<double> rows;
    std::vector<double> loss;
    std::vector<double> before;
    std::vector<Change> changes;
    std::vector<std::int32_t> reached;
  };
  void start(Side& side, std::int32_t node, double loss);
  bool round(Side& side, bool down);
  void clear(Side& side, bool down);

  const BatchContext& c_;
  const PushNetwork& p_;
  std::vector<double> sigma_;  ///< [n] by position, nobody having lost anything
  Side down_;
  Side up_;
  std::size_t links_ = 0;
};

}  // namespace stave
