#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include <fmt/format.h>

#include "upgrade/declaration.hpp"
#include "upgrade/movement.hpp"

namespace stave::upgrade {
namespace {

constexpr double no_value = std::numeric_limits<double>::quiet_NaN();

double place_cell(std::size_t rank) { return rank > 0 ? static_cast<double>(rank) : no_value; }

std::string words(UpgradeMeasure measure) { return std::string(measure_words(measure)); }
std::string name(UpgradeMeasure measure) { return std::string(to_string(measure)); }

std::int64_t count(const std::vector<std::size_t>& list) {
  return static_cast<std::int64_t>(list.size());
}

Table measures_table(const Movement& m) {
  auto table = declared_table(upgrade_declaration(), "measures");
  const auto last = m.at.size() - 1;
  for (const auto measure : all_upgrade_measures) {
    const auto passes = m.passes(measure);
    const double first = m.own(0, measure);
    const double final = m.own(last, measure);
    table.add_row(
        {words(measure), m.moved(measure), first, final, place_cell(m.ranks(0, measure)[m.region]),
         place_cell(m.ranks(last, measure)[m.region]), static_cast<double>(m.ranked(last, measure)),
         count(passes.by_s), count(passes.it), m.several() ? final - first : no_value,
         m.unit(measure), std::string(more_is_better(measure) ? "more" : "less"), name(measure)});
  }
  return table;
}

// Of the other peers that have a place, those behind; alone among them it is ahead of nobody.
double ahead_of(const Movement& m, std::size_t year, UpgradeMeasure measure) {
  const auto ranks = m.ranks(year, measure);
  const auto own = ranks[m.region];
  const auto others = m.ranked(year, measure) - 1;
  if (own == 0 || others == 0) return no_value;
  const auto behind = std::ranges::count_if(ranks, [&](auto rank) { return rank > own; });
  return 100 * static_cast<double>(behind) / static_cast<double>(others);
}

Table course_table(const Movement& m) {
  auto table = declared_table(upgrade_declaration(), "course");
  for (const auto measure : all_upgrade_measures)
    for (std::size_t k = 0; k < m.at.size(); ++k)
      table.add_row({m.years.label[k], words(measure), m.own(k, measure),
                     place_cell(m.ranks(k, measure)[m.region]), ahead_of(m, k, measure),
                     name(measure)});
  return table;
}

void add_passed(const Movement& m, UpgradeMeasure measure, std::vector<std::size_t> whom,
                std::string_view how, Table& table) {
  std::ranges::stable_sort(whom, std::ranges::greater{},
                           [&](std::size_t s) { return m.last().exports[s]; });
  const auto last = m.at.size() - 1;
  for (const auto s : whom)
    table.add_row({words(measure), std::string(how), m.last().traders[s].name,
                   m.first().value(s, measure), m.last().value(s, measure), m.own(0, measure),
                   m.own(last, measure), m.last().traders[s].code, name(measure)});
}

Table passed_table(const Movement& m) {
  auto table = declared_table(upgrade_declaration(), "passed");
  for (const auto measure : all_upgrade_measures) {
    const auto passes = m.passes(measure);
    add_passed(m, measure, passes.by_s, "it", table);
    add_passed(m, measure, passes.it, "by it", table);
  }
  return table;
}

Table regions_table(const Movement& m) {
  auto table = declared_table(upgrade_declaration(), "regions");
  for (std::size_t c = 0; c < table.columns().size(); ++c) {
    auto& spec = table.column(c).spec;
    if (spec.name == "exports") spec.unit = m.chain().info().unit;
    if (spec.name == name(UpgradeMeasure::value_added_per_worker))
      spec.unit = m.unit(UpgradeMeasure::value_added_per_worker);
  }
  for (std::size_t k = 0; k < m.at.size(); ++k) {
    std::vector<std::vector<std::size_t>> ranks;
    for (const auto measure : all_upgrade_measures) ranks.push_back(m.ranks(k, measure));
    for (std::size_t s = 0; s < m.at[k].traders.size(); ++s) {
      const auto& trader = m.at[k].traders[s];
      std::vector<Table::Cell> row{m.years.label[k], trader.code, trader.name};
      for (std::size_t q = 0; q < all_upgrade_measures.size(); ++q) {
        row.emplace_back(m.at[k].values(s, q));
        row.emplace_back(place_cell(ranks[q][s]));
      }
      row.emplace_back(m.at[k].exports[s]);
      table.add_row(std::move(row));
    }
  }
  return table;
}

double domestic_share(const UpgradeYear& year, std::size_t s, std::size_t p) {
  const auto row = year.sector_domestic.row(s);
  const double all = std::accumulate(row.begin(), row.end(), 0.0);
  return all > 0 ? 100 * row[p] / all : no_value;
}

std::string when_strong(const Movement& m, std::size_t p) {
  const bool then = m.first().strong(m.region, p);
  const bool now = m.last().strong(m.region, p);
  if (then && now) return "both";
  return then ? "first" : now ? "last" : "no";
}

Table sectors_table(const Movement& m) {
  auto table = declared_table(upgrade_declaration(), "sectors");
  const auto& products = m.chain().products();
  std::vector<std::size_t> order(products.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, std::ranges::greater{},
                           [&](std::size_t p) { return m.last().sector_domestic(m.region, p); });
  for (const auto p : order)
    table.add_row({products[p].code, products[p].name,
                   m.technology.empty() ? std::string() : std::string(to_string(m.technology[p])),
                   std::string(m.counted.empty() ? ""
                               : m.counted[p]    ? "yes"
                                                 : "no"),
                   domestic_share(m.first(), m.region, p), domestic_share(m.last(), m.region, p),
                   m.first().advantage(m.region, p), m.last().advantage(m.region, p),
                   m.first().reliance(m.region, p), m.last().reliance(m.region, p),
                   when_strong(m, p)});
  return table;
}

}  // namespace

std::vector<Table> tables_of(const Movement& m) {
  std::vector<Table> tables{measures_table(m), course_table(m)};
  if (m.several()) tables.push_back(passed_table(m));
  tables.push_back(regions_table(m));
  tables.push_back(sectors_table(m));
  return tables;
}

}  // namespace stave::upgrade
