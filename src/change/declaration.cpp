#include "change/declaration.hpp"

namespace stave {
namespace {

std::vector<ColumnSpec> with_effects(std::vector<ColumnSpec> columns) {
  const std::vector<ColumnSpec> values = {
      {"before", ColumnType::real, {}, "In the first chain"},
      {"after", ColumnType::real, {}, "In the second chain"},
      {"change", ColumnType::real, {}, "After less before; the effects sum to it"},
      {"growth_rate", ColumnType::real, "%", "Change of what was before"},
      {"intensity_effect", ColumnType::real, {}, "Effect of the amount a unit of output"},
      {"technology_effect", ColumnType::real, {}, "Effect of the inputs a unit of output"},
      {"sourcing_effect",
       ColumnType::real,
       {},
       "Effect of where inputs and final products come from"},
      {"mix_effect", ColumnType::real, {}, "Effect of what final use consists of"},
      {"users_effect", ColumnType::real, {}, "Effect of who uses, or for what"},
      {"level_effect", ColumnType::real, {}, "Effect of how much is used in all"},
      {"final_use_effect", ColumnType::real, {}, "Effect of final use as a whole"}};
  columns.insert(columns.end(), values.begin(), values.end());
  return columns;
}

std::vector<ColumnSpec> with_spread(std::vector<ColumnSpec> columns) {
  const std::vector<ColumnSpec> values = {
      {"contribution", ColumnType::real, {}, "What the factor alone changed, mean over the orders"},
      {"deviation", ColumnType::real, {}, "Standard deviation over the orders; empty by lmdi"},
      {"lowest", ColumnType::real, {}, "In the order where it is least; empty by lmdi"},
      {"highest", ColumnType::real, {}, "In the order where it is most; empty by lmdi"}};
  columns.insert(columns.end(), values.begin(), values.end());
  return columns;
}

std::vector<TableSpec> change_tables() {
  const ColumnSpec factor{"factor", ColumnType::text, {}, "What changed"};
  const ColumnSpec region{"region", ColumnType::text, {}, "Code of the region"};
  const ColumnSpec product{"product", ColumnType::text, {}, "Code of the product"};
  const ColumnSpec name{"name", ColumnType::text, {}, "Its name"};
  auto factors = with_spread({factor});
  factors.push_back({"share", ColumnType::real, "%", "Contribution of what was before"});
  return {
      {"factors", "Factors of the change", factors},
      {"regions", "By region where it arises, largest change first", with_effects({region, name})},
      {"products", "By product in whose making it arises, largest change first",
       with_effects({product, name})},
      {"users", "By who uses in the end (or for what), largest change first",
       with_effects({{"user", ColumnType::text, {}, "Code of the region, or category"}, name})},
      {"nodes", "By maker, largest change first",
       with_effects({{"node", ColumnType::text, {}, "Id of the node"},
                     {"label", ColumnType::text, {}, "Region and product"},
                     region,
                     product})},
      {"effects", "Every factor in every region and product, as far as the orders spread",
       with_spread({{"list", ColumnType::text, {}, "regions, products or users"},
                    {"code", ColumnType::text, {}, "Code in that list"},
                    name,
                    factor})}};
}

std::vector<Parameter> change_parameters() {
  return {
      {.name = "later",
       .type = ParameterType::chains,
       .summary = "The chain it is compared with: another year in the same classification",
       .required = true,
       .positional = true},
      {.name = "stressor",
       .type = ParameterType::stressor,
       .summary = "Whose change is taken apart; without it value added"},
      {.name = "method",
       .type = ParameterType::choice,
       .fallback = "polar",
       .summary = "polar: mean of the two opposite orders; all-orders: mean of all of them, "
                  "with their deviation; lmdi: logarithmic means of every term (both inverses)",
       .choices = {"polar", "all-orders", "lmdi"}},
      {.name = "factors",
       .type = ParameterType::choice,
       .fallback = "4",
       .summary = "3: intensity, technology, final use; 4: final use as mix and level; 5: users "
                  "apart from the mix; 6: sourcing apart from technology and mix",
       .choices = {"3", "4", "5", "6"}},
      {.name = "users",
       .type = ParameterType::choice,
       .fallback = "region",
       .summary = "What a user is: the region that uses, or the category of final use",
       .choices = {"region", "category"}},
      {.name = "region",
       .type = ParameterType::region,
       .summary = "Speak of this region first, and list its makers only"},
      {.name = "product",
       .type = ParameterType::product,
       .summary = "Speak of this product first, and list its makers only"}};
}

Declaration declared_change() {
  Declaration d;
  d.name = "change";
  d.question = "What changed between two years, and what did it?";
  d.summary =
      "Takes the change of value added, or of any stressor, between two chains apart by what may "
      "have caused it: the amount a unit of output, the inputs a unit of output, what final use "
      "consists of, and how much is used (structural decomposition). By region and product where "
      "it arises, and by who uses in the end. The effects sum to the change exactly. Prices are as "
      "in the chains: in current prices, inflation is part of the change.";
  d.needs = {"flows", "final use"};
  d.parameters = change_parameters();
  d.tables = change_tables();
  d.examples = {{"stave change china-2018.stave china-2020", "What made value added grow?"},
                {"stave change china-2018.stave china-2020 --method all-orders --factors 6",
                 "How far do the answers depend on the order, with sourcing on its own?"},
                {"stave change china-2018.stave china-2020 --stressor CO2 --method lmdi",
                 "Which factor raised or lowered emissions?"}};
  d.papers = {
      "Dietzenbacher, E. and Los, B. (1998). Structural decomposition techniques: sense and "
      "sensitivity. Economic Systems Research 10 (4), 307-324.",
      "Dietzenbacher, E. and Los, B. (2000). Structural decomposition analyses with dependent "
      "determinants. Economic Systems Research 12 (4), 497-514.",
      "Ang, B. W. (2005). The LMDI approach to decomposition analysis: a practical guide. Energy "
      "Policy 33 (7), 867-871.",
      "Wood, R. and Lenzen, M. (2006). Zero-value problems of the logarithmic mean Divisia index "
      "decomposition method. Energy Policy 34 (12), 1326-1331.",
      "Xu, Y. and Dietzenbacher, E. (2014). A structural decomposition analysis of the emissions "
      "embodied in trade. Ecological Economics 101, 10-20."};
  d.method = "change";
  return d;
}

}  // namespace

const Declaration& change_declaration() {
  static const Declaration declared = declared_change();
  return declared;
}

}  // namespace stave
