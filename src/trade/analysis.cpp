#include "stave/core/error.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "trade/answer.hpp"
#include "trade/declaration.hpp"
#include "trade/findings.hpp"
#include "trade/tables.hpp"

namespace stave {
namespace {

TradeQuestion question_of(const Chain& chain, const std::vector<Trader>& traders,
                          std::optional<std::size_t> exporter, const Arguments& arguments) {
  TradeQuestion q;
  q.exporter = exporter;
  q.partner.assign(traders.size(), true);
  q.all_terms = arguments.flag("all");
  if (arguments.has("sector")) q.product = arguments.product("sector").at();
  if (!arguments.has("partner")) return q;
  const auto& text = arguments.text("partner");
  q.partner.assign(traders.size(), false);
  q.narrowed = true;
  for (const auto r : find_traders(chain, traders, text)) q.partner[r] = true;
  if (exporter) q.partner[*exporter] = false;
  if (std::ranges::none_of(q.partner, [](bool asked) { return asked; }))
    throw Error(Errc::bad_input,
                fmt::format("--partner: '{}' names nobody but the exporter itself", text),
                "What a region or group sells to itself is no export: name someone else.");
  return q;
}

void note_traders(const TradeTable& table, std::vector<std::string>& notes) {
  for (const auto& trader : table.traders()) {
    if (trader.regions.size() < 2) continue;
    std::vector<std::string> members;
    for (const auto region : trader.regions)
      members.push_back(table.chain().regions()[region].code);
    notes.push_back(fmt::format("{} is {} taken as one: what they sell each other is no export.",
                                trader.code, fmt::join(members, ", ")));
  }
}

// Value added as the table states it, and as the decomposition needs it.
void note_value_added(const TradeTable& table, std::vector<std::string>& notes) {
  const auto& chain = table.chain();
  double stated = 0;
  double miss = 0;
  for (std::size_t i = 0; i < table.size(); ++i) {
    const double value = chain.value_added()[table.node(i).at()];
    stated += std::abs(value);
    miss += std::abs(value - table.value_added()[i]);
  }
  if (!chain.primary_rows().empty() && miss > 1e-6 * stated)
    notes.push_back(
        fmt::format("Value added is output less purchases, so that terms sum to exports: with "
                    "taxes and margins "
                    "on inputs. It differs from the table's primary inputs by {:.3g} % of them.",
                    100 * miss / stated));
  if (table.used_without_output() != 0)
    notes.push_back(fmt::format(
        "Makers without output, or with output below zero, buy {:.6g} {}: counted as final use "
        "of their regions.",
        table.used_without_output(), chain.info().unit));
}

// A trader that sells and buys no inputs: the table leaves out what it makes its products from.
void note_sources(const TradeTable& table, std::vector<std::string>& notes) {
  const auto& chain = table.chain();
  for (std::size_t s = 0; s < table.traders().size(); ++s) {
    double made = 0;
    double bought = 0;
    for (auto i = table.first(s); i < table.first(s + 1); ++i) {
      made += table.output()[i];
      bought += chain.intermediate_inputs()[table.node(i).at()];
    }
    if (made > 0 && bought == 0)
      notes.push_back(fmt::format(
          "{} buys no inputs in this table: all it sells counts as its own value added, and what "
          "comes back by way of it, or is counted twice, is not seen.",
          table.traders()[s].name));
  }
}

void note_exports(const Chain& chain, std::vector<std::string>& notes) {
  for (const auto& column : chain.final_columns())
    if (column.category.find("export") != std::string::npos) {
      notes.push_back(fmt::format("final use '{}' counts as use of {}, not as exports",
                                  column.category, chain.regions()[column.region].name));
      return;
    }
}

Provenance provenance_of(const TradeAnswer& a) {
  Provenance p;
  const auto& d = a.decomposition;
  p.residuals = {
      {fmt::format("terms sum to gross exports, {}", to_string(d.method)), d.residual, 1e-9},
      {"value added in a unit of final use sums to 1", d.miss, 1e-9},
      {"(I - A) B = I, on eight columns", d.inverse_residual, 1e-9}};
  note_traders(a.table, p.notes);
  note_value_added(a.table, p.notes);
  note_sources(a.table, p.notes);
  note_exports(a.table.chain(), p.notes);
  return p;
}

Report run_trade(const Chain& chain, const Arguments& arguments, Progress& progress) {
  auto traders = traders_of(chain);
  std::optional<std::size_t> exporter;
  if (arguments.has("exporter")) {
    auto group = merge_traders(chain, std::move(traders), arguments.text("exporter"));
    traders = std::move(group.traders);
    exporter = group.position;
  }
  auto question = question_of(chain, traders, exporter, arguments);
  const TradeTable table(chain, std::move(traders));
  const auto answer =
      trade_answer(table, std::move(question), trade_method(arguments.text("method")), progress);
  Report report;
  report.title = exporter ? fmt::format("Exports of {}, {}", table.traders()[*exporter].name,
                                        chain.info().name)
                          : fmt::format("Value added in trade, {}", chain.info().name);
  report.tables = trade::tables_of(answer);
  report.findings = trade::findings_of(answer);
  report.figures = trade::figures_of(answer);
  report.provenance = provenance_of(answer);
  return report;
}

}  // namespace

Analysis trade_analysis() { return {trade_declaration(), run_trade}; }

}  // namespace stave
