#include "product/declaration.hpp"

#include "stave/formats/inventory_file.hpp"
#include "stave/product/asked.hpp"

namespace stave {
namespace {

constexpr auto text_cell = ColumnType::text;
constexpr auto whole_cell = ColumnType::integer;
constexpr auto real_cell = ColumnType::real;
constexpr auto kg = "kg CO2e";

std::vector<Parameter> detail_parameters() {
  return {
      {.name = "co-products",
       .type = ParameterType::choice,
       .fallback = "none",
       .summary = "How co-products of a database that states no rule share its inputs; none: the "
                  "reference product bears all",
       .choices = {"none", "mass"}},
      {.name = "tiers",
       .type = ParameterType::integer,
       .fallback = "10",
       .summary = "Tiers told apart; the rest is one remainder",
       .min = 0,
       .max = 1000},
      {.name = "threshold",
       .type = ParameterType::real,
       .fallback = "0.01",
       .summary = "Branches and flows below this share of the footprint are left out, and added "
                  "up",
       .min = 0,
       .max = 1},
      {.name = "depth",
       .type = ParameterType::integer,
       .fallback = "6",
       .summary = "Tiers of the tree",
       .min = 1,
       .max = 100},
      {.name = "top",
       .type = ParameterType::integer,
       .fallback = "50",
       .summary = "Processes, flows and numbers listed, largest first; all are computed",
       .min = 1,
       .max = 10'000'000}};
}

std::vector<Parameter> draw_parameters() {
  return {
      {.name = "draws",
       .type = ParameterType::integer,
       .fallback = "0",
       .summary = "Runs with all uncertain numbers drawn anew",
       .min = 0,
       .max = 1e6},
      {.name = "seed",
       .type = ParameterType::integer,
       .fallback = "1",
       .summary = "Another seed, other draws",
       .min = 0,
       .max = 1e15},
      {.name = "sampling",
       .type = ParameterType::choice,
       .fallback = "latin-hypercube",
       .summary = "How numbers are drawn",
       .choices = {"latin-hypercube", "sobol", "random"}},
      {.name = "examine",
       .type = ParameterType::integer,
       .fallback = "5",
       .summary = "Numbers whose share of the variance is estimated by pick-freeze; each takes as "
                  "many solves as there are draws",
       .min = 0,
       .max = 1000},
      {.name = "pact",
       .type = ParameterType::kept_file,
       .summary = "Write the footprint as PACT 3 JSON; the project's [pact] says whose it is"}};
}

std::vector<TableSpec> result_tables() {
  return {
      {"footprint",
       "The footprint",
       {{"product", text_cell, {}, "What was asked"},
        {"amount", real_cell, {}, "How much of it"},
        {"unit", text_cell, {}, "Of the amount"},
        {"footprint", real_cell, kg, "With everything behind it"},
        {"own", real_cell, kg, "Given off by its maker itself"},
        {"activities", whole_cell, {}, "Processes in the system"},
        {"loops", whole_cell, {}, "Groups of processes that need one another"},
        {"maker", text_cell, {}, "Who makes it"}}},
      {"components",
       "By component, 100 % together",
       {{"component", text_cell, {}, "An input of the maker, with all behind it, or its emissions"},
        {"footprint", real_cell, kg, "Behind it"},
        {"share", real_cell, "%", "Of the footprint"}}},
      {"tiers",
       "By tier, 100 % together",
       {{"tier", text_cell, {}, "0: the maker itself, 1: its suppliers ...; beyond: the remainder"},
        {"footprint", real_cell, kg, "Given off by that tier"},
        {"share", real_cell, "%", "Of the footprint"},
        {"so_far", real_cell, "%", "With the tiers before"}}}};
}

std::vector<TableSpec> chain_tables() {
  return {{"processes",
           "Processes that give off most",
           {{"process", text_cell, {}, "Which"},
            {"emissions", real_cell, kg, "Given off by it itself"},
            {"share", real_cell, "%", "Of the footprint"},
            {"amount", real_cell, {}, "Of its product, made for what was asked"},
            {"unit", text_cell, {}, "Of the amount"},
            {"intensity", real_cell, "kg CO2e / unit", "Behind one unit of its product, all tiers"},
            {"product", text_cell, {}, "What it makes"}}},
          {"tree",
           "What stands behind it, branch by branch",
           {{"tier", whole_cell, {}, "0: the product"},
            {"process", text_cell, {}, "Which"},
            {"footprint", real_cell, kg, "With all behind it"},
            {"share", real_cell, "%", "Of the footprint"},
            {"own", real_cell, kg, "Given off by it itself"},
            {"left_out", real_cell, kg, "Behind it, in branches too small or too deep to list"},
            {"amount", real_cell, {}, "Of its product"},
            {"unit", text_cell, {}, "Of the amount"},
            {"for", text_cell, {}, "Whom it supplies"}}},
          {"sankey",
           "Flows of embodied emissions, for a Sankey diagram",
           {{"from",
             text_cell,
             {},
             "A process, or emissions: what the process beside gives off itself"},
            {"to", text_cell, {}, "Whom it supplies, or what was asked"},
            {"footprint", real_cell, kg, "Embodied in the flow"},
            {"share", real_cell, "%", "Of the footprint"},
            {"mark", text_cell, {}, "own: given off there; end: what was asked"}}},
          {"emissions",
           "Elementary flows behind it",
           {{"flow", text_cell, {}, "Name in the inventory"},
            {"amount", real_cell, {}, "Of all processes together"},
            {"unit", text_cell, {}, "Of the amount"},
            {"factor", real_cell, "kg CO2e / unit", "Empty where the factors have none"},
            {"footprint", real_cell, kg, "Amount times factor"},
            {"compartment", text_cell, {}, "Where to, or where from"},
            {"source", text_cell, {}, "Of the factor"}}}};
}

std::vector<TableSpec> check_tables() {
  return {{"unlinked",
           "Inputs that nobody supplies, left out",
           {{"activity", text_cell, {}, "Who takes it"},
            {"product", text_cell, {}, "What"},
            {"amount", real_cell, {}, "As the inventory states it"},
            {"unit", text_cell, {}, "Of the amount"},
            {"reason", text_cell, {}, "Why nobody does"}}},
          {"conversions",
           "Units converted between a user and its supplier",
           {{"product", text_cell, {}, "Of what"},
            {"from", text_cell, {}, "The user's unit"},
            {"to", text_cell, {}, "The supplier's unit"},
            {"factor", real_cell, {}, "One of the first is so many of the second"},
            {"inputs", whole_cell, {}, "How many inputs"},
            {"by", text_cell, {}, "Definition, or the source of the conversion"}}},
          {"allocation",
           "Co-products, and what each bears",
           {{"activity", text_cell, {}, "Who makes them"},
            {"product", text_cell, {}, "Which"},
            {"rule", text_cell, {}, "Of allocation"},
            {"share", real_cell, "%", "Of inputs and emissions"}}}};
}

std::vector<TableSpec> uncertainty_tables() {
  return {{"quantiles",
           "The footprint over all draws",
           {{"what", text_cell, {}, "Mean, deviation, or a quantile"},
            {"footprint", real_cell, kg, "Of the draws"},
            {"of_middle", real_cell, "%", "Of the footprint with the middle of every number"}}},
          {"numbers",
           "Which uncertain number matters",
           {{"number", text_cell, {}, "Activity and exchange, or the factor of a flow"},
            {"variance", real_cell, "%", "Share of the variance, to first order about the middle"},
            {"first_order", real_cell, "%",
             "Sobol's share of the variance, by pick-freeze; empty where not examined"},
            {"derivative", real_cell, "kg CO2e / unit", "Footprint per unit of the number"},
            {"deviation", real_cell, {}, "Standard deviation of the number"}}},
          {"pact",
           "The footprint as PACT 3, where the project has [pact]",
           {{"json", text_cell, {}, "The whole file"}}}};
}

std::vector<TableSpec> all_tables() {
  auto tables = result_tables();
  for (const auto& more : {chain_tables(), check_tables(), uncertainty_tables()})
    tables.insert(tables.end(), more.begin(), more.end());
  return tables;
}

Declaration make_declaration() {
  Declaration d;
  d.name = "product";
  d.question = "What is the carbon footprint of a product, and what makes it up?";
  d.summary =
      "From an inventory of activities (what each makes, takes in and gives off) to the footprint "
      "of "
      "a product with everything behind it, loops included: units converted and checked, "
      "co-products "
      "shared out by a rule with a name, electricity from the mix of a region, inputs bought from "
      "a "
      "table's sectors by price. By component, by tier, by branch and by process, adding up to 100 "
      "%; "
      "draws of uncertain numbers with quantiles and what matters; PACT 2 and 3 footprints of "
      "suppliers in place of their activities, and PACT 3 out.";
  d.parameters = asked_parameters(
      "The inventory: a project (TOML), a table (csv, xlsx), EcoSpold 1, openLCA's JSON-LD or "
      "ILCD");
  for (const auto& more : {detail_parameters(), draw_parameters()})
    d.parameters.insert(d.parameters.end(), more.begin(), more.end());
  d.tables = all_tables();
  d.examples = {
      {"stave product electric-car", "What is behind an electric car? (It comes with Stave.)"},
      {"stave product electric-car --prefer \"electricity=grid Yunnan\"",
       "The same car, made where power is from water."},
      {"stave product bicycle.toml", "What is behind a bicycle, component by component?"},
      {"stave product bicycle.toml --draws 1000 --seed 7",
       "How sure is that, and which number matters?"},
      {"stave product bicycle.toml --pact bicycle.json", "Write it for a customer, as PACT 3."}};
  d.papers = {
      "Heijungs, R. and Suh, S. (2002): The Computational Structure of Life Cycle Assessment. "
      "Kluwer",
      "ISO 14044:2006, Environmental management, life cycle assessment: requirements and "
      "guidelines",
      "ISO 14067:2018, Greenhouse gases, carbon footprint of products",
      "WBCSD PACT (2025): Technical Specifications for PCF Data Exchange, version 3.0",
      "Janon, A., Klein, T., Lagnoux, A., Nodet, M. and Prieur, C. (2014): Asymptotic normality "
      "and "
      "efficiency of two Sobol index estimators. ESAIM: Probability and Statistics 18, 342-364"};
  d.method = "product";
  d.file_template = std::string(project_template());
  d.chain_optional = true;
  return d;
}

}  // namespace

const Declaration& product_declaration() {
  static const Declaration declaration = make_declaration();
  return declaration;
}

}  // namespace stave
