#include "stave/upgrade/upgrade.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace stave {
namespace {

constexpr double not_known = std::numeric_limits<double>::quiet_NaN();

double share(double part, double whole) { return whole > 0 ? 100 * part / whole : not_known; }

void add_sectors(const TradeTable& table, const TradeTotals& totals, UpgradeYear& year) {
  const auto products = table.chain().products().size();
  year.sector_exports = year.sector_domestic = year.sector_foreign =
      Matrix(table.traders().size(), products);
  for (std::size_t i = 0; i < table.size(); ++i) {
    const auto s = table.trader(i);
    const auto p = table.product(i);
    year.sector_exports(s, p) += table.exported()[i];
    year.sector_domestic(s, p) += totals.node_domestic[i];
    year.sector_foreign(s, p) += totals.node_foreign[i];
  }
}

double high_technology_share(const UpgradeYear& year, const std::vector<bool>& high,
                             std::size_t s) {
  if (high.empty()) return not_known;
  double part = 0;
  double all = 0;
  for (std::size_t p = 0; p < high.size(); ++p) {
    all += year.sector_domestic(s, p);
    if (high[p]) part += year.sector_domestic(s, p);
  }
  return share(part, all);
}

double reliance_of_strong(const UpgradeYear& year, std::size_t s) {
  double foreign = 0;
  double exported = 0;
  for (std::size_t p = 0; p < year.advantage.cols(); ++p)
    if (year.strong(s, p)) {
      foreign += year.sector_foreign(s, p);
      exported += year.sector_exports(s, p);
    }
  return share(foreign, exported);
}

// NaN where no worker is known.
std::vector<double> value_added_per_worker(const TradeTable& table,
                                           const std::vector<double>& workers) {
  const auto traders = table.traders().size();
  if (workers.empty()) return std::vector<double>(traders, not_known);
  std::vector<double> added(traders);
  std::vector<double> people(traders);
  for (std::size_t i = 0; i < table.size(); ++i) {
    added[table.trader(i)] += table.value_added()[i];
    people[table.trader(i)] += workers[table.node(i).at()];
  }
  for (std::size_t s = 0; s < traders; ++s)
    added[s] = people[s] > 0 ? added[s] / people[s] : not_known;
  return added;
}

// Largest |domestic + foreign - exports| of a trader, of its exports.
double largest_miss(const TradeTotals& totals) {
  double miss = 0;
  for (std::size_t s = 0; s < totals.exports.size(); ++s)
    if (totals.exports[s] > 0)
      miss = std::max(miss, std::abs(totals.domestic[s] + totals.foreign[s] - totals.exports[s]) /
                                totals.exports[s]);
  return miss;
}

}  // namespace

std::string_view to_string(UpgradeMeasure measure) {
  constexpr std::array<std::string_view, 5> names = {"domestic_value_added", "high_technology",
                                                     "position", "value_added_per_worker",
                                                     "foreign_reliance"};
  return names[static_cast<std::size_t>(measure)];
}

bool more_is_better(UpgradeMeasure measure) { return measure != UpgradeMeasure::foreign_reliance; }

UpgradeYear upgrade_measures(const Chain& chain, const UpgradeInputs& inputs, Progress& progress) {
  const TradeTable table(chain, traders_of(chain));
  const auto inverse = trade_inverse(table, progress);
  const auto totals = trade_totals(table, inverse);
  UpgradeYear year;
  year.traders = table.traders();
  year.exports = totals.exports;
  year.advantage = comparative_advantage(table, totals.node_domestic);
  year.miss = largest_miss(totals);
  year.inverse_residual = inverse.residual;
  add_sectors(table, totals, year);
  const auto per_worker = value_added_per_worker(table, inputs.workers);
  year.values = Matrix(year.traders.size(), all_upgrade_measures.size());
  for (std::size_t s = 0; s < year.traders.size(); ++s) {
    const std::array values = {share(totals.domestic[s], totals.exports[s]),
                               high_technology_share(year, inputs.high_technology, s),
                               totals.position[s], per_worker[s], reliance_of_strong(year, s)};
    std::ranges::copy(values, year.values.row(s).begin());
  }
  return year;
}

std::vector<std::size_t> places(const std::vector<double>& values, bool more,
                                const std::vector<bool>& peers) {
  std::vector<std::size_t> place(values.size());
  const auto counts = [&](std::size_t s) { return peers[s] && !std::isnan(values[s]); };
  for (std::size_t s = 0; s < values.size(); ++s) {
    if (!counts(s)) continue;
    place[s] = 1;
    for (std::size_t t = 0; t < values.size(); ++t)
      if (counts(t) && (more ? values[t] > values[s] : values[t] < values[s])) ++place[s];
  }
  return place;
}

Passed passed(const std::vector<double>& then, const std::vector<double>& now, bool more,
              const std::vector<bool>& peers, std::size_t s) {
  Passed result;
  const auto ahead = [&](const std::vector<double>& values, std::size_t a, std::size_t b) {
    return more ? values[a] > values[b] : values[a] < values[b];
  };
  for (std::size_t t = 0; t < then.size(); ++t) {
    if (t == s || !peers[t]) continue;
    if (ahead(then, t, s) && ahead(now, s, t)) result.by_s.push_back(t);
    if (ahead(then, s, t) && ahead(now, t, s)) result.it.push_back(t);
  }
  return result;
}

}  // namespace stave
