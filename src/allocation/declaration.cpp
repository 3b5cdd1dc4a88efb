#include "allocation/declaration.hpp"

#include "stave/formats/scenario_file.hpp"

namespace stave {
namespace {

constexpr auto text_type = ColumnType::text;
constexpr auto whole = ColumnType::integer;
constexpr auto number = ColumnType::real;

Parameter days_parameter(const std::string& name, const std::string& fallback,
                         const std::string& summary) {
  return {.name = name,
          .type = ParameterType::real,
          .fallback = fallback,
          .summary = summary,
          .unit = "days",
          .min = 0,
          .max = 36'500};
}

Parameter growth_parameter(const std::string& fallback, const std::string& summary) {
  return {.name = "growth",
          .type = ParameterType::real,
          .fallback = fallback,
          .summary = summary,
          .unit = "share",
          .min = 0,
          .max = 1000};
}

Parameter spare_parameter() {
  return {.name = "spare",
          .type = ParameterType::real,
          .fallback = "0",
          .summary =
              "Capacity beyond normal output, where the chain does not say (attribute "
              "spare_capacity)",
          .unit = "share",
          .min = 0,
          .max = 100};
}

std::vector<Parameter> stock_parameters() {
  return {days_parameter("inventory", "15",
                         "Inputs in stock, of goods, where the chain does not say (attribute "
                         "inventory)"),
          days_parameter("finished", "0",
                         "Its own product in stock, of goods, where the chain does not say "
                         "(attribute finished_inventory)")};
}

std::vector<Parameter> survive_parameters() {
  std::vector<Parameter> all = {
      {.name = "node", .type = ParameterType::node, .summary = "Stop this maker alone"},
      {.name = "region",
       .type = ParameterType::region,
       .summary = "Stop only makers of this region, each in turn"},
      {.name = "product",
       .type = ParameterType::product,
       .summary = "Stop only makers of this product, each in turn"},
      {.name = "top",
       .type = ParameterType::integer,
       .fallback = "20",
       .summary = "Makers stopped, those of largest output",
       .min = 1,
       .max = 10'000'000},
      {.name = "all",
       .type = ParameterType::flag,
       .fallback = "off",
       .summary = "Stop every maker, each in turn"},
      days_parameter("recovery", "30",
                     "Time to recover, where the chain does not say (attribute recovery_days)")};
  for (auto& p : stock_parameters()) all.push_back(std::move(p));
  all.push_back(spare_parameter());
  all.push_back(growth_parameter(
      "", "What a link can carry beside its normal flow, share of that; without it, any amount"));
  all.push_back({.name = "margin",
                 .type = ParameterType::real,
                 .summary = "Profit per unit of sales, where the chain does not say (attribute "
                            "margin); without it, value added per unit of output",
                 .unit = "share",
                 .min = 0,
                 .max = 1});
  return all;
}

TableSpec stops_table() {
  return {
      "stops",
      "Makers by the profit lost while they are stopped",
      {{"node", text_type, {}, "Who stops"},
       {"recovers", number, "days", "Time until it is back"},
       {"survives", number, "days",
        "Time for which all final use can still be served; empty: for ever"},
       {"verdict", text_type, {}, "for ever, in time, or too short"},
       {"lost_profit", number, {}, "Least that is lost until it has recovered"},
       {"lost_share", number, "%", "Of all profit in that time"},
       {"short_of", number, "days", "By which it survives less long than it takes to recover"},
       {"stock_at", text_type, {}, "Who would best hold more stock, to survive longer"},
       {"stock_of", text_type, {}, "Of which product"},
       {"days_per_unit", number, "days",
        "Gained for a day's normal use of that product, or a day's output, more in stock there"},
       {"assumed", text_type, {}, "What the chain does not say of it, so that defaults stand in"},
       {"region", text_type, {}, "Code of its region"},
       {"product", text_type, {}, "Code of its product"},
       {"id", text_type, {}, "Id of the node"}}};
}

Declaration declared_survive() {
  Declaration d;
  d.name = "survive";
  d.question = "If a maker stops, how long does the chain go on, and is that long enough?";
  d.summary =
      "Each maker is stopped in turn, completely. Time to survive: how long all final use can "
      "still be served from stocks, from what others can make, and by sending it elsewhere, if "
      "everybody acts for the chain. Time to recover: how long the maker takes to come back. Where "
      "the chain survives less long than that, the least profit that must be lost until then is "
      "found too. Both are linear programs, solved exactly; a chain that can go on for ever is "
      "said to.";
  d.needs = {"flows", "final use"};
  d.parameters = survive_parameters();
  d.tables = {stops_table(),
              {"short",
               "Too short: makers the chain does not survive the stop of",
               {{"node", text_type, {}, "Who stops"},
                {"survives", number, "days", "Time for which all final use can still be served"},
                {"recovers", number, "days", "Time until it is back"}}},
              {"unserved",
               "What is then not served, largest first",
               {{"node", text_type, {}, "Who stops"},
                {"product", text_type, {}, "Name of the product that final use goes without"},
                {"where", text_type, {}, "Region of the final use in a table, else who makes it"},
                {"amount", number, {}, "Until it has recovered"},
                {"share", number, "%", "Of what would have been served in that time"}}},
              {"assumptions",
               "Where the chain does not say, and what stands in",
               {{"what", text_type, {}, "Node attribute"},
                {"known", whole, {}, "Makers the chain says it of"},
                {"assumed", whole, {}, "Makers a default stands in for"},
                {"default", text_type, {}, "The default"}}}};
  d.examples = {
      {"stave survive nev --product cell_nmc --finished 10",
       "Which makers of battery cells would the car chain miss first?"},
      {"stave survive world-2011 --node TWN.c14 --recovery 90 --growth 0.5",
       "If Taiwan's electronics stopped for a quarter, how long would the world be served?"}};
  d.papers = {
      "Simchi-Levi, D., Schmidt, W., Wei, Y., Zhang, P. Y., Combs, K., Ge, Y., Gusikhin, O., "
      "Sanders, M. and Zhang, D. (2015). Identifying risks and mitigating disruptions in the "
      "automotive supply chain. Interfaces 45, 375-390.",
      "Diem, C., Borsos, A., Reisch, T., Kertesz, J. and Thurner, S. (2022). Quantifying "
      "firm-level "
      "economic systemic risk from nation-wide supply networks. Scientific Reports 12, 7719."};
  d.method = "allocation";
  return d;
}

std::vector<Parameter> allocate_parameters() {
  std::vector<Parameter> all = {
      {.name = "scenario",
       .type = ParameterType::input_file,
       .summary = "TOML file of what happens, or the name of a scenario that comes with Stave",
       .required = true,
       .positional = true},
      {.name = "horizon",
       .type = ParameterType::integer,
       .fallback = "30",
       .summary = "Days planned for, from the first event on; what happens counts at its mean",
       .unit = "days",
       .min = 1,
       .max = 36'500},
      {.name = "weights",
       .type = ParameterType::choice,
       .fallback = "value_added",
       .summary = "What serving a unit of final use counts: the value added behind it, or the same "
                  "for all",
       .choices = {"value_added", "final_use"}},
      {.name = "priority",
       .type = ParameterType::input_file,
       .summary = "csv file of who counts more: weight, and region, product or category of final "
                  "use; multiplies the weights"}};
  for (auto& p : stock_parameters()) all.push_back(std::move(p));
  all.push_back(spare_parameter());
  all.push_back(
      growth_parameter("0.25", "What a link can carry beside its normal flow, share of that"));
  all.push_back({.name = "idle",
                 .type = ParameterType::real,
                 .fallback = "0.1",
                 .summary = "What a unit of value added that is not made counts, beside a unit of "
                            "final use; 0: nothing",
                 .unit = "share",
                 .min = 0,
                 .max = 1000});
  all.push_back({.name = "alone",
                 .type = ParameterType::integer,
                 .fallback = "3",
                 .summary = "Largest unserved demands for which it is also found what could be "
                            "served if they alone counted",
                 .min = 0,
                 .max = 1000});
  all.push_back({.name = "top",
                 .type = ParameterType::integer,
                 .fallback = "50",
                 .summary = "Rows listed a table; all are computed",
                 .min = 1,
                 .max = 10'000'000});
  return all;
}

std::vector<TableSpec> allocate_tables() {
  return {
      {"served",
       "Final use served, by the plan and by proportional rationing",
       {{"what",
         text_type,
         {},
         "weighted: final use as it counts; final use: as money; value added: made; drawn from "
         "stock"},
        {"wanted",
         number,
         {},
         "Over the horizon; of value added the normal, of stock what there is"},
        {"plan", number, {}, "Served by the best plan"},
        {"proportional", number, {}, "Served when everybody gets the same share of normal"},
        {"saved", number, {}, "By planning"},
        {"plan_share", number, "%", "Of what is wanted"},
        {"proportional_share", number, "%", "Of what is wanted"}}},
      {"blockages",
       "Blockages: what binds, by what a little more of it would bring",
       {{"rank", whole, {}, "1 brings most"},
        {"kind", text_type, {}, "capacity of a maker, or link between a maker and who buys"},
        {"name", text_type, {}, "Whose capacity, or from whom to whom"},
        {"price", number, {}, "Shadow price: weighted final use for one unit more"},
        {"left", number, "%", "Of its normal amount"},
        {"gain", number, {}, "What 1 % of its normal amount more would bring over the horizon"},
        {"id", text_type, {}, "Id of the maker"},
        {"to", text_type, {}, "Of a link: id of the buyer, or code of the region's market"}}},
      {"makers",
       "Who makes less or more, largest change first",
       {{"node", text_type, {}, "Maker"},
        {"normal", number, {}, "Output over the horizon on normal days"},
        {"plan", number, "%", "Of normal, by the plan"},
        {"proportional", number, "%", "Of normal, by proportional rationing"},
        {"possible", number, "%", "Of normal: the capacity that is left, spare counted"},
        {"short_of", text_type, {}, "What holds it: its dearest input, or its own capacity"},
        {"price", number, {}, "Of its product: weighted final use for one unit more at hand"},
        {"region", text_type, {}, "Code of its region"},
        {"product", text_type, {}, "Code of its product"},
        {"id", text_type, {}, "Id of the node"}}},
      {"deliveries",
       "Who sends more or less to whom, largest change first",
       {{"from_name", text_type, {}, "Maker, or the market of a region"},
        {"to_name", text_type, {}, "Maker, or the market of a region"},
        {"normal", number, {}, "Over the horizon on normal days"},
        {"plan", number, {}, "Over the horizon, by the plan"},
        {"change", number, {}, "Plan less normal"},
        {"price", number, {}, "Of its limit: weighted final use for one unit more let through"}}},
      {"unserved",
       "What cannot be served even by the best plan, and why",
       {{"product", text_type, {}, "Name of the product final use goes without"},
        {"where", text_type, {}, "Region of the final use in a table, else who makes it"},
        {"category", text_type, {}, "Of final use; with its region, if not the maker's"},
        {"missing", number, {}, "Over the horizon"},
        {"plan", number, "%", "Of what is wanted, served by the plan"},
        {"proportional", number, "%", "Of what is wanted, served by proportional rationing"},
        {"alone", number, "%", "Of what is wanted, could be served if it alone counted"},
        {"reason", text_type, {}, "Back along the highest prices to what binds"}}}};
}

Declaration declared_allocate() {
  Declaration d;
  d.name = "allocate";
  d.question =
      "When there is not enough, who should produce and get how much, and what blocks more?";
  d.summary =
      "After a shock, the plan that serves the most final use, by its weights, with what is left: "
      "a "
      "linear program over capacities, recipes, stocks, and what each link can carry. Its prices "
      "say what one more unit of a capacity or a link would be worth to the whole chain: these are "
      "the blockages. Of many best plans the one that changes least from normal is taken. It is "
      "held against proportional rationing, by which everybody gets the same share of normal, and "
      "what even the best plan cannot serve is traced back to what binds.";
  d.needs = {"flows", "final use"};
  d.parameters = allocate_parameters();
  d.tables = allocate_tables();
  d.examples = {{"stave allocate nev chip-shortage --horizon 60",
                 "With half of Taiwan's computing chips gone, who should get the rest?"},
                {"stave allocate world-2011 port-closure --horizon 42 --inventory 10",
                 "While China's ports work at half, what blocks most?"}};
  d.papers = {
      "Dantzig, G. B. (1963). Linear Programming and Extensions. Princeton University Press.",
      "Diem, C., Borsos, A., Reisch, T., Kertesz, J. and Thurner, S. (2022). Quantifying "
      "firm-level "
      "economic systemic risk from nation-wide supply networks. Scientific Reports 12, 7719."};
  d.method = "allocation";
  d.file_template = std::string(scenario_template());
  return d;
}

std::vector<Parameter> stocks_parameters() {
  std::vector<Parameter> all = {
      {.name = "target",
       .type = ParameterType::product,
       .summary = "Final use of this product must be served; without it, all final use"},
      {.name = "region",
       .type = ParameterType::region,
       .summary = "Of that, final use in this region alone; in a network, of makers there"},
      {.name = "budget",
       .type = ParameterType::real,
       .summary = "Money tied up in stock, in the chain's unit",
       .unit = "chain unit",
       .min = 0,
       .required = true},
      {.name = "node",
       .type = ParameterType::node,
       .summary = "Prepare for the stop of this maker alone; without it, of any of those listed"},
      {.name = "stops",
       .type = ParameterType::integer,
       .fallback = "20",
       .summary = "Makers of whom any may stop: the largest of those behind the target",
       .min = 1,
       .max = 100'000}};
  for (auto& p : stock_parameters()) all.push_back(std::move(p));
  all.push_back(spare_parameter());
  all.push_back(growth_parameter(
      "", "What a link can carry beside its normal flow, share of that; without it, any amount"));
  all.push_back({.name = "top",
                 .type = ParameterType::integer,
                 .fallback = "50",
                 .summary = "Places listed",
                 .min = 1,
                 .max = 10'000'000});
  return all;
}

Declaration declared_stocks() {
  Declaration d;
  d.name = "stocks";
  d.question = "Where should a budget of stock lie, so that the chain survives longest?";
  d.summary =
      "Any one of the makers behind a product may stop. A linear program finds where a budget of "
      "stock should lie so that final use of the product is served as long as possible, whichever "
      "it is; the other final use may have to wait. Its prices say what one more unit of money "
      "buys in days, and where: at all places that get some of the budget the same, elsewhere "
      "less. "
      "Only goods are kept in stock.";
  d.needs = {"flows", "final use"};
  d.parameters = stocks_parameters();
  d.tables = {{"places",
               "Where the budget should lie, most money first, and the next best places",
               {{"who", text_type, {}, "Who holds the stock: a maker, or the market of a region"},
                {"what", text_type, {}, "Product"},
                {"as", text_type, {}, "its own product, or an input"},
                {"money", number, {}, "Of the budget"},
                {"share", number, "%", "Of the budget"},
                {"days", number, "days", "Of normal use (of an input) or output that this is"},
                {"held", number, {}, "In stock there already"},
                {"gain", number, "days", "Survived longer for one unit of money more there"}}},
              {"stops",
               "How long the target is served when each stops",
               {{"node", text_type, {}, "Who stops"},
                {"before", number, "days", "Without the budget; empty: for ever"},
                {"after", number, "days", "With it; empty: for ever"},
                {"binding", text_type, {}, "yes: the budget is laid out for this stop too"},
                {"id", text_type, {}, "Id of the node"}}}};
  d.examples = {{"stave stocks nev --target \"electric car\" --budget 1000 --stops 10",
                 "A thousand million dollars of stock for car makers: of what, and where?"}};
  d.papers = {
      "Simchi-Levi, D., Schmidt, W., Wei, Y., Zhang, P. Y., Combs, K., Ge, Y., Gusikhin, O., "
      "Sanders, M. and Zhang, D. (2015). Identifying risks and mitigating disruptions in the "
      "automotive supply chain. Interfaces 45, 375-390."};
  d.method = "allocation";
  return d;
}

}  // namespace

const Declaration& stocks_declaration() {
  static const Declaration declared = declared_stocks();
  return declared;
}

const Declaration& allocate_declaration() {
  static const Declaration declared = declared_allocate();
  return declared;
}

const Declaration& survive_declaration() {
  static const Declaration declared = declared_survive();
  return declared;
}

}  // namespace stave
