#pragma once
/// A scenario round by round: who loses more than before, and what the whole chain has lost.

#include "stave/cascade/cascade_one.hpp"
#include "stave/core/table.hpp"
#include "stave/systemic/systemic.hpp"

#include <span>
#include <string>
#include <vector>

namespace stave {

/// Later rounds are not listed, but the last is.
inline constexpr int most_rounds_listed = 1000;

struct RoundQuestion {
  const Chain& chain;
  const std::vector<Weighting>& weights;
  const std::string& scenario;
  std::span<const NodeId> listed;  ///< whose rounds are told
  std::span<const double> own;     ///< [n] what the shock itself takes
  double eps = 0.01;
  int max_rounds = 0;  ///< as the cascade's
};

/// Rows of the tables `rounds` and `round_totals`. A listed node has a row in each round listed in
/// which either side of its loss is not what its last row says, so its last row is its loss at the
/// end. Rows: at most (rounds listed) x (nodes listed).
class RoundList {
 public:
  RoundList(const RoundQuestion& question, Table& rounds, Table& totals);
  /// One round after another, round 0 (the shock) first.
  void add(const FollowedShock& followed);

 private:
  struct Side {
    double down = 1;
    double up = 1;
  };
  void add_nodes(const CascadeResult& now);
  void add_totals(const FollowedShock& followed);

  RoundQuestion question_;
  Table* rounds_;
  Table* totals_;
  std::vector<Side> told_;  ///< [listed] h of its last row
};

/// What is listed, and what was left out. @param scenarios the table of that name
[[nodiscard]] std::string rounds_note(const Table& scenarios, std::size_t listed);

}  // namespace stave
