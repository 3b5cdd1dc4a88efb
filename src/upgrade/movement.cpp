#include "upgrade/movement.hpp"

#include "stave/core/error.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>

#include <fmt/format.h>

#include "upgrade/declaration.hpp"

namespace stave {
namespace {

// Smaller changes are rounding of the inverse, not a movement.
constexpr double still = 1e-9;

std::vector<std::string> parted(std::string_view text) {
  std::vector<std::string> words;
  for (std::size_t from = 0; from <= text.size();) {
    const auto comma = std::min(text.find(',', from), text.size());
    auto word = text.substr(from, comma - from);
    while (word.starts_with(' ')) word.remove_prefix(1);
    while (word.ends_with(' ')) word.remove_suffix(1);
    if (!word.empty()) words.emplace_back(word);
    from = comma + 1;
  }
  return words;
}

bool speaks_of_workers(std::string_view name) {
  std::string folded;
  for (const char c : name)
    folded.push_back(static_cast<char>(std::tolower(static_cast<unsigned char>(c))));
  for (const auto* word :
       {"employ", "workers", "jobs", "persons engaged", "labour force", "就业", "从业", "职工"})
    if (folded.find(word) != std::string::npos) return folded.find("compensation") == folded.npos;
  return false;
}

std::vector<double> as_vector(std::span<const double> values) {
  return {values.begin(), values.end()};
}

// NaN of an attribute is a maker whose workers are not known: the chain does not say then.
bool all_known(const std::vector<double>& counts) {
  return std::ranges::none_of(counts, [](double v) { return std::isnan(v); });
}

std::string names_of_counts(const Chain& chain) {
  std::string names;
  for (const auto& row : chain.stressor_rows()) names += (names.empty() ? "" : ", ") + row.name;
  for (const auto& a : chain.node_attributes()) names += (names.empty() ? "" : ", ") + a.name;
  return names.empty() ? "It has no stressors." : "It has " + names + ".";
}

Workers workers_of(const Chain& chain, const Arguments& arguments) {
  const bool named = arguments.has("workers");
  const auto wanted = [&](const std::string& name) {
    return named ? name == arguments.text("workers") : speaks_of_workers(name);
  };
  for (std::size_t s = 0; s < chain.stressor_rows().size(); ++s)
    if (const auto& row = chain.stressor_rows()[s]; wanted(row.name))
      return {row.name, row.unit, as_vector(chain.stressors().row(s))};
  for (const auto& attribute : chain.node_attributes())
    if (wanted(attribute.name) && all_known(attribute.values))
      return {attribute.name, attribute.unit, attribute.values};
  if (named)
    throw Error(Errc::not_found,
                fmt::format("--workers: {} has no stressor and no attribute of makers '{}'",
                            chain.info().name, arguments.text("workers")),
                names_of_counts(chain));
  return {};
}

// Years are compared only where money and workers are counted in the units of the last.
void drop_other_units(Movement& m) {
  for (std::size_t k = 0; k < m.workers.size(); ++k)
    if (m.workers[k].unit != m.workers.back().unit ||
        m.years.chains[k].info().unit != m.chain().info().unit)
      m.workers[k].count.clear();
}

void choose_technology(Movement& m, const Arguments& arguments) {
  const auto& chain = m.chain();
  if (const auto classes = technology_classes(chain)) {
    m.technology = classes->of;
    m.technology_source = classes->source;
  }
  if (arguments.has("sectors")) {
    m.counted.assign(chain.products().size(), false);
    for (const auto& word : parted(arguments.text("sectors")))
      for (const auto p : chain.products().members(word)) m.counted[p] = true;
    m.technology_source = "as named with --sectors";
    return;
  }
  const bool high_only = arguments.text("technology") == "high";
  for (const auto technology : m.technology)
    m.counted.push_back(technology == Technology::high ||
                        (!high_only && technology == Technology::medium_high));
}

// The same products in the order of another chain of the same codes.
std::vector<bool> in_order_of(const Chain& chain, const Movement& m) {
  std::vector<bool> counted;
  if (m.counted.empty()) return counted;
  for (const auto& product : chain.products().items())
    counted.push_back(m.counted[m.chain().products().require(product.code)]);
  return counted;
}

std::size_t trader_holding(const std::vector<Trader>& traders, RegionId region) {
  for (std::size_t s = 0; s < traders.size(); ++s)
    if (std::ranges::find(traders[s].regions, region) != traders[s].regions.end()) return s;
  return traders.size();
}

Matrix ordered(const Matrix& values, const std::vector<std::size_t>& rows,
               const std::vector<std::size_t>& columns) {
  Matrix result(rows.size(), columns.size());
  for (std::size_t r = 0; r < rows.size(); ++r)
    for (std::size_t c = 0; c < columns.size(); ++c) result(r, c) = values(rows[r], columns[c]);
  return result;
}

// A year's traders and products, in the order of the last year's.
UpgradeYear in_last_order(UpgradeYear year, const Chain& chain, const Chain& last,
                          const std::vector<Trader>& traders) {
  std::vector<std::size_t> rows;
  std::vector<std::size_t> products;
  std::vector<std::size_t> measures;
  for (const auto& trader : traders) {
    const auto found = std::ranges::find(year.traders, trader.code, &Trader::code);
    if (found == year.traders.end())
      throw Error(Errc::bad_input,
                  fmt::format("{} takes the parts of {} as one, {} does not", last.info().name,
                              trader.code, chain.info().name),
                  "Aggregate the regions of both alike first: stave aggregate --regions.");
    rows.push_back(static_cast<std::size_t>(found - year.traders.begin()));
  }
  for (const auto& product : last.products().items())
    products.push_back(chain.products().require(product.code));
  for (std::size_t k = 0; k < all_upgrade_measures.size(); ++k) measures.push_back(k);
  auto result = year;
  result.traders = traders;
  result.values = ordered(year.values, rows, measures);
  for (std::size_t s = 0; s < rows.size(); ++s) result.exports[s] = year.exports[rows[s]];
  for (const auto member : {&UpgradeYear::sector_exports, &UpgradeYear::sector_domestic,
                            &UpgradeYear::sector_foreign, &UpgradeYear::advantage})
    result.*member = ordered(year.*member, rows, products);
  return result;
}

void choose_peers(Movement& m, const Arguments& arguments) {
  m.peers.assign(m.last().traders.size(), !arguments.has("among"));
  if (arguments.has("among"))
    for (const auto s : find_traders(m.chain(), m.last().traders, arguments.text("among")))
      m.peers[s] = true;
  m.peers[m.region] = true;
}

}  // namespace

std::vector<double> Movement::values(std::size_t year, UpgradeMeasure measure) const {
  std::vector<double> all;
  for (std::size_t s = 0; s < at[year].traders.size(); ++s)
    all.push_back(at[year].value(s, measure));
  return all;
}

std::vector<std::size_t> Movement::ranks(std::size_t year, UpgradeMeasure measure) const {
  return places(values(year, measure), more_is_better(measure), peers);
}

std::size_t Movement::ranked(std::size_t year, UpgradeMeasure measure) const {
  const auto all = ranks(year, measure);
  return static_cast<std::size_t>(std::ranges::count_if(all, [](auto rank) { return rank > 0; }));
}

Passed Movement::passes(UpgradeMeasure measure) const {
  return passed(values(0, measure), values(at.size() - 1, measure), more_is_better(measure), peers,
                region);
}

std::string Movement::moved(UpgradeMeasure measure) const {
  const double then = own(0, measure);
  const double now = own(at.size() - 1, measure);
  if (!several() || std::isnan(then) || std::isnan(now)) return {};
  if (std::abs(now - then) <= still * (std::abs(now) + std::abs(then) + 1)) return "same";
  return (now > then) == more_is_better(measure) ? "up" : "down";
}

std::string Movement::unit(UpgradeMeasure measure) const {
  if (measure != UpgradeMeasure::value_added_per_worker) return std::string(measure_unit(measure));
  const auto& counted_in = workers.back().unit;
  return fmt::format("{} per {}", chain().info().unit, counted_in.empty() ? "worker" : counted_in);
}

Movement movement(const Chain& chain, const Arguments& arguments, Progress& progress) {
  Movement m;
  m.years = in_years(chain, arguments.chains("later"));
  choose_technology(m, arguments);
  for (const auto& one : m.years.chains) m.workers.push_back(workers_of(one, arguments));
  drop_other_units(m);
  for (std::size_t k = 0; k < m.years.size(); ++k)
    m.at.push_back(upgrade_measures(
        m.years.chains[k], {in_order_of(m.years.chains[k], m), m.workers[k].count}, progress));
  const auto traders = m.at.back().traders;
  for (std::size_t k = 0; k < m.years.size(); ++k)
    m.at[k] = in_last_order(std::move(m.at[k]), m.years.chains[k], m.chain(), traders);
  const RegionId region(
      m.chain().regions().require(chain.regions()[arguments.region("region")].code));
  m.region = trader_holding(traders, region);
  choose_peers(m, arguments);
  return m;
}

}  // namespace stave
