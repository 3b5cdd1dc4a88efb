#include "change/factor.hpp"

#include "stave/core/error.hpp"
#include "stave/core/limit.hpp"

#include <cmath>

#include <fmt/format.h>

namespace stave {
namespace {

// What rounding leaves of a sum that is zero.
constexpr double nothing = 1e-13;

double absolute_sum(const Matrix& m, std::size_t column) {
  double sum = 0;
  for (std::size_t i = 0; i < m.rows(); ++i) sum += std::abs(m(i, column));
  return sum;
}

double column_sum(const Matrix& m, std::size_t column) {
  double sum = 0;
  for (std::size_t i = 0; i < m.rows(); ++i) sum += m(i, column);
  return sum;
}

// Total of a user's final use; zero only where it has none.
double user_total(const Year& year, std::size_t k, const std::string& name) {
  const double sum = column_sum(year.use, k);
  const double size = absolute_sum(year.use, k);
  if (size == 0) return 0;
  if (std::abs(sum) > nothing * size) return sum;
  throw Error(Errc::bad_input,
              fmt::format("final use of '{}' sums to zero, so that it has no mix", name),
              "Take fewer factors (--factors 3), or other users (--users region or category).");
}

// C [products x n]: input of a product from anywhere a unit of output.
Matrix by_product(const YearPair& years, const Year& year) {
  Matrix c(years.products, year.output.size());
  year.flows->for_each([&](std::size_t i, std::size_t j, double z) {
    if (year.output[j] != 0) c(static_cast<std::size_t>(years.product[i]), j) += z / year.output[j];
  });
  return c;
}

}  // namespace

const std::vector<Factor>& factor_list(int count) {
  constexpr auto a = static_cast<std::uint8_t>(coefficient_atoms);
  constexpr std::uint8_t source = final_source_atom;
  constexpr std::uint8_t made = source | mix_atom;
  static const std::vector<std::vector<Factor>> lists = {
      {{"intensity", intensity_atom}, {"technology", a}, {"final_use", final_atoms}},
      {{"intensity", intensity_atom},
       {"technology", a},
       {"mix", made | users_atom},
       {"level", level_atom}},
      {{"intensity", intensity_atom},
       {"technology", a},
       {"mix", made},
       {"users", users_atom},
       {"level", level_atom}},
      {{"intensity", intensity_atom},
       {"technology", technology_atom},
       {"sourcing", input_source_atom | final_source_atom},
       {"mix", mix_atom},
       {"users", users_atom},
       {"level", level_atom}}};
  if (count < 3 || count > 6)
    throw Error(Errc::bad_input, fmt::format("{} factors are not 3 to 6", count));
  return lists[static_cast<std::size_t>(count - 3)];
}

std::vector<std::string> factors_of(int count) {
  std::vector<std::string> names;
  for (const auto& factor : factor_list(count)) names.emplace_back(factor.name);
  return names;
}

FinalUse::FinalUse(const YearPair& years, int factors) : years_(&years), factors_(factors) {
  const auto users = years.users.size();
  for (const int year : {0, 1}) {
    const auto& of = year == 0 ? years.first : years.second;
    std::vector<double> totals;
    double size = 0;
    for (std::size_t k = 0; k < users; ++k) {
      totals.push_back(factors >= 5 ? user_total(of, k, years.users[k]) : column_sum(of.use, k));
      level_[at(year)] += totals.back();
      size += absolute_sum(of.use, k);
    }
    const double level = level_[at(year)];
    if (factors >= 4 && !(std::abs(level) > nothing * size))
      throw Error(Errc::bad_input, "all final use of a chain sums to zero, so that it has no mix");
    share_[at(year)].assign(users, 1);
    total_[at(year)].assign(users, factors >= 4 ? level : 1);
    if (factors < 5) continue;
    for (std::size_t k = 0; k < users; ++k) share_[at(year)][k] = totals[k] / level;
    total_[at(year)] = totals;
  }
  if (factors < 4) level_[0] = level_[1] = 1;
  if (factors == 6) fill_sources();
}

void FinalUse::fill_sources() {
  for (const int year : {0, 1}) {
    const auto& use = (year == 0 ? years_->first : years_->second).use;
    auto& sums = product_[at(year)] = Matrix(years_->products, use.cols());
    for (std::size_t j = 0; j < use.rows(); ++j)
      for (std::size_t k = 0; k < use.cols(); ++k)
        sums(static_cast<std::size_t>(years_->product[j]), k) += use(j, k);
  }
}

double FinalUse::mix(int year, std::size_t j, std::size_t k) const {
  const auto y = at(year);
  const auto other = 1 - y;
  const auto& use = [&](std::size_t of) -> const Matrix& {
    return of == 0 ? years_->first.use : years_->second.use;
  };
  if (total_[y][k] != 0) return use(y)(j, k) / total_[y][k];
  return total_[other][k] != 0 ? use(other)(j, k) / total_[other][k] : 0;
}

// O m: the product's part of what user k uses, times the origin's part of the product.
double FinalUse::composition(std::size_t j, std::size_t k, std::uint8_t second) const {
  const int mix_year = (second & mix_atom) != 0 ? 1 : 0;
  const int source_year = (second & final_source_atom) != 0 ? 1 : 0;
  const double own = mix(mix_year, j, k);
  if (factors_ < 6 || mix_year == source_year) return own;
  const auto i = static_cast<std::size_t>(years_->product[j]);
  const auto year_with_mix = [&](int year) { return total_[at(year)][k] != 0 ? year : 1 - year; };
  const auto s = at(year_with_mix(source_year));
  const double bought = product_[s](i, k);
  if (bought == 0 || total_[s][k] == 0) return own;
  const auto m = at(year_with_mix(mix_year));
  if (total_[m][k] == 0) return 0;
  const auto& use = s == 0 ? years_->first.use : years_->second.use;
  return product_[m](i, k) / total_[m][k] * (use(j, k) / bought);
}

double FinalUse::value(std::size_t j, std::size_t k, std::uint8_t second) const {
  const auto all = static_cast<std::uint8_t>(second & final_atoms);
  if (all == 0) return years_->first.use(j, k);
  if (all == final_atoms) return years_->second.use(j, k);
  return composition(j, k, second) * share_[(second & users_atom) != 0 ? 1 : 0][k] *
         level_[(second & level_atom) != 0 ? 1 : 0];
}

Matrix FinalUse::values(std::uint8_t second) const {
  const auto& use = years_->first.use;
  Matrix y(use.rows(), use.cols());
  for (std::size_t j = 0; j < y.rows(); ++j)
    for (std::size_t k = 0; k < y.cols(); ++k) y(j, k) = value(j, k, second);
  return y;
}

FlowMatrix mixed_coefficients(const YearPair& years, const Year& technology, const Year& source) {
  const auto needed = by_product(years, technology);
  const auto bought = by_product(years, source);
  const auto n = technology.output.size();
  const auto product = [&](std::size_t i) { return static_cast<std::size_t>(years.product[i]); };
  std::vector<Flow> links;
  Matrix dense = source.flows->is_dense() || technology.flows->is_dense() ? Matrix(n, n) : Matrix();
  const auto put = [&](std::size_t i, std::size_t j, double a) {
    if (dense.size() > 0)
      dense(i, j) = a;
    else
      links.push_back({static_cast<std::int32_t>(i), static_cast<std::int32_t>(j), a});
  };
  source.flows->for_each([&](std::size_t i, std::size_t j, double z) {
    const double all = bought(product(i), j);
    if (all != 0) put(i, j, needed(product(i), j) * (z / source.output[j] / all));
  });
  technology.flows->for_each([&](std::size_t i, std::size_t j, double z) {
    if (technology.output[j] != 0 && bought(product(i), j) == 0)
      put(i, j, z / technology.output[j]);
  });
  if (dense.size() > 0) return FlowMatrix(std::move(dense));
  return FlowMatrix::from_flows(n, std::move(links));
}

}  // namespace stave
