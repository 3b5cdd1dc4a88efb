#include "allocation/linear_program.hpp"

#include "stave/core/error.hpp"
#include "stave/core/random.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <coin/ClpSimplex.hpp>
#include <coin/CoinPackedMatrix.hpp>

namespace stave {
namespace {

// A quantity is in units of a middling node's day, a price in money of final use for one of goods:
// both are near 1.
constexpr double tolerance = 1e-9;

std::span<const double> view(const double* data, int size) {
  return {data, static_cast<std::size_t>(size)};
}

}  // namespace

void ProgramData::put(std::size_t in_row, double coefficient) {
  if (coefficient == 0) return;
  row.push_back(static_cast<int>(in_row));
  value.push_back(coefficient);
}

void ProgramData::end_column(double low, double high, double price) {
  lower.push_back(low);
  upper.push_back(high);
  cost.push_back(price);
  start.push_back(static_cast<int>(row.size()));
}

LinearProgram::LinearProgram(const ProgramData& data) : model_(std::make_unique<ClpSimplex>()) {
  const std::vector<double> row_upper(data.rows(), COIN_DBL_MAX);
  auto upper = data.upper;
  for (auto& u : upper)
    if (std::isinf(u)) u = COIN_DBL_MAX;
  model_->setLogLevel(0);
  model_->loadProblem(static_cast<int>(data.columns()), static_cast<int>(data.rows()),
                      data.start.data(), data.row.data(), data.value.data(), data.lower.data(),
                      upper.data(), data.cost.data(), data.row_lower.data(), row_upper.data());
  model_->setPrimalTolerance(tolerance);
  model_->setDualTolerance(tolerance);
  model_->createStatus();
}

LinearProgram::LinearProgram(const LinearProgram& other)
    : leaning_(other.leaning_), model_(std::make_unique<ClpSimplex>(*other.model_)) {}
LinearProgram::LinearProgram(LinearProgram&&) noexcept = default;
LinearProgram::~LinearProgram() = default;

void LinearProgram::bound(std::size_t column, double low, double high) {
  model_->setColumnBounds(static_cast<int>(column), low, std::isinf(high) ? COIN_DBL_MAX : high);
}

void LinearProgram::charge(std::size_t column, double price) {
  model_->setObjectiveCoefficient(static_cast<int>(column), price);
}

void LinearProgram::require(std::size_t row, double low) {
  model_->setRowLower(static_cast<int>(row), low);
}

Outcome LinearProgram::outcome() {
  steps_ += model_->numberIterations();
  switch (model_->status()) {
    case 0:
      return Outcome::optimal;
    case 1:
      return Outcome::infeasible;
    case 2:
      return Outcome::unbounded;
    default:
      throw Error(
          Errc::no_convergence, "the solver of the linear program gave up",
          "Flows that differ by more than ten orders of magnitude are hard on it; leave the "
          "smallest out.");
  }
}

void LinearProgram::lean(std::size_t first, std::size_t last, double price) {
  leaning_.assign(static_cast<std::size_t>(model_->numberColumns()), 0);
  for (std::size_t c = first; c < last; ++c) leaning_[c] = price * (1 + random_uniform(0, 0, c));
}

Outcome LinearProgram::solve() {
  if (leaning_.empty()) {
    model_->dual();
    return outcome();
  }
  const auto columns = view(model_->objective(), model_->numberColumns());
  const std::vector<double> cost(columns.begin(), columns.end());
  for (std::size_t c = 0; c < cost.size(); ++c) charge(c, cost[c] + leaning_[c]);
  model_->dual();
  steps_ += model_->numberIterations();
  const bool found = model_->status() == 0;
  for (std::size_t c = 0; c < cost.size(); ++c) charge(c, cost[c]);
  if (found) return solve_primal();
  steps_ -= model_->numberIterations();
  return outcome();
}

Outcome LinearProgram::solve_primal() {
  model_->primal();
  return outcome();
}

void LinearProgram::keep_optimum() {
  constexpr double priced = 1e-8;
  const auto x = values();
  const auto reduced = reduced_costs();
  for (std::size_t c = 0; c < x.size(); ++c)
    if (std::abs(reduced[c]) > priced) {
      const double at = reduced[c] > 0 ? lower()[c] : upper()[c];
      model_->setColumnBounds(static_cast<int>(c), at, at);
    }
  const auto price = row_prices();
  for (std::size_t r = 0; r < price.size(); ++r)
    if (std::abs(price[r]) > priced)
      model_->setRowUpper(static_cast<int>(r), model_->rowLower()[r]);
  leaning_.clear();
}

double LinearProgram::objective() const { return model_->objectiveValue(); }
std::span<const double> LinearProgram::values() const {
  return view(model_->primalColumnSolution(), model_->numberColumns());
}
std::span<const double> LinearProgram::row_prices() const {
  return view(model_->dualRowSolution(), model_->numberRows());
}
std::span<const double> LinearProgram::reduced_costs() const {
  return view(model_->dualColumnSolution(), model_->numberColumns());
}
std::span<const double> LinearProgram::lower() const {
  return view(model_->columnLower(), model_->numberColumns());
}
std::span<const double> LinearProgram::upper() const {
  return view(model_->columnUpper(), model_->numberColumns());
}

Audit LinearProgram::audit() const {
  const auto x = values();
  const auto price = row_prices();
  const auto& a = *model_->matrix();
  const auto low_rows = view(model_->rowLower(), model_->numberRows());
  const auto cost = view(model_->objective(), model_->numberColumns());
  std::vector<double> sum(price.size());
  Audit result;
  double primal = 0;
  double dual = 0;
  double slack = 0;
  for (std::size_t c = 0; c < x.size(); ++c) {
    double reduced = cost[c];
    const auto first = a.getVectorStarts()[c];
    for (auto k = first; k < first + a.getVectorLengths()[c]; ++k) {
      const auto r = static_cast<std::size_t>(a.getIndices()[k]);
      sum[r] += a.getElements()[k] * x[c];
      reduced -= a.getElements()[k] * price[r];
    }
    primal += cost[c] * x[c];
    result.infeasibility = std::max({result.infeasibility, lower()[c] - x[c], x[c] - upper()[c]});
    // A price of rounding size on a column without bound counts at its value.
    const double at = reduced > 0 ? lower()[c] : upper()[c] < COIN_DBL_MAX ? upper()[c] : x[c];
    dual += reduced * at;
    slack = std::max(slack, std::abs(reduced * (x[c] - at)));
  }
  for (std::size_t r = 0; r < sum.size(); ++r) {
    result.infeasibility = std::max(result.infeasibility, low_rows[r] - sum[r]);
    dual += price[r] * low_rows[r];
    slack = std::max(slack, std::abs(price[r] * (sum[r] - low_rows[r])));
  }
  const double scale = std::max(1.0, std::abs(primal));
  result.gap = std::abs(primal - dual) / scale;
  result.slackness = slack / scale;
  return result;
}

}  // namespace stave
