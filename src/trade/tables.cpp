#include "trade/tables.hpp"

#include "stave/core/error.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "trade/declaration.hpp"

namespace stave::trade {
namespace {

using Row = std::vector<Table::Cell>;

constexpr std::size_t most_term_rows = 2'000'000;
constexpr double empty_cell = std::numeric_limits<double>::quiet_NaN();

/// The declared table, with the chain's unit on its money columns.
Table table_named(const TradeAnswer& a, std::string_view name) {
  Table table = declared_table(trade_declaration(), name);
  for (std::size_t c = 0; c < table.columns().size(); ++c) {
    auto& spec = table.column(c).spec;
    const bool plain = spec.name == "position" || spec.name.starts_with("rca_");
    if (spec.type == ColumnType::real && spec.unit.empty() && !plain)
      spec.unit = a.table.chain().info().unit;
  }
  return table;
}

double percent(double part, double whole) { return whole == 0 ? empty_cell : 100 * part / whole; }

const std::string& code_of(const TradeAnswer& a, std::size_t s) {
  return a.table.traders()[s].code;
}
const std::string& name_of(const TradeAnswer& a, std::size_t s) {
  return a.table.traders()[s].name;
}

void add_contents(const TradeAnswer& a, const ExportSum& sum, Row& row) {
  const double domestic = a.domestic(sum);
  row.insert(row.end(),
             {sum.exports, domestic, percent(domestic, sum.exports),
              a.content(sum, TradeContent::returned), a.content(sum, TradeContent::domestic_twice),
              a.foreign(sum), a.content(sum, TradeContent::foreign_twice)});
}

// Trade that crosses more than one border: all but what the first partner uses itself.
void add_chain_trade(const TradeAnswer& a, const ExportSum& sum, Row& row) {
  const auto method = a.decomposition.method;
  if (method != TradeMethod::borin_mancini_source && method != TradeMethod::borin_mancini_sink) {
    row.insert(row.end(), {empty_cell, empty_cell, empty_cell});
    return;
  }
  const double direct = sum.terms[0] + sum.terms[1];
  row.insert(row.end(),
             {sum.exports - direct, a.foreign(sum) + a.twice(sum), a.domestic(sum) - direct});
}

Table exporters_table(const TradeAnswer& a) {
  auto table = table_named(a, "exporters");
  const auto& t = a.totals;
  for (const auto s : a.by_size()) {
    if (a.by_trader[s].exports == 0) continue;
    Row row{code_of(a, s), name_of(a, s)};
    add_contents(a, a.by_trader[s], row);
    add_chain_trade(a, a.by_trader[s], row);
    row.insert(row.end(), {t.foreign[s], t.indirect[s], 100 * t.participation[s], t.position[s],
                           t.exported[s], percent(t.exported[s], t.exports[s])});
    table.add_row(std::move(row));
  }
  return table;
}

// Positions 0 .. count in order of their exports, largest first, without those that have none.
std::vector<std::size_t> largest_first(const std::vector<ExportSum>& sums, std::size_t first,
                                       std::size_t count) {
  std::vector<std::size_t> order;
  for (std::size_t k = 0; k < count; ++k)
    if (sums[first + k].exports != 0) order.push_back(k);
  std::ranges::stable_sort(order, std::ranges::greater{},
                           [&](std::size_t k) { return sums[first + k].exports; });
  return order;
}

std::vector<std::size_t> exporters_of(const TradeAnswer& a) {
  return a.question.exporter ? std::vector{*a.question.exporter} : a.by_size();
}

Table partners_table(const TradeAnswer& a) {
  auto table = table_named(a, "partners");
  const auto traders = a.traders();
  for (const auto s : exporters_of(a))
    for (const auto r : largest_first(a.by_partner, s * traders, traders)) {
      if (!a.question.partner[r]) continue;
      Row row{code_of(a, s), code_of(a, r), name_of(a, r)};
      add_contents(a, a.by_partner[s * traders + r], row);
      table.add_row(std::move(row));
    }
  return table;
}

Table sectors_table(const TradeAnswer& a) {
  auto table = table_named(a, "sectors");
  const auto& products = a.table.chain().products();
  for (const auto s : exporters_of(a))
    for (const auto p : largest_first(a.by_sector, s * a.products(), a.products())) {
      if (a.question.product && *a.question.product != p) continue;
      Row row{code_of(a, s), products[p].code, products[p].name};
      add_contents(a, a.by_sector[s * a.products() + p], row);
      row.insert(row.end(), {a.rca_gross(s, p), a.rca_value_added(s, p)});
      table.add_row(std::move(row));
    }
  return table;
}

std::string_view content_words(TradeContent content) {
  switch (content) {
    case TradeContent::absorbed:
    case TradeContent::domestic:
      return "domestic";
    case TradeContent::returned:
      return "returned";
    case TradeContent::domestic_twice:
      return "domestic twice";
    case TradeContent::foreign_twice:
      return "foreign twice";
    case TradeContent::foreign:
    case TradeContent::foreign_all:
      break;
  }
  return "foreign";
}

void add_composition(const TradeAnswer& a, const std::string& label, const ExportSum& sum,
                     Table& table) {
  const auto& terms = trade_terms(a.decomposition.method);
  for (std::size_t k = 0; k < terms.size(); ++k)
    table.add_row({label, terms[k].name, terms[k].meaning,
                   std::string(content_words(terms[k].content)), sum.terms[k],
                   percent(sum.terms[k], sum.exports)});
}

Table composition_table(const TradeAnswer& a) {
  auto table = table_named(a, "composition");
  const auto traders = a.traders();
  if (a.question.exporter) {
    const auto s = *a.question.exporter;
    for (const auto r : largest_first(a.by_partner, s * traders, traders))
      if (a.question.partner[r])
        add_composition(a, name_of(a, r), a.by_partner[s * traders + r], table);
  } else {
    for (const auto s : a.by_size())
      if (a.by_trader[s].exports != 0) add_composition(a, name_of(a, s), a.by_trader[s], table);
  }
  return table;
}

void add_terms(const TradeAnswer& a, std::size_t s, std::size_t r, const std::string& sector,
               const ExportSum& sum, Table& table) {
  if (sum.exports == 0) return;
  Row row{code_of(a, s), code_of(a, r), sector, sum.exports};
  for (const double v : sum.terms) row.emplace_back(v);
  table.add_row(std::move(row));
}

// Exports of s to r, sector by sector.
void add_sector_terms(const TradeAnswer& a, std::size_t s, std::size_t r, Table& table) {
  std::vector<ExportSum> sums(a.products(), {0, std::vector<double>(a.decomposition.terms.size())});
  for (auto i = a.table.first(s); i < a.table.first(s + 1); ++i) {
    auto& sum = sums[a.table.product(i)];
    sum.exports += a.table.exports()(i, r);
    for (std::size_t k = 0; k < sum.terms.size(); ++k)
      sum.terms[k] += a.decomposition.terms[k](i, r);
  }
  for (std::size_t p = 0; p < sums.size(); ++p)
    if (!a.question.product || *a.question.product == p)
      add_terms(a, s, r, a.table.chain().products()[p].code, sums[p], table);
}

Table terms_table_of(const TradeAnswer& a) {
  auto table = table_named(a, terms_table(a.decomposition.method));
  const bool by_sector = a.question.exporter || a.question.product || a.question.all_terms;
  const auto exporters = exporters_of(a);
  const auto rows = exporters.size() * a.traders() * (by_sector ? a.products() : 1);
  if (rows > most_term_rows)
    throw Error(Errc::too_large,
                fmt::format("{} exporters, {} partners and {} sectors make {} rows of terms; at "
                            "most {}",
                            exporters.size(), a.traders(), a.products(), rows, most_term_rows),
                "Choose an exporter or leave --all off.");
  for (const auto s : exporters)
    for (std::size_t r = 0; r < a.traders(); ++r) {
      if (r == s || !a.question.partner[r]) continue;
      if (by_sector)
        add_sector_terms(a, s, r, table);
      else
        add_terms(a, s, r, {}, a.by_partner[s * a.traders() + r], table);
    }
  return table;
}

Table value_added_table(const TradeAnswer& a) {
  auto table = table_named(a, "value_added_trade");
  for (const auto t : a.by_size())
    for (std::size_t r = 0; r < a.traders(); ++r) {
      if (r == t || (a.question.exporter && *a.question.exporter != t && *a.question.exporter != r))
        continue;
      double exports = 0;
      for (auto i = a.table.first(t); i < a.table.first(t + 1); ++i)
        exports += a.table.exports()(i, r);
      table.add_row({code_of(a, t), code_of(a, r), exports, a.totals.use(t, r),
                     a.totals.use(t, r) - exports, a.totals.content(t, r)});
    }
  return table;
}

Table negative_table(const TradeAnswer& a) {
  auto table = table_named(a, "negative");
  const auto& chain = a.table.chain();
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < a.table.size(); ++i)
    if (a.table.value_added()[i] < 0) order.push_back(i);
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return a.table.value_added()[i]; });
  for (const auto i : order)
    table.add_row({chain.node(a.table.node(i)).id, chain.label(a.table.node(i)),
                   a.table.output()[i], a.table.value_added()[i]});
  return table;
}

}  // namespace

std::vector<Table> tables_of(const TradeAnswer& a) {
  return {exporters_table(a), partners_table(a),    sectors_table(a), composition_table(a),
          terms_table_of(a),  value_added_table(a), negative_table(a)};
}

}  // namespace stave::trade
