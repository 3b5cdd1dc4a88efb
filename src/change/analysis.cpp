// `stave change`: what changed between two chains, and which factor did it.
#include "stave/analysis/analysis.hpp"

#include "stave/change/change.hpp"
#include "stave/core/error.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "change/declaration.hpp"

namespace stave {
namespace {

/// The answer and all that its words need.
struct Told {
  const Chain& first;
  const Chain& second;
  const Arguments& arguments;
  const Change& c;
  std::string measure;
  std::string unit;
};

std::string percent_text(double share) {
  const double value = 100 * share;
  return std::abs(value) >= 10 ? fmt::format("{:.0f} %", value) : fmt::format("{:.2g} %", value);
}

std::string amount_text(double value) {
  if (std::abs(value) < 1000) return fmt::format("{:.3g}", value);
  auto digits = fmt::format("{:.0f}", value);
  const std::size_t first = value < 0 ? 1 : 0;
  for (std::size_t at = digits.size(); at > first + 3;) digits.insert(at -= 3, ",");
  return digits;
}

std::string signed_text(double value) { return (value > 0 ? "+" : "") + amount_text(value); }

// The effect, or 0 where rounding is all it is.
double cleared(const ChangeParts& parts, std::size_t k, std::size_t item) {
  const double effect = parts.effect(k, item);
  const double size = std::max(std::abs(parts.before[item]), std::abs(parts.after[item]));
  return std::abs(effect) > 1e-13 * size ? effect : 0;
}

// "level +120, technology -14"
std::string effects_text(const Told& t, const ChangeParts& parts, std::size_t item) {
  std::vector<std::size_t> order(t.c.factors.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) {
    return std::abs(parts.effect(a, item)) > std::abs(parts.effect(b, item));
  });
  std::vector<std::string> words;
  for (const auto k : order) {
    auto name = t.c.factors[k];
    std::ranges::replace(name, '_', ' ');
    words.push_back(fmt::format("{} {}", name, signed_text(cleared(parts, k, item))));
  }
  return fmt::format("{}", fmt::join(words, ", "));
}

std::string year_text(const Chain& chain) {
  return chain.info().year == 0 ? chain.info().name : std::to_string(chain.info().year);
}

std::vector<std::size_t> largest_change_first(const ChangeParts& parts) {
  std::vector<std::size_t> order(parts.before.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) {
    return std::abs(parts.after[a] - parts.before[a]) > std::abs(parts.after[b] - parts.before[b]);
  });
  return order;
}

bool is_amount(std::string_view column) {
  static const std::vector<std::string_view> others{"growth_rate", "share"};
  return std::ranges::find(others, column) == others.end();
}

// The declared table with the factors of this run alone, amounts in the measure's unit.
Table table_of(const Told& t, std::string_view name) {
  const auto declared = declared_table(change_declaration(), name);
  constexpr std::string_view ending = "_effect";
  std::vector<ColumnSpec> columns;
  for (const auto& column : declared.columns()) {
    auto spec = column.spec;
    if (spec.name.ends_with(ending) &&
        std::ranges::find(t.c.factors, spec.name.substr(0, spec.name.size() - ending.size())) ==
            t.c.factors.end())
      continue;
    if (spec.type == ColumnType::real && is_amount(spec.name)) spec.unit = t.unit;
    columns.push_back(std::move(spec));
  }
  return {declared.name(), declared.title(), std::move(columns)};
}

double growth_of(double before, double after) {
  return before != 0 ? 100 * (after - before) / std::abs(before)
                     : std::numeric_limits<double>::quiet_NaN();
}

void add_row(Table& table, const ChangeParts& parts, std::size_t item,
             std::vector<Table::Cell> row) {
  const double before = parts.before[item];
  const double after = parts.after[item];
  for (const double value : {before, after, after - before, growth_of(before, after)})
    row.emplace_back(value);
  for (std::size_t k = 0; k < parts.effect.rows(); ++k) row.emplace_back(parts.effect(k, item));
  table.add_row(std::move(row));
}

Table factor_table(const Told& t) {
  auto table = table_of(t, "factors");
  const auto& p = t.c.total;
  for (std::size_t k = 0; k < t.c.factors.size(); ++k)
    table.add_row({t.c.factors[k], p.effect(k, 0), p.deviation(k, 0), p.lowest(k, 0),
                   p.highest(k, 0),
                   p.before[0] != 0 ? 100 * p.effect(k, 0) / std::abs(p.before[0])
                                    : std::numeric_limits<double>::quiet_NaN()});
  return table;
}

/// A list of items that have code and name.
struct Listing {
  std::string name;
  const ChangeParts& parts;
  std::vector<std::pair<std::string, std::string>> items;
};

std::vector<std::pair<std::string, std::string>> labels_of(const Classification& items) {
  std::vector<std::pair<std::string, std::string>> labels;
  for (const auto& item : items.items()) labels.emplace_back(item.code, item.name);
  return labels;
}

std::vector<Listing> listings_of(const Told& t) {
  std::vector<std::pair<std::string, std::string>> users;
  for (const auto& user : t.c.users) {
    const auto region = t.first.regions().find(user);
    users.emplace_back(user, t.arguments.text("users") == "region" && region
                                 ? t.first.regions()[*region].name
                                 : user);
  }
  return {{"regions", t.c.regions, labels_of(t.first.regions())},
          {"products", t.c.products, labels_of(t.first.products())},
          {"users", t.c.by_user, std::move(users)}};
}

bool is_empty(const ChangeParts& parts, std::size_t item) {
  bool empty = parts.before[item] == 0 && parts.after[item] == 0;
  for (std::size_t k = 0; k < parts.effect.rows(); ++k) empty &= parts.effect(k, item) == 0;
  return empty;
}

Table listed_table(const Told& t, const Listing& listing) {
  auto table = table_of(t, listing.name);
  for (const auto item : largest_change_first(listing.parts))
    if (!is_empty(listing.parts, item))
      add_row(table, listing.parts, item, {listing.items[item].first, listing.items[item].second});
  return table;
}

Table node_table(const Told& t) {
  auto table = table_of(t, "nodes");
  for (const auto i : largest_change_first(t.c.makers)) {
    const auto& node = t.first.nodes()[i];
    if (t.arguments.has("region") && node.region != t.arguments.region("region")) continue;
    if (t.arguments.has("product") && node.product != t.arguments.product("product")) continue;
    add_row(table, t.c.makers, i,
            {node.id, t.first.label(NodeId(i)), t.first.regions()[node.region].code,
             t.first.products()[node.product].code});
  }
  return table;
}

Table effect_table(const Told& t, const std::vector<Listing>& listings) {
  auto table = table_of(t, "effects");
  for (const auto& listing : listings)
    for (const auto item : largest_change_first(listing.parts)) {
      if (is_empty(listing.parts, item)) continue;
      for (std::size_t k = 0; k < t.c.factors.size(); ++k)
        table.add_row({listing.name, listing.items[item].first, listing.items[item].second,
                       t.c.factors[k], listing.parts.effect(k, item),
                       listing.parts.deviation(k, item), listing.parts.lowest(k, item),
                       listing.parts.highest(k, item)});
    }
  return table;
}

Finding item_finding(const Told& t, const ChangeParts& parts, std::size_t item,
                     const std::string& name) {
  const double before = parts.before[item];
  const double after = parts.after[item];
  return {fmt::format("{}: {} from {} to {} {}; {}.", name, t.measure, amount_text(before),
                      amount_text(after), t.unit, effects_text(t, parts, item)),
          Tone::plain};
}

// "China +1,200 (40 %) and Brazil +300 (9.8 %)"
std::string leaders_text(const Listing& listing, double change) {
  std::vector<std::string> words;
  for (const auto item : largest_change_first(listing.parts)) {
    const double own = listing.parts.after[item] - listing.parts.before[item];
    if (words.size() == 3 || own == 0) break;
    words.push_back(fmt::format(
        "{} {}{}", listing.items[item].second, signed_text(own),
        change != 0 ? fmt::format(" ({})", percent_text(own / change)) : std::string()));
  }
  return fmt::format("{}", fmt::join(words, ", "));
}

void tell_change(const Told& t, const std::vector<Listing>& listings,
                 std::vector<Finding>& findings) {
  if (t.arguments.has("region"))
    findings.push_back(item_finding(t, t.c.regions, t.arguments.region("region").at(),
                                    t.first.regions()[t.arguments.region("region")].name));
  if (t.arguments.has("product"))
    findings.push_back(item_finding(t, t.c.products, t.arguments.product("product").at(),
                                    t.first.products()[t.arguments.product("product")].name));
  const double before = t.c.total.before[0];
  const double after = t.c.total.after[0];
  const auto growth = before != 0 ? fmt::format(" ({}{})", after > before ? "+" : "",
                                                percent_text((after - before) / std::abs(before)))
                                  : std::string();
  findings.push_back({fmt::format("From {} to {}, {} went from {} to {} {}{}.", year_text(t.first),
                                  year_text(t.second), t.measure, amount_text(before),
                                  amount_text(after), t.unit, growth),
                      Tone::plain});
  findings.push_back({fmt::format("By factor: {}; together {}, all of the change.",
                                  effects_text(t, t.c.total, 0), signed_text(after - before)),
                      Tone::plain});
  if (listings[0].items.size() > 1 && after != before)
    findings.push_back(
        {fmt::format("The largest changes arise in {}.", leaders_text(listings[0], after - before)),
         Tone::plain});
}

void tell_orders(const Told& t, std::vector<Finding>& findings) {
  if (t.arguments.text("method") != "all-orders") return;
  const auto& p = t.c.total;
  std::vector<std::string> words;
  for (std::size_t k = 0; k < t.c.factors.size(); ++k)
    words.push_back(fmt::format("{} {} ({} to {})", t.c.factors[k], amount_text(p.deviation(k, 0)),
                                amount_text(p.lowest(k, 0)), amount_text(p.highest(k, 0))));
  findings.push_back({fmt::format("Over the {} orders the effects deviate by: {}.", t.c.orders,
                                  fmt::join(words, ", ")),
                      Tone::plain});
}

void note_prices(const Told& t, std::vector<std::string>& notes) {
  if (t.first.info().year != 0 && t.first.info().year == t.second.info().year) return;
  notes.push_back(fmt::format(
      "Money of {} and of {} is compared as the chains state it. Unless both are in prices of one "
      "year, they are in current prices, and what rose in price counts as intensity, technology, "
      "mix and level; deflate both first where volumes are meant.",
      year_text(t.first), year_text(t.second)));
}

void note_rest(const Told& t, std::vector<std::string>& notes) {
  if (!t.arguments.has("stressor"))
    notes.emplace_back(
        "Value added a unit of output and inputs a unit of output sum to 1, so that the effects of "
        "intensity and technology hang together (Dietzenbacher and Los 2000).");
  if (t.c.direct_before != 0 || t.c.direct_after != 0)
    notes.push_back(
        fmt::format("{} of final use itself, {} before and {} after, is not of makers "
                    "and is not taken apart.",
                    t.measure, amount_text(t.c.direct_before), amount_text(t.c.direct_after)));
  if (t.c.outside_before != 0 || t.c.outside_after != 0)
    notes.push_back(
        fmt::format("Recorded at makers without output, {} before and {} after, and "
                    "not taken apart.",
                    amount_text(t.c.outside_before), amount_text(t.c.outside_after)));
  if (t.c.below_zero > 0)
    notes.push_back(
        fmt::format("Output lies below zero at {} makers, which count as making "
                    "nothing; what they buy counts as final use of their region.",
                    t.c.below_zero));
  if (t.c.through_zero > 0)
    notes.push_back(
        fmt::format("{} of all changes of single terms lies where a factor is 0 in one "
                    "of the years or changes sign; those are shared by the limit.",
                    percent_text(t.c.through_zero)));
  if (t.arguments.text("factors") == "6" && t.first.regions().size() < 2)
    notes.emplace_back("The chains have one region: sourcing cannot change.");
}

Figure stacked_figure(std::string_view list, std::string_view title) {
  return {"bars",
          std::string(list),
          std::string(title),
          "Change between the two chains; the table tells its factors.",
          {{"label", "name"}, {"value", "change"}},
          15};
}

Report told_report(const Told& t) {
  Report report;
  report.title =
      fmt::format("Change of {}, {} to {}", t.measure, t.first.info().name, t.second.info().name);
  const auto listings = listings_of(t);
  tell_change(t, listings, report.findings);
  tell_orders(t, report.findings);
  report.tables.push_back(factor_table(t));
  for (const auto& listing : listings) report.tables.push_back(listed_table(t, listing));
  report.tables.push_back(node_table(t));
  report.tables.push_back(effect_table(t, listings));
  report.figures.push_back({"bars",
                            "factors",
                            fmt::format("Factors of the change of {}", t.measure),
                            "What each factor alone changed.",
                            {{"label", "factor"}, {"value", "contribution"}},
                            0});
  if (t.first.regions().size() > 1)
    report.figures.push_back(stacked_figure("regions", "Regions, largest change first"));
  report.figures.push_back(stacked_figure("products", "Products, largest change first"));
  report.provenance.residuals = {
      {"effects sum to the change, in all, by maker and by user", t.c.imbalance, 1e-12},
      {"makers and users tell the same change and effects", t.c.disagreement, 1e-9},
      {"states of the factors, solved", t.c.residual, 1e-10}};
  note_prices(t, report.provenance.notes);
  note_rest(t, report.provenance.notes);
  return report;
}

ChangeOptions options_of(const Chain& chain, const Arguments& arguments) {
  ChangeOptions options;
  const auto& method = arguments.text("method");
  options.method = method == "lmdi"         ? ChangeMethod::lmdi
                   : method == "all-orders" ? ChangeMethod::orders
                                            : ChangeMethod::polar;
  options.factors = std::stoi(arguments.text("factors"));
  options.users =
      arguments.text("users") == "category" ? ChangeUsers::category : ChangeUsers::region;
  if (arguments.has("stressor"))
    options.stressor = chain.stressor_rows()[arguments.stressor("stressor")].name;
  return options;
}

Report change_report(const Chain& chain, const Arguments& arguments, Progress& progress) {
  const auto& others = arguments.chains("later");
  if (others.size() != 1)
    throw Error(Errc::bad_input,
                fmt::format("--later: {} chains, but one is compared", others.size()),
                "stave change CHAIN1 CHAIN2; ask for further pairs one by one.");
  const auto options = options_of(chain, arguments);
  const auto c = change(chain, others.front(), options, progress);
  const bool own = !options.stressor.empty();
  const Told told{
      chain,
      others.front(),
      arguments,
      c,
      own ? options.stressor : std::string("value added"),
      own ? chain.stressor_rows()[arguments.stressor("stressor")].unit : chain.info().unit};
  return told_report(told);
}

}  // namespace

Analysis change_analysis() { return {change_declaration(), change_report}; }

}  // namespace stave
