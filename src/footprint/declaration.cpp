#include "footprint/declaration.hpp"

#include "stave/footprint/footprint.hpp"

namespace stave::footprint {
namespace {

constexpr auto text_cell = ColumnType::text;
constexpr auto real_cell = ColumnType::real;
constexpr auto whole_cell = ColumnType::integer;

std::vector<TableSpec> account_tables() {
  return {
      {"regions",
       "Accounts by region, largest consumer first",
       {{"region", text_cell, {}, "Code of the region"},
        {"name", text_cell, {}, "Name of the region"},
        {"production", real_cell, {}, "D_pba: what is produced in the region, F + F_Y"},
        {"consumption", real_cell, {}, "D_cba: what its final use causes anywhere, + F_Y"},
        {"imports", real_cell, {}, "D_imp: of its consumption, what occurs elsewhere"},
        {"exports", real_cell, {}, "D_exp: of its production, what serves others"},
        {"net_imports", real_cell, {}, "Imports less exports"},
        {"production_per_head", real_cell, {}, "Production by population"},
        {"consumption_per_head", real_cell, {}, "Consumption by population"},
        {"production_per_value_added", real_cell, {}, "Production by the region's value added"},
        {"consumption_per_value_added", real_cell, {}, "Consumption by the region's value added"}}},
      {"flows",
       "Embodied in trade: where it occurs and for whose final use, largest first",
       {{"from", text_cell, {}, "Code of the region where it occurs"},
        {"to", text_cell, {}, "Code of the region whose final use causes it"},
        {"from_name", text_cell, {}, "Name of the region where it occurs"},
        {"to_name", text_cell, {}, "Name of the region whose final use causes it"},
        {"value", real_cell, {}, "E_qr, through all tiers"},
        {"share", real_cell, "%", "Of the consumption account of the region whose use causes it"}}},
      {"intensity",
       "Intensity factors of every sector, per unit of money",
       {{"node", text_cell, {}, "Id of the node"},
        {"region", text_cell, {}, "Code of the region"},
        {"product", text_cell, {}, "Code of the product"},
        {"label", text_cell, {}, "Region and product"},
        {"direct", real_cell, {}, "S: in the sector itself, a unit of its output"},
        {"upstream", real_cell, {}, "M - S: at its suppliers, through all tiers"},
        {"total", real_cell, {}, "M = S L: multiply what was spent by this"}}}};
}

std::vector<TableSpec> footprint_tables() {
  return {
      {"sector",
       "The sector asked for, its makers",
       {{"node", text_cell, {}, "Id of the node"},
        {"label", text_cell, {}, "Region and product"},
        {"direct", real_cell, {}, "F: what occurs in the sector itself"},
        {"footprint", real_cell, {}, "M y: behind its sales to final use; adds up over sectors"},
        {"of_output", real_cell, {}, "M x: behind all it makes; sectors count each other's"},
        {"value_added", real_cell, {}, "Value added of the sector"},
        {"final_sales", real_cell, {}, "Sales to final use"},
        {"direct_per_value_added", real_cell, {}, "Direct by the sector's value added"},
        {"footprint_per_value_added", real_cell, {}, "Footprint by the sector's value added"},
        {"footprint_per_head", real_cell, {}, "Footprint by the population of its region"}}},
      {"products",
       "The footprint by final product, largest first",
       {{"product", text_cell, {}, "Code of the product"},
        {"name", text_cell, {}, "Name of the product"},
        {"value", real_cell, {}, "M y of its makers"},
        {"share", real_cell, "%", "Of the footprint"}}},
      {"origins",
       "The footprint by the region where it occurs, largest first",
       {{"region", text_cell, {}, "Code of the region"},
        {"name", text_cell, {}, "Name of the region"},
        {"value", real_cell, {}, "s_i (L y)_i of its makers"},
        {"share", real_cell, "%", "Of the footprint"}}},
      {"sources",
       "The footprint by the sector where it occurs, largest first",
       {{"node", text_cell, {}, "Id of the node"},
        {"label", text_cell, {}, "Region and product"},
        {"value", real_cell, {}, "s_i (L y)_i"},
        {"share", real_cell, "%", "Of the footprint"}}}};
}

std::vector<TableSpec> tier_and_path_tables() {
  return {
      {"tiers",
       "The footprint by tier, and what lies beyond",
       {{"tier", text_cell, {}, "0: in the maker of the final product itself; last: the remainder"},
        {"value", real_cell, {}, "s A^k y; the remainder M A^(T + 1) y"},
        {"share", real_cell, "%", "Of the footprint"},
        {"cumulative", real_cell, "%", "Of the footprint, up to this tier"}}},
      {"paths",
       "Paths, largest first",
       {{"rank", whole_cell, {}, "1 is the largest"},
        {"value", real_cell, {}, "s_i a_ij a_jk ... y_k"},
        {"share", real_cell, "%", "Of the footprint"},
        {"path", text_cell, {}, "From where it occurs to the maker of the final product"},
        {"tier", whole_cell, {}, "0: in the maker of the final product itself"},
        {"nodes", text_cell, {}, "Ids of all nodes of the path"}}},
      {"balance",
       "What adds up to the footprint",
       {{"part", text_cell, {}, "Paths listed, remainder, footprint; final use itself"},
        {"value", real_cell, {}, "Paths listed and remainder sum to the footprint"},
        {"share", real_cell, "%", "Of the footprint"}}}};
}

TableSpec factors_table() {
  return {"factors",
          "What is counted (--gwp)",
          {{"stressor", text_cell, {}, "Name of the stressor"},
           {"unit", text_cell, {}, "Unit of the stressor"},
           {"potential", real_cell, "kg CO2-eq / kg", "Global warming potential, 100 years"},
           {"factor", real_cell, {}, "Of the result, a unit of the stressor"},
           {"source", text_cell, {}, "Where the factor comes from"}}};
}

std::vector<TableSpec> declared_tables() {
  auto tables = account_tables();
  for (const auto& part : {footprint_tables(), tier_and_path_tables()})
    tables.insert(tables.end(), part.begin(), part.end());
  tables.push_back(factors_table());
  return tables;
}

std::vector<Parameter> declared_parameters() {
  return {{.name = "stressor",
           .type = ParameterType::stressor,
           .summary = "What is counted; without it CO2, or the chain's first stressor"},
          {.name = "gwp",
           .type = ParameterType::choice,
           .summary = "Count the chain's greenhouse gases together as CO2-equivalent, by the "
                      "IPCC's factors for 100 years of this report",
           .choices = {"AR6", "AR5"}},
          {.name = "region",
           .type = ParameterType::region,
           .summary = "The footprint of this region's final use; with --sector, of its sector"},
          {.name = "sector",
           .type = ParameterType::product,
           .summary = "The footprint of what this sector sells to final use"},
          {.name = "tiers",
           .type = ParameterType::integer,
           .fallback = "8",
           .summary = "The last tier listed; all behind it is one remainder",
           .unit = "links",
           .min = 0,
           .max = limit::max_footprint_tiers},
          {.name = "threshold",
           .type = ParameterType::real,
           .fallback = "0.002",
           .summary = "List every path of at least this share of the footprint",
           .unit = "share",
           .min = limit::least_path_threshold,
           .max = 1}};
}

Declaration declared() {
  Declaration d;
  d.name = "footprint";
  d.question = "What footprint has a region, a sector or its final use, and where does it occur?";
  d.summary =
      "Production and consumption accounts, what is embodied in trade from region to region, and "
      "factors per unit of money for every sector. Then the footprint asked for (all final use, "
      "that of a region, or what a sector sells to final use) by final product, by where it "
      "occurs, by tier and by path: each adds up to the footprint, with what is not listed as one "
      "remainder.";
  d.needs = {"flows", "final use", "stressors"};
  d.parameters = declared_parameters();
  d.tables = declared_tables();
  d.examples = {
      {"stave footprint world-2011 --region DEU", "What does Germany's final use emit, and where?"},
      {"stave footprint world-2011 --region CHN --sector c14",
       "What is behind the electrical equipment China sells to final use?"},
      {"stave footprint china-2020 --stressor CO2", "CO2 per 10,000 CNY of every sector"}};
  d.papers = {
      "Kanemoto, K., Lenzen, M., Peters, G. P., Moran, D. D. and Geschke, A. (2012). Frameworks "
      "for comparing emissions associated with production, consumption, and international trade. "
      "Environmental Science & Technology 46, 172-179.",
      "Lenzen, M. and Treloar, G. (2002). Embodied energy in buildings: wood versus concrete. "
      "Energy Policy 30, 249-255.",
      "Defourny, J. and Thorbecke, E. (1984). Structural path analysis and multiplier "
      "decomposition within a social accounting matrix framework. Economic Journal 94, 111-136."};
  d.method = "footprint";
  return d;
}

}  // namespace

const Declaration& footprint_declaration() {
  static const Declaration declaration = declared();
  return declaration;
}

}  // namespace stave::footprint
