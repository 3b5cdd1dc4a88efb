#include "abatement/declaration.hpp"

#include "stave/product/asked.hpp"

#include "abatement/template.hpp"

namespace stave {
namespace {

constexpr auto text_cell = ColumnType::text;
constexpr auto whole_cell = ColumnType::integer;
constexpr auto real_cell = ColumnType::real;
constexpr auto kg = "kg CO2e";

std::vector<Parameter> switch_parameters() {
  return {
      {.name = "shares",
       .type = ParameterType::text,
       .summary = "NAME=SHARE, comma separated, in place of the project's: how much of its "
                  "input each switch moves, 0 to 1"},
      {.name = "budget",
       .type = ParameterType::real,
       .summary = "Money there is for what the switches cost: which of them save most",
       .min = 0},
      {.name = "buyer",
       .type = ParameterType::node,
       .summary = "Who buys in the chain given as --chain: what old and new makers mean for it"},
      {.name = "tiers",
       .type = ParameterType::integer,
       .fallback = "6",
       .summary = "Tiers told apart; the rest is one remainder",
       .min = 0,
       .max = 1000}};
}

std::vector<TableSpec> change_tables() {
  return {
      {"together",
       "All switches at their shares, together",
       {{"what", text_cell, {}, "footprint or cost"},
        {"before", real_cell, {}, "Without the switches"},
        {"after", real_cell, {}, "With all of them"},
        {"change", real_cell, {}, "After less before"},
        {"change_share", real_cell, "%", "Change by before"},
        {"unit", text_cell, {}, "Of the numbers"},
        {"basis",
         text_cell,
         {},
         "Of what the cost is: the product asked for, or the inputs moved"}}},
      {"switches",
       "Each switch by itself",
       {{"switch", text_cell, {}, "Its name"},
        {"kind", text_cell, {}, "supplier, material, route, energy or less"},
        {"share", real_cell, {}, "Of its input that is moved, 0 to 1"},
        {"saved", real_cell, kg, "Below 0: more is given off"},
        {"saved_share", real_cell, "%", "Of the footprint"},
        {"extra_cost", real_cell, {}, "Money more; empty where it is not known"},
        {"currency", text_cell, {}, "Of that money"},
        {"cost_per_tonne", real_cell, "units of money / t CO2e",
         "Empty where not known, or nothing saved"},
        {"from", text_cell, {}, "Who supplies it now"},
        {"to", text_cell, {}, "Who supplies it then"},
        {"source", text_cell, {}, "Where its figures come from"},
        {"quality", text_cell, {}, "Of these figures"},
        {"not_known", text_cell, {}, "What is missing for its cost"}}},
      {"tiers",
       "By tier, before and after",
       {{"tier", text_cell, {}, "0: the maker itself, 1: its suppliers ...; beyond: the remainder"},
        {"before", real_cell, kg, "Without the switches"},
        {"after", real_cell, kg, "With all of them"},
        {"change", real_cell, kg, "After less before"}}},
      {"components",
       "By component, before and after",
       {{"component", text_cell, {}, "An input of the maker, with all behind it, or its emissions"},
        {"before", real_cell, kg, "Without the switches"},
        {"after", real_cell, kg, "With all of them"},
        {"change", real_cell, kg, "After less before"}}}};
}

std::vector<TableSpec> choice_tables() {
  return {{"curve",
           "Marginal abatement curve, each step with those before it in place",
           {{"step", whole_cell, {}, "In this order"},
            {"switch", text_cell, {}, "Put in place by it"},
            {"saved", real_cell, kg, "By this step"},
            {"saved_so_far", real_cell, kg, "With those before"},
            {"extra_cost", real_cell, {}, "Money more by this step; empty where not known"},
            {"cost_so_far", real_cell, {}, "With those before; empty once one is not known"},
            {"cost_per_tonne", real_cell, "units of money / t CO2e", "Of this step"},
            {"within_budget", text_cell, {}, "yes or no"}}},
          {"budget",
           "What a budget buys",
           {{"budget", real_cell, {}, "Money there is"},
            {"cost", real_cell, {}, "Money spent"},
            {"currency", text_cell, {}, "Of that money"},
            {"saved", real_cell, kg, "For it"},
            {"saved_share", real_cell, "%", "Of the footprint"},
            {"switches", text_cell, {}, "Chosen"},
            {"method", text_cell, {}, "exact: every combination tried; or cheapest ton first"},
            {"tried", whole_cell, {}, "Combinations"},
            {"left_out", text_cell, {}, "Not among them: nobody knows what they cost"}}},
          {"risk",
           "Old and new makers in the chain, side by side",
           {{"switch", text_cell, {}, "Its name"},
            {"side", text_cell, {}, "from: the old maker; to: the new one"},
            {"node", text_cell, {}, "Who it is in the chain"},
            {"name", text_cell, {}, "Its name there"},
            {"region", text_cell, {}, "Where it is"},
            {"stops", real_cell, "%", "Of the buyer's output lost when that maker stops"},
            {"systemic", real_cell, "%", "Of the chain's output lost when it stops (ESRI)"},
            {"exposure", real_cell, "%", "Of all behind the buyer's product, from that region"},
            {"verdict", text_cell, {}, "Of the new maker, against the old"},
            {"measured", text_cell, {}, "In the chain as it is, or with the purchases moved"}}}};
}

std::vector<TableSpec> switch_tables() {
  auto tables = change_tables();
  const auto more = choice_tables();
  tables.insert(tables.end(), more.begin(), more.end());
  return tables;
}

Declaration make_switch_declaration() {
  Declaration d;
  d.name = "switch";
  d.question =
      "What changes when a supplier, a material, a route or the energy of a product changes?";
  d.summary =
      "From an inventory with switches (another supplier, another material, another route, another "
      "mix of electricity, or less of an input): the footprint before and after, by tier and "
      "component, each switch alone and all together; what it costs where prices are known; the "
      "marginal abatement curve, cheapest ton first, each step with those before it in place, and "
      "what a budget buys. With a chain: what the old maker and the new one mean for the buyer, "
      "side by side, for a greener supplier can be a worse choke point.";
  d.parameters = asked_parameters(
      "The inventory with its switches (TOML), or the name of one that comes with Stave");
  for (const auto& more : switch_parameters()) d.parameters.push_back(more);
  d.tables = switch_tables();
  d.examples = {
      {"stave switch switches.toml", "What do the project's switches save, and what do they cost?"},
      {"stave switch switches.toml --shares \"low-carbon steel=0.5, lighter frame=0\"",
       "And with half of the steel only?"},
      {"stave switch switches.toml --budget 3", "Which of them save most for 3 EUR a bicycle?"}};
  d.papers = {
      "Heijungs, R. and Suh, S. (2002): The Computational Structure of Life Cycle Assessment. "
      "Kluwer",
      "Woodbury, M. A. (1950): Inverting modified matrices. Memorandum Report 42, Statistical "
      "Research Group, Princeton",
      "Kesicki, F. and Ekins, P. (2012): Marginal abatement cost curves: a call for caution. "
      "Climate Policy 12, 219-236",
      "Ward, D. J. (2014): The failure of marginal abatement cost curves in optimising a "
      "transition to a low carbon energy supply. Energy Policy 73, 820-822",
      "Diem, C., Borsos, A., Reisch, T., Kertesz, J. and Thurner, S. (2022): Quantifying "
      "firm-level "
      "economic systemic risk from nation-wide supply networks. Scientific Reports 12, 7719"};
  d.method = "switch";
  d.file_template = std::string(switch_template());
  d.chain_optional = true;
  return d;
}

}  // namespace

const Declaration& switch_declaration() {
  static const Declaration declaration = make_switch_declaration();
  return declaration;
}

}  // namespace stave
