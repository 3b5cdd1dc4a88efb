#pragma once
/// The AND-OR system as one target sees it: only the nodes it needs, only the inputs that can fail.
///
///   node 0   the target; stopped <=> it fails
///   group g  fails, and its node with it  <=>  weight of its failed members > slack[g]
///
/// A source of several nodes is a node of its own and the one member of a group of each of them, so
/// that losing a source is always the failure of one node.

#include "stave/breakpoint/breakpoint.hpp"

#include <cstdint>
#include <span>
#include <vector>

#include "breakpoint/at.hpp"

namespace stave {

struct Net {
  [[nodiscard]] std::size_t nodes() const { return source.size(); }

  std::vector<std::int32_t> source;       ///< [nodes] source lost with it, -1: fails if forced only
  std::vector<std::int32_t> group_start;  ///< [nodes + 1] groups of a node
  std::vector<std::int32_t> member_start;  ///< [groups + 1]
  std::vector<std::int32_t> member;        ///< [links]
  std::vector<double> weight;              ///< [links] 1 in an AND-OR system
  std::vector<double> slack;               ///< [groups] weight that may fail; size - 1/2 there
  std::vector<double> need;                ///< [groups] weight that must work, 1/2 there
  std::vector<std::int32_t> group_node;    ///< [groups]
  std::vector<std::int32_t> use_start;     ///< [nodes + 1] into use_group, use_weight
  std::vector<std::int32_t> use_group;     ///< groups a node is in
  std::vector<double> use_weight;
};

/// Weight of a group's members that may fail while its user works; every member weighs 1 when the
/// threshold is 0.
[[nodiscard]] double slack_of(const BreakpointSystem& system, std::size_t group);

/// @param allowed [sources] that may be lost
[[nodiscard]] Net net_of(const BreakpointSystem& system, std::span<const std::int32_t> target,
                         std::span<const char> allowed);

/// What is known of the nodes of a net, [nodes] each.
struct Known {
  explicit Known(std::size_t nodes) : fatal(nodes), failed(nodes), barred(nodes) {}
  std::vector<char> fatal;   ///< its failure stops the target, which is itself one of these
  std::vector<char> failed;  ///< so have, with them, all nodes whose failure follows
  std::vector<char> barred;  ///< not to be lost as a source; may still be forced to fail
};

/// The net that is left, as long as no fatal node fails: fatal nodes are one with the target;
/// inputs that can no longer fail, and nodes the target no longer needs, are gone. Sets of sources
/// that are neither fatal, failed nor barred stop the target in it if, and only if, they stop it in
/// `net` together with what has failed.
[[nodiscard]] Net reduced(const Net& net, const Known& known);

}  // namespace stave
