// Paths above a threshold, depth first; the largest paths, best first.
#include "stave/core/error.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <queue>

#include <fmt/format.h>

#include "position/path_network.hpp"
#include "position/system.hpp"

namespace stave {
namespace {

void check_options(const PathOptions& options) {
  if (!(options.threshold >= limit::least_path_threshold && options.threshold <= 1))
    throw Error(Errc::bad_input,
                fmt::format("threshold {} is not from {} to 1", options.threshold,
                            limit::least_path_threshold),
                "It is a share of the footprint: 0.0001 lists every path that carries 0.01 %.");
  if (options.depth < 0 || options.depth > limit::max_path_depth)
    throw Error(Errc::bad_input,
                fmt::format("depth {} is not from 0 to {}", options.depth, limit::max_path_depth));
}

void check_footprint(const PathBounds& bounds) {
  double size = 0;
  for (std::size_t i = 0; i < bounds.use.size(); ++i)
    size += std::abs(bounds.use[i]) * bounds.reach[i];
  if (!(std::abs(bounds.footprint) > 1e-12 * size))
    throw Error(Errc::bad_input, "the footprint is zero: there is nothing to find paths of",
                "Choose another final use, another source or another stressor.");
}

[[noreturn]] void refuse_steps() {
  throw Error(Errc::too_large,
              fmt::format("more than {} partial paths to look at", limit::max_path_steps),
              "Raise --threshold, or ask for fewer paths.");
}

std::size_t place(std::int32_t node) { return static_cast<std::size_t>(node); }

// Puts paths in their final order: largest first, ties by their nodes.
Paths sorted(Paths p) {
  std::vector<std::size_t> order(p.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
    const double left = std::abs(p.value[a]);
    const double right = std::abs(p.value[b]);
    return left != right ? left > right
                         : std::ranges::lexicographical_compare(p.path(a), p.path(b));
  });
  Paths result = p;
  result.nodes.clear();
  result.start = {0};
  result.value.clear();
  for (const auto k : order) {
    const auto path = p.path(k);
    result.nodes.insert(result.nodes.end(), path.begin(), path.end());
    result.start.push_back(result.nodes.size());
    result.value.push_back(p.value[k]);
  }
  return result;
}

/// Follows every partial path with enough upstream of it.
class DepthFirst {
 public:
  DepthFirst(const PathBounds& bounds, const PathNetwork& network, const PathOptions& options,
             double least, Progress& progress)
      : bounds_(bounds), network_(network), options_(options), least_(least), progress_(progress) {}

  Paths run() {
    for (std::size_t k = 0; k < bounds_.use.size(); ++k) {
      const double weight = bounds_.use[k];
      if (weight == 0) continue;
      if (bounds_.reach[k] * std::abs(weight) < least_ * (1 - bound_slack))
        cut_ += bounds_.multiplier[k] * weight;
      else
        visit(static_cast<std::int32_t>(k), weight);
    }
    found_.footprint = bounds_.footprint;
    found_.found = std::accumulate(found_.value.begin(), found_.value.end(), 0.0);
    found_.remainder = found_.footprint - found_.found;
    found_.imbalance =
        std::abs(found_.remainder - cut_ - found_.beyond_depth) / std::abs(found_.footprint);
    return sorted(std::move(found_));
  }

 private:
  void count_step() {
    if (++found_.steps > limit::max_path_steps) refuse_steps();
    if (found_.steps % 65536 == 0) progress_.check();
  }

  // The path that ends here goes to the list or to what is cut off, and so does all upstream.
  void visit(std::int32_t node, double weight) {
    count_step();
    behind_.push_back(node);
    const auto i = place(node);
    const double value = bounds_.intensity[i] * weight;
    if (std::abs(value) >= least_)
      list(value);
    else
      cut_ += value;
    double upstream = (bounds_.multiplier[i] - bounds_.intensity[i]) * weight;
    if (std::cmp_greater_equal(behind_.size(), options_.depth + 1)) {
      found_.beyond_depth += upstream;
      behind_.pop_back();
      return;
    }
    for (const auto& link : network_.suppliers(node)) {
      const double next = link.share * weight;
      const auto from = place(link.from);
      if (bounds_.reach[from] * std::abs(next) < least_ * (1 - bound_slack)) break;
      upstream -= bounds_.multiplier[from] * next;
      visit(link.from, next);
    }
    cut_ += upstream;
    behind_.pop_back();
  }

  void list(double value) {
    if (found_.value.size() >= options_.max_paths)
      throw Error(Errc::too_large,
                  fmt::format("more than {} paths carry {:g} % of the footprint or more",
                              options_.max_paths, 100 * options_.threshold),
                  "Raise --threshold.");
    found_.nodes.insert(found_.nodes.end(), behind_.rbegin(), behind_.rend());
    found_.start.push_back(found_.nodes.size());
    found_.value.push_back(value);
  }

  const PathBounds& bounds_;
  const PathNetwork& network_;
  const PathOptions& options_;
  double least_;
  Progress& progress_;
  std::vector<std::int32_t> behind_;  // from the final product upstream
  double cut_ = 0;
  Paths found_;
};

/// Opens the partial path with most upstream of it first; stops when nothing left can be among the
/// largest.
class BestFirst {
 public:
  BestFirst(const PathBounds& bounds, const PathNetwork& network, std::size_t count, int depth,
            double least, Progress& progress)
      : bounds_(bounds),
        network_(network),
        count_(count),
        depth_(depth),
        least_(least),
        progress_(progress) {}

  /// @return the paths, fewer than asked for when those below `least` would be needed
  std::vector<std::size_t> run() {
    for (std::size_t k = 0; k < bounds_.use.size(); ++k)
      if (bounds_.use[k] != 0) roots_.push_back({static_cast<std::int32_t>(k), bounds_.use[k]});
    std::ranges::stable_sort(
        roots_, [&](const PathLink& a, const PathLink& b) { return reach(a) > reach(b); });
    offer(none, 0);
    while (!open_.empty() && open_.top().bound >= worst_kept()) {
      if (++steps_ > limit::max_path_steps) refuse_steps();
      if (steps_ % 65536 == 0) progress_.check();
      const auto next = open_.top();
      open_.pop();
      offer(next.parent, next.child + 1);
      keep(grow(next));
    }
    return chosen();
  }

  [[nodiscard]] double value(std::size_t at) const {
    return bounds_.intensity[place(grown_[at].node)] * grown_[at].weight;
  }
  /// From where the stressor occurs to the final product.
  [[nodiscard]] std::vector<std::int32_t> path(std::size_t at) const {
    std::vector<std::int32_t> nodes;
    for (; at != none; at = grown_[at].parent) nodes.push_back(grown_[at].node);
    return nodes;
  }
  [[nodiscard]] std::size_t steps() const { return steps_; }

 private:
  static constexpr std::size_t none = SIZE_MAX;
  struct Grown {
    std::int32_t node;
    std::int32_t depth;
    double weight;
    std::size_t parent;
  };
  struct Open {
    double bound;
    std::size_t parent;  // none: of a final product
    std::size_t child;
    bool operator<(const Open& other) const {
      if (bound != other.bound) return bound < other.bound;
      return parent != other.parent ? parent > other.parent : child > other.child;
    }
  };

  [[nodiscard]] double reach(const PathLink& link) const {
    return bounds_.reach[place(link.from)] * std::abs(link.share);
  }
  [[nodiscard]] std::span<const PathLink> children(std::size_t parent) const {
    if (parent == none) return roots_;
    if (grown_[parent].depth >= depth_) return {};
    return network_.suppliers(grown_[parent].node);
  }

  void offer(std::size_t parent, std::size_t child) {
    const auto links = children(parent);
    if (child >= links.size()) return;
    const double weight = parent == none ? 1 : std::abs(grown_[parent].weight);
    const double bound = reach(links[child]) * weight * (1 + bound_slack);
    if (bound >= least_) open_.push({bound, parent, child});
  }

  std::size_t grow(const Open& next) {
    const auto link = children(next.parent)[next.child];
    const bool root = next.parent == none;
    const double weight = root ? link.share : link.share * grown_[next.parent].weight;
    const std::int32_t depth = root ? 0 : grown_[next.parent].depth + 1;
    grown_.push_back({link.from, depth, weight, next.parent});
    offer(grown_.size() - 1, 0);
    return grown_.size() - 1;
  }

  void keep(std::size_t at) {
    const double size = std::abs(value(at));
    if (size == 0 || size < worst_kept()) return;
    best_.push_back(at);
    sizes_.push(size);
    if (sizes_.size() > count_) sizes_.pop();
  }

  // Of the largest so far, when there are as many as asked for; else what the links allow.
  [[nodiscard]] double worst_kept() const {
    return sizes_.size() < count_ ? least_ : std::max(least_, sizes_.top());
  }

  std::vector<std::size_t> chosen() {
    std::erase_if(best_, [&](std::size_t at) { return std::abs(value(at)) < worst_kept(); });
    return best_;
  }

  const PathBounds& bounds_;
  const PathNetwork& network_;
  std::size_t count_;
  int depth_;
  double least_;
  Progress& progress_;
  std::size_t steps_ = 0;
  std::vector<PathLink> roots_;
  std::vector<Grown> grown_;
  std::priority_queue<Open> open_;
  std::vector<std::size_t> best_;
  std::priority_queue<double, std::vector<double>, std::greater<>> sizes_;
};

Paths collected(const BestFirst& search, const std::vector<std::size_t>& chosen,
                std::size_t count) {
  Paths p;
  for (const auto at : chosen) {
    const auto path = search.path(at);
    p.nodes.insert(p.nodes.end(), path.begin(), path.end());
    p.start.push_back(p.nodes.size());
    p.value.push_back(search.value(at));
  }
  p = sorted(std::move(p));
  if (p.size() > count) {  // ties of the last
    p.value.resize(count);
    p.start.resize(count + 1);
    p.nodes.resize(p.start.back());
  }
  return p;
}

}  // namespace

Paths paths_above(const Chain& chain, LeontiefSystem& system, const PathQuestion& q,
                  const PathOptions& options, Progress& progress) {
  check_options(options);
  const auto bounds = path_bounds(chain, system, q, progress);
  check_footprint(bounds);
  const double least = options.threshold * std::abs(bounds.footprint);
  const PathNetwork network(chain, bounds, least, progress);
  progress.report("following paths", 0);
  auto paths = DepthFirst(bounds, network, options, least, progress).run();
  paths.threshold = options.threshold;
  paths.links = network.links();
  paths.residual = bounds.residual;
  return paths;
}

Paths largest_paths(const Chain& chain, LeontiefSystem& system, const PathQuestion& q,
                    std::size_t count, const PathOptions& options, Progress& progress) {
  check_options(options);
  if (count == 0 || count > options.max_paths)
    throw Error(Errc::bad_input,
                fmt::format("{} paths asked for; from 1 to {}", count, options.max_paths));
  const auto bounds = path_bounds(chain, system, q, progress);
  check_footprint(bounds);
  // Links are kept down to a guess of the least of the largest; when that was too high, again.
  double share = std::max(limit::least_path_threshold, .1 / static_cast<double>(count));
  for (;; share = std::max(limit::least_path_threshold, share / 10)) {
    const double least = share * std::abs(bounds.footprint);
    const PathNetwork network(chain, bounds, least, progress);
    progress.report("following paths", 0);
    BestFirst search(bounds, network, count, options.depth, least, progress);
    const auto chosen = search.run();
    if (chosen.size() < count && share > limit::least_path_threshold) continue;
    auto paths = collected(search, chosen, count);
    paths.footprint = bounds.footprint;
    paths.found = std::accumulate(paths.value.begin(), paths.value.end(), 0.0);
    paths.remainder = paths.footprint - paths.found;
    paths.threshold =
        paths.size() == 0 ? share : std::abs(paths.value.back()) / std::abs(paths.footprint);
    paths.steps = search.steps();
    paths.links = network.links();
    paths.residual = bounds.residual;
    return paths;
  }
}

}  // namespace stave
