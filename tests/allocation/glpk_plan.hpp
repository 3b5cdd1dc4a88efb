#pragma once
/// The best plan by another solver and in other variables: x, y and c themselves, as printed in
/// emergency_plan.hpp.

#include "stave/allocation/emergency_plan.hpp"

#include <cmath>
#include <vector>

#include <glpk.h>

namespace stave::test {

class GlpkPlan {
 public:
  explicit GlpkPlan(const AllocationProblem& problem)
      : web_(problem.web), days_(problem.days), problem_(problem) {
    glp_term_out(GLP_OFF);
    program_ = glp_create_prob();
    glp_set_obj_dir(program_, GLP_MAX);
    const auto rows = 2 * web_.nodes() + web_.needs.size();
    glp_add_rows(program_, static_cast<int>(rows));
    // out_i - x_i - draw_i <= 0;  per_unit x - in_k - draw_k <= spared
    for (std::size_t i = 0; i < web_.nodes(); ++i) {
      glp_set_row_bnds(program_, node_row(i), GLP_UP, 0, 0);
      add_column(web_.stock[i] / days_, 0, {{node_row(i), -1}});
    }
    for (std::size_t k = 0; k < web_.needs.size(); ++k) {
      glp_set_row_bnds(program_, need_row(k), GLP_UP, 0, web_.needs[k].spared);
      add_column(web_.needs[k].stock / days_, 0, {{need_row(k), -1}});
    }
    for (std::size_t j = 0; j < web_.nodes(); ++j) add_output(j);
    for (const auto& link : web_.links)
      add_column(link.limit, 0,
                 {{node_row(static_cast<std::size_t>(link.maker)), 1},
                  {need_row(static_cast<std::size_t>(link.need)), -1}});
    for (std::size_t u = 0; u < web_.uses.size(); ++u)
      add_column(std::min(web_.uses[u].normal, web_.uses[u].limit), problem.weight[u],
                 {{node_row(static_cast<std::size_t>(web_.uses[u].maker)), 1}});
  }
  GlpkPlan(const GlpkPlan&) = delete;
  GlpkPlan& operator=(const GlpkPlan&) = delete;
  ~GlpkPlan() { glp_delete_prob(program_); }

  /// Sum of weight x served, or NaN.
  double solve() {
    const bool found = glp_simplex(program_, nullptr) == 0 && glp_get_status(program_) == GLP_OPT;
    return found ? glp_get_obj_val(program_) : NAN;
  }

 private:
  struct Cell {
    int row;
    double value;
  };
  static int node_row(std::size_t i) { return static_cast<int>(i) + 1; }
  [[nodiscard]] int need_row(std::size_t k) const { return static_cast<int>(web_.nodes() + k) + 1; }

  void add_output(std::size_t j) {
    std::vector<Cell> cells = {{node_row(j), -1}};
    for (std::size_t k = 0; k < web_.needs.size(); ++k)
      if (static_cast<std::size_t>(web_.needs[k].user) == j)
        cells.push_back({need_row(k), web_.needs[k].per_unit});
    // x0 - x - idle <= 0
    const int idle_row = static_cast<int>(web_.nodes() + web_.needs.size() + j) + 1;
    glp_set_row_bnds(program_, idle_row, GLP_UP, 0, -web_.output[j]);
    cells.push_back({idle_row, -1});
    add_column(web_.capacity[j], 0, cells);
    const double cost = problem_.idle > 0 ? problem_.idle * problem_.value_added[j] : 0;
    add_column(no_limit, -cost, {{idle_row, -1}});
  }

  void add_column(double most, double price, const std::vector<Cell>& cells) {
    const int c = glp_add_cols(program_, 1);
    if (std::isinf(most))
      glp_set_col_bnds(program_, c, GLP_LO, 0, 0);
    else
      glp_set_col_bnds(program_, c, most > 0 ? GLP_DB : GLP_FX, 0, most);
    glp_set_obj_coef(program_, c, price);
    std::vector<int> index = {0};
    std::vector<double> value = {0};
    for (const auto& cell : cells) {
      index.push_back(cell.row);
      value.push_back(cell.value);
    }
    glp_set_mat_col(program_, c, static_cast<int>(cells.size()), index.data(), value.data());
  }

  const SupplyWeb& web_;
  double days_;
  const AllocationProblem& problem_;
  glp_prob* program_ = nullptr;
};

}  // namespace stave::test
