#include "stave/core/error.hpp"
#include "stave/store/sample.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <filesystem>

#include <fmt/format.h>
#include <tbb/task_arena.h>

#include "shock/declaration.hpp"
#include "shock/told.hpp"

namespace stave {
namespace {

Sampling sampling_named(const std::string& word) {
  if (word == "sobol") return Sampling::sobol;
  return word == "random" ? Sampling::random : Sampling::latin_hypercube;
}

/// The scenario and how it is to be played, by the command line and then by the file.
struct Order {
  ScenarioFile file;
  SettledScenario middle;
  std::string preset;
  SimulationOptions options;
  SamplePlan plan{.draws = 0};
  std::string by;
  Watch watch;
};

Watch watch_of(const Chain& chain, const Arguments& arguments) {
  Watch watch;
  watch.region_stocks = arguments.text("by") == "region";
  if (arguments.text("by") != "node") {
    if (arguments.has("nodes"))
      throw Error(Errc::bad_input, "--nodes goes with --by node",
                  "Add --by node, or leave --nodes out.");
    return watch;
  }
  watch.all_nodes = !arguments.has("nodes");
  if (arguments.has("nodes"))
    for (const auto& name : chain_names(arguments.text("nodes")))
      watch.nodes.push_back(chain.require_node(name));
  return watch;
}

Order order_of(const Chain& chain, const Arguments& arguments) {
  Order order{.file = read_scenario_file(chain, resolve_scenario(arguments.text("scenario")))};
  order.middle = order.file.settled();
  if (arguments.has("days"))
    order.middle.scenario.days = static_cast<int>(arguments.integer("days"));
  order.preset = arguments.has("preset")              ? arguments.text("preset")
                 : !order.file.model().preset.empty() ? order.file.model().preset
                                                      : std::string(default_preset(chain));
  order.options = options_of(chain, order.middle, order.preset);
  if (arguments.text("compat") == "boario") order.options.compatibility = Compatibility::boario;
  const auto& ensemble = order.file.ensemble();
  order.plan = {ensemble.sampling, ensemble.draws, ensemble.seed};
  if (arguments.has("draws"))
    order.plan.draws = static_cast<std::uint64_t>(arguments.integer("draws"));
  if (arguments.has("seed"))
    order.plan.seed = static_cast<std::uint64_t>(arguments.integer("seed"));
  if (arguments.has("sampling")) order.plan.sampling = sampling_named(arguments.text("sampling"));
  order.by = arguments.text("by");
  order.watch = watch_of(chain, arguments);
  return order;
}

std::string duration_words(double seconds) {
  if (seconds < 90) return fmt::format("{:.0f} seconds", seconds);
  if (seconds < 2 * 3600) return fmt::format("{:.0f} minutes", seconds / 60);
  if (seconds < 2 * 86'400) return fmt::format("{:.0f} hours", seconds / 3600);
  if (seconds < 2 * 365 * 86'400.0) return fmt::format("{:.0f} days", seconds / 86'400);
  return fmt::format("{:.0f} years", seconds / (365 * 86'400.0));
}

// A row of the table of what was drawn weighs as much as so many numbers.
constexpr std::uint64_t numbers_a_row = 10;

// Before anything long begins: a few days are played to say what so many draws would take.
void check_draws(const Chain& chain, const Order& order, Progress& progress) {
  const auto days = static_cast<std::uint64_t>(order.middle.scenario.days);
  const auto kept = 4 * days + numbers_a_row * order.file.uncertain().size();
  const auto most = std::min(most_draws, most_ensemble_numbers / kept);
  if (order.plan.draws > 0 && order.plan.sampling == Sampling::sobol)
    static_cast<void>(order.file.draw(0, order.plan));  // refuses too many numbers
  if (order.plan.draws <= most) return;
  auto trial = order.middle.scenario;
  trial.days = std::min(trial.days, 10);
  const auto begun = std::chrono::steady_clock::now();
  static_cast<void>(simulate(chain, trial, order.options, {}, progress));
  const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - begun;
  const double draws = static_cast<double>(order.plan.draws);
  const double seconds = spent.count() * static_cast<double>(days) / trial.days * draws;
  throw Error(
      Errc::too_large,
      fmt::format("{} draws of {} days would take about {} and {:.3g} GB", order.plan.draws, days,
                  duration_words(seconds), draws * static_cast<double>(kept) * 8 / 1e9),
      fmt::format("At most {} draws of so many days are played; a few hundred tell the "
                  "quantiles.",
                  most));
}

void add_cause_rows(Table& table, const PlayedShock& played, NodeId node,
                    const std::vector<CauseStep>& steps) {
  const auto& chain = played.chain;
  std::int64_t count = 0;
  for (const auto& step : steps) {
    const auto& course = played.simulation.nodes[step.node.at()];
    const bool by_input = step.kind == CauseStep::Kind::input || step.kind == CauseStep::Kind::cut;
    const auto* cause = step.kind == CauseStep::Kind::capacity ? "lost capacity"
                        : step.kind == CauseStep::Kind::cut    ? "cut off"
                        : step.kind == CauseStep::Kind::input  ? "short of an input"
                                                               : "fewer orders";
    table.add_row(
        {maker_name(chain, node), ++count, std::int64_t{step.day}, maker_name(chain, step.node),
         std::string(cause), by_input ? chain.products()[step.input].name : std::string(),
         step.from ? maker_name(chain, *step.from) : step.event,
         step.dependence > 0 ? 100 * step.dependence : std::nan(""), 100 * course.least_output,
         std::int64_t{course.least_day}, chain.node(step.node).id});
  }
}

// The first that ran short, those that lose most without being struck, and whose goods are missed.
std::vector<NodeId> to_explain(const PlayedShock& played, std::size_t most) {
  std::vector<NodeId> nodes;
  const auto& s = played.simulation;
  const auto add = [&](NodeId node) {
    if (std::find(nodes.begin(), nodes.end(), node) == nodes.end()) nodes.push_back(node);
  };
  if (s.first_bound) add(s.first_bound->node);
  std::vector<bool> struck(s.nodes.size());
  for (const auto& event : played.scenario.capacity)
    for (const auto& [node, share] : event.nodes) struck[node.at()] = share > 0;
  const auto missed =
      std::max_element(s.nodes.begin(), s.nodes.end(),
                       [](const NodeCourse& a, const NodeCourse& b) { return a.unmet < b.unmet; });
  if (missed != s.nodes.end() && missed->unmet > 0 && missed->first_loss >= 0)
    add(NodeId(missed - s.nodes.begin()));
  for (const auto node : worst_hit(s)) {
    if (most == 0) break;
    if (struck[node.at()]) continue;
    add(node);
    --most;
  }
  return nodes;
}

void explain(const PlayedShock& played, std::size_t most, Report& report) {
  auto table = money_table(played.chain, "causes");
  constexpr std::size_t most_in_words = 4;
  std::size_t told = 0;
  if (const auto& first = played.simulation.first_bound)
    report.findings.push_back(
        {fmt::format("The first to run short is {}, of {}, on day {}.",
                     maker_name(played.chain, first->node),
                     played.chain.products()[first->product].name, first->day),
         Tone::plain});
  for (const auto node : to_explain(played, most)) {
    const auto steps = causes_of(played.chain, played.scenario, played.simulation, node);
    add_cause_rows(table, played, node, steps);
    if (steps.empty() || told++ >= most_in_words) continue;
    report.findings.push_back(
        {"Why " + maker_name(played.chain, node) + " loses: " + causes_in_words(played, steps),
         Tone::plain});
  }
  report.tables.push_back(std::move(table));
}

void add_trouble(const PlayedShock& played, const Order& order, Progress& progress,
                 Report& report) {
  const auto trouble = trouble_of(played.scenario, played.simulation, played.normal);
  if (trouble == Trouble::none) return;
  const auto causes =
      causes_of_trouble(played.chain, played.scenario, order.options, trouble, progress);
  const auto what = trouble == Trouble::collapse
                        ? "Output collapses: every event is over, and it is still below half of "
                          "what capacity allows, and does not rise."
                        : "Output oscillates: after the last event it turns four times or more, by "
                          "more than 0.5 % of a normal day each time.";
  report.findings.push_back(
      {fmt::format("{} That is the model with {}, not a forecast.", what,
                   causes.empty() ? "these settings; no single one of psi, stocks, the time to "
                                    "restock and overproduction cures it"
                                  : fmt::format("{}", fmt::join(causes, " or "))),
       Tone::warning});
}

void add_balances(const PlayedShock& played, Report& report) {
  const auto& held = played.simulation.conservation;
  auto& residuals = report.provenance.residuals;
  residuals.push_back({"goods made = goods delivered, every maker and day", held.goods, 1e-9});
  residuals.push_back({"stocks + received - used = stocks next day", held.stocks, 1e-9});
  if (!played.simulation.rebuilding_left.empty())
    residuals.push_back(
        {"rebuilt + still to rebuild = destroyed, every event and day", held.rebuilding, 1e-9});
}

// Keys of [model] that the rule of stocks has no use for.
std::string unused_settings(const Order& order) {
  const auto& model = order.middle.model;
  std::vector<std::string_view> unused;
  const auto look = [&](bool set, std::string_view key) {
    if (set) unused.push_back(key);
  };
  if (order.options.stocks == StockRule::by_supplier) {
    look(model.psi.has_value(), "psi");
    look(!model.orders.empty(), "orders");
    look(model.overproduction_base.has_value(), "overproduction_base");
    look(model.overproduction_max.has_value(), "overproduction_max");
    look(model.overproduction_days.has_value(), "overproduction_days");
  } else {
    look(model.random_inventories.has_value(), "random_inventories");
    look(model.seed.has_value(), "seed");
  }
  return fmt::format("{}", fmt::join(unused, ", "));
}

void note_unsupplied(const Chain& chain, const SimulationOptions& options,
                     std::vector<std::string>& notes) {
  if (options.production == ProductionRule::leontief) return;
  const auto lacking = unsupplied_essentials(chain);
  if (lacking.empty()) return;
  std::vector<std::string> named;
  for (const auto& [maker, input] : lacking)
    if (named.size() < 3)
      named.push_back(
          fmt::format("{} ({})", maker_name(chain, maker), chain.products()[input].name));
  notes.push_back(fmt::format(
      "{} makers buy none of an input that the recipe calls essential; it never binds "
      "them: {}{}.",
      lacking.size(), fmt::join(named, ", "), lacking.size() > named.size() ? " ..." : ""));
}

void add_notes(const PlayedShock& played, const Order& order, Report& report) {
  auto& notes = report.provenance.notes;
  const auto& s = played.simulation;
  if (!played.scenario.source.empty()) notes.push_back("Scenario: " + played.scenario.source);
  notes.push_back(options_in_words(order.options, order.preset));
  if (order.options.compatibility == Compatibility::boario)
    notes.emplace_back("--compat boario: what BoARIO 0.6 does beside its equations is done too.");
  if (const auto unused = unused_settings(order); !unused.empty())
    notes.push_back(
        fmt::format("Of the scenario's [model], {} counts for nothing here: {}.", unused,
                    order.options.stocks == StockRule::by_supplier ? "inputs are held by supplier"
                                                                   : "inputs are held by product"));
  for (const auto& note : played.scenario.notes) notes.push_back(note);
  if (s.clipped > 0)
    notes.push_back(
        fmt::format("Events together would take more than all capacity on {} days "
                    "(makers x days); there all is taken.",
                    s.clipped));
  if (s.negative_left_out > 0)
    notes.push_back(fmt::format("Flows and final use below zero, {} {} a year, count as zero.",
                                amount_words(s.negative_left_out), played.chain.info().unit));
  note_unsupplied(played.chain, order.options, notes);
  if (!order.file.uncertain().empty())
    notes.push_back(
        fmt::format("All but the draws is played with the middle of {} uncertain "
                    "numbers.",
                    order.file.uncertain().size()));
  const auto& made_for = order.file.chain();
  if (!made_for.empty() && made_for != played.chain.info().name)
    notes.push_back(fmt::format("The scenario was written for the chain {}.", made_for));
}

Figure lines_figure(const std::string& table, const std::string& y, const std::string& series,
                    const std::string& title, const std::string& caption) {
  std::map<std::string, std::string> columns{{"x", "day"}, {"y", y}};
  if (!series.empty()) columns["series"] = series;
  return {"lines", table, title, caption, columns, 0};
}

void add_figures(const Order& order, Report& report) {
  auto& figures = report.figures;
  figures.push_back(lines_figure("days", "of_normal", "", "Output, day by day",
                                 "Of the whole chain, in percent of a normal day"));
  if (order.by == "region")
    figures.push_back(lines_figure("course", "of_normal", "name", "Output by region, day by day",
                                   "In percent of a normal day"));
  if (report.table("unmet_by_product").rows() > 0)
    figures.push_back(lines_figure("unmet_by_product", "unmet", "product",
                                   "Final use that goes without, by product",
                                   "Of what it takes on a normal day"));
  if (report.table("stock_by_product").rows() > 0)
    figures.push_back(lines_figure("stock_by_product", "stock", "product",
                                   "Stocks of inputs running out",
                                   "Of what all users hold of a product on the first evening"));
  figures.push_back({"bars",
                     "nodes",
                     "Who loses most",
                     "Value added, over all days",
                     {{"label", "node"}, {"value", "value_added_lost"}},
                     20});
}

void add_tables(const PlayedShock& played, const Order& order, std::size_t most, Report& report) {
  report.tables.insert(report.tables.begin(), {overview_table(played), indicator_list(played)});
  report.tables.push_back(node_list(played, most));
  report.tables.push_back(missed_products(played));
  report.tables.push_back(day_list(played));
  report.tables.push_back(course_list(played, order.by));
  report.tables.push_back(missed_by_day(played));
  report.tables.push_back(stocks_by_day(played));
}

void add_partial(const PlayedShock& played, std::size_t draws, const Order& order, Report& report) {
  if (played.simulation.partial)
    report.findings.insert(
        report.findings.begin(),
        {fmt::format("Stopped after {} of {} days: what follows is of those alone.",
                     played.simulation.days.size(), played.scenario.days),
         Tone::warning});
  else if (draws < order.plan.draws)
    report.findings.insert(report.findings.begin(),
                           {fmt::format("Stopped after {} of {} draws: bands are of those alone.",
                                        draws, order.plan.draws),
                            Tone::warning});
  else
    return;
  report.partial = true;
}

Report shock(const Chain& chain, const Arguments& arguments, Progress& progress) {
  const auto order = order_of(chain, arguments);
  check_draws(chain, order, progress);
  const auto& scenario = order.middle.scenario;
  const auto simulation = simulate(chain, scenario, order.options, order.watch, progress);
  if (simulation.days.empty()) progress.check();
  const auto normal = normal_day(chain);
  const PlayedShock played{chain, scenario, simulation, normal,
                           indicators(scenario, simulation, normal)};
  Report report;
  report.title = fmt::format("{}, {}", scenario.title, chain.info().name);
  report.findings.push_back({account_of(played), Tone::plain});
  if (!simulation.partial) add_trouble(played, order, progress, report);
  explain(played, static_cast<std::size_t>(arguments.integer("explain")), report);
  add_tables(played, order, static_cast<std::size_t>(arguments.integer("top")), report);
  add_figures(order, report);
  add_balances(played, report);
  add_notes(played, order, report);
  std::vector<Draw> draws;
  if (order.plan.draws > 0 && !simulation.partial) {
    draws = play_draws(chain, order.file, order.plan, scenario.days, order.preset,
                       order.options.compatibility, progress);
    add_ensemble(played, {draws, order.file.uncertain(), scenario.days}, report);
  }
  add_partial(played, draws.size(), order, report);
  return report;
}

}  // namespace

Analysis shock_analysis() { return {shock_declaration(), shock}; }

}  // namespace stave
