#pragma once
/// A region over the years, as tables and sentences need it.

#include "stave/analysis/years.hpp"
#include "stave/upgrade/technology.hpp"
#include "stave/upgrade/upgrade.hpp"

#include <string>
#include <vector>

namespace stave {

/// Who counts as a worker in one chain.
struct Workers {
  std::string name;
  std::string unit;
  std::vector<double> count;  ///< [n]; empty: the chain does not say
};

struct Movement {
  Years years;
  std::vector<UpgradeYear> at;         ///< one a year, traders in the order of the last
  std::vector<Workers> workers;        ///< one a year
  std::vector<bool> counted;           ///< [P] high-technology
  std::vector<Technology> technology;  ///< [P]; empty: not known
  std::string technology_source;
  std::size_t region = 0;   ///< trader
  std::vector<bool> peers;  ///< [R]

  [[nodiscard]] const UpgradeYear& first() const { return at.front(); }
  [[nodiscard]] const UpgradeYear& last() const { return at.back(); }
  [[nodiscard]] bool several() const { return at.size() > 1; }
  [[nodiscard]] const Trader& trader() const { return last().traders[region]; }
  [[nodiscard]] const Chain& chain() const { return years.chains.back(); }
  /// [R] of one year.
  [[nodiscard]] std::vector<double> values(std::size_t year, UpgradeMeasure measure) const;
  [[nodiscard]] double own(std::size_t year, UpgradeMeasure measure) const {
    return at[year].value(region, measure);
  }
  /// Places of all in a year; see places().
  [[nodiscard]] std::vector<std::size_t> ranks(std::size_t year, UpgradeMeasure measure) const;
  /// How many have a place.
  [[nodiscard]] std::size_t ranked(std::size_t year, UpgradeMeasure measure) const;
  [[nodiscard]] Passed passes(UpgradeMeasure measure) const;
  /// "up", "down", "same"; empty with one year or where a value is unknown.
  [[nodiscard]] std::string moved(UpgradeMeasure measure) const;
  /// "%", "million USD per 1000 persons"; empty for indices.
  [[nodiscard]] std::string unit(UpgradeMeasure measure) const;
};

/// @throws Error not_found  sectors, workers or peers that the chains do not have
///               bad_input  chains of different regions or products
///               as upgrade_measures
[[nodiscard]] Movement movement(const Chain& chain, const Arguments& arguments, Progress& progress);

namespace upgrade {

[[nodiscard]] std::vector<Table> tables_of(const Movement& m);
[[nodiscard]] std::vector<Finding> findings_of(const Movement& m);
[[nodiscard]] std::vector<Figure> figures_of(const Movement& m);
[[nodiscard]] Provenance provenance_of(const Movement& m);

}  // namespace upgrade

}  // namespace stave
