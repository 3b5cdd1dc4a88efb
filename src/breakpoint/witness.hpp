#pragma once
/// Witnesses: sets of nodes that suffice for the target to work.

#include <cstdint>
#include <span>
#include <vector>

#include "breakpoint/spread.hpp"

namespace stave {

/// Scratch space for building witnesses of one net, again and again.
class Witness {
 public:
  explicit Witness(const Net& net) : net_(net), held_(net.nodes()) {}

  /// Builds a set of working nodes that holds the target and, for every group of each of its nodes,
  /// enough members: a failure of nodes outside it cannot stop the target.
  /// @param spread what has failed; the target works
  /// @param avoid  [nodes] taken only where there is no choice
  /// @param salt   another salt makes other choices between equals
  void build(const Spread& spread, std::span<const char> avoid, std::uint64_t salt);
  [[nodiscard]] bool holds(std::int32_t node) const { return held_[at(node)] != 0; }
  [[nodiscard]] const std::vector<std::int32_t>& nodes() const { return nodes_; }

 private:
  void hold(std::int32_t node);
  void support(const Spread& spread, std::size_t group, std::span<const char> avoid,
               std::uint64_t salt);

  const Net& net_;
  std::vector<char> held_;
  std::vector<std::int32_t> nodes_;
};

}  // namespace stave
