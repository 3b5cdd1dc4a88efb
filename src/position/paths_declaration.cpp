#include "stave/position/paths.hpp"

#include "position/declaration.hpp"
#include "position/words.hpp"

namespace stave {
namespace {

constexpr auto text_cell = ColumnType::text;
constexpr auto real_cell = ColumnType::real;
constexpr auto whole_cell = ColumnType::integer;

std::vector<TableSpec> path_tables() {
  return {{"paths",
           "Paths, largest first",
           {{"rank", whole_cell, {}, "1 is the largest"},
            {"value", real_cell, {}, "s_i a_ij a_jk ... y_k"},
            {"share", real_cell, "%", "Of the footprint"},
            {"path", text_cell, {}, "From where it occurs to the maker of the final product"},
            {"cumulative", real_cell, "%", "Of the footprint, this path and all larger ones"},
            {"links", whole_cell, {}, "0: in the maker of the final product itself"},
            {"from", text_cell, {}, "Id of the node where it occurs"},
            {"to", text_cell, {}, "Id of the node that makes the final product"},
            {"nodes", text_cell, {}, "Ids of all nodes of the path"}}},
          {"sources",
           "Where the paths listed begin, largest first",
           {{"from", text_cell, {}, "Id of the node"},
            {"label", text_cell, {}, "Region and product"},
            {"value", real_cell, {}, "Sum of the paths listed"},
            {"share", real_cell, "%", "Of the footprint"},
            {"paths", whole_cell, {}, "Paths listed"}}},
          {"lengths",
           "Paths listed by the number of their links",
           {{"links", whole_cell, {}, "0: in the maker of the final product itself"},
            {"paths", whole_cell, {}, "Paths listed"},
            {"value", real_cell, {}, "Their sum"},
            {"share", real_cell, "%", "Of the footprint"}}},
          {"balance",
           "The footprint: paths listed and one remainder",
           {{"part", text_cell, {}, "paths listed, remainder, footprint"},
            {"value", real_cell, {}, "Paths listed and remainder sum to the footprint"},
            {"share", real_cell, "%", "Of the footprint"}}},
          words::negative_value_added_table()};
}

std::vector<Parameter> path_parameters() {
  return {{.name = "to",
           .type = ParameterType::text,
           .summary = "Whose footprint: the final use of a region; the final use of a product "
                      "everywhere, of one maker (REGION.PRODUCT) or of all its makers. Without it "
                      "all final use"},
          {.name = "from",
           .type = ParameterType::text,
           .summary = "Only what occurs there: a region, a product or a maker (REGION.PRODUCT)"},
          {.name = "stressor",
           .type = ParameterType::stressor,
           .summary = "What is followed; without it value added"},
          {.name = "threshold",
           .type = ParameterType::real,
           .summary = "List every path of at least this share of the footprint; 0.0001 where "
                      "neither it nor --top is given",
           .unit = "share",
           .min = limit::least_path_threshold,
           .max = 1},
          {.name = "top",
           .type = ParameterType::integer,
           .summary = "List this many paths, the largest; with --threshold no smaller ones",
           .min = 1,
           .max = static_cast<double>(limit::max_paths)},
          {.name = "depth",
           .type = ParameterType::integer,
           .fallback = "100",
           .summary = "Links of a path at most; what lies beyond is counted and said",
           .unit = "links",
           .min = 0,
           .max = limit::max_path_depth}};
}

Declaration declared_paths() {
  Declaration d;
  d.name = "paths";
  d.question = "By which chains of makers does a final use cause its footprint?";
  d.summary =
      "The footprint of a final use is the sum over all chains of makers, of any length, of what "
      "the first of them emits (or adds in value) for what the last sells to final use. Every "
      "chain above the threshold is listed, none is missed: what lies upstream of a partial chain "
      "is known before it is followed, and where that is below the threshold nothing upstream can "
      "exceed it. All the rest is one remainder, and the two sum to the footprint.";
  d.needs = {"flows", "final use"};
  d.parameters = path_parameters();
  d.tables = path_tables();
  d.examples = {
      {"stave paths world-2011 --to DEU --stressor CO2 --threshold 1e-3",
       "By which chains does Germany's final use cause CO2?"},
      {"stave paths world-2011 --from CHN --to USA --top 20",
       "Through which chains does value added in China serve final use in the United States?"},
      {"stave paths china-2020 --to CHN.27 --stressor CO2 --top 10",
       "Where does the CO2 behind construction come from?"}};
  d.papers = {
      "Defourny, J. and Thorbecke, E. (1984). Structural path analysis and multiplier "
      "decomposition within a social accounting matrix framework. Economic Journal 94, 111-136.",
      "Lenzen, M. (2007). Structural path analysis of ecosystem networks. Ecological Modelling "
      "200, "
      "334-342."};
  d.method = "paths";
  return d;
}

}  // namespace

const Declaration& paths_declaration() {
  static const Declaration declared = declared_paths();
  return declared;
}

}  // namespace stave
