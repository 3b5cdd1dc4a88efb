#pragma once
/// How one failure spreads through a net.

#include <span>
#include <vector>

#include "breakpoint/net.hpp"

namespace stave {

/// Scratch space for following one failure at a time.
class Spread {
 public:
  explicit Spread(const Net& net) : net_(net), failed_(net.nodes()), lost_(net.slack.size()) {}

  /// Follows the failure of a node, with nothing else failed, to its end or to the first fatal
  /// node.
  /// @param fatal [nodes]
  /// @returns whether it met a fatal node
  bool follow(std::int32_t node, std::span<const char> fatal);
  /// Nodes that failed, in order; the whole of what follows if no fatal node was met.
  [[nodiscard]] const std::vector<std::int32_t>& trail() const { return trail_; }
  [[nodiscard]] bool failed(std::int32_t node) const { return failed_[at(node)] != 0; }
  /// Weight of the failed members of a group.
  [[nodiscard]] double lost(std::size_t group) const { return lost_[group]; }
  /// Everything works again.
  void clear();

 private:
  const Net& net_;
  std::vector<char> failed_;
  std::vector<double> lost_;
  std::vector<std::int32_t> trail_;
};

}  // namespace stave
