#include "position/path_network.hpp"

#include "stave/core/error.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <numeric>

#include <fmt/format.h>
#include <tbb/parallel_for.h>

#include "position/system.hpp"

namespace stave {
namespace {

constexpr std::size_t rows_per_part = 64;

std::vector<double> absolute(std::vector<double> v) {
  for (auto& e : v) e = std::abs(e);
  return v;
}

bool all_positive(const std::vector<double>& v) {
  return std::ranges::all_of(v, [](double e) { return e >= 0; });
}

bool has_negative_flow(const Chain& chain) {
  bool found = false;
  chain.flows().for_each([&](std::size_t, std::size_t, double v) { found = found || v < 0; });
  return found;
}

FlowMatrix absolute_flows(const Chain& chain) {
  std::vector<Flow> flows;
  chain.flows().for_each([&](std::size_t i, std::size_t j, double v) {
    flows.push_back({static_cast<std::int32_t>(i), static_cast<std::int32_t>(j), std::abs(v)});
  });
  return FlowMatrix::from_flows(chain.size(), std::move(flows));
}

std::vector<double> flattened(const Matrix& m) { return {m.values().begin(), m.values().end()}; }

// |s| L and L |y|, of |A| where flows lie below zero.
void bound_sizes(LeontiefSystem& system, PathBounds& b, Progress& progress) {
  const auto reach = system.multipliers(row_matrix(absolute(b.intensity)).view(), progress);
  const auto most = system.requirements(column_matrix(absolute(b.use)).view(), progress);
  b.reach = absolute(flattened(reach.values));
  b.most = absolute(flattened(most.values));
  b.residual = std::max({b.residual, reach.residual, most.residual});
}

void check_sizes(const Chain& chain, const PathQuestion& q) {
  if (q.intensity.size() != chain.size() || q.use.size() != chain.size())
    throw Error(Errc::bad_input,
                fmt::format("paths between {} makers: {} intensities and {} final uses",
                            chain.size(), q.intensity.size(), q.use.size()));
}

struct LargeLink {
  std::int32_t from;
  std::int32_t to;
  double share;
};
using LargeLinks = std::vector<std::vector<LargeLink>>;  // a part of the rows each

[[noreturn]] void refuse_links() {
  throw Error(
      Errc::too_large,
      fmt::format("more than {} links can lie on paths of that size", limit::max_path_links),
      "Raise --threshold, or ask for fewer paths.");
}

// One pass over Z.
LargeLinks large_links(const Chain& chain, const PathBounds& bounds, double least) {
  const auto n = chain.size();
  std::vector<double> worth(n);  // most_j / x_j
  for (std::size_t j = 0; j < n; ++j)
    worth[j] = chain.output()[j] == 0 ? 0 : bounds.most[j] / chain.output()[j];
  LargeLinks found((n + rows_per_part - 1) / rows_per_part);
  std::atomic<std::size_t> count = 0;
  tbb::parallel_for(std::size_t{0}, found.size(), [&](std::size_t p) {
    auto& part = found[p];
    for (auto i = p * rows_per_part; i < std::min(n, (p + 1) * rows_per_part); ++i) {
      if (bounds.reach[i] == 0 || count > limit::max_path_links) continue;
      const double wanted = least / bounds.reach[i];
      chain.flows().for_each_in_row(i, [&](std::size_t j, double flow) {
        if (std::abs(flow) * worth[j] >= wanted && worth[j] > 0)
          part.push_back({static_cast<std::int32_t>(i), static_cast<std::int32_t>(j),
                          flow / chain.output()[j]});
      });
    }
    count += part.size();
  });
  if (count > limit::max_path_links) refuse_links();
  return found;
}

}  // namespace

PathBounds path_bounds(const Chain& chain, LeontiefSystem& system, const PathQuestion& question,
                       Progress& progress) {
  check_sizes(chain, question);
  PathBounds b;
  b.intensity = question.intensity;
  b.use = question.use;
  const auto multipliers = system.multipliers(row_matrix(b.intensity).view(), progress);
  b.multiplier = flattened(multipliers.values);
  b.residual = multipliers.residual;
  b.footprint = std::inner_product(b.use.begin(), b.use.end(), b.multiplier.begin(), 0.0);
  if (has_negative_flow(chain)) {
    const auto flows = absolute_flows(chain);
    LeontiefSystem sizes(flows, chain.output());
    bound_sizes(sizes, b, progress);
  } else if (all_positive(b.intensity)) {
    const auto most = system.requirements(column_matrix(absolute(b.use)).view(), progress);
    b.reach = absolute(b.multiplier);
    b.most = absolute(flattened(most.values));
    b.residual = std::max(b.residual, most.residual);
  } else {
    bound_sizes(system, b, progress);
  }
  return b;
}

PathNetwork::PathNetwork(const Chain& chain, const PathBounds& bounds, double least,
                         Progress& progress)
    : start_(chain.size() + 1) {
  progress.report("links that matter", 0);
  const auto found = large_links(chain, bounds, least * (1 - bound_slack));
  for (const auto& part : found)
    for (const auto& link : part) ++start_[static_cast<std::size_t>(link.to) + 1];
  std::partial_sum(start_.begin(), start_.end(), start_.begin());
  links_.resize(start_.back());
  auto next = start_;
  for (const auto& part : found)
    for (const auto& link : part)
      links_[next[static_cast<std::size_t>(link.to)]++] = {link.from, link.share};
  const auto size_of = [&](const PathLink& l) {
    return bounds.reach[static_cast<std::size_t>(l.from)] * std::abs(l.share);
  };
  const auto at = [&](std::size_t p) { return links_.begin() + static_cast<std::ptrdiff_t>(p); };
  for (std::size_t j = 0; j < chain.size(); ++j)
    std::stable_sort(at(start_[j]), at(start_[j + 1]),
                     [&](const PathLink& a, const PathLink& b) { return size_of(a) > size_of(b); });
}

}  // namespace stave
