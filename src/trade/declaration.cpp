#include "trade/declaration.hpp"

#include <algorithm>

namespace stave {
namespace {

constexpr auto text_type = ColumnType::text;
constexpr auto real = ColumnType::real;

const ColumnSpec exporter{"exporter", text_type, {}, "Code of the exporter"};
const ColumnSpec partner{"partner", text_type, {}, "Code of who buys"};
const ColumnSpec sector{"sector", text_type, {}, "Code of the exporting sector"};

std::vector<ColumnSpec> joined(std::vector<ColumnSpec> first, const std::vector<ColumnSpec>& rest) {
  first.insert(first.end(), rest.begin(), rest.end());
  return first;
}

std::vector<ColumnSpec> contents() {
  return {{"exports", real, {}, "Gross exports to the partners and of the sector asked for"},
          {"domestic_value_added", real, {}, "Of them, value added of the exporter, counted once"},
          {"domestic_share", real, "%", "Domestic value added in gross exports"},
          {"returned",
           real,
           {},
           "Of domestic value added, what comes back home in the end; empty where the method does "
           "not tell"},
          {"domestic_twice", real, {}, "Domestic value added that exports count a second time"},
          {"foreign_value_added",
           real,
           {},
           "Value added of others; by method oecd with what is counted twice"},
          {"foreign_twice",
           real,
           {},
           "Value added of others that exports count a second time; empty by method oecd"}};
}

TableSpec exporters() {
  return {
      "exporters", "Exporters, largest first",
      joined(
          joined({exporter, {"name", text_type, {}, "Name of the exporter"}}, contents()),
          {{"gvc",
            real,
            {},
            "Exports that cross more than one border (GVC-related trade); by Borin and Mancini "
            "only"},
           {"gvc_backward", real, {}, "Of them, what holds value added from abroad"},
           {"gvc_forward", real, {}, "Of them, domestic value added that partners send on"},
           {"foreign_content", real, {}, "Value added of others in all its exports (backward)"},
           {"indirect_value_added", real, {}, "Its value added in the exports of others (forward)"},
           {"participation", real, "%", "Foreign content and indirect value added, of all exports"},
           {"position",
            real,
            {},
            "ln(1 + forward) - ln(1 + backward), as shares of exports: above 0 upstream, below 0 "
            "downstream"},
           {"value_added_exported", real, {}, "Its value added in the final use of others (VAX)"},
           {"value_added_ratio", real, "%", "Value added exported, of all gross exports"}})};
}

TableSpec partners() {
  return {"partners", "Exports by partner, largest first",
          joined({exporter, partner, {"name", text_type, {}, "Name of who buys"}}, contents())};
}

TableSpec sectors() {
  return {
      "sectors", "Exports by exporting sector, largest first",
      joined(joined({exporter, sector, {"name", text_type, {}, "Name of the sector"}}, contents()),
             {{"rca_gross",
               real,
               {},
               "Revealed comparative advantage in gross exports to all: above 1, more than the "
               "world"},
              {"rca_value_added",
               real,
               {},
               "The same in domestic value added in exports, by the sector it comes from"}})};
}

TableSpec composition() {
  return {"composition",
          "What exports are made of, term by term",
          {{"label",
            text_type,
            {},
            "Name of the exporter; of the partner where one exporter is asked for"},
           {"term", text_type, {}, "Name of the term"},
           {"meaning", text_type, {}, "What the term holds"},
           {"content",
            text_type,
            {},
            "What it counts as: domestic, returned, domestic twice, foreign, foreign twice"},
           {"value", real, {}, "Of the exports"},
           {"share", real, "%", "Of the label's exports"}}};
}

TableSpec value_added_trade() {
  return {
      "value_added_trade",
      "Trade in value added: who adds it, who uses it",
      {{"origin", text_type, {}, "Code of who adds the value"},
       {"destination", text_type, {}, "Code of who uses it in the end"},
       {"gross_exports", real, {}, "Gross exports of the origin to the destination"},
       {"value_added_used", real, {}, "Value added of the origin in the destination's final use"},
       {"difference", real, {}, "Value added used less gross exports"},
       {"value_added_in_exports",
        real,
        {},
        "Value added of the origin in the destination's exports"}}};
}

TableSpec negative() {
  return {"negative",
          "Makers with negative value added",
          {{"node", text_type, {}, "Id of the node"},
           {"label", text_type, {}, "Region and product"},
           {"output", real, {}, "Z 1 + Y 1"},
           {"value_added", real, {}, "Output less purchases"}}};
}

TableSpec terms(TradeMethod method, const std::string& by) {
  TableSpec spec{terms_table(method),
                 "All terms by exporter, partner and sector, " + by,
                 {exporter,
                  partner,
                  {"sector", text_type, {}, "Code of the exporting sector; empty: all together"},
                  {"exports", real, {}, "Gross exports: the sum of all terms"}}};
  for (const auto& term : trade_terms(method))
    spec.columns.push_back({term.name, real, {}, term.meaning});
  return spec;
}

std::vector<Parameter> parameters() {
  std::vector<std::string> methods;
  for (const auto method : all_trade_methods) methods.emplace_back(to_string(method));
  return {{.name = "exporter",
           .type = ParameterType::text,
           .fallback = {},
           .summary = "A region, a group of regions, or several with commas taken as one exporter; "
                      "without it all"},
          {.name = "partner",
           .type = ParameterType::text,
           .fallback = {},
           .summary = "Only exports to this region, group, or several with commas"},
          {.name = "sector",
           .type = ParameterType::product,
           .fallback = {},
           .summary = "Only exports of this sector"},
          {.name = "method",
           .type = ParameterType::choice,
           .fallback = "borin-mancini-source",
           .summary = "How exports are decomposed",
           .choices = methods},
          {.name = "all",
           .type = ParameterType::flag,
           .fallback = "off",
           .summary = "All terms by sector for every exporter, not only for the one asked for"}};
}

std::vector<std::string> papers() {
  return {
      "Borin, A. and Mancini, M. (2023). Measuring what matters in value-added trade. Economic "
      "Systems Research 35, 586-613.",
      "Koopman, R., Wang, Z. and Wei, S.-J. (2014). Tracing value-added and double counting in "
      "gross exports. American Economic Review 104, 459-494.",
      "Wang, Z., Wei, S.-J. and Zhu, K. (2013, revised 2018). Quantifying international production "
      "sharing at the bilateral and sector levels. NBER Working Paper 19677.",
      "Miroudot, S. and Ye, M. (2021). Decomposing value added in gross exports. Economic Systems "
      "Research 33, 67-87.",
      "OECD (2021). Guide to OECD's Trade in Value Added Indicators.",
      "Johnson, R. C. and Noguera, G. (2012). Accounting for intermediates: production sharing and "
      "trade in value added. Journal of International Economics 86, 224-236."};
}

Declaration declared() {
  Declaration d;
  d.name = "trade";
  d.question =
      "Whose value added is in a region's exports, where does it end, and what is counted "
      "twice?";
  d.summary =
      "Takes gross exports apart, by exporter, partner and sector: domestic value added used "
      "abroad, "
      "domestic value added that comes back, foreign value added, and what trade statistics count "
      "twice because it crosses borders more than once. The terms of every method sum to gross "
      "exports. Beside them, whatever the method: value added by origin and destination, "
      "participation in value chains, position, and revealed comparative advantage in gross "
      "exports "
      "and in value added. A split country (MX1, MX2; CN1, CN2) counts as one exporter; so does a "
      "group, whose members' trade among themselves is no export.";
  d.needs = {"flows", "final use", "regions"};
  d.parameters = parameters();
  d.tables = {exporters(),
              partners(),
              sectors(),
              composition(),
              terms(TradeMethod::borin_mancini_source, "by Borin and Mancini, source-based"),
              terms(TradeMethod::borin_mancini_sink, "by Borin and Mancini, sink-based"),
              terms(TradeMethod::wwz, "by Wang, Wei and Zhu"),
              terms(TradeMethod::kww, "by Koopman, Wang and Wei"),
              terms(TradeMethod::miroudot_ye, "by Miroudot and Ye"),
              terms(TradeMethod::oecd, "as the OECD publishes them"),
              value_added_trade(),
              negative()};
  d.examples = {{"stave trade world-2011 --exporter CHN",
                 "Of every 100 USD China exports, how much is value added in China?"},
                {"stave trade world-2011 --exporter CHN --partner USA --method wwz",
                 "And of what it sells to the United States, in sixteen terms?"},
                {"stave trade world-2011 --exporter DEU,FRA,ITA --sector c15",
                 "What do three countries as one export of transport equipment?"}};
  d.papers = papers();
  d.method = "trade";
  return d;
}

}  // namespace

const Declaration& trade_declaration() {
  static const Declaration declaration = declared();
  return declaration;
}

std::string terms_table(TradeMethod method) {
  std::string name = "terms_" + std::string(to_string(method));
  std::ranges::replace(name, '-', '_');
  return name;
}

}  // namespace stave
