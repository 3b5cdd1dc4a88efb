#include "stave/footprint/diligence.hpp"

#include "stave/core/error.hpp"
#include "stave/linalg/blocked_system.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include <fmt/format.h>

namespace stave {
namespace {

FlowMatrix without_purchases(const FlowMatrix& flows, const std::vector<bool>& of) {
  if (flows.is_dense()) {
    Matrix cut = flows.dense();
    for (std::size_t i = 0; i < cut.rows(); ++i)
      for (std::size_t j = 0; j < cut.cols(); ++j)
        if (of[j]) cut(i, j) = 0;
    return FlowMatrix(std::move(cut));
  }
  auto cut = flows.sparse();
  for (std::size_t k = 0; k < cut.value.size(); ++k)
    if (of[static_cast<std::size_t>(cut.column[k])]) cut.value[k] = 0;
  return FlowMatrix(std::move(cut));
}

// The same makers and outputs; what the flagged bought counts as final use.
Chain cut_behind(const Chain& chain, const std::vector<bool>& flagged) {
  ChainParts parts;
  parts.info = chain.info();
  parts.regions = chain.regions();
  parts.products = chain.products();
  parts.nodes = chain.nodes();
  parts.flows = without_purchases(chain.flows(), flagged);
  parts.final_columns = {{RegionId(0), "all but the flows"}};
  parts.final_use = Matrix(chain.size(), 1);
  const auto sold = parts.flows.row_sums();
  for (std::size_t i = 0; i < chain.size(); ++i)
    parts.final_use(i, 0) = chain.output()[i] - sold[i];
  return Chain(std::move(parts));
}

double total_behind(LeontiefSystem& system, const PathQuestion& q, double& residual,
                    Progress& progress) {
  Matrix s(1, q.intensity.size());
  std::ranges::copy(q.intensity, s.values().begin());
  const auto m = system.multipliers(s.view(), progress);
  residual = std::max(residual, m.residual);
  return std::inner_product(q.use.begin(), q.use.end(), m.values.values().begin(), 0.0);
}

std::vector<bool> marked(const Chain& chain, const std::vector<NodeId>& makers) {
  std::vector<bool> flagged(chain.size());
  for (const auto maker : makers) flagged[maker.at()] = true;
  return flagged;
}

std::vector<double> kept_where(std::vector<double> values, const std::vector<bool>& flagged) {
  for (std::size_t i = 0; i < values.size(); ++i)
    if (!flagged[i]) values[i] = 0;
  return values;
}

/// One product, asked about flag after flag.
class Search {
 public:
  Search(const Chain& chain, const std::vector<NodeId>& makers, const DiligenceOptions& options,
         Progress& progress)
      : chain_(chain),
        system_(blocked_system(chain, chain.output())),
        options_(options),
        progress_(progress),
        use_(chain.size()),
        intensity_(chain.size(), 1.0) {
    for (const auto maker : makers) use_[maker.at()] = chain.output()[maker.at()];
    if (options.indicator) intensity_ = direct_amounts(chain, *options.indicator);
    for (std::size_t i = 0; i < chain.size(); ++i) {
      if (chain.output()[i] == 0)
        intensity_[i] = 0;
      else if (options.indicator)
        intensity_[i] /= chain.output()[i];
    }
    result_.whole = whole();
    if (!(result_.whole > 0))
      throw Error(
          Errc::bad_input,
          options.indicator
              ? fmt::format("the product has no footprint in {}", options.indicator->name)
              : std::string(
                    "the makers of the product sell nothing, neither to makers nor to final use"),
          "Shares are of what they sell: choose another product, or another stressor.");
  }

  // By value a path ends at the first flagged maker: what it buys is left out.
  template <class Work>
  auto behind(const std::vector<NodeId>& makers, const Work& work) {
    const auto flagged = marked(chain_, makers);
    const PathQuestion q{kept_where(intensity_, flagged), use_};
    if (options_.indicator) return work(chain_, system_, q);
    const auto cut = cut_behind(chain_, flagged);
    auto system = blocked_system(cut, cut.output());
    return work(cut, system, q);
  }

  void look_for(const std::vector<NodeId>& makers) {
    result_.flags.push_back(
        makers.empty()
            ? FlagFound()
            : behind(makers, [this](const Chain& chain, LeontiefSystem& system,
                                    const PathQuestion& q) { return follow(chain, system, q); }));
  }

  // All flags as one, and makers without purchases.
  Diligence finish(const std::vector<NodeId>& all_flagged) {
    if (result_.flags.size() == 1)
      result_.any_flag = result_.flags.front().share;
    else if (!all_flagged.empty())
      result_.any_flag =
          behind(all_flagged, [this](const Chain& /*chain*/, LeontiefSystem& system,
                                     const PathQuestion& q) { return share_of(system, q); });
    PathQuestion unknown{std::vector<double>(chain_.size()), use_};
    for (std::size_t i = 0; i < chain_.size(); ++i)
      if (chain_.output()[i] != 0 && chain_.intermediate_inputs()[i] == 0) unknown.intensity[i] = 1;
    const double made = std::accumulate(use_.begin(), use_.end(), 0.0);
    result_.untraced = total_behind(system_, unknown, result_.residual, progress_) / made;
    return std::move(result_);
  }

 private:
  double whole() {
    return options_.indicator
               ? total_behind(system_, {intensity_, use_}, result_.residual, progress_)
               : std::accumulate(use_.begin(), use_.end(), 0.0);
  }

  double share_of(LeontiefSystem& system, const PathQuestion& q) {
    return total_behind(system, q, result_.residual, progress_) / result_.whole;
  }

  FlagFound follow(const Chain& chain, LeontiefSystem& system, const PathQuestion& q) {
    FlagFound found;
    found.share = share_of(system, q);
    const double threshold = options_.threshold / std::abs(found.share);
    if (!(std::abs(found.share) > 1e-12) || threshold > 1) return found;
    found.paths =
        paths_above(chain, system, q,
                    {.threshold = std::max(threshold, limit::least_path_threshold)}, progress_);
    found.listed = found.paths.found / result_.whole;
    result_.imbalance = std::max(result_.imbalance, found.paths.imbalance);
    result_.residual = std::max(result_.residual, found.paths.residual);
    return found;
  }

  const Chain& chain_;
  LeontiefSystem system_;
  const DiligenceOptions& options_;
  Progress& progress_;
  std::vector<double> use_;
  std::vector<double> intensity_;
  Diligence result_;
};

}  // namespace

Diligence due_diligence(const Chain& chain, const std::vector<NodeId>& makers,
                        const std::vector<Flag>& flags, const DiligenceOptions& options,
                        Progress& progress) {
  Search search(chain, makers, options, progress);
  std::vector<NodeId> all;
  for (std::size_t k = 0; k < flags.size(); ++k) {
    progress.report("paths to flagged makers",
                    static_cast<double>(k) / static_cast<double>(flags.size()));
    search.look_for(flags[k].makers);
    all.insert(all.end(), flags[k].makers.begin(), flags[k].makers.end());
  }
  return search.finish(all);
}

}  // namespace stave
