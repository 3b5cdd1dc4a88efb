#pragma once
/// Break points: the smallest sets of sources whose loss makes a product impossible.
///
/// The chain is read as an AND-OR system. A node works while, for every essential input product it
/// buys, enough of its suppliers of that product work:
///
///   node j fails  <=>  j is lost, or for some essential product k
///                      sum_{i in k, i works} w_ij < theta     (theta > 0)
///                      no i in k with w_ij > 0 works          (theta = 0: AND-OR proper)
///   w_ij = Z_ij (1 + spare_i) / sum_{i' in k} Z_i'j           spare_i from the chain, else 0
///
/// Failures are the least set that follows (a ring of nodes does not fail by itself), found by
/// propagation over counters, linear in the links touched.
///
///   BreakpointSystem system(chain, SourceKind::node);
///   auto found = break_sets(system, system.target(product, region), {.size = 2});
///   found.sets[0];                 // single points of failure first

#include "stave/core/chain.hpp"
#include "stave/core/progress.hpp"

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace stave {

/// What is lost at once: the makers of one product in one region (a table's node), an enterprise
/// with everything it makes, a whole region, or one node alone (then sources are nodes, by id).
enum class SourceKind { region_product, enterprise, region, node };

/// The AND-OR system of a chain. Sources partition the nodes.
struct BreakpointSystem {
  /// @param threshold theta, share of an essential input below which its users stop, 0 to 1
  /// @throws Error bad_input     a threshold outside 0 .. 1
  ///               missing_part  enterprises asked of a chain that has none
  BreakpointSystem(const Chain& chain, SourceKind kind, double threshold = 0);

  [[nodiscard]] std::size_t nodes() const { return source_of.size(); }
  [[nodiscard]] std::size_t sources() const { return source_names.size(); }
  /// All nodes of a product, in one region or in any. @throws Error not_found when there are none
  [[nodiscard]] std::vector<std::int32_t> target(ProductId product,
                                                 std::optional<RegionId> region) const;

  double threshold = 0;
  std::vector<std::int32_t> source_of;      ///< [nodes]
  std::vector<std::string> source_names;    ///< [sources]
  std::vector<std::int32_t> source_region;  ///< [sources] region, or -1 when it spans several
  // One group for each (node, essential product); groups of a node stand together.
  std::vector<std::int32_t> group_node;        ///< [groups] the user
  std::vector<std::int32_t> group_product;     ///< [groups] the input
  std::vector<std::int64_t> member_start;      ///< [groups + 1]
  std::vector<std::int32_t> member;            ///< [links] supplier
  std::vector<double> weight;                  ///< [links] w_ij
  std::vector<std::int64_t> node_group_start;  ///< [nodes + 1] groups of a node
  std::vector<std::int64_t> use_start;         ///< [nodes + 1] into use_group, use_weight
  std::vector<std::int32_t> use_group;         ///< groups a node supplies
  std::vector<double> use_weight;
  std::vector<std::int64_t> source_start;  ///< [sources + 1] into source_node
  std::vector<std::int32_t> source_node;   ///< nodes by source

 private:
  void group_inputs(const Chain& chain);
  void index_uses();
  void index_sources(const Chain& chain, SourceKind kind);
  std::vector<RegionId> region_of_;
  std::vector<ProductId> product_of_;
};

struct BreakpointOptions {
  int size = 3;                      ///< largest set looked for, 1 to 4
  std::optional<RegionId> outside;   ///< only sources this region does not control
  std::size_t max_sets = 1'000'000;  ///< stop, and say so, beyond
};

struct BreakSets {
  /// sets[k - 1]: the inclusion-minimal sets of size k, each ascending, in lexicographic order.
  std::vector<std::vector<std::vector<std::int32_t>>> sets;
  std::vector<std::int64_t> importance;   ///< [sources] in how many of the sets
  std::vector<std::int32_t> own_sources;  ///< sources of the target's makers, ascending
  bool complete = true;                   ///< false: stopped at max_sets
};

/// All inclusion-minimal sets of at most `size` sources whose loss stops every target node. A
/// source that holds some of the target nodes is lost with them: a set with it stops the target
/// when the others stop too. The set of the sources of all of them is left out: its loss is the
/// loss of the target itself.
///
/// Search by witnesses: a witness is a set of nodes that suffices for the target to work, so every
/// break set holds one of its sources. Each is lost in turn, the system reduced to what the target
/// still needs of it, and the rest of the set looked for there.
///
/// Cost: size 1 O(links) for each of a few witnesses; sizes 2 and more repeat that, on the reduced
/// system, for every source of a witness.
/// @throws Error bad_input  a size outside 1 .. 4;  cancelled
/// Checked against: brute force (breakpoint/reference.cpp) on random chains with cycles.
[[nodiscard]] BreakSets break_sets(const BreakpointSystem& system,
                                   std::span<const std::int32_t> target,
                                   const BreakpointOptions& options = {},
                                   Progress& progress = no_progress());

/// The slow, obvious twin: every set of at most `size` sources, smallest first.
[[nodiscard]] BreakSets break_sets_reference(const BreakpointSystem& system,
                                             std::span<const std::int32_t> target,
                                             const BreakpointOptions& options = {});

/// A maker that stops, and the input it stops without.
struct FailureStep {
  std::int32_t node = 0;
  std::int32_t product = -1;          ///< -1: lost itself
  std::vector<std::int32_t> because;  ///< its suppliers of that product that had stopped by then
  bool some_left = false;             ///< others still supplied it: too little (theta > 0)
};

/// The shortest route from a loss to the target, for one set after another.
///
///   round(j) = 0                                              j is lost
///            = 1 + min over essential inputs k of the round by which too little of k is left
///
/// A route runs from a lost node (round 0) to the maker of the target with the least round that is
/// not lost itself, a round a step, and at each step from the supplier that stopped last; ties go
/// to the first node in order. No maker on it stops later than it must, so no loss reaches the
/// target in fewer steps.
///
/// A loss can carry half a chain with it before the target is met. After `most_links` links the
/// search ends as soon as it has met a node whose failure alone carries on to the target, step by
/// step; the route then follows the shortest such way, and is not proved to be the shortest of all.
///
/// Cost: O(links) once; then the links of nodes j with round(j) + links from j to the target at
/// most the length of a way that is known. Checked against: sweeps over all nodes
/// (tests/breakpoint) on random chains.
class FailureRoutes {
 public:
  FailureRoutes(const BreakpointSystem& system, std::span<const std::int32_t> target,
                std::size_t most_links = std::numeric_limits<std::size_t>::max());
  /// From a lost node to a maker of the target; empty when none stops but those that are lost.
  [[nodiscard]] std::vector<FailureStep> of(std::span<const std::int32_t> set);
  /// Whether the last route is proved to be a shortest one.
  [[nodiscard]] bool proved() const { return proved_; }

 private:
  void measure_distance(std::span<const std::int32_t> target);
  void measure_alone(std::span<const std::int32_t> target);
  std::int32_t reach();
  bool stop(std::int32_t node, std::int32_t round);
  [[nodiscard]] std::vector<FailureStep> route_to(std::int32_t end) const;
  [[nodiscard]] std::vector<FailureStep> with_tail(std::vector<FailureStep> steps) const;
  [[nodiscard]] std::pair<FailureStep, std::int32_t> step_to(std::int32_t node) const;
  void clear();

  // What a search reads of a group, or of a node, stands together.
  struct Group {
    double slack = 0;           // weight that may fail
    double gone = 0;            // weight that has
    std::int32_t user = 0;      // the node that fails with it
    std::int32_t gone_by = -1;  // round by which it was too much, -1: not yet
  };
  struct Place {
    std::int32_t round = -1;       // -1: works
    std::int32_t distance = 0;     // links to the target
    std::int32_t alone = 0;        // the same, where each supplier alone stops its user
    std::int32_t next_group = -1;  // the first of these
  };

  const BreakpointSystem& system_;
  std::size_t most_links_;
  std::vector<char> is_target_;
  std::vector<Group> groups_;
  std::vector<Place> places_;          // [nodes]
  std::vector<std::int32_t> stopped_;  // nodes in the order of their rounds
  std::size_t told_ = 0;               // of these, how many have told their users
  std::int64_t bound_ = 0;             // length of the shortest way known
  std::int32_t best_ = -1;             // where it goes on alone, -1: no way known
  bool target_lost_ = false;           // then a way alone may end at a maker that is lost
  bool proved_ = true;
};

/// [nodes] 1 where a node fails with a set of sources. Cost: O(links touched).
[[nodiscard]] std::vector<char> failed_nodes(const BreakpointSystem& system,
                                             std::span<const std::int32_t> set);

}  // namespace stave
