// Question: what does it cost to close every firm of a network in turn, and how does the cost grow?
// Some closures are compared bit for bit with the slow twin before anything is timed.
//
//   cascade_benchmark [--recipe MATRIX] [--firms N [--links M] [--industries K] [--threads T]
//   [--sample S] [--top K]]
//
// MATRIX: a survey matrix of essential inputs (csv, row = input, column = user, 2 essential, 1
// non-essential, 0 none); its size is then the number of industries. Without it the generated
// chain's own recipe holds. Without --firms: the sizes of benchmarks/cascade.md. With --sample only
// S firms, evenly spaced, are closed.

#include "stave/cascade/cascade_top.hpp"
#include "stave/formats/delimited.hpp"
#include "stave/generator/firms.hpp"

#include <chrono>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <numeric>
#include <optional>

#include <fmt/format.h>
#include <sys/resource.h>

namespace {

struct Case {
  std::size_t firms, links, industries;
  int threads = 0;
  bool survey = false;
  std::size_t sample = 0;  ///< 0: all
  std::size_t top = 0;
};

double now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

stave::Recipe survey_recipe(const stave::Matrix& matrix) {
  auto recipe = stave::Recipe::uniform(stave::Need::non_essential);
  for (std::size_t k = 0; k < matrix.rows(); ++k)
    for (std::size_t l = 0; l < matrix.cols(); ++l)
      if (matrix(k, l) != 1)
        recipe.set(stave::ProductId(k), stave::ProductId(l),
                   matrix(k, l) == 2 ? stave::Need::essential : stave::Need::none);
  return recipe;
}

stave::Chain network_of(const Case& c, const std::optional<stave::Matrix>& survey) {
  auto chain = stave::generate_firms(
      {.firms = c.firms, .links = c.links, .industries = c.industries, .seed = 1});
  if (!c.survey) return chain;
  auto parts = chain.parts();
  parts.recipe = survey_recipe(*survey);
  return stave::Chain(std::move(parts));
}

// About a dozen closures by the twin: the same bits.
void verify(const stave::CascadeNetwork& network,
            const std::vector<stave::CascadeScenario>& scenarios, const stave::BatchResult& fast,
            const std::vector<double>& weights) {
  const auto n = scenarios.size();
  for (std::size_t i = 0; i < n; i += std::max<std::size_t>(1, n / 12)) {
    std::vector<double> shock(weights.size());
    shock[static_cast<std::size_t>(scenarios[i].shocks[0].node)] = 1;
    const auto slow = stave::cascade_reference(network, shock);
    const auto risk = stave::added_up_risk(network, slow, weights, shock);
    const auto& got = fast.at(i, 0);
    if (got.both == risk.both && got.down == risk.down && got.up == risk.up &&
        fast.rounds[i] == slow.rounds)
      continue;
    fmt::print(stderr, "firm {}: {} in {} rounds, the twin says {} in {}\n", i, got.both,
               fast.rounds[i], risk.both, slow.rounds);
    std::exit(1);
  }
}

long peak_mib() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss / 1024;
}

void measure(const Case& c, const stave::Chain& chain) {
  const auto network = stave::cascade_network(chain);
  const auto n = chain.nodes().size();
  const auto weights = chain.flows().row_sums();
  stave::BatchOptions options;
  options.threads = c.threads;
  auto scenarios = stave::closures(n);
  if (c.sample > 0) {
    const auto step = std::max<std::size_t>(1, n / c.sample);
    for (std::size_t i = 0; i * step < n; ++i) scenarios[i] = scenarios[i * step];
    scenarios.resize((n + step - 1) / step);
  }
  const stave::MatrixView weight{weights.data(), 1, n};
  double preparation = 0;  // what all closures share would be much of a sample's time
  if (c.sample > 0) {
    const auto before = std::clock();
    (void)cascade_all(network, {scenarios.data(), 1}, weight, options);
    preparation = static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC;
  }
  const auto begin = now();
  const auto cpu = std::clock();
  const auto result = cascade_all(network, scenarios, weight, options);
  const auto seconds = now() - begin;
  const auto processor = static_cast<double>(std::clock() - cpu) / CLOCKS_PER_SEC;
  const auto closed = static_cast<double>(scenarios.size());
  const auto mib = peak_mib();
  // The twin needs n x products doubles a closure.
  const bool verified = n * c.industries <= 70'000'000;
  if (verified) verify(network, scenarios, result, weights);
  fmt::print(
      "{:>9} {:>9} {:>5} {:<7} {:>3} {:9.3f} {:9.3f} {:9.4f} {:6} {:>6.1f} {}\n", n,
      chain.flows().nonzeros(), c.industries, c.survey ? "survey" : "own", c.threads, seconds,
      processor, 1e3 * (processor - preparation) / closed, mib,
      static_cast<double>(std::accumulate(result.rounds.begin(), result.rounds.end(), 0L)) / closed,
      verified ? "" : "(not compared)");
  std::fflush(stdout);
}

// The K largest by bounds, against all followed where these can be.
void measure_top(const Case& c, const stave::Chain& chain) {
  const auto network = stave::cascade_network(chain);
  const auto n = chain.nodes().size();
  const auto weights = chain.flows().row_sums();
  stave::BatchOptions options;
  options.threads = c.threads;
  const auto scenarios = stave::closures(n);
  const auto begin = now();
  const auto top = cascade_top(network, scenarios, c.top, {weights.data(), 1, n}, options);
  const auto seconds = now() - begin;
  fmt::print(
      "{} firms, {} links, top {}: {:.2f} s, {} followed, {} excluded (none above {:.5f}), "
      "last listed {:.5f}, {} MiB\n",
      n, chain.flows().nonzeros(), c.top, seconds, top.followed, top.excluded, top.bound,
      top.result.at(top.order.size() - 1, 0).both, peak_mib());
}

}  // namespace

int main(int argc, char** argv) {
  std::optional<stave::Matrix> survey;
  Case one{0, 0, 616, 1};
  for (int i = 1; i + 1 < argc; i += 2) {
    const auto is = [&](const char* name) { return std::strcmp(argv[i], name) == 0; };
    const auto value = [&] { return std::strtoul(argv[i + 1], nullptr, 10); };
    if (is("--recipe")) survey = read_table(stave::Source::open(argv[i + 1])).values;
    if (is("--firms")) one.firms = value();
    if (is("--links")) one.links = value();
    if (is("--industries")) one.industries = value();
    if (is("--sample")) one.sample = value();
    if (is("--top")) one.top = value();
    if (is("--threads")) one.threads = static_cast<int>(value());
  }
  fmt::print("    firms     links  inds recipe  thr   seconds processor   ms/firm    MiB rounds\n");
  std::vector<Case> cases{
      {10'000, 57'000, 20, 2}, {10'000, 80'000, 616, 1}, {100'000, 800'000, 616, 1}};
  if (survey) cases.insert(cases.begin() + 2, {10'000, 80'000, survey->rows(), 1, true});
  if (survey) cases.push_back({100'000, 800'000, survey->rows(), 1, true});
  if (one.firms > 0) {
    one.survey = survey.has_value();
    if (one.survey) one.industries = survey->rows();
    if (one.links == 0) one.links = 8 * one.firms;
    cases = {one};
  }
  for (const auto& c : cases) {
    const auto chain = network_of(c, survey);
    c.top > 0 ? measure_top(c, chain) : measure(c, chain);
  }
}
