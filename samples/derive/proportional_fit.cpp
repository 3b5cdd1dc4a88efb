#include "proportional_fit.hpp"

#include "stave/core/error.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace stave::sample {

namespace {

constexpr double row_tolerance = 1e-13;
constexpr int most_rounds = 10'000;

double total(std::span<const Party> parties) {
  double sum = 0;
  for (const auto& party : parties) {
    if (!(party.value > 0))
      throw Error(Errc::bad_input, fmt::format("a party of trade has {}", party.value));
    sum += party.value;
  }
  return sum;
}

/// Scales every row to what its seller sells; the worst relative change.
double scale_rows(Matrix& trade, std::span<const Party> sellers) {
  double worst = 0;
  for (std::size_t i = 0; i < sellers.size(); ++i) {
    double sum = 0;
    for (const auto value : trade.row(i)) sum += value;
    const auto factor = sellers[i].value / sum;
    for (auto& value : trade.row(i)) value *= factor;
    worst = std::max(worst, std::abs(factor - 1));
  }
  return worst;
}

void scale_columns(Matrix& trade, std::span<const Party> buyers) {
  for (std::size_t j = 0; j < buyers.size(); ++j) {
    double sum = 0;
    for (std::size_t i = 0; i < trade.rows(); ++i) sum += trade(i, j);
    for (std::size_t i = 0; i < trade.rows(); ++i) trade(i, j) *= buyers[j].value / sum;
  }
}

}  // namespace

Matrix proportional_fit(std::span<const Party> sellers, std::span<const Party> buyers,
                        double home_factor) {
  const auto sold = total(sellers);
  const auto bought = total(buyers);
  if (!(std::abs(sold - bought) <= 1e-9 * bought))
    throw Error(Errc::bad_input, fmt::format("{} is sold and {} bought", sold, bought));
  Matrix trade(sellers.size(), buyers.size());
  for (std::size_t i = 0; i < sellers.size(); ++i)
    for (std::size_t j = 0; j < buyers.size(); ++j)
      trade(i, j) = sellers[i].value * buyers[j].value / bought *
                    (sellers[i].region == buyers[j].region ? home_factor : 1.0);
  for (int round = 0; round < most_rounds; ++round) {
    const auto change = scale_rows(trade, sellers);
    scale_columns(trade, buyers);
    if (change <= row_tolerance) return trade;
  }
  throw Error(Errc::no_convergence, fmt::format("trade does not settle in {} rounds", most_rounds));
}

}  // namespace stave::sample
