// `stave cascade`: what a shock costs, whom it hits, and by what path.
#include "stave/formats/shock_file.hpp"

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <iterator>
#include <limits>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>

#include "systemic/cascade_options.hpp"
#include "systemic/declaration.hpp"
#include "systemic/loss_list.hpp"
#include "systemic/round_list.hpp"
#include "systemic/sentence.hpp"

namespace stave {
namespace {

constexpr std::size_t most_explained_in_words = 10;

/// One scenario followed to rest, and what the tables ask of it.
struct Followed {
  std::string name;
  std::size_t shocked = 0;
  LossTracer tracer;
  std::vector<double> own;    ///< [n] what the shock itself takes
  std::vector<NodeId> worst;  ///< who loses, worst first
};

struct Answer {
  const Chain& chain;
  const std::vector<Weighting>& weights;
  const CascadeOptions& options;
  std::size_t list;
  std::vector<NodeId> asked;  ///< explained whatever they lose
  std::size_t explained;
  bool rounds;
  Report& report;
};

Table& report_table(Report& report, std::string_view name) {
  return *std::find_if(report.tables.begin(), report.tables.end(),
                       [&](const Table& t) { return t.name() == name; });
}

std::vector<Table> empty_tables(const Weighting& weight, bool rounds) {
  std::vector<Table> tables;
  for (const auto& spec : cascade_declaration().tables) {
    if (!rounds && (spec.name == "rounds" || spec.name == "round_totals")) continue;
    auto& table = tables.emplace_back(declared_table(cascade_declaration(), spec.name));
    for (std::size_t c = 0; c < table.columns().size(); ++c)
      if (table.column(c).spec.name == "amount") table.column(c).spec.unit = weight.unit;
  }
  return tables;
}

Followed follow(const CascadeNetwork& network, const ShockFollower& follower,
                const ShockScenario& scenario, const Weighting& weight,
                const CascadeOptions& options) {
  std::vector<double> down(network.flows->size());
  std::vector<double> up(down.size());
  std::vector<double> own(down.size());
  for (const auto& shock : scenario.shocks) {
    down[shock.node.at()] = shock.share;
    up[shock.node.at()] = shock.share_up;
    own[shock.node.at()] = std::max(shock.share, shock.share_up);
  }
  LossTracer tracer(network, follower, std::move(down), std::move(up), options);
  auto worst = worst_first(tracer.result(), weight.values);
  return {scenario.name, scenario.shocks.size(), std::move(tracer), std::move(own),
          std::move(worst)};
}

double weighted(std::span<const double> weights, std::span<const double> losses) {
  double sum = 0;
  double total = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    sum += weights[i] * losses[i];
    total += weights[i];
  }
  return sum / total;
}

void add_scenario(const Answer& a, const Followed& f) {
  const auto& result = f.tracer.result();
  std::int64_t hit = 0;
  for (std::size_t i = 0; i < a.chain.size(); ++i)
    hit += f.own[i] == 0 && loss_of(result, i) > a.options.eps ? 1 : 0;
  for (const auto& w : a.weights) {
    const auto risk = systemic_risk(result, w.values);
    report_table(a.report, "scenarios")
        .add_row({f.name, w.name, 100 * risk.both, 100 * risk.down, 100 * risk.up,
                  100 * weighted(w.values, f.own), static_cast<std::int64_t>(f.shocked), hit,
                  static_cast<std::int64_t>(result.rounds),
                  std::string(result.converged ? "yes" : "no")});
  }
}

void add_nodes(const Answer& a, const Followed& f) {
  const auto& result = f.tracer.result();
  const auto& w = a.weights[0].values;
  double total = 0;
  for (const double weight : w) total += weight;
  auto& table = report_table(a.report, "nodes");
  for (std::size_t k = 0; k < std::min(a.list, f.worst.size()); ++k) {
    const auto i = f.worst[k].at();
    const auto& node = a.chain.node(f.worst[k]);
    const double lost = loss_of(result, i);
    table.add_row({f.name, node_name(a.chain, f.worst[k]), 100 * lost, 100 * (1 - result.h_d[i]),
                   100 * (1 - result.h_u[i]), 100 * f.own[i], w[i] * lost,
                   100 * w[i] * lost / total, a.chain.regions()[node.region].code,
                   a.chain.products()[node.product].code, node.id});
  }
}

void add_groups(const Answer& a, const Followed& f, std::string_view name,
                const Classification& items, const std::vector<std::size_t>& group) {
  auto& table = report_table(a.report, name);
  for (const auto& loss :
       group_losses(f.tracer.result(), a.weights[0].values, f.own, group, items.size()))
    table.add_row({f.name, items[loss.group].name, 100 * loss.lost / loss.total,
                   100 * loss.shock / loss.total, 100 * (loss.lost - loss.shock) / loss.total,
                   loss.lost});
}

void add_product_and_region(const Answer& a, const Followed& f) {
  std::vector<std::size_t> product;
  std::vector<std::size_t> region;
  for (const auto& node : a.chain.nodes()) {
    product.push_back(node.product.at());
    region.push_back(node.region.at());
  }
  add_groups(a, f, "products", a.chain.products(), product);
  add_groups(a, f, "regions", a.chain.regions(), region);
}

void add_steps(const Answer& a, const Followed& f, const LossPath& path) {
  auto& table = report_table(a.report, "steps");
  for (std::size_t k = 0; k < path.steps.size(); ++k) {
    const auto& step = path.steps[k];
    const bool goes_on = k < path.followed.size();
    const auto part = goes_on ? step.parts[path.followed[k]] : LossPart{};
    const double none = std::numeric_limits<double>::quiet_NaN();
    table.add_row(
        {f.name, node_name(a.chain, path.steps[0].node), static_cast<std::int64_t>(k + 1),
         node_name(a.chain, step.node), 100 * step.loss, std::string(cause_words(step.cause)),
         step.cause == LossCause::essential_input ? a.chain.products()[step.input].name
                                                  : std::string(),
         goes_on ? node_name(a.chain, part.other) : std::string(),
         goes_on ? 100 * part.dependence : none, goes_on ? 100 * part.lost : none,
         goes_on ? 100 * part.substituted : none, goes_on ? 100 * part.part / step.loss : none});
  }
}

// The worst hit that the shock itself did not stop, and whoever was asked about.
std::vector<NodeId> explained_nodes(const Answer& a, const Followed& f) {
  auto nodes = a.asked;
  std::size_t count = 0;
  for (const auto node : f.worst) {
    if (count == a.explained) break;
    if (loss_of(f.tracer.result(), node.at()) <= f.own[node.at()] + 1e-12) continue;
    ++count;
    if (std::find(nodes.begin(), nodes.end(), node) == nodes.end()) nodes.push_back(node);
  }
  return nodes;
}

void add_explanations(const Answer& a, const Followed& f, std::size_t in_words) {
  auto& table = report_table(a.report, "explanations");
  for (const auto node : explained_nodes(a, f)) {
    const auto path = f.tracer.path(node);
    const auto words = path_in_words(a.chain, f.tracer, path);
    table.add_row({f.name, node_name(a.chain, node), 100 * path.steps[0].loss, words});
    add_steps(a, f, path);
    if (in_words == 0) continue;
    --in_words;
    a.report.findings.push_back({words, Tone::plain});
  }
}

void add_scenario_finding(const Answer& a, const Followed& f) {
  const auto& result = f.tracer.result();
  const auto risk = systemic_risk(result, a.weights[0].values);
  const double own = weighted(a.weights[0].values, f.own);
  auto text =
      fmt::format("{}: {} of all {} would be lost, {} by the shock itself", f.name,
                  words::percent(risk.both), weight_words(a.weights[0]), words::percent(own));
  text += fmt::format("; missing supplies alone would cost {}, lost orders alone {}.",
                      words::percent(risk.down), words::percent(risk.up));
  if (!result.converged)
    text += fmt::format(" It did not come to rest in {} rounds.", result.rounds);
  a.report.findings.push_back({text, risk.both >= 0.05 ? Tone::alarm : Tone::warning});
}

// Follows the scenario once more: whose rounds are listed is known only at the end.
void add_rounds(const Answer& a, const ShockFollower& follower, const Followed& f) {
  RoundList list({.chain = a.chain,
                  .weights = a.weights,
                  .scenario = f.name,
                  .listed = std::span(f.worst).first(std::min(a.list, f.worst.size())),
                  .own = f.own,
                  .eps = a.options.eps,
                  .max_rounds = a.options.max_rounds},
                 report_table(a.report, "rounds"), report_table(a.report, "round_totals"));
  (void)follower.follow(f.tracer.shock(), f.tracer.shock_up(), a.options,
                        [&](const FollowedShock& followed) { list.add(followed); });
}

// A line a scenario, or, of one scenario, a line a weight.
Figure round_figure(bool many) {
  return {"lines",
          "round_totals",
          "How the loss spreads, round by round",
          "Share of the whole chain lost by then; round 0 is the shock itself",
          {{"x", "round"}, {"y", "loss"}, {"series", many ? "scenario" : "weight"}},
          0};
}

std::vector<Figure> cascade_figures(bool many) {
  std::vector<Figure> figures;
  if (many)
    figures.push_back({"multiples",
                       "regions",
                       "What each scenario costs each region",
                       "Of the region's own weight, the shock included",
                       {{"panel", "scenario"}, {"label", "region"}, {"value", "lost"}},
                       8});
  else
    figures.push_back({"bars",
                       "nodes",
                       "Who loses most",
                       "Of its own normal output, the shock included",
                       {{"label", "node"}, {"value", "lost"}},
                       20});
  return figures;
}

void add_shock_notes(const Answer& a, const ChainCascade& cascade, std::size_t unlisted) {
  auto& notes = a.report.provenance.notes;
  notes = cascade_notes(a.chain, cascade, a.weights, a.options);
  notes.push_back(fmt::format("Losses by maker, product and region are weighed by {}.",
                              weight_words(a.weights[0])));
  if (unlisted > 0)
    notes.push_back(fmt::format(
        "{} makers that lose less are not listed (--top {}); sums hold all.", unlisted, a.list));
}

/// What one scenario adds to the report.
struct ScenarioAnswer {
  Report report;
  std::size_t unlisted = 0;
};

ScenarioAnswer answer_scenario(const Answer& all, const CascadeNetwork& network,
                               const ShockFollower& follower, const ShockScenario& scenario,
                               std::size_t in_words) {
  ScenarioAnswer own;
  own.report.tables = empty_tables(all.weights[0], all.rounds);
  const Answer a{all.chain, all.weights,   all.options, all.list,
                 all.asked, all.explained, all.rounds,  own.report};
  const auto f = follow(network, follower, scenario, all.weights[0], all.options);
  add_scenario(a, f);
  add_nodes(a, f);
  add_product_and_region(a, f);
  add_scenario_finding(a, f);
  add_explanations(a, f, in_words);
  if (a.rounds) add_rounds(a, follower, f);
  own.unlisted = f.worst.size() - std::min(a.list, f.worst.size());
  return own;
}

// Each on whatever thread is free, each by itself: the same bits for any number of threads.
std::vector<ScenarioAnswer> answer_scenarios(const Answer& all, const CascadeNetwork& network,
                                             const std::vector<ShockScenario>& scenarios,
                                             Progress& progress) {
  const ShockFollower follower(network);
  const auto in_words = std::max<std::size_t>(1, most_explained_in_words / scenarios.size());
  std::vector<ScenarioAnswer> answers(scenarios.size());
  std::atomic<std::size_t> done = 0;
  progress.check();
  progress.report("following scenarios", 0);
  const auto answer_some = [&](const tbb::blocked_range<std::size_t>& range) {
    for (auto s = range.begin(); s != range.end() && !progress.cancelled(); ++s) {
      answers[s] = answer_scenario(all, network, follower, scenarios[s], in_words);
      progress.report("following scenarios",
                      static_cast<double>(++done) / static_cast<double>(scenarios.size()));
    }
  };
  tbb::parallel_for(tbb::blocked_range<std::size_t>(0, scenarios.size(), 1), answer_some,
                    tbb::simple_partitioner());
  progress.check();
  return answers;
}

void append(Table& table, Table& rows) {
  for (std::size_t c = 0; c < table.columns().size(); ++c)
    std::visit(
        [&](auto& cells) {
          auto& more = std::get<std::decay_t<decltype(cells)>>(rows.column(c).cells);
          cells.insert(cells.end(), std::make_move_iterator(more.begin()),
                       std::make_move_iterator(more.end()));
        },
        table.column(c).cells);
}

// In the order of the file.
std::size_t join_answers(std::vector<ScenarioAnswer> answers, Report& report) {
  std::size_t unlisted = 0;
  for (auto& [part, left_out] : answers) {
    for (std::size_t t = 0; t < report.tables.size(); ++t) append(report.tables[t], part.tables[t]);
    report.findings.insert(report.findings.end(), part.findings.begin(), part.findings.end());
    unlisted += left_out;
  }
  return unlisted;
}

Report cascade(const Chain& chain, const Arguments& arguments, Progress& progress) {
  const auto weights = weightings(chain, arguments.text("weights"));
  const auto scenarios = read_shocks(chain, arguments.text("shock"));
  const ChainCascade closed(chain);
  const auto options = cascade_options(arguments);
  Report report;
  report.title = fmt::format("Cascades of {}, {}",
                             std::filesystem::path(arguments.text("shock")).filename().string(),
                             chain.info().name);
  const bool rounds = arguments.text("rounds") == "on";
  report.tables = empty_tables(weights[0], rounds);
  Answer a{chain,   weights,
           options, static_cast<std::size_t>(arguments.integer("top")),
           {},      static_cast<std::size_t>(arguments.integer("explain")),
           rounds,  report};
  if (arguments.has("why")) a.asked.push_back(arguments.node("why"));
  const auto unlisted =
      join_answers(answer_scenarios(a, closed.network(), scenarios, progress), report);
  const bool many = scenarios.size() > 1;
  report.figures = cascade_figures(many);
  if (rounds && (!many || weights.size() == 1)) report.figures.push_back(round_figure(many));
  add_shock_notes(a, closed, unlisted);
  if (rounds) report.provenance.notes.push_back(rounds_note(report.table("scenarios"), a.list));
  return report;
}

}  // namespace

Analysis cascade_analysis() { return {cascade_declaration(), cascade}; }

}  // namespace stave
