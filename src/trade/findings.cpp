#include "trade/findings.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <optional>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace stave::trade {
namespace {

constexpr std::size_t listed = 3;

const std::string& name_of(const TradeAnswer& a, std::size_t s) {
  return a.table.traders()[s].name;
}

std::string money(const TradeAnswer& a) {
  const auto& currency = a.table.chain().info().currency;
  return currency.empty() ? "" : " " + currency;
}

std::string hundredths(double part, double whole) {
  return fmt::format("{:.1f}", 100 * part / whole);
}

// "Japan (3.1), Korea (2.2) and Germany (1.9)": the largest of some amounts, with `of` as the
// whole.
std::string ranked(const TradeAnswer& a, const std::function<double(std::size_t)>& amount,
                   double of, std::optional<std::size_t> but) {
  std::vector<std::size_t> order;
  for (std::size_t s = 0; s < a.traders(); ++s)
    if (s != but.value_or(a.traders()) && amount(s) > 0) order.push_back(s);
  std::ranges::stable_sort(order, std::ranges::greater{}, amount);
  order.resize(std::min(order.size(), listed));
  std::string text;
  for (std::size_t k = 0; k < order.size(); ++k)
    text += fmt::format("{}{} ({})",
                        k == 0                  ? ""
                        : k + 1 == order.size() ? " and "
                                                : ", ",
                        name_of(a, order[k]), hundredths(amount(order[k]), of));
  return text;
}

// "China exports", or "of Textiles that China exports to Germany".
std::string what_exports(const TradeAnswer& a, std::size_t s) {
  auto text = fmt::format("{} exports", name_of(a, s));
  if (a.question.product)
    text = fmt::format("of {} that {}", a.table.chain().products()[*a.question.product].name, text);
  if (a.question.narrowed) {
    std::vector<std::string> partners;
    for (std::size_t r = 0; r < a.traders(); ++r)
      if (a.question.partner[r] && r != s) partners.push_back(name_of(a, r));
    const auto more = partners.size() > listed ? partners.size() - listed : 0;
    partners.resize(std::min(partners.size(), listed));
    text += fmt::format(" to {}{}", fmt::join(partners, ", "),
                        more > 0 ? fmt::format(" and {} more", more) : "");
  }
  return text;
}

Finding content_finding(const TradeAnswer& a, std::size_t s) {
  const auto& sum = a.by_trader[s];
  const double returned = a.content(sum, TradeContent::returned);
  const bool told = std::isnan(a.content(sum, TradeContent::foreign_all));
  auto text =
      fmt::format("Of every 100{} {}, {} are value added in {}", money(a), what_exports(a, s),
                  hundredths(a.domestic(sum), sum.exports), name_of(a, s));
  if (returned > 0)
    text +=
        fmt::format(" ({} of them come back home in the end)", hundredths(returned, sum.exports));
  const auto foreign = hundredths(a.foreign(sum), sum.exports);
  const auto twice = hundredths(a.twice(sum), sum.exports);
  text += told ? fmt::format(", {} were added elsewhere, and {} are counted twice.", foreign, twice)
               : fmt::format(
                     ", {} were added elsewhere or counted twice there, and {} come back in "
                     "what it imports.",
                     foreign, twice);
  return {text, Tone::plain};
}

std::optional<Finding> origin_finding(const TradeAnswer& a, std::size_t s) {
  const auto& sum = a.by_trader[s];
  const auto text = ranked(a, [&](std::size_t t) { return a.origin(t, s); }, sum.exports, s);
  if (text.empty()) return std::nullopt;
  return Finding{
      fmt::format("Of what others add to every 100{}, most comes from {}.", money(a), text),
      Tone::plain};
}

// Rank of s by position, 1 most upstream; and how many have one.
std::pair<std::size_t, std::size_t> rank_of(const TradeAnswer& a, std::size_t s) {
  std::size_t rank = 1;
  std::size_t all = 0;
  for (std::size_t t = 0; t < a.traders(); ++t) {
    if (std::isnan(a.totals.position[t])) continue;
    ++all;
    if (a.totals.position[t] > a.totals.position[s]) ++rank;
  }
  return {rank, all};
}

Finding participation_finding(const TradeAnswer& a, std::size_t s) {
  const auto& t = a.totals;
  const auto [rank, all] = rank_of(a, s);
  return {fmt::format(
              "In value chains, {} buys value added of others worth {} of every 100{} it exports "
              "(backward), and others export value added of {} worth {} (forward): it stands {}, "
              "{} of {} from upstream.",
              name_of(a, s), hundredths(t.foreign[s], t.exports[s]), money(a), name_of(a, s),
              hundredths(t.indirect[s], t.exports[s]),
              t.position[s] >= 0 ? "rather upstream" : "rather downstream", rank, all),
          Tone::plain};
}

std::optional<Finding> destination_finding(const TradeAnswer& a, std::size_t s) {
  const auto& t = a.totals;
  if (!(t.exported[s] > 0)) return std::nullopt;
  const auto text = ranked(a, [&](std::size_t r) { return t.use(s, r); }, t.exported[s], s);
  return Finding{fmt::format("Of every 100{} of its value added used elsewhere, most ends in {}. "
                             "Value added exported is {} % of gross exports.",
                             money(a), text, hundredths(t.exported[s], t.exports[s])),
                 Tone::plain};
}

// Sectors of which s exports at least a hundredth of all, by advantage in value added.
std::optional<Finding> advantage_finding(const TradeAnswer& a, std::size_t s) {
  if (a.question.product || a.question.narrowed) return std::nullopt;
  std::optional<std::size_t> best;
  for (std::size_t p = 0; p < a.products(); ++p) {
    const bool matters = a.by_sector[s * a.products() + p].exports >= 0.01 * a.totals.exports[s];
    if (matters && a.rca_value_added(s, p) > (best ? a.rca_value_added(s, *best) : 1)) best = p;
  }
  if (!best) return std::nullopt;
  return Finding{fmt::format("Of the sectors it exports much of, its clearest advantage is in {}: "
                             "{:.2f} times the world's share in value added, {:.2f} times in gross "
                             "exports.",
                             a.table.chain().products()[*best].name, a.rca_value_added(s, *best),
                             a.rca_gross(s, *best)),
                 Tone::plain};
}

// Everyone together, then who keeps most and least of what it exports.
void add_world(const TradeAnswer& a, std::vector<Finding>& findings) {
  ExportSum all{0, std::vector<double>(a.decomposition.terms.size())};
  std::vector<std::size_t> order;
  for (std::size_t s = 0; s < a.traders(); ++s) {
    const auto& sum = a.by_trader[s];
    if (!(sum.exports > 0)) continue;
    order.push_back(s);
    all.exports += sum.exports;
    for (std::size_t k = 0; k < sum.terms.size(); ++k) all.terms[k] += sum.terms[k];
  }
  if (order.empty()) return;
  findings.push_back(
      {fmt::format("Of every 100{} exported in this chain, {} are value added in the exporting "
                   "region, {} elsewhere, and {} are counted twice.",
                   money(a), hundredths(a.domestic(all), all.exports),
                   hundredths(a.foreign(all), all.exports), hundredths(a.twice(all), all.exports)),
       Tone::plain});
  const auto share = [&](std::size_t s) {
    return a.domestic(a.by_trader[s]) / a.by_trader[s].exports;
  };
  std::ranges::stable_sort(order, {}, share);
  findings.push_back(
      {fmt::format("{} keeps most of what it exports ({} of every 100{}), {} least ({}).",
                   name_of(a, order.back()), hundredths(share(order.back()), 1), money(a),
                   name_of(a, order.front()), hundredths(share(order.front()), 1)),
       Tone::plain});
}

std::optional<Finding> negative_finding(const TradeAnswer& a) {
  std::size_t count = 0;
  double sum = 0;
  std::size_t worst = 0;
  for (std::size_t i = 0; i < a.table.size(); ++i) {
    const double v = a.table.value_added()[i];
    if (!(v < 0)) continue;
    if (count++ == 0 || v < a.table.value_added()[worst]) worst = i;
    sum += v;
  }
  if (count == 0) return std::nullopt;
  return Finding{
      fmt::format("{} {} more than {} (value added {:.6g} {} in all, the largest {}): "
                  "terms that rest on them may be below zero.",
                  count, count == 1 ? "maker buys" : "makers buy",
                  count == 1 ? "it makes" : "they make", sum, a.table.chain().info().unit,
                  a.table.chain().label(a.table.node(worst))),
      Tone::warning};
}

}  // namespace

std::vector<Finding> findings_of(const TradeAnswer& a) {
  std::vector<Finding> findings;
  if (!a.question.exporter) add_world(a, findings);
  const auto s = a.question.exporter.value_or(a.by_size().front());
  if (a.by_trader[s].exports > 0) {
    findings.push_back(content_finding(a, s));
    for (const auto& make : {origin_finding, destination_finding, advantage_finding}) {
      if (auto finding = make(a, s)) findings.push_back(std::move(*finding));
      if (make == origin_finding) findings.push_back(participation_finding(a, s));
    }
  } else {
    findings.push_back(
        {fmt::format("{} exports nothing of what was asked for.", name_of(a, s)), Tone::plain});
  }
  if (auto negative = negative_finding(a)) findings.push_back(std::move(*negative));
  return findings;
}

std::vector<Figure> figures_of(const TradeAnswer& a) {
  const auto unit = a.table.chain().info().unit;
  std::vector<Figure> figures{
      {"stacked",
       "composition",
       a.question.exporter ? fmt::format("What {} exports to each partner is made of",
                                         name_of(a, *a.question.exporter))
                           : "What exports are made of",
       unit.empty() ? "Terms sum to gross exports"
                    : fmt::format("Terms sum to gross exports, {}", unit),
       {{"label", "label"}, {"part", "term"}, {"value", "value"}},
       15},
      {"scatter",
       "exporters",
       "Participation and position in value chains",
       "Across: foreign content and indirect value added, % of exports. Up: upstream. Size: gross "
       "exports",
       {{"label", "name"}, {"x", "participation"}, {"y", "position"}, {"size", "exports"}},
       0}};
  if (a.question.exporter)
    figures.push_back({"bars",
                       "sectors",
                       fmt::format("Sectors that {} exports", name_of(a, *a.question.exporter)),
                       fmt::format("Domestic value added in gross exports, {}", unit),
                       {{"label", "name"}, {"value", "domestic_value_added"}},
                       15});
  return figures;
}

}  // namespace stave::trade
