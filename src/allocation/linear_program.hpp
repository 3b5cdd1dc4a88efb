#pragma once
/// A linear program and its solver: minimise cost x, lower <= x <= upper, A x >= row_lower. The
/// only place that knows Clp.

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

class ClpSimplex;

namespace stave {

/// A by columns.
struct ProgramData {
  std::vector<double> row_lower;
  std::vector<double> lower;
  std::vector<double> upper;
  std::vector<double> cost;
  std::vector<int> start{0};  ///< [columns + 1]
  std::vector<int> row;
  std::vector<double> value;

  [[nodiscard]] std::size_t columns() const { return lower.size(); }
  [[nodiscard]] std::size_t rows() const { return row_lower.size(); }
  void put(std::size_t in_row, double coefficient);
  /// Ends the column whose coefficients were put since the last one ended.
  void end_column(double low, double high, double price);
};

enum class Outcome { optimal, infeasible, unbounded };

/// How well an answer keeps what an optimum promises, from A, bounds and prices alone.
struct Audit {
  double infeasibility = 0;  ///< largest miss of a row or bound
  double gap = 0;            ///< |cost x - dual objective| / max(1, |cost x|): strong duality
  double slackness = 0;      ///< largest price x distance to its bound, relative to the same
};

class LinearProgram {
 public:
  explicit LinearProgram(const ProgramData& data);
  LinearProgram(const LinearProgram& other);
  LinearProgram(LinearProgram&&) noexcept;
  LinearProgram& operator=(const LinearProgram&) = delete;
  LinearProgram& operator=(LinearProgram&&) = delete;
  ~LinearProgram();

  void bound(std::size_t column, double low, double high);
  void charge(std::size_t column, double price);
  void require(std::size_t row, double low);

  /// While `solve` looks for an optimum, columns first to last - 1 cost a little more, each another
  /// amount near `price`, so that it need not choose among many answers that are equally good. The
  /// prices are true again before it ends: the optimum is that of the costs.
  void lean(std::size_t first, std::size_t last, double price);
  /// Dual simplex from the basis there is; at first every row is basic. For bounds that changed.
  /// @throws Error no_convergence when the solver gives up
  Outcome solve();
  /// Primal simplex from the basis there is: for costs that changed.
  Outcome solve_primal();

  /// After an optimum: everything that has a price stays where it is, so that any answer from now
  /// on is as good. For a second objective.
  void keep_optimum();

  [[nodiscard]] double objective() const;
  [[nodiscard]] std::span<const double> values() const;      ///< [columns]
  [[nodiscard]] std::span<const double> row_prices() const;  ///< [rows] d objective / d row_lower
  [[nodiscard]] std::span<const double> reduced_costs() const;  ///< [columns]
  [[nodiscard]] std::span<const double> lower() const;
  [[nodiscard]] std::span<const double> upper() const;
  [[nodiscard]] std::int64_t steps() const { return steps_; }  ///< of simplex, in all
  [[nodiscard]] Audit audit() const;

 private:
  Outcome outcome();
  std::vector<double> leaning_;  // cost beside the true one, [columns] or empty
  std::unique_ptr<ClpSimplex> model_;
  std::int64_t steps_ = 0;
};

}  // namespace stave
