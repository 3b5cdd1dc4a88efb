#pragma once
/// Is a chain sound: do its rows and columns balance, are its cells numbers, can it work at all?
///
///   row balance      reported output [n]      against  x = Z 1 + Y 1
///   column balance   primary inputs 1'V [n]   against  x - 1'Z
///   productivity     spectral radius of A = Z diag(x)^-1, below 1
///
///   CheckResult r = check(chain);
///   r.sound;                       // no test failed
///
/// Source: Miller and Blair (2009), Input-Output Analysis, chapters 2 and 4 (accounting balances);
/// Hawkins and Simon (1949), Econometrica 17, 245 (productivity).
/// Checked against: tests/check (hand-made faults, one each), Germany 1995, pymrio's test table.

#include "stave/analysis/analysis.hpp"
#include "stave/core/chain.hpp"
#include "stave/core/progress.hpp"

#include <string>
#include <vector>

namespace stave {

enum class Outcome { pass, note, warning, fail, skipped };
[[nodiscard]] std::string_view to_string(Outcome outcome);

struct CheckOptions {
  double balance_tolerance = 1e-3;  ///< sum of |misses| / sum of |output|
  double node_tolerance = 0.05;     ///< one node's |miss| / its output
  double negligible = 1e-5;         ///< share of total output below which one node's miss is let be
  std::size_t most = 20;            ///< nodes and cells listed
};

/// One test and how it went.
struct Check {
  std::string test;  ///< "row balance, total"
  Outcome outcome = Outcome::pass;
  double value = 0;  ///< NaN where skipped
  std::string unit;
  double tolerance = 0;  ///< NaN where there is none
  std::string where;     ///< the worst place
  std::string finding;   ///< one sentence with the value in it
};

/// What a node's row and column miss. NaN where the chain does not state the value.
struct NodeBalance {
  NodeId node;
  double output = 0;  ///< x
  double reported_output = 0;
  double row_miss = 0;     ///< reported output - x
  double value_added = 0;  ///< 1'V, or x - 1'Z when the chain has no primary inputs
  double column_miss = 0;  ///< 1'V - (x - 1'Z)
  double relative = 0;     ///< largest |miss| / |x|
};

/// A cell that is not finite, or below zero where that is unusual.
struct BadCell {
  std::string part;  ///< "flows", "final use", "primary inputs", "stressors" ...
  std::string row;
  std::string column;
  double value = 0;
  std::string problem;  ///< "not a finite number", "below zero"
};

struct CheckResult {
  std::vector<Check> tests;
  std::vector<NodeBalance> nodes;  ///< those that miss most, at most `most`
  std::vector<BadCell> cells;      ///< not finite ones first, at most `most`
  bool sound = true;               ///< no test failed
};

/// Fails: cells that are not finite, output below zero, misses beyond a tolerance, a spectral
/// radius of 1 or more. Warns: flows or primary inputs below zero, nodes that buy but have no
/// output, value added below zero, stressors where nothing is made, regions or products without a
/// name. Never throws for what a chain holds.
/// Cost: a few passes over Z, and those of `spectral_radius`.
[[nodiscard]] CheckResult check(const Chain& chain, const CheckOptions& options = {},
                                Progress& progress = no_progress());

/// `stave check`.
[[nodiscard]] Analysis check_analysis();

}  // namespace stave
