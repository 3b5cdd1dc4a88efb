#include "systemic/declaration.hpp"

#include <fmt/format.h>

#include "systemic/round_list.hpp"

namespace stave {
namespace {

constexpr auto text_type = ColumnType::text;
constexpr auto whole = ColumnType::integer;
constexpr auto number = ColumnType::real;

const std::string paper =
    "Diem, C., Borsos, A., Reisch, T., Kertesz, J. and Thurner, S. (2022). Quantifying firm-level "
    "economic systemic risk from nation-wide supply networks. Scientific Reports 12, 7719.";

Parameter weights_parameter() {
  return {.name = "weights",
          .type = ParameterType::text,
          .fallback = "output,value_added",
          .summary =
              "What losses are weighed by, with commas: output, value_added, or a stressor "
              "of the chain such as employment; the first one ranks"};
}

Parameter market_parameter() {
  return {.name = "market",
          .type = ParameterType::choice,
          .fallback = "on",
          .summary = "Others step in by market share; off: nobody does",
          .choices = {"on", "off"}};
}

Parameter eps_parameter() {
  return {.name = "eps",
          .type = ParameterType::real,
          .fallback = "0.01",
          .summary = "The cascade rests when no output falls by more in a round",
          .unit = "share",
          .min = 1e-12,
          .max = 0.1};
}

Parameter compat_parameter() {
  return {.name = "compat",
          .type = ParameterType::choice,
          .fallback = "none",
          .summary =
              "glcascade: as the authors' program, a market with nothing left counts as one unit "
              "of money; answers then depend on that unit",
          .choices = {"none", "glcascade"}};
}

std::vector<ColumnSpec> esri_columns() {
  return {{"esri", number, "%", "Share of the whole chain's weight that is lost, itself included"},
          {"esri_down", number, "%", "The same when only missing supplies are followed"},
          {"esri_up", number, "%", "The same when only lost orders are followed"}};
}

TableSpec ranking() {
  TableSpec table{"ranking",
                  "Whose stop would cost most: ESRI, the share of the first weight lost",
                  {{"rank", whole, {}, "1 costs most"}, {"node", text_type, {}, "Who stops"}}};
  const auto esri = esri_columns();
  table.columns.insert(table.columns.end(), esri.begin(), esri.end());
  table.columns.push_back({"own", number, "%", "Its own part of the weight, lost whoever follows"});
  table.columns.push_back({"rounds", whole, {}, "Rounds until the cascade rested"});
  table.columns.push_back({"id", text_type, {}, "Id of the node"});
  return table;
}

TableSpec by_weight() {
  TableSpec table{"by_weight",
                  "The same stops by each weight",
                  {{"node", text_type, {}, "Who stops"},
                   {"weight", text_type, {}, "What the loss is weighed by"},
                   {"rank", whole, {}, "By this weight, of all that were closed"}}};
  const auto esri = esri_columns();
  table.columns.insert(table.columns.end(), esri.begin(), esri.end());
  return table;
}

TableSpec sensitivity() {
  return {"sensitivity",
          "Does the ranking hold when the rules change?",
          {{"rule", text_type, {}, "What is different from the ranking above"},
           {"eps", number, "share", "Largest fall in a round that counts as rest"},
           {"mean", number, "%", "ESRI, mean of all that were closed"},
           {"correlation", number, {}, "Spearman's rank correlation with the ranking above"},
           {"changes", whole, {}, "Names that enter the list (as many leave it)"},
           {"enter", text_type, {}, "Who enters the list"},
           {"leave", text_type, {}, "Who leaves it"},
           {"rounds", whole, {}, "Most rounds a cascade took"}}};
}

std::vector<TableSpec> systemic_tables() {
  return {ranking(),
          {"hardest_hit",
           "Whom the ten worst stops hit hardest",
           {{"node", text_type, {}, "Who stops"},
            {"hit", text_type, {}, "Who loses; itself left out"},
            {"lost", number, "%", "Of its own normal output"},
            {"of_total", number, "%", "Of the whole chain's weight"},
            {"from_suppliers", number, "%", "With missing supplies alone"},
            {"from_customers", number, "%", "With lost orders alone"}}},
          {"products_hit",
           "The products the ten worst stops hit hardest",
           {{"node", text_type, {}, "Who stops"},
            {"product", text_type, {}, "Name of the product"},
            {"lost", number, "%", "Of all makers' weight, less its own part"}}},
          by_weight(),
          sensitivity(),
          {"split",
           "The same loss by the side it comes from",
           {{"node", text_type, {}, "Who stops"},
            {"side", text_type, {}, "missing supplies only, lost orders only, or either alone"},
            {"esri", number, "%", "The three add up to ESRI"}}}};
}

Declaration declared_systemic() {
  Declaration d;
  d.name = "systemic";
  d.question = "Whose stop would cost the whole chain most?";
  d.summary =
      "Every maker is closed in turn, for good and completely, and what that drags down is "
      "followed: customers that miss an essential input, suppliers that lose orders, round after "
      "round. ESRI is the share of all output (or of another weight) then lost, the maker's own "
      "included. The ranking depends on when a cascade counts as at rest, on the cushion of final "
      "use and on what counts as essential, so it is made again under other rules, and what "
      "changes is said.";
  d.needs = {"flows"};
  d.parameters = {
      {.name = "region",
       .type = ParameterType::region,
       .summary = "Close only makers of this region; losses are counted everywhere"},
      weights_parameter(),
      market_parameter(),
      eps_parameter(),
      {.name = "top",
       .type = ParameterType::integer,
       .fallback = "20",
       .summary = "Makers listed",
       .min = 1,
       .max = 10'000'000},
      {.name = "all",
       .type = ParameterType::flag,
       .fallback = "off",
       .summary = "List every maker"},
      {.name = "sensitivity",
       .type = ParameterType::choice,
       .fallback = "on",
       .summary = "Also the ranking under other rules; off saves most of the time, and "
                  "makers that bounds prove too small for the list are left out",
       .choices = {"on", "off"}},
      {.name = "resume",
       .type = ParameterType::kept_file,
       .summary = "File that keeps finished stops as the run goes; when it is there, the "
                  "run goes on from it"},
      compat_parameter()};
  d.tables = systemic_tables();
  d.examples = {{"stave systemic world-2011 --region CHN",
                 "Which of China's sectors would cost the world most if it stopped?"},
                {"stave systemic firms.stave --weights output --top 50",
                 "Which fifty firms of a network matter most?"},
                {"stave systemic firms.stave --all --sensitivity off --resume firms.stops",
                 "A long run that can be stopped (Ctrl-C) and gone on with"}};
  d.papers = {paper};
  d.method = "cascade";
  return d;
}

std::vector<ColumnSpec> group_columns(const std::string& group, const std::string& meaning) {
  return {{"scenario", text_type, {}, "Name in the shock file"},
          {group, text_type, {}, meaning},
          {"lost", number, "%", "Of its own weight, the shock included"},
          {"shock", number, "%", "What the shock itself takes"},
          {"dragged_down", number, "%", "The rest: what the shock drags down"},
          {"amount", number, {}, "What is lost, in the unit of the first weight, a year"}};
}

TableSpec scenarios() {
  TableSpec table{"scenarios",
                  "What each scenario costs",
                  {{"scenario", text_type, {}, "Name in the shock file"},
                   {"weight", text_type, {}, "What the loss is weighed by"}}};
  const auto esri = esri_columns();
  table.columns.insert(table.columns.end(), esri.begin(), esri.end());
  table.columns.insert(table.columns.end(),
                       {{"shock", number, "%", "Of that, what the shock itself takes"},
                        {"shocked", whole, {}, "Makers the shock names"},
                        {"hit", whole, {}, "Other makers that lose more than eps"},
                        {"rounds", whole, {}, "Rounds until the cascade rested"},
                        {"at_rest", text_type, {}, "no: the rounds allowed were not enough"}});
  return table;
}

TableSpec nodes() {
  return {"nodes",
          "Who loses, worst first",
          {{"scenario", text_type, {}, "Name in the shock file"},
           {"node", text_type, {}, "Who loses"},
           {"lost", number, "%", "Of its own normal output"},
           {"from_suppliers", number, "%", "With missing supplies alone"},
           {"from_customers", number, "%", "With lost orders alone"},
           {"shock", number, "%", "What the shock itself takes"},
           {"amount", number, {}, "What is lost, in the unit of the first weight, a year"},
           {"of_total", number, "%", "Of the whole chain's weight"},
           {"region", text_type, {}, "Code of its region"},
           {"product", text_type, {}, "Code of its product"},
           {"id", text_type, {}, "Id of the node"}}};
}

TableSpec steps() {
  return {"steps",
          "The paths from the worst hit back to the shock",
          {{"scenario", text_type, {}, "Name in the shock file"},
           {"explains", text_type, {}, "Whose loss is explained"},
           {"step", whole, {}, "1 is that maker itself"},
           {"node", text_type, {}, "Where the path is"},
           {"lost", number, "%", "Of its normal output, on the side followed"},
           {"cause", text_type, {}, "essential input, other inputs, lost demand, or the shock"},
           {"input", text_type, {}, "The product that is short, where one alone binds"},
           {"through", text_type, {}, "The supplier, or customer, the path follows"},
           {"dependence", number, "%", "Of that input (purchases, sales) from (to) it"},
           {"its_loss", number, "%", "What that one lost, the round before"},
           {"substituted", number, "%", "Of that, what other makers make up for"},
           {"share", number, "%", "Of this step's loss, what comes through it"}}};
}

TableSpec rounds_table() {
  return {"rounds",
          "How losses spread, round by round (--rounds on)",
          {{"scenario", text_type, {}, "Name in the shock file"},
           {"round", whole, {}, "0 is the shock itself"},
           {"name", text_type, {}, "Who loses: one of those listed whose loss changed then"},
           {"loss", number, "%", "Of its normal output, the larger of the next two"},
           {"loss_down", number, "%", "With missing supplies alone"},
           {"loss_up", number, "%", "With lost orders alone"},
           {"node", text_type, {}, "Id of the node"},
           {"region", text_type, {}, "Code of its region"},
           {"product", text_type, {}, "Code of its product"}}};
}

TableSpec round_totals() {
  return {"round_totals",
          "The whole chain, round by round (--rounds on)",
          {{"scenario", text_type, {}, "Name in the shock file"},
           {"weight", text_type, {}, "What the loss is weighed by"},
           {"round", whole, {}, "0 is the shock itself"},
           {"loss", number, "%", "Share of the whole chain's weight lost by then"},
           {"hit", whole, {}, "Makers not shocked that lose more than eps by then"},
           {"largest_fall", number, "%",
            "Of normal output, the largest fall of one maker in this round, on either side"}}};
}

std::vector<Parameter> cascade_parameters() {
  return {
      {.name = "shock",
       .type = ParameterType::input_file,
       .summary = "csv file of who loses how much",
       .required = true},
      weights_parameter(),
      market_parameter(),
      eps_parameter(),
      {.name = "follow",
       .type = ParameterType::choice,
       .fallback = "both",
       .summary = "Missing supplies, lost orders, or both",
       .choices = {"both", "supplies", "orders"}},
      {.name = "explain",
       .type = ParameterType::integer,
       .fallback = "5",
       .summary = "Worst hit makers explained, a scenario",
       .min = 0,
       .max = 1000},
      {.name = "why", .type = ParameterType::node, .summary = "Also explain the loss of this node"},
      {.name = "top",
       .type = ParameterType::integer,
       .fallback = "100",
       .summary = "Makers listed, a scenario; all are computed",
       .min = 1,
       .max = 10'000'000},
      {.name = "rounds",
       .type = ParameterType::choice,
       .fallback = "off",
       .summary =
           fmt::format("Also the losses of the makers listed and of the whole chain in every "
                       "round, up to round {}, and in the last",
                       most_rounds_listed),
       .choices = {"on", "off"}},
      compat_parameter()};
}

Declaration declared_cascade() {
  Declaration d;
  d.name = "cascade";
  d.question = "What would this shock cost, whom would it hit, and by what path?";
  d.summary =
      "A csv file says who loses which share of capacity: columns node, or region, product or "
      "both; share (0.25 or 25%); optionally scenario, and share_up where orders fall by another "
      "share. Each scenario is followed until no output falls by more than eps in a round. For "
      "the worst hit makers the path is traced back to the shock: the input that binds, or the "
      "orders lost, and through whom.";
  d.needs = {"flows"};
  d.parameters = cascade_parameters();
  d.tables = {
      scenarios(),
      nodes(),
      {"products", "Losses by product, worst first",
       group_columns("product", "Name of the product")},
      {"regions", "Losses by region, worst first", group_columns("region", "Name of the region")},
      {"explanations",
       "Why the worst hit lose what they lose",
       {{"scenario", text_type, {}, "Name in the shock file"},
        {"node", text_type, {}, "Who loses"},
        {"lost", number, "%", "Of its own normal output"},
        {"explanation", text_type, {}, "The path back to the shock"}}},
      steps(),
      rounds_table(),
      round_totals()};
  d.examples = {{"stave cascade world-2011 --shock shock.csv",
                 "If Taiwan made no electronics, who would stand still, and why?"},
                {"stave cascade world-2011 --shock shock.csv --follow supplies --why DEU.c15",
                 "By what path do missing supplies reach Germany's makers of transport equipment?"},
                {"stave cascade world-2011 --shock shock.csv --rounds on --top 30",
                 "How does the shock spread, round by round?"}};
  d.papers = {paper};
  d.method = "cascade";
  return d;
}

}  // namespace

const Declaration& systemic_declaration() {
  static const Declaration declared = declared_systemic();
  return declared;
}

const Declaration& cascade_declaration() {
  static const Declaration declared = declared_cascade();
  return declared;
}

}  // namespace stave
