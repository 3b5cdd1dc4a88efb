// Logarithmic mean Divisia index over the terms s_i l_ij y_jk.
#include "stave/core/error.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

#include <tbb/parallel_for.h>

#include "change/effect.hpp"
#include "change/factor.hpp"
#include "change/logarithmic.hpp"

namespace stave {
namespace {

bool keeps_sign(double a, double b) { return (a > 0 && b > 0) || (a < 0 && b < 0); }

/// The final-use factors of a user, alike for all products.
struct UserFactors {
  double users = 0;  ///< ln of the ratio
  double level = 0;
  bool plain = false;
};

class Logarithms {
 public:
  Logarithms(const YearPair& years, int factors, Progress& progress)
      : years_(years), factors_(factors), use_(years, factors), progress_(progress) {
    prepare_users();
    prepare_cells();
    inverses_[0] = inverse_of(years.first);
    inverses_[1] = inverse_of(years.second);
  }

  void add_to(Change& result) {
    const auto n = years_.labels.size();
    const auto u = years_.users.size();
    constexpr std::size_t rows_a_chunk = 16;
    const auto chunks = (n + rows_a_chunk - 1) / rows_a_chunk;
    const auto count = static_cast<std::size_t>(factors_);
    result.makers = empty_parts(count, n);
    std::vector<Matrix> by_user(chunks);
    std::vector<std::array<double, 2>> sizes(chunks);  // |change| of all terms, of the special ones
    tbb::parallel_for(std::size_t{0}, chunks, [&](std::size_t c) {
      by_user[c] = Matrix(count, u);
      for (std::size_t i = c * rows_a_chunk; i < std::min(n, (c + 1) * rows_a_chunk); ++i) {
        progress_.check();
        add_row(i, result.makers, by_user[c], sizes[c]);
      }
    });
    result.by_user = empty_parts(count, u);
    std::array<double, 2> size{};
    for (std::size_t c = 0; c < chunks; ++c) {
      for (std::size_t e = 0; e < by_user[c].size(); ++e)
        result.by_user.effect.values()[e] += by_user[c].values()[e];
      size[0] += sizes[c][0];
      size[1] += sizes[c][1];
    }
    result.through_zero = size[0] > 0 ? size[1] / size[0] : 0;
    finish(result);
  }
  [[nodiscard]] double residual() const { return residual_; }

 private:
  void prepare_users() {
    for (std::size_t k = 0; k < years_.users.size(); ++k) {
      UserFactors f;
      f.plain = true;
      if (factors_ >= 4) {
        f.plain = keeps_sign(use_.level(0), use_.level(1));
        f.level = f.plain ? std::log(use_.level(1) / use_.level(0)) : 0;
      }
      if (factors_ >= 5 && f.plain) {
        f.plain = keeps_sign(use_.share(0, k), use_.share(1, k));
        f.users = f.plain ? std::log(use_.share(1, k) / use_.share(0, k)) : 0;
      }
      user_.push_back(f);
    }
  }

  void prepare_cells() {
    const auto n = years_.labels.size();
    const auto u = years_.users.size();
    mix_ = Matrix(n, u);
    logarithm_ = Matrix(n, u);
    plain_.resize(n * u);
    plain_row_.resize(n);
    for (std::size_t j = 0; j < n; ++j) {
      bool all = true;
      for (std::size_t k = 0; k < u; ++k) all &= prepare_cell(j, k);
      plain_row_[j] = all ? 1 : 0;
    }
  }

  // Logarithms of the factors of y_jk; false where a factor is 0 or changes sign.
  bool prepare_cell(std::size_t j, std::size_t k) {
    const double y0 = years_.first.use(j, k);
    const double y1 = years_.second.use(j, k);
    if (y0 == 0 && y1 == 0) return true;
    const double m0 = use_.mix(0, j, k);
    const double m1 = use_.mix(1, j, k);
    const bool plain = user_[k].plain && keeps_sign(m0, m1) && keeps_sign(y0, y1);
    plain_[j * years_.users.size() + k] = plain ? 1 : 0;
    if (!plain) return false;
    mix_(j, k) = std::log(m1 / m0);
    logarithm_(j, k) = mix_(j, k) + user_[k].users + user_[k].level;
    return true;
  }

  Matrix inverse_of(const Year& year) {
    auto system = system_of(years_, *year.flows, year.output);
    auto l = system.inverse(progress_);
    residual_ = std::max(residual_, l.residual);
    return std::move(l.values);
  }

  /// The terms of one maker in both years, and their sums over its l_ij.
  struct Row {
    std::array<double, 2> s{};
    double log_s = 0;
    bool plain = false;              ///< s keeps its sign
    std::vector<double> mean;        ///< [u] logarithmic means
    std::vector<double> technology;  ///< [u] times ln of the ratio of l
    std::vector<double> mix;         ///< [u] times ln of the ratio of m
  };

  void add_row(std::size_t i, ChangeParts& makers, Matrix& by_user, std::array<double, 2>& size) {
    Row row;
    row.s = {years_.first.intensity[i], years_.second.intensity[i]};
    if (row.s[0] == 0 && row.s[1] == 0) return;
    row.plain = keeps_sign(row.s[0], row.s[1]);
    row.log_s = row.plain ? std::log(row.s[1] / row.s[0]) : 0;
    for (auto* sums : {&row.mean, &row.technology, &row.mix}) sums->resize(years_.users.size());
    std::array<double, most_factors> sum{};
    for (std::size_t j = 0; j < years_.labels.size(); ++j) {
      const std::array<double, 2> l = {inverses_[0](i, j), inverses_[1](i, j)};
      if (l[0] == 0 && l[1] == 0) continue;
      const bool plain = row.plain && keeps_sign(l[0], l[1]);
      if (plain && plain_row_[j] != 0)
        add_plain(j, l, row, size);
      else
        add_each(j, l, plain, row, sum, by_user, size);
    }
    for (std::size_t k = 0; k < row.mean.size(); ++k) {
      std::array<double, most_factors> effect = {row.log_s * row.mean[k], row.technology[k],
                                                 row.mix[k], user_[k].users * row.mean[k], 0};
      if (factors_ >= 4)
        effect[static_cast<std::size_t>(factors_ - 1)] = user_[k].level * row.mean[k];
      add(effect, k, sum, by_user);
    }
    for (std::size_t f = 0; f < static_cast<std::size_t>(factors_); ++f)
      makers.effect(f, i) = sum[f];
  }

  void add(const std::array<double, most_factors>& effect, std::size_t k,
           std::array<double, most_factors>& sum, Matrix& by_user) const {
    for (std::size_t f = 0; f < static_cast<std::size_t>(factors_); ++f) {
      sum[f] += effect[f];
      by_user(f, k) += effect[f];
    }
  }

  // The terms of one l_ij over all users, where every factor keeps its sign.
  void add_plain(std::size_t j, const std::array<double, 2>& l, Row& row,
                 std::array<double, 2>& size) const {
    const double log_l = std::log(l[1] / l[0]);
    const double log_both = row.log_s + log_l;
    const double before = row.s[0] * l[0];
    const double after = row.s[1] * l[1];
    const auto y0 = years_.first.use.row(j);
    const auto y1 = years_.second.use.row(j);
    const auto mix = mix_.row(j);
    const auto logarithm = logarithm_.row(j);
    double changed = 0;
    for (std::size_t k = 0; k < mix.size(); ++k) {
      const double w0 = before * y0[k];
      const double w1 = after * y1[k];
      const double mean = logarithmic_mean(w0, w1, log_both + logarithm[k]);
      row.mean[k] += mean;
      row.technology[k] += mean * log_l;
      row.mix[k] += mean * mix[k];
      changed += std::abs(w1 - w0);
    }
    size[0] += changed;
  }

  // The same where some factor is 0 or changes sign: user by user.
  void add_each(std::size_t j, const std::array<double, 2>& l, bool plain, Row& row,
                std::array<double, most_factors>& sum, Matrix& by_user,
                std::array<double, 2>& size) const {
    const auto u = years_.users.size();
    const double log_l = plain ? std::log(l[1] / l[0]) : 0;
    for (std::size_t k = 0; k < u; ++k) {
      const double w0 = row.s[0] * l[0] * years_.first.use(j, k);
      const double w1 = row.s[1] * l[1] * years_.second.use(j, k);
      size[0] += std::abs(w1 - w0);
      if (plain && plain_[j * u + k] != 0) {
        const double mean = logarithmic_mean(w0, w1, row.log_s + log_l + logarithm_(j, k));
        row.mean[k] += mean;
        row.technology[k] += mean * log_l;
        row.mix[k] += mean * mix_(j, k);
        continue;
      }
      size[1] += std::abs(w1 - w0);
      add(limit_effects(factor_values(0, j, k, row.s[0], l[0]),
                        factor_values(1, j, k, row.s[1], l[1]), static_cast<std::size_t>(factors_)),
          k, sum, by_user);
    }
  }

  [[nodiscard]] std::array<double, most_factors> factor_values(int year, std::size_t j,
                                                               std::size_t k, double s,
                                                               double l) const {
    std::array<double, most_factors> values = {s, l, use_.mix(year, j, k), 0, 0};
    if (factors_ == 4) values[3] = use_.level(year);
    if (factors_ == 5) {
      values[3] = use_.share(year, k);
      values[4] = use_.level(year);
    }
    return values;
  }

  // Amounts of both years, and the lists that follow from makers.
  void finish(Change& result) const {
    result.makers.before = years_.first.amount;
    result.makers.after = years_.second.amount;
    for (const int year : {0, 1}) {
      const auto& of = year == 0 ? years_.first : years_.second;
      auto& amount = year == 0 ? result.by_user.before : result.by_user.after;
      const auto& l = inverses_[static_cast<std::size_t>(year)];
      std::vector<double> m(l.cols());
      for (std::size_t i = 0; i < l.rows(); ++i)
        for (std::size_t j = 0; j < l.cols(); ++j) m[j] += of.intensity[i] * l(i, j);
      for (std::size_t j = 0; j < m.size(); ++j)
        for (std::size_t k = 0; k < amount.size(); ++k) amount[k] += m[j] * of.use(j, k);
    }
    const std::vector<std::int32_t> one(years_.labels.size(), 0);
    result.regions = grouped(result.makers, years_.region, years_.regions);
    result.products = grouped(result.makers, years_.product, years_.products);
    result.total = grouped(result.makers, one, 1);
  }

  const YearPair& years_;
  int factors_;
  FinalUse use_;
  Progress& progress_;
  std::vector<UserFactors> user_;        // [u]
  Matrix mix_;                           // [n x u] ln of the ratio of m
  Matrix logarithm_;                     // [n x u] ln of the ratio of all of y
  std::vector<std::uint8_t> plain_;      // [n * u] no factor of y is 0 or changes sign
  std::vector<std::uint8_t> plain_row_;  // [n] that holds for all users, or they use nothing
  Matrix inverses_[2];
  double residual_ = 0;
};

}  // namespace

void change_by_logarithms(const YearPair& years, const ChangeOptions& options, Change& result,
                          Progress& progress) {
  if (options.factors > static_cast<int>(most_factors))
    throw Error(Errc::bad_input,
                "by logarithmic means technology and sourcing cannot be told apart: the elements "
                "of L are no products of the two",
                "Take at most 5 factors (--factors 5), or --method polar or orders.");
  progress.report("inverting both tables", 0);
  Logarithms logarithms(years, options.factors, progress);
  progress.report("logarithmic means", 0.5);
  logarithms.add_to(result);
  result.orders = 1;
  result.residual = logarithms.residual();
}

}  // namespace stave
