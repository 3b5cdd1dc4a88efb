#include "stave/position/paths.hpp"

#include "footprint/declaration.hpp"

namespace stave::footprint {
namespace {

constexpr auto words_cell = ColumnType::text;
constexpr auto number_cell = ColumnType::real;
constexpr auto count_cell = ColumnType::integer;

std::vector<TableSpec> diligence_tables() {
  return {
      {"flags",
       "Flags of the list, largest share first",
       {{"flag", words_cell, {}, "Region, product and enterprise that are flagged"},
        {"reason", words_cell, {}, "As the list says"},
        {"share", number_cell, "%", "Of the whole, over all paths"},
        {"paths", count_cell, {}, "Paths listed: those at or above the threshold"},
        {"nearest_tier", number_cell, {}, "Links of the shortest path listed"},
        {"listed", number_cell, "%", "Of the whole, in the paths listed"},
        {"remainder", number_cell, "%", "Known to lead there, not known by which path"},
        {"makers", count_cell, {}, "Flagged makers in this chain"},
        {"row", count_cell, {}, "Row of the list"}}},
      {"paths",
       "Paths to flagged makers, largest first",
       {{"flag", words_cell, {}, "Region, product and enterprise that are flagged"},
        {"share", number_cell, "%", "Of the whole"},
        {"tier", count_cell, {}, "Links from the flagged maker to the product; 0: it makes it"},
        {"path", words_cell, {}, "From the flagged maker to the product"},
        {"value", number_cell, {}, "What goes along the path"},
        {"from", words_cell, {}, "Id of the flagged maker"},
        {"enterprise", words_cell, {}, "Enterprise of the flagged maker, in networks"},
        {"nodes", words_cell, {}, "Ids of all nodes of the path"}}},
      {"known",
       "What is known of the whole, and what is not",
       {{"part",
         words_cell,
         {},
         "Any flag and no flag sum to 100 %; makers without purchases: "
         "who stands behind them is not known"},
        {"share", number_cell, "%", "Of the whole; of the value for makers without purchases"}}}};
}

std::vector<Parameter> diligence_parameters() {
  return {{.name = "product",
           .type = ParameterType::text,
           .summary = "What is looked into: a product of all its makers, or one maker "
                      "(REGION.PRODUCT, or the id of a firm)",
           .required = true,
           .positional = true},
          {.name = "flag",
           .type = ParameterType::input_file,
           .summary = "Csv file with the columns region, product, enterprise, reason; a row means "
                      "the makers that all its filled cells hold for",
           .required = true},
          {.name = "stressor",
           .type = ParameterType::stressor,
           .summary = "Shares of this footprint of the product; without it of its value"},
          {.name = "threshold",
           .type = ParameterType::real,
           .fallback = "0.0001",
           .summary = "List every path of at least this share of the whole",
           .unit = "share",
           .min = limit::least_path_threshold,
           .max = 1}};
}

Declaration declared_diligence() {
  Declaration d;
  d.name = "diligence";
  d.question = "By which paths does a product lead back to flagged regions, firms or minerals?";
  d.summary =
      "For every row of a list of flags, the share of what is spent on the product that goes to or "
      "through the makers it means, over all tiers, and every path that carries at least the "
      "threshold. A path ends at the first maker that is flagged. What smaller paths carry is one "
      "remainder: known to lead there, not known by which way.";
  d.needs = {"flows"};
  d.parameters = diligence_parameters();
  d.tables = diligence_tables();
  d.examples = {{"stave diligence nev \"electric car\" --flag minerals.csv",
                 "Which cobalt, and whose, is in an electric car?"},
                {"stave diligence world-2011 DEU.c15 --flag flags.csv",
                 "How do German vehicles lead back to flagged regions?"}};
  d.papers = {
      "Defourny, J. and Thorbecke, E. (1984). Structural path analysis and multiplier "
      "decomposition within a social accounting matrix framework. Economic Journal 94, 111-136."};
  d.method = "footprint";
  return d;
}

}  // namespace

const Declaration& diligence_declaration() {
  static const Declaration declaration = declared_diligence();
  return declaration;
}

}  // namespace stave::footprint
