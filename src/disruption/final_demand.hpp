#pragma once
/// Final use day by day: what is wanted, what of it may be ordered, what arrives.

#include "stave/scenario/scenario.hpp"

#include <map>
#include <span>

#include "disruption/buyer_classes.hpp"

namespace stave {

class FinalDemand {
 public:
  FinalDemand(const Baseline& base, const Scenario& scenario, const BuyerClasses& buyers);
  void morning(int day);

  [[nodiscard]] const std::vector<double>& wanted() const { return wanted_sum_; }  ///< [n]
  /// [classes x n] money a day asked of each maker.
  [[nodiscard]] const std::vector<double>& asked() const { return asked_sum_; }
  /// Adds the columns of class c to the sums of a maker at a water level.
  void pour(std::size_t maker, double level, double& taken, double& open, double& full) const;

  /// @param share  [classes x n] of what is asked, @param level  [n] or empty: min(asked, level
  /// normal)
  void serve(int day, std::span<const double> share, std::span<const double> level);
  [[nodiscard]] const std::vector<double>& unmet() const { return unmet_; }  ///< [n]
  [[nodiscard]] const std::vector<double>& unmet_by_column() const { return unmet_by_column_; }
  [[nodiscard]] double in_transit() const { return in_transit_; }

 private:
  /// Makers and columns an event is about.
  struct Reach {
    std::vector<std::size_t> makers;
    std::vector<std::size_t> columns;
  };
  struct Cell {
    std::size_t maker = 0;
    std::size_t column = 0;
    int days = 0;
    double amount = 0;
  };
  [[nodiscard]] const Matrix& wanted_cells() const { return changed_ ? wanted_ : base_.final_use; }
  [[nodiscard]] const Matrix& normal_cells() const { return changed_ ? normal_ : base_.final_use; }
  [[nodiscard]] const Matrix& asked_cells() const { return changed_ ? asked_ : base_.final_use; }
  [[nodiscard]] double given(std::size_t maker, std::size_t column, std::span<const double> share,
                             std::span<const double> level) const;
  [[nodiscard]] Reach reach_of(const std::vector<NodeId>& makers,
                               const std::vector<std::size_t>& columns) const;
  void apply_events();
  void add_up();
  void delay(int day, std::span<const double> share, std::span<const double> level);
  void miss(std::size_t first, std::size_t last, std::span<const double> share,
            std::span<const double> level, std::span<double> by_column);

  const Baseline& base_;
  const Scenario& scenario_;
  const BuyerClasses& buyers_;
  std::vector<Reach> cuts_, changes_, delays_;  ///< of links, demand and delays
  std::vector<double> strength_;                ///< of links, then demand; of delays whether active
  std::vector<bool> active_;
  bool changed_ = false;            ///< wanted and asked are not as on a normal day
  Matrix wanted_, normal_, asked_;  ///< [n x columns], only when changed
  std::vector<double> wanted_sum_, asked_sum_, unmet_, unmet_by_column_;
  std::vector<Cell> late_;
  std::map<int, std::vector<Cell>> queue_;
  Matrix beside_;  ///< [n x columns] arrived less held back today; empty without delays
  double in_transit_ = 0;
};

}  // namespace stave
