#include "upgrade/declaration.hpp"

namespace stave {
namespace {

constexpr auto text_cell = ColumnType::text;
constexpr auto whole_cell = ColumnType::integer;
constexpr auto real_cell = ColumnType::real;

const ColumnSpec measure_column{"measure", text_cell, {}, "Name of the measure"};
const ColumnSpec meaning_column{"meaning", text_cell, {}, "The measure in words"};
const ColumnSpec year_column{"year", text_cell, {}, "Year of the chain, or its name"};
const ColumnSpec region_column{"region", text_cell, {}, "Code of the region"};
const ColumnSpec region_name_column{"name", text_cell, {}, "Name of the region"};

TableSpec measure_table() {
  return {
      "measures",
      "The region by each measure, first and last year",
      {meaning_column,
       {"moved",
        text_cell,
        {},
        "up, down or same, by its own value; empty with one year, or where a value is unknown"},
       {"first", real_cell, {}, "Value in the first year"},
       {"last", real_cell, {}, "Value in the last year"},
       {"rank_first", real_cell, {}, "Place among the peers in the first year, 1 is the best"},
       {"rank_last", real_cell, {}, "Place in the last year"},
       {"peers", real_cell, {}, "Regions that have a place in the last year, itself among them"},
       {"passed", whole_cell, {}, "Peers that were ahead and are behind"},
       {"passed_by", whole_cell, {}, "Peers that were behind and are ahead"},
       {"change", real_cell, {}, "Last less first"},
       {"unit", text_cell, {}, "Of first, last and change"},
       {"better", text_cell, {}, "more or less: which way is up"},
       measure_column}};
}

TableSpec course_table() {
  return {"course",
          "The region year by year",
          {year_column,
           meaning_column,
           {"value", real_cell, {}, "In the unit of the measure"},
           {"rank", real_cell, {}, "Place among the peers, 1 is the best"},
           {"ahead_of", real_cell, "%", "Of the other peers, those it is ahead of"},
           measure_column}};
}

TableSpec passed_table() {
  return {
      "passed",
      "Whom it passed, and who passed it, between the first and the last year",
      {meaning_column,
       {"passed", text_cell, {}, "it: who was ahead and is behind; by it: who passed the region"},
       region_name_column,
       {"first", real_cell, {}, "That region's value in the first year"},
       {"last", real_cell, {}, "Its value in the last year"},
       {"own_first", real_cell, {}, "Value of the region asked for in the first year"},
       {"own_last", real_cell, {}, "In the last year"},
       region_column,
       measure_column}};
}

TableSpec region_table() {
  TableSpec spec{
      "regions", "Every region, every year", {year_column, region_column, region_name_column}};
  for (const auto measure : all_upgrade_measures) {
    const std::string name(to_string(measure));
    spec.columns.push_back(
        {name, real_cell, std::string(measure_unit(measure)), std::string(measure_words(measure))});
    spec.columns.push_back({name + "_rank", real_cell, {}, "Its place among the peers"});
  }
  spec.columns.push_back({"exports", real_cell, {}, "Gross exports"});
  return spec;
}

TableSpec sector_table() {
  return {
      "sectors",
      "The region's sectors, by what they add to its exports in the last year",
      {{"sector", text_cell, {}, "Code of the product"},
       {"name", text_cell, {}, "Name of the product"},
       {"technology", text_cell, {}, "high, medium-high or other; empty where not known"},
       {"counted", text_cell, {}, "yes: counts as high-technology here"},
       {"share_first", real_cell, "%", "Of the domestic value added in exports, first year"},
       {"share_last", real_cell, "%", "In the last year"},
       {"advantage_first", real_cell, {}, "Revealed comparative advantage in value added, first"},
       {"advantage_last", real_cell, {}, "In the last year; above 1 the sector is strong"},
       {"reliance_first", real_cell, "%", "Value added of others in its exports, first year"},
       {"reliance_last", real_cell, "%", "In the last year"},
       {"strong", text_cell, {}, "first, last, both: when its advantage was above 1; or no"}}};
}

std::vector<Parameter> upgrade_parameters() {
  return {
      {.name = "region",
       .type = ParameterType::region,
       .summary = "Whose movement",
       .required = true},
      {.name = "later",
       .type = ParameterType::chains,
       .summary = "The same regions and products in other years, in any order",
       .positional = true},
      {.name = "technology",
       .type = ParameterType::choice,
       .fallback = "medium-high",
       .summary = "The lowest class of research intensity (OECD) that counts as high-technology",
       .choices = {"high", "medium-high"}},
      {.name = "sectors",
       .type = ParameterType::text,
       .summary = "Count these products as high-technology instead: codes, names or groups, "
                  "with commas"},
      {.name = "workers",
       .type = ParameterType::text,
       .summary = "The stressor or attribute of makers that counts workers; without it, one "
                  "whose name says so"},
      {.name = "among",
       .type = ParameterType::text,
       .summary = "Rank among these regions only: codes, names or groups, with commas"}};
}

Declaration declared_upgrade() {
  Declaration d;
  d.name = "upgrade";
  d.question =
      "Is a region moving to the middle and high end of value chains, and whom did it pass?";
  d.summary =
      "Five measures of every region, year by year: what it adds itself to 100 of its exports, how "
      "much of that its high-technology sectors add, whether it supplies others more than it is "
      "supplied, what its workers add each, and how far the sectors it is strong in rest on "
      "others. "
      "Each with the region's rank, the regions it passed and those that passed it. With one "
      "chain: "
      "where it stands. Every measure is counted on its own, never weighed into one: where they "
      "disagree, that is the answer. High-technology sectors are those of the OECD's classes by "
      "research intensity, unless told otherwise.";
  d.needs = {"flows", "final use", "regions"};
  d.parameters = upgrade_parameters();
  d.tables = {measure_table(), course_table(), passed_table(), region_table(), sector_table()};
  d.examples = {{"stave upgrade world-2011 --region CHN", "Where does China stand in 2011?"},
                {"stave upgrade world-2005.stave world-2011 --region CHN",
                 "Did China move up from 2005 to 2011, and whom did it pass?"},
                {"stave upgrade world-2011 --region CHN --sectors c14 --among USA,JPN,KOR,DEU,TWN",
                 "And in electrical and optical equipment alone, among five others?"}};
  d.papers = {
      "OECD (2021). Guide to OECD's Trade in Value Added Indicators.",
      "Koopman, R., Powers, W., Wang, Z. and Wei, S.-J. (2010). Give credit where credit is due: "
      "tracing value added in global production chains. NBER Working Paper 16426.",
      "Wang, Z., Wei, S.-J. and Zhu, K. (2013, revised 2018). Quantifying international production "
      "sharing at the bilateral and sector levels. NBER Working Paper 19677.",
      "Galindo-Rueda, F. and Verger, F. (2016). OECD taxonomy of economic activities based on R&D "
      "intensity. OECD STI Working Paper 2016/4.",
      "OECD (2011). ISIC Rev. 3 technology intensity definition."};
  d.method = "upgrade";
  return d;
}

}  // namespace

const Declaration& upgrade_declaration() {
  static const Declaration declared = declared_upgrade();
  return declared;
}

std::string_view measure_words(UpgradeMeasure measure) {
  constexpr std::array<std::string_view, 5> words = {
      "Domestic value added in exports", "High-technology share of it",
      "Position: supplies others rather than is supplied", "Value added per worker",
      "Foreign reliance of its strong sectors"};
  return words[static_cast<std::size_t>(measure)];
}

std::string_view measure_unit(UpgradeMeasure measure) {
  constexpr std::array<std::string_view, 5> units = {"%", "%", "", "", "%"};
  return units[static_cast<std::size_t>(measure)];
}

}  // namespace stave
