#include "position/declaration.hpp"
#include "position/words.hpp"

namespace stave {
namespace {

constexpr auto said = ColumnType::text;
constexpr auto real = ColumnType::real;

std::vector<ColumnSpec> loss_columns(std::vector<ColumnSpec> labels) {
  const std::vector<ColumnSpec> losses = {
      {"lost", real, {}, "Lost when it neither makes, buys nor is used; its own included"},
      {"lost_share", real, "%", "Of the whole chain"},
      {"others", real, {}, "Of what is lost, what all others lose"},
      {"backward", real, {}, "Lost when it buys nothing in the chain: its suppliers"},
      {"forward", real, {}, "Lost when it sells to no maker, and they need none of it"},
      {"supply", real, {}, "Lost when it sells to no maker, and they go short (Ghosh)"},
      {"isolated", real, {}, "Lost when it trades with itself and final use alone"}};
  labels.insert(labels.end(), losses.begin(), losses.end());
  return labels;
}

std::vector<TableSpec> structure_tables() {
  const ColumnSpec node{"node", said, {}, "Id of the node"};
  const ColumnSpec label{"label", said, {}, "Region and product"};
  const ColumnSpec region{"region", said, {}, "Code of the region"};
  const ColumnSpec product{"product", said, {}, "Code of the product"};
  const ColumnSpec name{"name", said, {}, "Name"};
  return {
      {"linkages",
       "Linkages of every maker, largest output first",
       {node,
        label,
        {"key", said, {}, "key: both indices above 1; backward; forward; weak"},
        {"backward_index", real, {}, "Backward by its mean: above 1 pulls more than the average"},
        {"forward_index", real, {}, "Forward by its mean: above 1 carries more than the average"},
        {"forward_leontief_index", real, {}, "Rasmussen's by its mean"},
        region,
        product,
        {"direct_backward", real, {}, "Purchases in the chain a unit of output"},
        {"direct_forward", real, {}, "Sales to makers a unit of output"},
        {"backward", real, {}, "Column sum of L: output everywhere a unit of final use"},
        {"forward", real, {}, "Row sum of G (Ghosh)"},
        {"forward_leontief", real, {}, "Row sum of L (Rasmussen's forward linkage)"},
        {"output", real, {}, "Output"}}},
      {"multipliers",
       "Type I multipliers of every maker",
       {{"measure", said, {}, "output, value added, or a stressor"},
        node,
        label,
        {"direct", real, {}, "In the maker itself, a unit of its output"},
        {"total", real, {}, "Everywhere, a unit of its final use: m = s L"},
        {"ratio", real, {}, "Total by direct: the type I ratio; empty where direct is 0"},
        {"unit", said, {}, "Unit of direct and total"}}},
      {"influence",
       "Links whose coefficients matter most, first order",
       {{"from", said, {}, "Id of the supplier"},
        {"from_name", said, {}, "Supplier"},
        {"to", said, {}, "Id of the user"},
        {"to_name", said, {}, "User"},
        {"coefficient", real, {}, "a_ij: input a unit of output"},
        {"influence", real, {}, "Growth of all elements of L together, a unit of a_ij"},
        {"effect", real, "%", "a_ij x influence, of the sum of L: what the link holds up"}}},
      {"extraction", "What is lost without a maker, largest loss first",
       loss_columns({node, label, region, product})},
      {"extraction_regions", "What is lost without a region, largest loss first",
       loss_columns({region, name})},
      {"extraction_products", "What is lost without a product, largest loss first",
       loss_columns({product, name})},
      words::negative_value_added_table()};
}

std::vector<Parameter> structure_parameters() {
  return {
      {.name = "region", .type = ParameterType::region, .summary = "Speak of this region first"},
      {.name = "product", .type = ParameterType::product, .summary = "Speak of this product first"},
      {.name = "measure",
       .type = ParameterType::text,
       .fallback = "output",
       .summary = "What extraction counts: output, value_added, or a stressor of the chain"},
      {.name = "extraction",
       .type = ParameterType::choice,
       .fallback = "all",
       .summary = "Think away every maker, region and product; or only the region and the "
                  "product given; or nothing. All needs the whole inverse of L, and goes back "
                  "to those given beyond 12,000 makers",
       .choices = {"all", "given", "off"}},
      {.name = "stressor",
       .type = ParameterType::stressor,
       .summary = "Multipliers of this stressor only; without it of all"},
      {.name = "links",
       .type = ParameterType::integer,
       .fallback = "50",
       .summary = "Links listed by influence",
       .min = 1,
       .max = 100'000}};
}

Declaration declared_structure() {
  Declaration d;
  d.name = "structure";
  d.question =
      "What holds this chain together: who pulls, who carries, and what is lost without "
      "them?";
  d.summary =
      "Backward linkages say how much a maker pulls from all others, forward linkages how much it "
      "carries to them; key makers are above the average in both. Multipliers count what a unit of "
      "final use takes everywhere, in output, value added and every stressor. Hypothetical "
      "extraction thinks a maker, a region or a product away, or only its purchases or its sales, "
      "and counts what the chain loses: a measure of weight, not a forecast, for nobody steps in. "
      "The field of influence says which coefficients the whole hangs on.";
  d.needs = {"flows", "final use"};
  d.parameters = structure_parameters();
  d.tables = structure_tables();
  d.examples = {
      {"stave structure world-2011 --region CHN", "What would the world lose without China?"},
      {"stave structure china-2020 --measure value_added",
       "Which sectors are key, and how much value added hangs on each?"},
      {"stave structure world-2011 --extraction off --stressor CO2",
       "How much CO2 is behind a unit of each product?"}};
  d.papers = {
      "Miller, R. E. and Blair, P. D. (2009). Input-Output Analysis: Foundations and Extensions. "
      "2nd edition, chapters 6 and 12.",
      "Rasmussen, P. N. (1956). Studies in Inter-Sectoral Relations. North-Holland.",
      "Sonis, M. and Hewings, G. J. D. (1992). Coefficient change in input-output models: theory "
      "and applications. Economic Systems Research 4, 143-157.",
      "Dietzenbacher, E. and Lahr, M. L. (2013). Expanding extractions. Economic Systems Research "
      "25, 341-360."};
  d.method = "structure";
  return d;
}

}  // namespace

const Declaration& structure_declaration() {
  static const Declaration declared = declared_structure();
  return declared;
}

}  // namespace stave
