#include "linalg/factors.hpp"

#include "stave/core/error.hpp"
#include "stave/core/limit.hpp"

#include <fmt/format.h>

#include "linalg/lu.hpp"
#include "linalg/parts.hpp"

namespace stave {
namespace {

constexpr std::size_t rows_per_part = 64;

void require_room(std::size_t n) {
  if (n > limit::max_dense_nodes)
    throw Error(Errc::too_large,
                fmt::format("factors of {} nodes; at most {}", n, limit::max_dense_nodes),
                "Leave the method automatic or gmres.");
}

}  // namespace

Matrix leontief_matrix(const LeontiefOperator& system) {
  const auto n = system.size();
  require_room(n);
  const auto& output = system.output();
  Matrix m(n, n);
  for_each_part(n, rows_per_part, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      double* row = m.data() + i * n;
      system.flows().for_each_in_row(i, [&](std::size_t j, double v) {
        if (output[j] != 0) row[j] = -v / output[j];
      });
      row[i] += 1;
    }
  });
  return m;
}

std::optional<Factors> Factors::plain(const LeontiefOperator& system, Progress& progress) {
  Factors factors(leontief_matrix(system));
  if (factor(factors.lu_, progress)) return std::nullopt;
  return factors;
}

std::optional<Factors> Factors::pivoted(const LeontiefOperator& system) {
  Factors factors(leontief_matrix(system));
  if (!factor_pivoted(factors.lu_, factors.pivots_)) return std::nullopt;
  return factors;
}

void Factors::solve(Matrix& b, bool transposed) const {
  if (is_pivoted())
    solve_pivoted(lu_, pivots_, b, transposed);
  else
    stave::solve(lu_, b, transposed);
}

}  // namespace stave
