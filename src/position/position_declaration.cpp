#include "position/declaration.hpp"
#include "position/position_years.hpp"
#include "position/words.hpp"

namespace stave {
namespace {

constexpr auto words_column = ColumnType::text;
constexpr auto number_column = ColumnType::real;

// Where makers, regions and products stand, in the same columns.
std::vector<ColumnSpec> standing(std::vector<ColumnSpec> labels) {
  const std::vector<ColumnSpec> values = {
      {"upstreamness", number_column, "stages", "U: mean stages to final use, plus 1"},
      {"downstreamness", number_column, "stages", "D: mean stages from value added, plus 1"},
      {"position", number_column, {}, "U / D: above 1 nearer to the start of chains"},
      {"distance", number_column, "stages", "U - D, the axis of the smile curve"},
      {"final_use_share", number_column, "%", "Final use of output"},
      {"value_added_share", number_column, "%", "Value added of output"},
      {"output", number_column, {}, "Output"}};
  labels.insert(labels.end(), values.begin(), values.end());
  return labels;
}

std::vector<TableSpec> one_year_tables() {
  const ColumnSpec node{"node", words_column, {}, "Id of the node"};
  const ColumnSpec label{"label", words_column, {}, "Region and product"};
  const ColumnSpec region{"region", words_column, {}, "Code of the region"};
  const ColumnSpec product{"product", words_column, {}, "Code of the product"};
  return {
      {"regions", "Regions, weighted by output, most upstream first",
       standing({region, {"name", words_column, {}, "Name of the region"}})},
      {"products", "Products, weighted by output, most upstream first",
       standing({product, {"name", words_column, {}, "Name of the product"}})},
      {"nodes", "Makers, most upstream first", standing({node, label, region, product})},
      {"lengths",
       "Average propagation lengths to and from one maker (--node), strongest link first",
       {node,
        label,
        {"length_to", number_column, "steps", "Mean steps of a push from here to the maker"},
        {"strength_to", number_column, {}, "Made here for a unit of the maker's final use"},
        {"length_from", number_column, "steps", "Mean steps of a push from the maker to here"},
        {"strength_from", number_column, {}, "Made by the maker for a unit of final use of this"}}},
      {"smile",
       "Who adds the value of the final product (--final), largest part first",
       {node,
        label,
        region,
        product,
        {"value_added", number_column, {}, "v / x (L y): value added in the final product"},
        {"share", number_column, "%", "Of the product's final use"},
        {"value_added_share", number_column, "%", "Value added of the maker's output, v / x"},
        {"distance", number_column, "stages", "U - D"},
        {"upstreamness", number_column, "stages", "U"},
        {"downstreamness", number_column, "stages", "D"}}},
      {"smile_line",
       "The parabola through the smile curve, weighted by value added",
       {{"distance", number_column, "stages", "U - D"},
        {"value_added_share", number_column, "%", "Fitted value added of output"}}},
      words::negative_value_added_table()};
}

std::vector<TableSpec> position_tables() {
  auto tables = one_year_tables();
  for (auto& table : year_tables()) tables.push_back(std::move(table));
  return tables;
}

std::vector<Parameter> position_parameters() {
  return {
      {.name = "region",
       .type = ParameterType::region,
       .summary = "Speak of this region first, and list its makers only"},
      {.name = "product",
       .type = ParameterType::product,
       .summary = "Speak of this product first, and list its makers only"},
      {.name = "inventories",
       .type = ParameterType::choice,
       .fallback = "remove",
       .summary = "Net changes of inventories: spread over the other users (Antras and Chor), "
                  "or kept as a final use",
       .choices = {"keep", "remove"}},
      {.name = "node",
       .type = ParameterType::node,
       .summary = "Also how many steps a push takes to and from this maker"},
      {.name = "final",
       .type = ParameterType::text,
       .summary = "Also the smile curve of this final product: REGION.PRODUCT, or a product of "
                  "all its makers"},
      {.name = "later",
       .type = ParameterType::chains,
       .summary = "Also what changed: the same regions and products in other years, in any order",
       .positional = true}};
}

Declaration declared_position() {
  Declaration d;
  d.name = "position";
  d.question = "Where on the value chain does a region, a product or a maker stand?";
  d.summary =
      "Upstreamness counts the stages between a maker and final use, downstreamness those between "
      "value added and the maker; both are at least 1, and weighted by output they have the same "
      "mean in the whole chain. Sales to inventories are no use of anyone: they are spread over "
      "the other users unless told to keep them. On demand, how many steps a push takes between "
      "one maker and all others, and the smile curve of a final product: who adds its value, and "
      "where they stand. With chains of other years: who moved from the first to the last, and who "
      "passed "
      "whom.";
  d.needs = {"flows", "final use"};
  d.parameters = position_parameters();
  d.tables = position_tables();
  d.examples = {{"stave position world-2011 --region CHN", "Where does China stand?"},
                {"stave position world-2011 --final CHN.c14",
                 "Who adds the value of China's electrical equipment, and where do they stand?"},
                {"stave position world-2005.stave world-2011 --region CHN",
                 "Did China move along value chains from 2005 to 2011, and whom did it pass?"},
                {"stave position china-2020 --node CHN.20 --inventories keep",
                 "How many steps from communication equipment to everyone else?"}};
  d.papers = {
      "Antras, P., Chor, D., Fally, T. and Hillberry, R. (2012). Measuring the upstreamness of "
      "production and trade flows. American Economic Review 102 (3), 412-416.",
      "Antras, P. and Chor, D. (2018). On the measurement of upstreamness and downstreamness in "
      "global value chains. NBER Working Paper 24185.",
      "Dietzenbacher, E., Romero, I. and Bosma, N. S. (2005). Using average propagation lengths to "
      "identify production chains in the Andalusian economy. Estudios de Economia Aplicada 23, "
      "405-422.",
      "Meng, B., Ye, M. and Wei, S.-J. (2020). Measuring smile curves in global value chains. "
      "Oxford Bulletin of Economics and Statistics 82, 988-1016."};
  d.method = "position";
  return d;
}

}  // namespace

const Declaration& position_declaration() {
  static const Declaration declared = declared_position();
  return declared;
}

}  // namespace stave
