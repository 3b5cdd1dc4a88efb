#pragma once
/// One shock with the state of every node: what an explanation needs. Lean where cascade_reference
/// is obvious: only nodes with a loss pass it on, and weights are made once for many shocks.
///
/// The same bits as cascade_reference. Cost: O(links of losing nodes) a round downstream, O(links)
/// upstream. Memory: a double a link beside the flows, O(n) a shock.
/// Checked against: cascade_reference (tests/cascade/cascade_one_test.cpp).

#include "stave/cascade/cascade.hpp"

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace stave {

struct FollowedShock {
  CascadeResult result;  ///< after the last round
  CascadeResult before;  ///< after the round before it
};

class ShockFollower {
 public:
  /// The network and what it points at must outlive this. @throws Error as check_network
  explicit ShockFollower(const CascadeNetwork& network);
  /// @param shock, shock_up  [n] as cascade_reference
  /// @param round  told of the start (round 0, where both states are the shock) and of every round,
  ///               the last too
  /// @throws Error bad_input  as cascade_reference
  [[nodiscard]] FollowedShock follow(
      std::span<const double> shock, std::span<const double> shock_up,
      const CascadeOptions& options = {},
      const std::function<void(const FollowedShock&)>& round = {}) const;

 private:
  [[nodiscard]] std::vector<double> sigma(const std::vector<double>& h_d,
                                          const CascadeOptions& options) const;
  [[nodiscard]] std::vector<double> down_round(std::span<const double> shock,
                                               const std::vector<double>& h_d,
                                               const CascadeOptions& options) const;
  [[nodiscard]] std::vector<double> up_round(std::span<const double> shock_up,
                                             const std::vector<double>& h_u) const;
  void weigh(const std::vector<double>& purchases);

  const CascadeNetwork* network_;
  std::vector<double> out_;
  std::vector<double> below_up_;                   ///< [n] what U is divided by
  std::vector<std::vector<std::size_t>> makers_;   ///< [products] ascending
  std::vector<std::vector<std::uint8_t>> needed_;  ///< [products][products] 1: essential
  std::vector<std::size_t> row_start_;             ///< [n + 1] into down_
  std::vector<double> down_;                       ///< D of every link, row by row
};

}  // namespace stave
