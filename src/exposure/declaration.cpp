#include "exposure/declaration.hpp"

namespace stave {
namespace {

constexpr auto text_type = ColumnType::text;
constexpr auto real = ColumnType::real;

TableSpec choke_points() {
  return {"choke_points",
          "Choke points, largest value added at risk first",
          {{"source", text_type, {}, "Supplying region and product"},
           {"region", text_type, {}, "Code of the supplying region"},
           {"product", text_type, {}, "Code of the product"},
           {"at_risk", real, "%", "Value added lost when it stops supplying; cascade, lower end"},
           {"at_risk_high", real, "%", "Upper end: look-through share, or the loss where larger"},
           {"value_added_at_risk", real, {}, "The lower end in money, a year"},
           {"value_added_at_risk_high", real, {}, "The upper end in money, a year"},
           {"with_demand", real, "%", "Value added lost when lost demand is followed too"},
           {"use_share", real, "%", "Its share in the region's use of the product"},
           {"look_through", real, "%", "Its share in all that goes into the region's products"},
           {"hidden", real, "%", "Of that, what is not seen in the first tier (share of total)"},
           {"herfindahl", real, {}, "Concentration over supplying regions, own too; 0 to 1"},
           {"foreign_share", real, "%", "Of the region's use of the product"},
           {"next_sources", text_type, {}, "The two next sources, with their share in the use"},
           {"next_share", real, "%", "Their share together"},
           {"cover", real, "%", "Of what is lost, what their spare capacity could make"},
           {"days", real, "days", "Until the shelf is empty"},
           {"node", text_type, {}, "Id of the node"}}};
}

TableSpec long_staves() {
  return {"long_staves",
          "Long staves: own products whose loss would cost others most",
          {{"product", text_type, {}, "Name of the product"},
           {"at_risk", real, "%", "Value added that all others lose when the region stops"},
           {"value_added_at_risk", real, {}, "The same in money, a year"},
           {"use_share", real, "%", "The region's share in the others' use of the product"},
           {"most_hit", text_type, {}, "The region that loses most of its own value added"},
           {"most_hit_at_risk", real, "%", "Of that region's value added"},
           {"node", text_type, {}, "Id of the node"}}};
}

std::vector<ColumnSpec> reliance_columns(std::vector<ColumnSpec> labels) {
  labels.push_back({"face_value", real, "%", "FPEMfv: what the first tier shows"});
  labels.push_back({"look_through", real, "%", "FPEM: through all tiers"});
  labels.push_back({"hidden", real, "%", "The difference"});
  return labels;
}

std::vector<TableSpec> tables() {
  auto dependants = reliance_columns({{"region", text_type, {}, "Region that depends"}});
  dependants.push_back({"worst_product", text_type, {}, "The product it would miss most"});
  dependants.push_back({"at_risk", real, "%", "Of its value added, lost when that one stops"});
  return {
      choke_points(),
      {"suppliers",
       "Who supplies the products of the choke points",
       {{"product", text_type, {}, "Name of the product"},
        {"region", text_type, {}, "Supplying region; the region itself and all others named so"},
        {"share", real, "%", "Of the region's use of the product; adds up to 100"},
        {"value", real, {}, "Use, a year"}}},
      long_staves(),
      {"dependants", "Who depends on the region, most first", dependants},
      {"direct_indirect", "Direct and look-through reliance by supplying region",
       reliance_columns({{"region", text_type, {}, "Supplying region"}})},
      {"reliance", "Reliance of every region on every other, through all tiers",
       reliance_columns({{"supplier", text_type, {}, "Code of the supplying region"},
                         {"user", text_type, {}, "Code of the region whose products use it"}})},
      {"european_tests",
       "The three European tests by product, largest outside imports first",
       {{"product", text_type, {}, "Name of the product"},
        {"imports", real, {}, "Imports from outside the region and its partners, a year"},
        {"cdi1", real, {}, "Herfindahl index of those imports over regions"},
        {"cdi2", real, {}, "Their share in all imports"},
        {"cdi3", real, {}, "Their ratio to own exports; empty without own exports"},
        {"largest", text_type, {}, "Largest outside source"},
        {"passed", ColumnType::integer, {}, "Thresholds exceeded, of three"},
        {"verdict", text_type, {}, "dependent (all three exceeded), watch (two), or none"}}}};
}

std::vector<Parameter> parameters() {
  const auto real_parameter = ParameterType::real;
  return {{.name = "region",
           .type = ParameterType::region,
           .summary = "The region that is asked about",
           .required = true},
          {.name = "top",
           .type = ParameterType::integer,
           .fallback = "20",
           .summary = "Choke points listed",
           .min = 1,
           .max = 100'000},
          {.name = "sources",
           .type = ParameterType::integer,
           .fallback = "0",
           .summary = "Sources cut, the largest by what they sell to the region; 0: all",
           .min = 0,
           .max = 10'000'000},
          {.name = "market",
           .type = ParameterType::choice,
           .fallback = "on",
           .summary = "Others step in by market share; off overstates: whole tables stop",
           .choices = {"on", "off"}},
          {.name = "demand",
           .type = ParameterType::choice,
           .fallback = "on",
           .summary = "Also the loss with demand effects, for the choke points listed",
           .choices = {"on", "off"}},
          {.name = "split",
           .type = ParameterType::choice,
           .fallback = "exact",
           .summary = "How a cut divides a source; added counts its later losses twice",
           .choices = {"exact", "added"}},
          {.name = "eps",
           .type = real_parameter,
           .fallback = "1e-6",
           .summary = "The cascade rests when no output falls by more in a round",
           .unit = "share",
           .min = 1e-12,
           .max = 0.1},
          {.name = "partners",
           .type = ParameterType::text,
           .summary = "Regions or groups that count as inside in the European tests, with commas"},
          {.name = "concentration",
           .type = real_parameter,
           .fallback = "0.4",
           .summary = "European test 1: Herfindahl index of outside imports above",
           .min = 0,
           .max = 1},
          {.name = "outside",
           .type = real_parameter,
           .fallback = "0.5",
           .summary = "European test 2: outside imports / all imports above",
           .min = 0,
           .max = 1},
          {.name = "coverage",
           .type = real_parameter,
           .fallback = "1",
           .summary = "European test 3: outside imports / own exports above",
           .min = 0}};
}

Declaration declaration() {
  Declaration d;
  d.name = "exposure";
  d.question = "What would stop a region if a source outside its control were cut?";
  d.summary =
      "Every source (supplying region and product) is cut from the region in turn. The value added "
      "that the region then loses, with others stepping in by market share, is the lower end; the "
      "source's look-through share in all that goes into the region's products is the upper end. "
      "Concentration, foreign share, hidden exposure, the next best sources and days of stock "
      "explain it. The mirror question gives the long staves: what others would miss most.";
  d.needs = {"regions"};
  d.parameters = parameters();
  d.tables = tables();
  d.examples = {{"stave exposure world-2011 --region CHN",
                 "What would stop China if a source outside it were cut?"},
                {"stave exposure world-2011 --region DEU --partners FRA,ITA,NLD",
                 "On which products from outside these partners does Germany depend?"}};
  d.papers = {
      "Diem, C., Borsos, A., Reisch, T., Kertesz, J. and Thurner, S. (2022). Quantifying "
      "firm-level "
      "economic systemic risk from nation-wide supply networks. Scientific Reports 12, 7719.",
      "Baldwin, R., Freeman, R. and Theodorakopoulos, A. (2023). Hidden exposure: measuring US "
      "supply chain reliance. NBER Working Paper 31820.",
      "European Commission (2021). Strategic dependencies and capacities. SWD(2021) 352 final."};
  d.method = "exposure";
  return d;
}

}  // namespace

const Declaration& exposure_declaration() {
  static const Declaration declared = declaration();
  return declared;
}

}  // namespace stave
