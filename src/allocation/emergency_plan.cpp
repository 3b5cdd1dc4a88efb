#include "stave/allocation/emergency_plan.hpp"

#include "stave/core/error.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "allocation/plan.hpp"

namespace stave {
namespace {

void check_problem(const AllocationProblem& problem) {
  check_web(problem.web);
  if (problem.weight.size() != problem.web.uses.size())
    throw Error(Errc::bad_input, "weights do not fit the uses");
  for (std::size_t u = 0; u < problem.weight.size(); ++u)
    if (!(problem.weight[u] >= 0) || std::isinf(problem.weight[u]))
      throw Error(Errc::bad_input, fmt::format("use {}: a weight of {}", u, problem.weight[u]),
                  "A weight is 0 or more.");
  if (!(problem.idle >= 0) || std::isinf(problem.idle))
    throw Error(Errc::bad_input, fmt::format("idle makers that count {}", problem.idle),
                "What value added not made counts is 0 or more.");
  if (problem.idle > 0 && problem.value_added.size() != problem.web.makers)
    throw Error(Errc::bad_input, "value added does not fit the makers");
  if (!(problem.days > 0) || std::isinf(problem.days))
    throw Error(Errc::bad_input, fmt::format("a horizon of {} days", problem.days),
                "It is above 0.");
}

double weight_of(const AllocationProblem& problem, std::size_t u) {
  return problem.web.uses[u].wanted ? problem.weight[u] : 0;
}

/// Weights enter by their largest, so that prices are near 1.
double largest_weight(const AllocationProblem& problem) {
  double most = 0;
  for (std::size_t u = 0; u < problem.weight.size(); ++u)
    most = std::max(most, weight_of(problem, u));
  return most > 0 ? most : 1;
}

/// A row with stock, and what can be drawn of it a day.
struct Draw {
  std::size_t row = 0;
  double most = 0;
};
std::vector<Draw> draws_of(const AllocationProblem& problem, const PlanLayout& at) {
  std::vector<double> most(at.rows);
  for (std::size_t i = 0; i < at.nodes; ++i) most[at.node_row(i)] += problem.web.stock[i];
  for (std::size_t k = 0; k < problem.web.needs.size(); ++k)
    most[at.need_row[k]] += problem.web.needs[k].stock;
  std::vector<Draw> draws;
  for (std::size_t r = 0; r < most.size(); ++r)
    if (most[r] > 0) draws.push_back({r, most[r] / problem.days});
  return draws;
}

/// Columns of draws follow those of the layout; nothing is drawn by its rate.
LinearProgram program_of(const AllocationProblem& problem, const PlanLayout& at) {
  auto data = plan_data(problem.web, at);
  data.upper[at.rate()] = 0;
  for (const auto& draw : draws_of(problem, at)) {
    data.put(draw.row, 1);
    data.end_column(0, draw.most / at.unit, 0);
  }
  return LinearProgram(data);
}

Flows flows_of(const AllocationProblem& problem, const PlanLayout& at,
               std::span<const double> values) {
  const auto& web = problem.web;
  Flows flows;
  for (std::size_t j = 0; j < web.makers; ++j)
    flows.output.push_back(web.output[j] + at.unit * (values[at.more(j)] - values[at.less(j)]));
  flows.output.resize(web.nodes());
  for (std::size_t l = 0; l < web.links.size(); ++l) {
    const auto& link = web.links[l];
    const auto& need = web.needs[static_cast<std::size_t>(link.need)];
    flows.flow.push_back(at.moves(l)
                             ? link.normal + at.unit * (values[at.add(l)] - values[at.cut(l)])
                             : need.per_unit * flows.output[static_cast<std::size_t>(need.user)]);
    if (const auto user = static_cast<std::size_t>(need.user); user >= web.makers)
      flows.output[user] += flows.flow.back();
  }
  for (std::size_t u = 0; u < web.uses.size(); ++u) {
    flows.served.push_back(web.uses[u].normal - at.unit * values[at.unserved(u)]);
    flows.value += weight_of(problem, u) * flows.served.back();
  }
  for (std::size_t c = at.rate() + 1; c < values.size(); ++c) flows.drawn += at.unit * values[c];
  flows.value -= idle_cost(problem, flows.output);
  return flows;
}

double change_of(const SupplyWeb& web, const Flows& flows) {
  double sum = 0;
  for (std::size_t j = 0; j < web.makers; ++j) sum += std::abs(flows.output[j] - web.output[j]);
  for (std::size_t l = 0; l < web.links.size(); ++l)
    sum += std::abs(flows.flow[l] - web.links[l].normal);
  return sum;
}

void read_prices(const AllocationProblem& problem, const PlanLayout& at,
                 const LinearProgram& program, double scale, EmergencyPlan& plan) {
  const auto& web = problem.web;
  const auto price = program.row_prices();
  const auto reduced = program.reduced_costs();
  const auto above_zero = [&](double p) { return p > 1e-9 ? p * scale : 0; };
  for (std::size_t i = 0; i < web.nodes(); ++i)
    plan.node_price.push_back(above_zero(price[at.node_row(i)]));
  for (std::size_t k = 0; k < web.needs.size(); ++k)
    plan.need_price.push_back(above_zero(price[at.need_row[k]]));
  for (std::size_t j = 0; j < web.makers; ++j)
    plan.capacity_price.push_back(
        above_zero(web.capacity[j] < web.output[j] ? reduced[at.less(j)] : -reduced[at.more(j)]));
  for (std::size_t l = 0; l < web.links.size(); ++l)
    plan.link_price.push_back(at.moves(l) ? above_zero(reduced[at.cut(l)]) : 0);
}

/// Among the best plans the one that changes least.
void change_least(const PlanLayout& at, LinearProgram& program) {
  program.keep_optimum();
  for (std::size_t c = 0; c < at.unserved(0); ++c) program.charge(c, 1);
  for (std::size_t u = 0; u < at.uses; ++u) program.charge(at.unserved(u), 0);
  program.solve_primal();
}

}  // namespace

double idle_cost(const AllocationProblem& problem, std::span<const double> output) {
  double sum = 0;
  if (problem.idle > 0)
    for (std::size_t j = 0; j < problem.web.makers; ++j)
      sum += problem.value_added[j] * std::max(0.0, problem.web.output[j] - output[j]);
  return problem.idle * sum;
}

EmergencyPlan emergency_plan(const AllocationProblem& problem, Progress& progress) {
  check_problem(problem);
  const auto at = plan_layout(problem.web);
  const double scale = largest_weight(problem);
  auto program = program_of(problem, at);
  EmergencyPlan plan;
  for (std::size_t u = 0; u < at.uses; ++u) {
    program.charge(at.unserved(u), weight_of(problem, u) / scale);
    plan.wanted += weight_of(problem, u) * problem.web.uses[u].normal;
  }
  if (problem.idle > 0)
    for (std::size_t j = 0; j < at.makers; ++j)
      program.charge(at.less(j), problem.idle * problem.value_added[j] / scale);
  program.lean(0, at.unserved(0), leaning);
  progress.report("looking for the best plan", 0);
  if (program.solve() != Outcome::optimal)
    throw Error(Errc::no_convergence, "no plan was found",
                "Stocks and capacities that are far apart in size are hard on the solver.");
  progress.check();
  read_prices(problem, at, program, scale, plan);
  const auto audit = program.audit();
  plan.duality_gap = audit.gap;
  plan.slackness = audit.slackness;
  plan.miss = audit.infeasibility;
  plan.change_before = change_of(problem.web, flows_of(problem, at, program.values()));
  progress.report("of the best plans, the one that changes least", 0.5);
  change_least(at, program);
  plan.flows = flows_of(problem, at, program.values());
  plan.change = change_of(problem.web, plan.flows);
  plan.miss = std::max(plan.miss, program.audit().infeasibility);
  plan.steps = program.steps();
  return plan;
}

std::vector<double> most_served(const AllocationProblem& problem,
                                std::span<const std::int32_t> uses, Progress& progress) {
  check_problem(problem);
  const auto at = plan_layout(problem.web);
  std::vector<double> most;
  for (const auto use : uses) {
    progress.check();
    const auto u = static_cast<std::size_t>(use);
    auto program = program_of(problem, at);
    program.lean(0, at.unserved(0), leaning);
    program.charge(at.unserved(u), 1);
    program.solve();
    most.push_back(problem.web.uses[u].normal - at.unit * program.values()[at.unserved(u)]);
  }
  return most;
}

}  // namespace stave
