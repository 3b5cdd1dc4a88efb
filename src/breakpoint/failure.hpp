#pragma once
/// The failed part of a system, grown source by source and taken back in reverse order.

#include "stave/breakpoint/breakpoint.hpp"

#include <cstdint>
#include <span>
#include <vector>

#include "breakpoint/at.hpp"

namespace stave {

class Failure {
 public:
  Failure(const BreakpointSystem& system, std::span<const std::int32_t> target);

  /// Loses every node of a source and propagates. True when no target node works any more.
  /// @param fatal [nodes], or empty: nodes whose failure is known to stop the target; the first of
  ///              them to fail ends the propagation, with true
  bool lose(std::int32_t source, std::span<const char> fatal = {});
  /// Takes the last loss back.
  void restore();
  [[nodiscard]] bool stopped() const { return targets_left_ == 0; }
  [[nodiscard]] bool works(std::int32_t node) const { return !failed_[at(node)]; }
  /// Nodes that failed, in the order they did.
  [[nodiscard]] const std::vector<std::int32_t>& trail() const { return trail_; }
  /// Group that failed trail()[k], or -1 when it was lost itself.
  [[nodiscard]] const std::vector<std::int32_t>& reasons() const { return reasons_; }
  /// True when enough suppliers of a group work.
  [[nodiscard]] bool supplied(std::int32_t group) const;

 private:
  void fail(std::int32_t node, std::int32_t reason);
  [[nodiscard]] bool hears(std::size_t node, std::span<const char> fatal);

  const BreakpointSystem& system_;
  std::vector<char> failed_;
  std::vector<char> is_target_;
  std::vector<std::int32_t> working_;  // [groups] suppliers that work
  std::vector<double> lost_;           // [groups] weight of those that do not, when theta > 0
  std::vector<double> total_;          // [groups]
  std::size_t targets_left_;
  std::vector<std::int32_t> trail_;
  std::vector<std::int32_t> reasons_;
  std::vector<std::size_t> marks_;
  std::size_t processed_ = 0;  // of the trail: those whose users have heard of it
};

}  // namespace stave
