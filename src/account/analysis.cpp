#include "stave/account/account.hpp"
#include "stave/analysis/words.hpp"
#include "stave/core/error.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include <fmt/format.h>

namespace stave {
namespace {

constexpr std::size_t most_multiplier_rows = 2'000'000;
constexpr std::size_t most_told = 3;  // stressors that findings speak of

std::vector<ColumnSpec> account_columns() {
  return {{"production", ColumnType::real, {}, "D_pba: what is produced in the region, F + F_Y"},
          {"consumption", ColumnType::real, {}, "D_cba: what its final use causes anywhere, + F_Y"},
          {"imports", ColumnType::real, {}, "D_imp: of its consumption, what occurs elsewhere"},
          {"exports", ColumnType::real, {}, "D_exp: of its production, what serves others"},
          {"net_imports", ColumnType::real, {}, "Imports less exports"}};
}

std::vector<ColumnSpec> with_accounts(std::vector<ColumnSpec> labels,
                                      std::vector<ColumnSpec> rest) {
  auto accounts = account_columns();
  labels.insert(labels.end(), accounts.begin(), accounts.end());
  labels.insert(labels.end(), rest.begin(), rest.end());
  return labels;
}

std::vector<TableSpec> declared_tables() {
  const ColumnSpec stressor{"stressor", ColumnType::text, {}, "Name of the stressor"};
  const ColumnSpec region{"region", ColumnType::text, {}, "Code of the region"};
  const ColumnSpec name{"name", ColumnType::text, {}, "Name of the region"};
  const ColumnSpec unit{"unit", ColumnType::text, {}, "Unit of the accounts"};
  const ColumnSpec head{"per_head", ColumnType::real, {}, "Consumption by population"};
  return {
      {"leading", "Accounts by region, largest consumer first",
       with_accounts({region, name}, {head})},
      {"accounts", "Accounts by stressor and region",
       with_accounts({stressor, region, name},
                     {unit, head, {"per_head_unit", ColumnType::text, {}, "Unit of per_head"}})},
      {"sectors", "Accounts by stressor, region and product (--by sector)",
       with_accounts({stressor,
                      region,
                      {"product",
                       ColumnType::text,
                       {},
                       "What the region makes (production, exports) or uses (consumption, "
                       "imports)"}},
                     {unit})},
      {"multipliers",
       "Multipliers of final use (--multipliers)",
       {stressor,
        {"node", ColumnType::text, {}, "Id of the node"},
        {"label", ColumnType::text, {}, "Region and product"},
        {"direct", ColumnType::real, {}, "S: stressor a unit of the node's own output"},
        {"total", ColumnType::real, {}, "M = S L: stressor everywhere a unit of final use"},
        {"unit", ColumnType::text, {}, "Unit of direct and total"}}}};
}

Declaration declaration() {
  Declaration d;
  d.name = "accounts";
  d.question = "How much of each stressor does a region produce, and how much does its use cause?";
  d.summary =
      "Production, consumption, import and export accounts of every stressor by region: what is "
      "produced there, what its final use causes anywhere (through all tiers, L = (I - A)^-1), and "
      "how much of either crosses a border. Direct stressors of final use (F_Y) stand in "
      "production "
      "and in consumption. Worldwide both sum to the same total.";
  d.needs = {"final use", "stressors"};
  d.parameters = {{.name = "stressor",
                   .type = ParameterType::stressor,
                   .fallback = {},
                   .summary = "Only this one; without it all"},
                  {.name = "region",
                   .type = ParameterType::region,
                   .fallback = {},
                   .summary = "Speak of this one first; the tables hold all"},
                  {.name = "by",
                   .type = ParameterType::choice,
                   .fallback = "region",
                   .summary = "Detail: accounts by region, or also by product",
                   .choices = {"region", "sector"}},
                  {.name = "multipliers",
                   .type = ParameterType::flag,
                   .fallback = "off",
                   .summary = "Also the multipliers M of every node"}};
  d.tables = declared_tables();
  d.examples = {{"stave accounts world-2011", "Who emits CO2, and for whom?"},
                {"stave accounts world-2011 --by sector", "By which products?"},
                {"stave accounts china-2020 --multipliers",
                 "How much CO2 is behind a unit of each product?"}};
  d.papers = {
      "Kanemoto, K., Lenzen, M., Peters, G. P., Moran, D. D. and Geschke, A. (2012). Frameworks "
      "for "
      "comparing emissions associated with production, consumption, and international trade. "
      "Environmental Science & Technology 46, 172-179.",
      "Stadler, K. (2021). Pymrio: a Python based multi-regional input-output analysis toolbox. "
      "Journal of Open Research Software 9, 8."};
  d.method = "accounts";
  return d;
}

std::string amount(double value) { return words::amount(value, {}); }

// One stressor of the accounts, with what is said of it.
struct View {
  const Chain& chain;
  const RegionalAccounts& a;
  std::size_t s;

  [[nodiscard]] const Stressor& stressor() const { return chain.stressor_rows()[a.stressors[s]]; }
  [[nodiscard]] double net(std::size_t r) const { return a.imports(s, r) - a.exports(s, r); }
  [[nodiscard]] double per_head(std::size_t r) const {
    const auto* people = chain.region_attribute("population");
    return people != nullptr && people->values[r] > 0 ? a.consumption(s, r) / people->values[r]
                                                      : std::numeric_limits<double>::quiet_NaN();
  }
  [[nodiscard]] std::string per_head_unit() const {
    const auto* people = chain.region_attribute("population");
    return people == nullptr ? std::string()
                             : fmt::format("{} / {}", stressor().unit,
                                           people->unit.empty() ? "person" : people->unit);
  }
  [[nodiscard]] std::vector<std::size_t> regions_by(const auto& value) const {
    std::vector<std::size_t> order(chain.regions().size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t l, std::size_t m) { return value(l) > value(m); });
    return order;
  }
};

void add_accounts(std::vector<Table::Cell>& row, const View& v, std::size_t r) {
  const auto& a = v.a;
  for (const auto value : {a.production(v.s, r), a.consumption(v.s, r), a.imports(v.s, r),
                           a.exports(v.s, r), v.net(r)})
    row.emplace_back(value);
}

Table leading_table(const View& v) {
  auto table = declared_table(declaration(), "leading");
  Table titled(table.name(),
               fmt::format("Accounts of {}, largest consumer first", v.stressor().name), [&] {
                 std::vector<ColumnSpec> specs;
                 for (auto& column : table.columns()) specs.push_back(column.spec);
                 for (auto& spec : specs)
                   if (spec.type == ColumnType::real)
                     spec.unit = spec.name == "per_head" ? v.per_head_unit() : v.stressor().unit;
                 return specs;
               }());
  for (const auto r : v.regions_by([&](std::size_t i) { return v.a.consumption(v.s, i); })) {
    std::vector<Table::Cell> row{v.chain.regions()[r].code, v.chain.regions()[r].name};
    add_accounts(row, v, r);
    row.emplace_back(v.per_head(r));
    titled.add_row(std::move(row));
  }
  return titled;
}

Table accounts_table(const Chain& chain, const RegionalAccounts& a) {
  auto table = declared_table(declaration(), "accounts");
  for (std::size_t s = 0; s < a.stressors.size(); ++s) {
    const View v{chain, a, s};
    const auto head_unit = v.per_head_unit();
    for (std::size_t r = 0; r < chain.regions().size(); ++r) {
      std::vector<Table::Cell> row{v.stressor().name, chain.regions()[r].code,
                                   chain.regions()[r].name};
      add_accounts(row, v, r);
      row.emplace_back(v.stressor().unit);
      row.emplace_back(v.per_head(r));
      row.emplace_back(head_unit);
      table.add_row(std::move(row));
    }
  }
  return table;
}

Table sectors_table(const Chain& chain, const RegionalAccounts& a) {
  auto table = declared_table(declaration(), "sectors");
  const auto& d = *a.sectors;
  for (std::size_t s = 0; s < a.stressors.size(); ++s)
    for (std::size_t r = 0; r < chain.regions().size(); ++r)
      for (std::size_t p = 0; p < chain.products().size(); ++p) {
        const auto c = r * chain.products().size() + p;
        const auto& stressor = chain.stressor_rows()[a.stressors[s]];
        table.add_row({stressor.name, chain.regions()[r].code, chain.products()[p].code,
                       d.production(s, c), d.consumption(s, c), d.imports(s, c), d.exports(s, c),
                       d.imports(s, c) - d.exports(s, c), stressor.unit});
      }
  return table;
}

Table multipliers_table(const Chain& chain, const RegionalAccounts& a) {
  auto table = declared_table(declaration(), "multipliers");
  for (std::size_t s = 0; s < a.stressors.size(); ++s) {
    const auto& stressor = chain.stressor_rows()[a.stressors[s]];
    const auto unit = fmt::format("{} / {}", stressor.unit, chain.info().unit);
    for (std::size_t i = 0; i < chain.size(); ++i) {
      const auto x = chain.output()[i];
      table.add_row({stressor.name, chain.nodes()[i].id, chain.label(NodeId(i)),
                     x == 0 ? 0 : chain.stressors()(a.stressors[s], i) / x, a.multipliers(s, i),
                     unit});
    }
  }
  return table;
}

// "Japan (12 kt, 5 % of its production), Germany (...)", at most three.
std::string ranked(const View& v, double sign) {
  std::string list;
  std::size_t told = 0;
  for (const auto r : v.regions_by([&](std::size_t i) { return sign * v.net(i); })) {
    const auto net = sign * v.net(r);
    const auto made = v.a.production(v.s, r);
    if (net <= 0 || told++ == 3) break;
    list += fmt::format(
        "{}{} ({} {}{})", list.empty() ? "" : ", ", v.chain.regions()[r].name, amount(net),
        v.stressor().unit,
        made > 0 ? fmt::format(", {:.1f} % of what it produces", 100 * net / made) : "");
  }
  return list;
}

void tell_trade(const View& v, std::vector<Finding>& findings) {
  const auto& name = v.stressor().name;
  double total = 0;
  double traded = 0;
  for (std::size_t r = 0; r < v.chain.regions().size(); ++r) {
    total += v.a.production(v.s, r);
    traded += v.a.exports(v.s, r);
  }
  if (total > 0 && v.chain.regions().size() > 1)
    findings.push_back(
        {fmt::format("{}: {} of {} {} ({:.1f} %) occur in one region for the final "
                     "use of another.",
                     name, amount(traded), amount(total), v.stressor().unit, 100 * traded / total),
         Tone::plain});
  if (const auto importers = ranked(v, 1); !importers.empty())
    findings.push_back(
        {fmt::format("Largest net importers of {}: {}.", name, importers), Tone::plain});
  if (const auto exporters = ranked(v, -1); !exporters.empty())
    findings.push_back(
        {fmt::format("Largest net exporters of {}: {}.", name, exporters), Tone::plain});
}

// What the region produces and causes, and which way the difference goes.
void tell_region(const View& v, std::size_t r, std::vector<Finding>& findings) {
  const auto made = v.a.production(v.s, r);
  const auto net = v.net(r);
  const auto& unit = v.stressor().unit;
  findings.push_back(
      {fmt::format(
           "{} produces {} {} of {}, its final use causes {} {}: it is a net {} of {} {}{}.",
           v.chain.regions()[r].name, amount(made), unit, v.stressor().name,
           amount(v.a.consumption(v.s, r)), unit, net > 0 ? "importer" : "exporter",
           amount(std::abs(net)), unit,
           made > 0 ? fmt::format(" ({:.1f} % of what it produces)", 100 * std::abs(net) / made)
                    : ""),
       Tone::plain});
}

// NaN sorts last: an unknown population is no head.
void tell_heads(const View& v, std::vector<Finding>& findings) {
  const auto value = [&](std::size_t r) {
    return std::isnan(v.per_head(r)) ? -std::numeric_limits<double>::infinity() : v.per_head(r);
  };
  const auto order = v.regions_by(value);
  if (order.empty() || std::isnan(v.per_head(order.front()))) return;
  findings.push_back({fmt::format("Per head, the final use of {} causes most {}: {:.3g} {}.",
                                  v.chain.regions()[order.front()].name, v.stressor().name,
                                  v.per_head(order.front()), v.per_head_unit()),
                      Tone::plain});
}

// Share of |F| in cells that are not measured.
double estimated_share(const View& v) {
  double all = 0;
  double estimated = 0;
  const auto row = v.a.stressors[v.s];
  for (std::size_t i = 0; i < v.chain.size(); ++i) {
    const auto value = std::abs(v.chain.stressors()(row, i));
    all += value;
    if (v.chain.stressor_quality(row, NodeId(i)) != Quality::measured) estimated += value;
  }
  return all > 0 ? estimated / all : 0;
}

void tell_doubts(const View& v, Report& report) {
  const auto& name = v.stressor().name;
  if (const auto share = estimated_share(v); share > 0) {
    auto text = fmt::format("{:.1f} % of {} is estimated, not measured{}{}", 100 * share, name,
                            v.stressor().note.empty() ? "" : ": ", v.stressor().note);
    if (!text.ends_with('.')) text += '.';
    report.provenance.notes.push_back(text);
    if (share >= 0.1 && v.s < most_told) report.findings.push_back({text, Tone::warning});
  }
  if (const auto lost = v.a.unattributed[v.s]; lost != 0)
    report.findings.push_back(
        {fmt::format("{} {} of {} stand where nothing is made: in production accounts, in no "
                     "consumption account.",
                     amount(lost), v.stressor().unit, name),
         Tone::warning});
}

void note_exports(const Chain& chain, Report& report) {
  for (const auto& column : chain.final_columns())
    if (column.category.find("export") != std::string::npos) {
      report.provenance.notes.push_back(fmt::format("final use '{}' counts as use of {}",
                                                    column.category,
                                                    chain.regions()[column.region].name));
      return;
    }
}

void add_figures(const View& v, Report& report) {
  const auto& name = v.stressor().name;
  report.figures.push_back(
      {"dumbbell",
       "leading",
       fmt::format("{}: produced and caused", name),
       fmt::format("From production to consumption account, {}.", v.stressor().unit),
       {{"label", "name"}, {"from", "production"}, {"to", "consumption"}},
       20});
  report.figures.push_back({"bars",
                            "leading",
                            fmt::format("{}: net imports embodied in trade", name),
                            fmt::format("Imports less exports, {}.", v.stressor().unit),
                            {{"label", "name"}, {"value", "net_imports"}},
                            20});
  if (v.chain.region_attribute("population") != nullptr)
    report.figures.push_back({"bars",
                              "leading",
                              fmt::format("{}: consumption per head", name),
                              v.per_head_unit(),
                              {{"label", "name"}, {"value", "per_head"}},
                              20});
}

Report run_accounts(const Chain& chain, const Arguments& arguments, Progress& progress) {
  AccountOptions options;
  if (arguments.has("stressor")) options.stressors = {arguments.stressor("stressor")};
  options.sectors = arguments.text("by") == "sector";
  options.multipliers = arguments.flag("multipliers");
  const auto count = options.stressors.empty() ? chain.stressor_rows().size() : 1;
  if (options.multipliers && count * chain.size() > most_multiplier_rows)
    throw Error(Errc::too_large,
                fmt::format("{} stressors of {} nodes make {} rows of multipliers; at most {}",
                            count, chain.size(), count * chain.size(), most_multiplier_rows),
                "Choose one with --stressor.");
  const auto a = accounts(chain, options, progress);

  Report report;
  report.title = fmt::format("Accounts of {}", chain.info().name);
  for (std::size_t s = 0; s < std::min(count, most_told); ++s) {
    if (arguments.has("region"))
      tell_region({chain, a, s}, arguments.region("region").at(), report.findings);
    tell_trade({chain, a, s}, report.findings);
    tell_heads({chain, a, s}, report.findings);
  }
  for (std::size_t s = 0; s < count; ++s) tell_doubts({chain, a, s}, report);
  report.tables = {leading_table({chain, a, 0}), accounts_table(chain, a)};
  if (a.sectors) report.tables.push_back(sectors_table(chain, a));
  if (options.multipliers) report.tables.push_back(multipliers_table(chain, a));
  add_figures({chain, a, 0}, report);
  note_exports(chain, report);
  report.provenance.residuals = {
      {"consumption accounts sum to production accounts", a.worst_imbalance(), 1e-9},
      {fmt::format("output for final use, solved by {}", to_string(a.solution.method)),
       a.solution.residual, 1e-10}};
  return report;
}

}  // namespace

Analysis accounts_analysis() { return {declaration(), run_accounts}; }

}  // namespace stave
