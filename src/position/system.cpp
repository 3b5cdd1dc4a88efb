#include "position/system.hpp"

#include "stave/core/error.hpp"

#include <algorithm>
#include <numeric>

#include <fmt/format.h>

namespace stave {

Matrix row_matrix(std::span<const double> values) {
  Matrix row(1, values.size());
  std::ranges::copy(values, row.values().begin());
  return row;
}

Matrix column_matrix(std::span<const double> values) {
  Matrix column(values.size(), 1);
  std::ranges::copy(values, column.values().begin());
  return column;
}

std::vector<double> use_by_maker(const Chain& chain) {
  std::vector<double> use(chain.size());
  for (std::size_t i = 0; i < use.size(); ++i) {
    const auto row = chain.final_use().row(i);
    use[i] = std::accumulate(row.begin(), row.end(), 0.0);
  }
  return use;
}

void demand_final_use(const Chain& chain, std::string_view what) {
  if (chain.final_use().size() == 0)
    throw Error(Errc::missing_part,
                fmt::format("{} needs final use, which {} does not have", what, chain.info().name));
}

}  // namespace stave
