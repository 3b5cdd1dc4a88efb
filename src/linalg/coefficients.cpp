#include "stave/core/error.hpp"
#include "stave/core/limit.hpp"
#include "stave/linalg/ghosh.hpp"
#include "stave/linalg/leontief.hpp"

#include <fmt/format.h>

namespace stave {
namespace {

void check_shape(const FlowMatrix& flows, std::span<const double> output) {
  const auto n = flows.size();
  if (n != output.size())
    throw Error(Errc::bad_input,
                fmt::format("flows between {} nodes, but output of {}", n, output.size()));
  if (n > limit::max_dense_nodes)
    throw Error(Errc::too_large,
                fmt::format("a dense matrix of {} nodes; at most {}", n, limit::max_dense_nodes));
}

}  // namespace

Matrix coefficients(const FlowMatrix& flows, std::span<const double> output) {
  check_shape(flows, output);
  Matrix a(flows.size(), flows.size());
  flows.for_each([&](std::size_t i, std::size_t j, double v) {
    if (output[j] != 0) a(i, j) = v / output[j];
  });
  return a;
}

Matrix allocation_shares(const FlowMatrix& flows, std::span<const double> output) {
  check_shape(flows, output);
  Matrix b(flows.size(), flows.size());
  flows.for_each([&](std::size_t i, std::size_t j, double v) {
    if (output[i] != 0) b(i, j) = v / output[i];
  });
  return b;
}

Matrix intensities(const Matrix& stressors, std::span<const double> output) {
  if (stressors.cols() != output.size() && stressors.rows() > 0)
    throw Error(Errc::bad_input, fmt::format("stressors of {} nodes, but output of {}",
                                             stressors.cols(), output.size()));
  Matrix s(stressors.rows(), stressors.cols());
  for (std::size_t r = 0; r < s.rows(); ++r)
    for (std::size_t j = 0; j < s.cols(); ++j)
      if (output[j] != 0) s(r, j) = stressors(r, j) / output[j];
  return s;
}

}  // namespace stave
