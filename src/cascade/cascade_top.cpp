#include "stave/cascade/cascade_top.hpp"

#include "stave/core/error.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

#include <fmt/format.h>
#include <tbb/parallel_for.h>

#include "cascade/engine.hpp"
#include "cascade/frontier.hpp"

namespace stave {
namespace {

constexpr double unbounded = std::numeric_limits<double>::infinity();
constexpr double known = -1;  // in place of a bound

std::size_t slot(std::int32_t i) { return static_cast<std::size_t>(i); }

// Whether a fall passes on no more than itself: shares of every sum add to no more than 1.
bool shares_within_one(const PushNetwork& p) {
  constexpr double limit = 1 + 1e-10;
  std::vector<double> down(p.row_start.empty() ? 0 : slot(p.row_start.back()));
  std::vector<double> up(p.n);
  for (std::size_t i = 0; i < p.down_sums.size(); ++i)
    for (auto e = p.down_sums[i]; e < p.down_start[i + 1]; ++e) {
      const auto& link = p.down[static_cast<std::size_t>(e)];
      down[slot(link.row)] += link.weight;
    }
  for (const auto& link : p.up) up[slot(link.row)] += link.weight;
  const auto within = [](double share) { return share <= limit; };
  return std::all_of(down.begin(), down.end(), within) && std::all_of(up.begin(), up.end(), within);
}

class Search {
 public:
  Search(Engine& engine, std::span<const CascadeScenario> scenarios, std::size_t k,
         const MatrixView& weights, Progress& progress)
      : engine_(engine),
        context_(engine.context(scenarios, weights)),
        k_(std::min(k, scenarios.size())),
        progress_(progress),
        most_(scenarios.size(), unbounded),
        result_(empty_result(scenarios.size(), weights.rows)) {}

  void bound_all();
  void follow_all();
  [[nodiscard]] TopResult take();

 private:
  void bound(Frontier& frontier, std::size_t scenario);
  void follow(std::span<const std::size_t> chosen);
  [[nodiscard]] double loss(std::size_t scenario) const { return result_.at(scenario, 0).both; }
  [[nodiscard]] double kth_loss() const;
  [[nodiscard]] std::vector<std::size_t> by_loss() const;

  Engine& engine_;
  BatchContext context_;
  std::size_t k_;
  Progress& progress_;
  std::vector<double> most_;  ///< [scenarios] ESRI is no more; `known`: it is in the result
  BatchResult result_;
  std::vector<double> passed_on_;  ///< D w [n] by position
  std::vector<double> wanted_;     ///< U' w [n] by node
};

void Search::bound_all() {
  const auto* links = engine_.frontier();
  if (links == nullptr || !shares_within_one(*links)) return;
  const auto weight = context_.weights.row(0);
  passed_on_.resize(links->n);
  wanted_.resize(links->n);
  for (std::size_t i = 0; i + 1 < links->down_start.size(); ++i)
    for (auto e = links->down_start[i]; e < links->down_start[i + 1]; ++e) {
      const auto& link = links->down[static_cast<std::size_t>(e)];
      passed_on_[i] += link.weight * weight[slot(context_.network.node[slot(link.target)])];
    }
  for (std::size_t j = 0; j + 1 < links->up_start.size(); ++j)
    for (auto e = links->up_start[j]; e < links->up_start[j + 1]; ++e) {
      const auto& link = links->up[static_cast<std::size_t>(e)];
      wanted_[j] += link.weight * weight[slot(link.target)];
    }
  Queue queue(most_.size(), "bounding every stop", progress_);
  engine_.arena().execute([&] {
    const auto threads = tbb::this_task_arena::max_concurrency();
    tbb::parallel_for(0, threads, [&](int) {
      Frontier frontier(context_, *links);
      for (auto s = queue.next(); s < most_.size(); s = queue.next()) bound(frontier, s);
    });
  });
  progress_.check();
}

void Search::bound(Frontier& frontier, std::size_t scenario) {
  const auto& links = *engine_.frontier();
  const auto limit = (links.down.size() + links.up.size()) / 64;
  const auto end = frontier.follow_up_to(scenario, limit);
  const double total = context_.weight_sums[0];
  if (end == Frontier::End::at_rest) {
    frontier.hand_in(result_);
    most_[scenario] = known;
  }
  if (end == Frontier::End::last_but_one && total > 0)
    most_[scenario] = frontier.most_loss(context_.weights.row(0), passed_on_, wanted_) / total;
  frontier.clear();
}

std::vector<std::size_t> Search::by_loss() const {
  std::vector<std::size_t> order;
  for (std::size_t s = 0; s < most_.size(); ++s)
    if (most_[s] == known) order.push_back(s);
  const auto end = order.begin() + static_cast<std::ptrdiff_t>(std::min(k_, order.size()));
  std::partial_sort(order.begin(), end, order.end(), [&](std::size_t a, std::size_t b) {
    return loss(a) != loss(b) ? loss(a) > loss(b) : a < b;
  });
  return order;
}

double Search::kth_loss() const {
  const auto order = by_loss();
  return order.size() < k_ || k_ == 0 ? -unbounded : loss(order[k_ - 1]);
}

// Largest bound first, until none reaches the k-th largest loss.
void Search::follow_all() {
  std::vector<std::size_t> open;
  for (std::size_t s = 0; s < most_.size(); ++s)
    if (most_[s] != known) open.push_back(s);
  std::stable_sort(open.begin(), open.end(),
                   [&](std::size_t a, std::size_t b) { return most_[a] > most_[b]; });
  for (std::size_t begin = 0; begin < open.size();) {
    const double least = kth_loss();
    const auto enough = std::max<std::size_t>(k_, 256);
    auto end = begin;
    while (end < open.size() && most_[open[end]] >= least &&
           (end < begin + enough || most_[open[end]] == unbounded))
      ++end;
    if (end == begin) return;
    follow({open.data() + begin, end - begin});
    begin = end;
  }
}

void Search::follow(std::span<const std::size_t> chosen) {
  std::vector<CascadeScenario> scenarios;
  for (const auto s : chosen) scenarios.push_back(context_.scenarios[s]);
  const auto context = engine_.context(scenarios, context_.weights);
  auto result = empty_result(scenarios.size(), context.weights.rows);
  Queue queue(scenarios.size(), "following those that may be among the largest", progress_);
  engine_.run(context, [&] { return queue.next(); }, result);
  progress_.check();
  for (std::size_t c = 0; c < chosen.size(); ++c) {
    for (std::size_t w = 0; w < result.weights; ++w)
      result_.risk[chosen[c] * result.weights + w] = result.at(c, w);
    result_.rounds[chosen[c]] = result.rounds[c];
    most_[chosen[c]] = known;
  }
}

TopResult Search::take() {
  TopResult top;
  auto order = by_loss();
  top.followed = order.size();
  top.excluded = most_.size() - order.size();
  for (const double most : most_)
    if (most != known) top.bound = std::max(top.bound, most);
  order.resize(k_);
  top.result = empty_result(k_, result_.weights);
  for (std::size_t c = 0; c < k_; ++c) {
    for (std::size_t w = 0; w < result_.weights; ++w)
      top.result.risk[c * result_.weights + w] = result_.at(order[c], w);
    top.result.rounds[c] = result_.rounds[order[c]];
  }
  count_not_converged(top.result);
  top.order = std::move(order);
  return top;
}

}  // namespace

TopResult cascade_top(const CascadeNetwork& network, std::span<const CascadeScenario> scenarios,
                      std::size_t k, const MatrixView& weights, const BatchOptions& options,
                      Progress& progress) {
  if (weights.rows == 0 || !options.cut_buyers.empty())
    throw Error(Errc::bad_input, "the largest losses need a weight, and no cut");
  auto quiet = options;
  quiet.finished = {};
  Engine engine(network, quiet);
  Search search(engine, scenarios, k, weights, progress);
  search.bound_all();
  search.follow_all();
  return search.take();
}

}  // namespace stave
