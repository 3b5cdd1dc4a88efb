#include "stave/linalg/ghosh.hpp"

#include "stave/core/error.hpp"

#include <fmt/format.h>

namespace stave {

// On nodes with output P, and those without 0:  u_P = v_P + B_PP u_P + B_P0 v_0 with
// B = diag(x)^-1 Z; u_0 = v_0. Times diag(x):  x u = L (x v + Z_P0 v_0).
Solution ghosh(LeontiefSystem& system, const MatrixView& v, Progress& progress) {
  const auto n = system.size();
  const auto x = system.output();
  if (v.rows != n)
    throw Error(Errc::bad_input, fmt::format("primary inputs: {} nodes, expected {}", v.rows, n));
  Matrix supplied(n, v.cols);
  for (std::size_t i = 0; i < n; ++i) {
    if (x[i] == 0) continue;
    for (std::size_t c = 0; c < v.cols; ++c) supplied(i, c) = x[i] * v(i, c);
    system.flows().for_each_in_row(i, [&](std::size_t j, double flow) {
      if (x[j] != 0) return;
      for (std::size_t c = 0; c < v.cols; ++c) supplied(i, c) += flow * v(j, c);
    });
  }
  auto solution = system.requirements(supplied.view(), progress);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t c = 0; c < v.cols; ++c)
      solution.values(i, c) = x[i] == 0 ? v(i, c) : solution.values(i, c) / x[i];
  return solution;
}

}  // namespace stave
