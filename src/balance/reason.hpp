#pragma once
/// Why targets cannot be met.

#include "stave/balance/balance.hpp"

#include <string>
#include <vector>

namespace stave {

/// What is left to be moved: cells without the fixed ones, targets less what is fixed.
struct FreeTable {
  CellTable cells;  ///< fixed cells are 0 in it
  std::vector<double> rows;
  std::vector<double> columns;
  double size = 0;  ///< sum of |targets| of the rows, fixed cells included
};

/// Names for messages.
class Labels {
 public:
  explicit Labels(const BalanceOptions& options) : options_(options) {}
  [[nodiscard]] std::string row(std::size_t i) const;
  [[nodiscard]] std::string column(std::size_t j) const;
  /// "row 'a', row 'b', row 'c' and 4 others"
  [[nodiscard]] std::string rows(const std::vector<std::size_t>& some) const;
  [[nodiscard]] std::string columns(const std::vector<std::size_t>& some) const;

 private:
  const BalanceOptions& options_;
};

/// What is wrong with a row or column by itself.
/// @throws Error bad_input  with every reason, up to five
void demand_possible(const FreeTable& table, const Labels& labels);

/// Rows whose targets together are more than all the columns they have cells in, where neither have
/// cells below zero; columns and rows alike. Looked for among those whose factors have grown most
/// (in the limit of RAS these are the ones). @throws Error bad_input when there are such
void demand_room(const FreeTable& table, const std::vector<double>& row_factor,
                 const std::vector<double>& column_factor, const Labels& labels);

/// @throws Error no_convergence  naming the rows that miss most
[[noreturn]] void refuse_iterations(const FreeTable& table, const std::vector<double>& row_miss,
                                    int iterations, double residual, const Labels& labels);

}  // namespace stave
