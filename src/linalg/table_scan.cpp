#include "linalg/table_scan.hpp"

#include "stave/core/error.hpp"

#include <cmath>

#include <fmt/format.h>

#include "linalg/parts.hpp"

namespace stave {
namespace {

constexpr std::size_t column_part = 512;
constexpr double smallest_output = 1e-200;  // below, coefficients overflow

struct Sums {
  std::vector<double> absolute;  // [n] column sums of |Z|
  std::vector<double> plain;     // [n] column sums of Z
};

Sums dense_sums(const Matrix& z) {
  Sums sums{std::vector<double>(z.cols()), std::vector<double>(z.cols())};
  for_each_part(z.cols(), column_part, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = 0; i < z.rows(); ++i) {
      const double* row = z.data() + i * z.cols();
      for (std::size_t j = begin; j < end; ++j) {
        sums.absolute[j] += std::abs(row[j]);
        sums.plain[j] += row[j];
      }
    }
  });
  return sums;
}

Sums sums_of(const FlowMatrix& flows) {
  if (flows.is_dense()) return dense_sums(flows.dense());
  Sums sums{std::vector<double>(flows.size()), std::vector<double>(flows.size())};
  flows.for_each([&](std::size_t, std::size_t j, double v) {
    sums.absolute[j] += std::abs(v);
    sums.plain[j] += v;
  });
  return sums;
}

void check_output(std::span<const double> output, const NodeLabel& label) {
  for (std::size_t i = 0; i < output.size(); ++i) {
    const double x = output[i];
    if (std::isfinite(x) && (x == 0 || x >= smallest_output)) continue;
    throw Error(Errc::bad_input, fmt::format("output of {} is {}", name_of(i, label), x),
                "Output must be zero or positive, and finite.");
  }
}

// Column j does not add up to a finite number: find the flow to blame.
[[noreturn]] void blame_column(const FlowMatrix& flows, std::size_t j, const NodeLabel& label) {
  for (std::size_t i = 0; i < flows.size(); ++i)
    if (const double v = flows.at(i, j); !std::isfinite(v))
      throw Error(Errc::bad_input,
                  fmt::format("flow from {} to {} is {}", name_of(i, label), name_of(j, label), v));
  throw Error(Errc::bad_input,
              fmt::format("flows into {} are too large to add up", name_of(j, label)));
}

}  // namespace

std::string name_of(std::size_t node, const NodeLabel& label) {
  return label ? label(node) : fmt::format("node {}", node);
}

TableScan scan_table(const FlowMatrix& flows, std::span<const double> output,
                     const NodeLabel& label) {
  if (flows.size() != output.size())
    throw Error(Errc::bad_input, fmt::format("flows between {} nodes, but output of {}",
                                             flows.size(), output.size()));
  check_output(output, label);
  auto sums = sums_of(flows);
  TableScan scan;
  for (std::size_t j = 0; j < output.size(); ++j) {
    auto& inputs = sums.absolute[j];
    if (!std::isfinite(inputs)) blame_column(flows, j, label);
    if (inputs != sums.plain[j]) scan.nonnegative = false;
    inputs = output[j] == 0 ? 0 : inputs / output[j];
  }
  scan.inputs_per_output = std::move(sums.absolute);
  return scan;
}

}  // namespace stave
