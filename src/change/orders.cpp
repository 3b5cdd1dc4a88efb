// Polar means and all orders: q in every state of the factors that is met.
#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "change/effect.hpp"
#include "change/factor.hpp"

namespace stave {
namespace {

/// Which atoms have changed in a state of the factors.
std::uint8_t atoms_of(const std::vector<Factor>& factors, std::uint32_t state) {
  std::uint8_t atoms = 0;
  for (std::size_t k = 0; k < factors.size(); ++k)
    if ((state >> k & 1U) != 0) atoms |= factors[k].atoms;
  return atoms;
}

std::set<std::uint32_t> states_met(const std::vector<std::vector<Turn>>& turns) {
  std::set<std::uint32_t> states;
  for (std::size_t k = 0; k < turns.size(); ++k)
    for (const auto& turn : turns[k]) {
      states.insert(turn.before);
      states.insert(turn.before | (1U << k));
    }
  return states;
}

/// Everything that one A is asked for.
struct Asked {
  std::set<std::uint8_t> final_use;  ///< atoms of Y
  std::set<std::uint8_t> intensity;  ///< atoms of s
};

/// Solves, for every state: x by maker, m by buyer.
class StateSolver {
 public:
  StateSolver(const YearPair& years, const FinalUse& use, Progress& progress)
      : years_(years), use_(use), progress_(progress) {}

  void solve(std::uint8_t coefficients, const Asked& asked) {
    if (coefficients == 0) return solve(*years_.first.flows, years_.first.output, 0, asked);
    if (coefficients == coefficient_atoms)
      return solve(*years_.second.flows, years_.second.output, coefficients, asked);
    const bool technology = (coefficients & technology_atom) != 0;
    const auto& c = technology ? years_.second : years_.first;
    const auto& o = technology ? years_.first : years_.second;
    const auto mixed = mixed_coefficients(years_, c, o);
    const std::vector<double> ones(c.output.size(), 1);
    solve(mixed, ones, coefficients, asked);
  }

  /// [n] amount by maker.
  [[nodiscard]] std::vector<double> by_maker(std::uint8_t atoms) const {
    if (is_pure(atoms, 0)) return years_.first.amount;
    if (is_pure(atoms, everything)) return years_.second.amount;
    const auto& s = intensity(atoms);
    auto q = output_.at(static_cast<std::uint8_t>(atoms & ~intensity_atom));
    for (std::size_t i = 0; i < q.size(); ++i) q[i] *= s[i];
    return q;
  }
  /// [u] amount by user.
  [[nodiscard]] std::vector<double> by_user(std::uint8_t atoms) const {
    const auto& m =
        multiplier_.at(static_cast<std::uint8_t>(atoms & (coefficient_atoms | intensity_atom)));
    const auto& y = final_use(atoms);
    std::vector<double> q(y.cols());
    for (std::size_t j = 0; j < y.rows(); ++j)
      for (std::size_t k = 0; k < y.cols(); ++k) q[k] += m[j] * y(j, k);
    return q;
  }
  [[nodiscard]] double residual() const { return residual_; }

 private:
  static constexpr std::uint8_t everything = intensity_atom | coefficient_atoms | final_atoms;
  static bool is_pure(std::uint8_t atoms, std::uint8_t wanted) { return atoms == wanted; }

  [[nodiscard]] const std::vector<double>& intensity(std::uint8_t atoms) const {
    return (atoms & intensity_atom) != 0 ? years_.second.intensity : years_.first.intensity;
  }
  const Matrix& final_use(std::uint8_t atoms) const {
    const auto key = static_cast<std::uint8_t>(atoms & final_atoms);
    auto found = final_use_.find(key);
    if (found == final_use_.end()) found = final_use_.emplace(key, use_.values(key)).first;
    return found->second;
  }

  void solve(const FlowMatrix& flows, std::span<const double> output, std::uint8_t coefficients,
             const Asked& asked) {
    auto system = system_of(years_, flows, output);
    solve_outputs(system, coefficients, asked);
    solve_multipliers(system, coefficients, asked);
  }

  void solve_outputs(LeontiefSystem& system, std::uint8_t coefficients, const Asked& asked) {
    const auto n = system.size();
    Matrix y(n, asked.final_use.size());
    std::size_t column = 0;
    for (const auto atoms : asked.final_use) {
      const auto& use = final_use(atoms);
      for (std::size_t j = 0; j < n; ++j)
        for (const auto v : use.row(j)) y(j, column) += v;
      ++column;
    }
    const auto x = system.requirements(y.view(), progress_);
    residual_ = std::max(residual_, x.residual);
    column = 0;
    for (const auto atoms : asked.final_use) {
      auto& values = output_[static_cast<std::uint8_t>(atoms | coefficients)];
      values.resize(n);
      for (std::size_t j = 0; j < n; ++j) values[j] = x.values(j, column);
      ++column;
    }
  }

  void solve_multipliers(LeontiefSystem& system, std::uint8_t coefficients, const Asked& asked) {
    Matrix s(asked.intensity.size(), system.size());
    std::size_t row = 0;
    for (const auto atoms : asked.intensity)
      std::ranges::copy(intensity(atoms), s.row(row++).begin());
    const auto m = system.multipliers(s.view(), progress_);
    residual_ = std::max(residual_, m.residual);
    row = 0;
    for (const auto atoms : asked.intensity) {
      const auto values = m.values.row(row++);
      multiplier_[static_cast<std::uint8_t>(atoms | coefficients)].assign(values.begin(),
                                                                          values.end());
    }
  }

  const YearPair& years_;
  const FinalUse& use_;
  Progress& progress_;
  mutable std::map<std::uint8_t, Matrix> final_use_;        // atoms of Y
  std::map<std::uint8_t, std::vector<double>> output_;      // atoms of A and Y
  std::map<std::uint8_t, std::vector<double>> multiplier_;  // atoms of A and s
  double residual_ = 0;
};

int orders_counted(ChangeMethod method, std::size_t factors) {
  if (method == ChangeMethod::polar) return 2;
  int orders = 1;
  for (std::size_t k = 2; k <= factors; ++k) orders *= static_cast<int>(k);
  return orders;
}

}  // namespace

void change_by_orders(const YearPair& years, const ChangeOptions& options, Change& result,
                      Progress& progress) {
  const auto& factors = factor_list(options.factors);
  const auto turns = turns_of(options.method, factors.size());
  const auto states = states_met(turns);
  std::map<std::uint8_t, Asked> asked;
  for (const auto state : states) {
    const auto atoms = atoms_of(factors, state);
    auto& of = asked[static_cast<std::uint8_t>(atoms & coefficient_atoms)];
    of.final_use.insert(static_cast<std::uint8_t>(atoms & final_atoms));
    of.intensity.insert(static_cast<std::uint8_t>(atoms & intensity_atom));
  }
  const FinalUse use(years, options.factors);
  StateSolver solver(years, use, progress);
  std::size_t done = 0;
  for (const auto& [coefficients, what] : asked) {
    progress.report("solving the states of the factors",
                    static_cast<double>(done++) / static_cast<double>(asked.size()));
    progress.check();
    solver.solve(coefficients, what);
  }
  StateSums makers(factors.size(), years.labels.size());
  StateSums users(factors.size(), years.users.size());
  for (const auto state : states) {
    makers.of(state) = solver.by_maker(atoms_of(factors, state));
    users.of(state) = solver.by_user(atoms_of(factors, state));
  }
  const std::vector<std::int32_t> one(years.labels.size(), 0);
  result.makers = makers.parts(turns);
  result.regions = makers.grouped(years.region, years.regions).parts(turns);
  result.products = makers.grouped(years.product, years.products).parts(turns);
  result.total = makers.grouped(one, 1).parts(turns);
  result.by_user = users.parts(turns);
  result.orders = orders_counted(options.method, factors.size());
  result.residual = solver.residual();
}

}  // namespace stave
