#include "footprint/table.hpp"

#include "stave/analysis/analysis.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <numeric>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "footprint/declaration.hpp"

namespace stave::footprint {
namespace {

constexpr double empty_cell = std::numeric_limits<double>::quiet_NaN();

// The declared table with the units of this chain.
Table unit_table(const Answer& a, std::string_view name) {
  auto table = declared_table(footprint_declaration(), name);
  for (std::size_t c = 0; c < table.columns().size(); ++c) {
    auto& spec = table.column(c).spec;
    if (spec.type != ColumnType::real || !spec.unit.empty() || spec.name == "factor") continue;
    if (spec.name.ends_with("_per_head"))
      spec.unit = a.per_head_unit();
    else if (spec.name.ends_with("_per_value_added") || name == "intensity")
      spec.unit = a.per_money.text;
    else if (spec.name == "value_added" || spec.name == "final_sales")
      spec.unit = a.chain.info().unit;
    else
      spec.unit = a.indicator.unit;
  }
  return table;
}

double by_money(const Answer& a, double amount, double money) {
  return money > 0 ? a.per_money.factor * amount / money : empty_cell;
}

std::vector<double> row_of(const Matrix& m) { return {m.row(0).begin(), m.row(0).end()}; }

Table regions_table(const Answer& a) {
  auto table = unit_table(a, "regions");
  const auto value_added = value_added_by_region(a.chain);
  const auto& d = a.accounts;
  for (const auto r : largest_first(row_of(d.consumption))) {
    const auto& region = a.chain.regions()[r];
    const double made = d.production(0, r);
    const double used = d.consumption(0, r);
    table.add_row({region.code, region.name, made, used, d.imports(0, r), d.exports(0, r),
                   d.imports(0, r) - d.exports(0, r), a.per_head(made, RegionId(r)),
                   a.per_head(used, RegionId(r)), by_money(a, made, value_added[r]),
                   by_money(a, used, value_added[r])});
  }
  return table;
}

Table flows_table(const Answer& a) {
  auto table = unit_table(a, "flows");
  const auto& e = a.accounts.bilateral.front();
  const std::vector<double> values(e.values().begin(), e.values().end());
  for (const auto at : largest_first(values)) {
    const auto q = at / e.cols();
    const auto r = at % e.cols();
    if (q == r || values[at] == 0) continue;
    const auto& from = a.chain.regions()[q];
    const auto& to = a.chain.regions()[r];
    const double whole = a.accounts.consumption(0, r);
    table.add_row({from.code, to.code, from.name, to.name, values[at],
                   whole > 0 ? 100 * values[at] / whole : empty_cell});
  }
  return table;
}

Table intensity_table(const Answer& a) {
  auto table = unit_table(a, "intensity");
  for (std::size_t i = 0; i < a.chain.size(); ++i) {
    const auto& node = a.chain.nodes()[i];
    const double direct = a.per_money.factor * a.question.intensity[i];
    const double total = a.per_money.factor * a.multipliers[i];
    table.add_row({node.id, a.chain.regions()[node.region].code,
                   a.chain.products()[node.product].code, a.chain.label(NodeId(i)), direct,
                   total - direct, total});
  }
  return table;
}

Table sector_table(const Answer& a) {
  auto table = unit_table(a, "sector");
  for (const auto maker : makers_meant(a.chain, a.asked)) {
    const auto s = sector_footprint(a.chain, a.indicator, a.multipliers, std::vector{maker});
    table.add_row({a.chain.node(maker).id, a.chain.label(maker), s.direct, s.of_final, s.of_output,
                   s.value_added, s.final_sales, by_money(a, s.direct, s.value_added),
                   by_money(a, s.of_final, s.value_added),
                   a.per_head(s.of_final, a.chain.node(maker).region)});
  }
  return table;
}

Table parts_table(const Answer& a, std::string_view name, const Classification& items,
                  const std::vector<double>& values) {
  auto table = unit_table(a, name);
  for (const auto k : largest_first(values))
    if (values[k] != 0)
      table.add_row({items[k].code, items[k].name, values[k], a.share(values[k])});
  return table;
}

Table products_table(const Answer& a) {
  std::vector<double> caused(a.chain.size());
  for (std::size_t i = 0; i < caused.size(); ++i) caused[i] = a.multipliers[i] * a.question.use[i];
  return parts_table(a, "products", a.chain.products(), sum_by_product(a.chain, caused));
}

Table sources_table(const Answer& a) {
  auto table = unit_table(a, "sources");
  for (const auto i : largest_first(a.sources))
    if (a.sources[i] != 0)
      table.add_row(
          {a.chain.nodes()[i].id, a.chain.label(NodeId(i)), a.sources[i], a.share(a.sources[i])});
  return table;
}

Table tiers_table(const Answer& a) {
  auto table = unit_table(a, "tiers");
  double sum = 0;
  for (std::size_t k = 0; k < a.tiers.value.size(); ++k) {
    sum += a.tiers.value[k];
    table.add_row({std::to_string(k), a.tiers.value[k], a.share(a.tiers.value[k]), a.share(sum)});
  }
  sum += a.tiers.remainder;
  table.add_row({"remainder", a.tiers.remainder, a.share(a.tiers.remainder), a.share(sum)});
  return table;
}

Table paths_table(const Answer& a) {
  auto table = unit_table(a, "paths");
  for (std::size_t p = 0; p < a.paths.size(); ++p) {
    const auto path = a.paths.path(p);
    table.add_row({static_cast<std::int64_t>(p + 1), a.paths.value[p], a.share(a.paths.value[p]),
                   path_labels(a.chain, path), static_cast<std::int64_t>(path.size() - 1),
                   path_ids(a.chain, path)});
  }
  return table;
}

Table balance_table(const Answer& a) {
  auto table = unit_table(a, "balance");
  const double rest = a.footprint() - a.paths.found;
  table.add_row({"paths listed", a.paths.found, a.share(a.paths.found)});
  table.add_row({"remainder", rest, a.share(rest)});
  table.add_row({"footprint", a.footprint(), a.share(a.footprint())});
  if (a.final_itself != 0)
    table.add_row({"final use itself", a.final_itself, a.share(a.final_itself)});
  return table;
}

Table factors_table(const Answer& a) {
  auto table = unit_table(a, "factors");
  for (const auto& part : a.indicator.parts) {
    const auto& stressor = a.chain.stressor_rows()[part.row];
    table.add_row({stressor.name, stressor.unit, part.potential, part.factor, part.source});
  }
  return table;
}

}  // namespace

std::string path_labels(const Chain& chain, std::span<const std::int32_t> path) {
  std::vector<std::string> labels;
  for (const auto node : path) labels.push_back(chain.label(NodeId(node)));
  return fmt::format("{}", fmt::join(labels, " > "));
}

std::string path_ids(const Chain& chain, std::span<const std::int32_t> path) {
  std::vector<std::string> ids;
  for (const auto node : path) ids.push_back(chain.node(NodeId(node)).id);
  return fmt::format("{}", fmt::join(ids, " > "));
}

std::vector<Table> footprint_tables(const Answer& a) {
  std::vector<Table> tables{regions_table(a), flows_table(a)};
  if (a.asked.product) tables.push_back(sector_table(a));
  tables.push_back(products_table(a));
  tables.push_back(parts_table(a, "origins", a.chain.regions(), sum_by_region(a.chain, a.sources)));
  tables.push_back(sources_table(a));
  tables.push_back(tiers_table(a));
  tables.push_back(paths_table(a));
  tables.push_back(balance_table(a));
  tables.push_back(intensity_table(a));
  if (!a.indicator.set.empty()) tables.push_back(factors_table(a));
  return tables;
}

}  // namespace stave::footprint
