#include "shock/declaration.hpp"

#include "stave/formats/scenario_file.hpp"
#include "stave/shock/shock.hpp"

#include <fmt/format.h>

namespace stave {
namespace {

constexpr auto words = ColumnType::text;
constexpr auto whole = ColumnType::integer;
constexpr auto real = ColumnType::real;
constexpr auto money = "chain unit";
constexpr auto money_a_day = "chain unit / day";

std::vector<Parameter> play_parameters() {
  return {
      {.name = "scenario",
       .type = ParameterType::input_file,
       .summary = "TOML file of what happens, or the name of a scenario that comes with Stave",
       .required = true,
       .positional = true},
      {.name = "days",
       .type = ParameterType::integer,
       .summary = "Days played, in place of the scenario's",
       .unit = "days",
       .min = 1,
       .max = 36'500},
      {.name = "preset",
       .type = ParameterType::choice,
       .summary = "Published rules by which it is played, in place of the scenario's; by itself "
                  "inoue-todo where makers are enterprises, essential where the chain brings "
                  "its own recipe, else ario-psi",
       .choices = {preset_names.begin(), preset_names.end()}},
      {.name = "compat",
       .type = ParameterType::choice,
       .fallback = "none",
       .summary = "boario: as the program BoARIO 0.6, what it does beside its equations "
                  "included; for comparisons",
       .choices = {"none", "boario"}}};
}

std::vector<Parameter> detail_parameters() {
  return {{.name = "by",
           .type = ParameterType::choice,
           .fallback = "region",
           .summary = "Detail of the table that has a row a day",
           .choices = {"region", "product", "node"}},
          {.name = "nodes",
           .type = ParameterType::text,
           .summary = "With --by node: only these, ids with commas between"},
          {.name = "top",
           .type = ParameterType::integer,
           .fallback = "50",
           .summary = "Makers listed, worst hit first; all are computed",
           .min = 1,
           .max = 10'000'000},
          {.name = "explain",
           .type = ParameterType::integer,
           .fallback = "3",
           .summary = "Worst hit makers whose loss is traced back to the shock, beside the first "
                      "that ran short and the one whose goods final use misses most",
           .min = 0,
           .max = 100},
          {.name = "draws",
           .type = ParameterType::integer,
           .summary = "Runs with the scenario's uncertain numbers drawn anew, in place of its own",
           .min = 0,
           .max = 1e15},
          {.name = "seed",
           .type = ParameterType::integer,
           .summary = "Another seed, other draws, in place of the scenario's",
           .min = 0,
           .max = 1e15},
          {.name = "sampling",
           .type = ParameterType::choice,
           .summary = "How numbers are drawn, in place of the scenario's",
           .choices = {"latin-hypercube", "sobol", "random"}}};
}

TableSpec overview() {
  return {"overview",
          "The course in short",
          {{"series", words, {}, "Of the whole chain"},
           {"course", words, {}, "From the first day to the last, lowest to highest"},
           {"first", real, money_a_day, "On day 0"},
           {"lowest", real, money_a_day, "On its lowest day"},
           {"lowest_day", whole, {}, "That day, counted from 0"},
           {"highest", real, money_a_day, "On its highest day"},
           {"highest_day", whole, {}, "That day"},
           {"last", real, money_a_day, "On the last day"}}};
}

TableSpec indicator_table() {
  return {"indicators",
          "What it costs",
          {{"indicator", words, {}, "What is measured"},
           {"value", real, {}, "Empty where it never happens"},
           {"unit", words, {}, "Of the value"},
           {"meaning", words, {}, "How to read it"}}};
}

TableSpec causes() {
  return {"causes",
          "The reason: from the shock to who suffers, step by step",
          {{"explains", words, {}, "Whose loss is explained"},
           {"step", whole, {}, "1 is the shock"},
           {"day", whole, {}, "When this step began"},
           {"node", words, {}, "Whom it struck"},
           {"cause", words, {}, "lost capacity, cut off, short of an input or fewer orders"},
           {"input", words, {}, "The product that ran short"},
           {"through", words, {}, "The supplier or customer, or the event, it came by"},
           {"dependence", real, "%",
            "Of that input from there, or of its sales to there, on a normal day"},
           {"least", real, "%", "Output on its worst day, of a normal one"},
           {"least_day", whole, {}, "That day"},
           {"id", words, {}, "Id of the node"}}};
}

TableSpec node_table() {
  return {"nodes",
          "Who loses, most value added first",
          {{"node", words, {}, "Who loses"},
           {"value_added_lost", real, money, "Over all days"},
           {"output_lost", real, money, "Over all days, days on which it makes more left out"},
           {"least", real, "%", "Output on its worst day, of a normal one"},
           {"least_day", whole, {}, "That day"},
           {"unmet", real, money, "Final use of its goods that went without"},
           {"hit", whole, {}, "First day an event struck it; -1: none"},
           {"loss", whole, {}, "First day below a normal day; -1: none"},
           {"short", whole, {}, "First day an input ran short; -1: none"},
           {"of", words, {}, "That input"},
           {"back",
            whole,
            {},
            "Day from which on it stays at 95 %; -1: it never was below, or is not back"},
           {"region", words, {}, "Code of its region"},
           {"product", words, {}, "Code of its product"},
           {"id", words, {}, "Id of the node"}}};
}

TableSpec days() {
  return {
      "days",
      "The whole chain, day by day",
      {{"day", whole, {}, "0 is the first"},
       {"output", real, money_a_day, "What is made"},
       {"of_normal", real, "%", "Of the output of a normal day"},
       {"capacity", real, money_a_day, "What could be made, overproduction included"},
       {"orders", real, money_a_day, "Of makers, standing with makers"},
       {"final_wanted", real, money_a_day, "By final use"},
       {"final_unmet", real, money_a_day, "Final use that goes without"},
       {"value_added_lost", real, money_a_day, "Against a normal day; below 0 where more is made"},
       {"stock", real, money, "Of inputs, in the evening"},
       {"in_transit", real, money, "Delayed, in the evening"},
       {"rebuilding_left", real, money, "Still to be made again"},
       {"rebuilding_done", real, money_a_day, "Made again that day"},
       {"bound", whole, {}, "Makers that an input held back"}}};
}

TableSpec course() {
  return {"course",
          "Day by day, in the detail asked for (--by)",
          {{"day", whole, {}, "0 is the first"},
           {"name", words, {}, "Region, product or maker"},
           {"output", real, money_a_day, "What is made there, or of it"},
           {"of_normal", real, "%", "Of a normal day"},
           {"unmet", real, money_a_day,
            "Final use that goes without: of the region, of the product, of the maker's goods"},
           {"value_added_lost", real, money_a_day, "Below 0 where more is made than normally"},
           {"capacity", real, money_a_day, "By node only"},
           {"stock", real, money,
            "By product: held as input by those who use it; by region and node: of all its inputs"},
           {"orders", real, money_a_day, "Of makers, standing with the makers there, or of it"},
           {"code", words, {}, "Of the region or product; id of the maker"}}};
}

std::vector<TableSpec> product_tables() {
  return {{"unmet_products",
           "Products final use misses most",
           {{"product", words, {}, "Name of the product"},
            {"unmet", real, money, "Final use that went without, over all days"},
            {"of_wanted", real, "%", "Of what final use takes on normal days"},
            {"first_day", whole, {}, "First day it was short"},
            {"worst_day", whole, {}, "Day most was missing"},
            {"code", words, {}, "Code of the product"}}},
          {"unmet_by_product",
           "Final use that goes without, day by day, of the products it misses most",
           {{"day", whole, {}, "0 is the first"},
            {"product", words, {}, "Name of the product"},
            {"unmet", real, "%", "Of what final use takes on a normal day"}}},
          {"stock_by_product",
           "Stocks of inputs that run out furthest, day by day",
           {{"day", whole, {}, "0 is the first"},
            {"product", words, {}, "Name of the product"},
            {"stock", real, "%", "Of the evening of day 0"}}}};
}

void add_band(TableSpec& table, const std::string& name, const std::string& what,
              const std::string& unit) {
  for (const auto& [end, meaning] :
       {std::pair{"low", "5 % of the draws lie below"}, std::pair{"q25", "25 % lie below"},
        std::pair{"median", "half lie below"}, std::pair{"q75", "75 % lie below"},
        std::pair{"high", "95 % lie below"}})
    table.columns.push_back({name + "_" + end, real, unit, fmt::format("{}: {}", what, meaning)});
}

std::vector<TableSpec> ensemble_tables() {
  TableSpec bands{"bands",
                  "The whole chain, day by day, over the draws",
                  {{"day", whole, {}, "0 is the first"}}};
  add_band(bands, "output", "Output of a normal day", "%");
  add_band(bands, "unmet", "Final use that goes without", money_a_day);
  add_band(bands, "lost", "Value added lost", money_a_day);
  add_band(bands, "stock", "Stocks of inputs", money);
  return {bands,
          {"indicator_bands",
           "What it costs, over the draws",
           {{"indicator", words, {}, "What is measured"},
            {"low", real, {}, "5 % of the draws lie below"},
            {"q25", real, {}, "25 % lie below"},
            {"median", real, {}, "Half lie below"},
            {"q75", real, {}, "75 % lie below"},
            {"high", real, {}, "95 % lie below"},
            {"never", whole, {}, "Draws in which it never happens; left out of the bands"},
            {"unit", words, {}, "Of the values"}}},
          {"numbers",
           "Which uncertain numbers matter",
           {{"number", words, {}, "As the scenario calls it"},
            {"correlation",
             real,
             {},
             "Spearman's rank correlation with the value added lost; 1: the more, the dearer"},
            {"with_unmet", real, {}, "The same with the final use that goes without"},
            {"low", real, {}, "5 % of the draws lie below"},
            {"median", real, {}, "Half lie below"},
            {"high", real, {}, "95 % lie below"}}},
          {"draws",
           "Every draw",
           {{"draw", whole, {}, "Counted from 0"},
            {"value_added_lost", real, money, "Over all days"},
            {"least_output", real, "%", "On the worst day, of a normal one"},
            {"least_day", whole, {}, "That day"},
            {"back_after", real, "days",
             "Until output stays at 95 %; empty: not within the days played"},
            {"unmet", real, money, "Final use that went without"},
            {"short_after", real, "days", "Until final use first goes short; empty: never"}}},
          {"drawn",
           "What was drawn",
           {{"draw", whole, {}, "Counted from 0"},
            {"number", words, {}, "As the scenario calls it"},
            {"value", real, {}, "What it was"}}}};
}

Declaration declared() {
  Declaration d;
  d.name = "shock";
  d.question = "What does a shock do day by day, who goes without, and why?";
  d.summary =
      "A scenario file says who loses capacity, which goods no longer get through, who wants more "
      "or "
      "less, from which day, for how long and how it heals; stave shock --template prints one with "
      "comments. It is played day by day, with stocks of inputs, orders, overproduction and "
      "rationing, by the rules of published models. The report says what is lost, who goes without "
      "from which day, and by what path: the first maker that ran short, and from the worst hit "
      "back to the shock. With uncertain numbers and draws it says how sure all that is.";
  d.needs = {"flows"};
  d.parameters = play_parameters();
  for (auto& p : detail_parameters()) d.parameters.push_back(std::move(p));
  d.tables = {overview(), indicator_table(), causes(), node_table(), days(), course()};
  for (auto& table : product_tables()) d.tables.push_back(std::move(table));
  for (auto& table : ensemble_tables()) d.tables.push_back(std::move(table));
  d.examples = {{"stave shock nev chip-shortage",
                 "A chip shortage on the chain of the electric car: who stands still, and when?"},
                {"stave shock world-2011 port-closure --by product --csv --table course",
                 "What is made of each product on each day while a port is closed?"},
                {"stave shock world-2011 port-closure --draws 20 --report port.html",
                 "How sure is that? Bands over twenty draws, on a page with charts"}};
  d.papers = {
      "Hallegatte, S. (2008). An adaptive regional input-output model and its application to the "
      "assessment of the economic cost of Katrina. Risk Analysis 28, 779-799.",
      "Hallegatte, S. (2014). Modeling the role of inventories and heterogeneity in the assessment "
      "of the economic costs of natural disasters. Risk Analysis 34, 152-167.",
      "Inoue, H. and Todo, Y. (2019). Firm-level propagation of shocks through supply-chain "
      "networks. Nature Sustainability 2, 841-847.",
      "Pichler, A., Pangallo, M., del Rio-Chanona, R. M., Lafond, F. and Farmer, J. D. (2022). "
      "Forecasting the propagation of pandemic shocks with a dynamic input-output model. Journal "
      "of "
      "Economic Dynamics and Control 144, 104527.",
      "McKay, M. D., Beckman, R. J. and Conover, W. J. (1979). A comparison of three methods for "
      "selecting values of input variables in the analysis of output from a computer code. "
      "Technometrics 21, 239-245.",
      "Joe, S. and Kuo, F. Y. (2008). Constructing Sobol sequences with better two-dimensional "
      "projections. SIAM Journal on Scientific Computing 30, 2635-2654."};
  d.method = "shock";
  d.file_template = std::string(scenario_template());
  return d;
}

}  // namespace

const Declaration& shock_declaration() {
  static const Declaration d = declared();
  return d;
}

}  // namespace stave
