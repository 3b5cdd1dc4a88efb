#include "stave/product/uncertainty.hpp"

#include "stave/core/error.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>

#include <fmt/format.h>
#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

namespace stave {
namespace {

constexpr std::size_t draws_a_part = 16;

/// What one thread needs to solve the system with other numbers.
class DrawnSystem {
 public:
  DrawnSystem(const FootprintSystem& system, const Footprint& middle, double tolerance)
      : system_(system), middle_(middle), solver_(system.solver()), wanted_(system.size()) {
    solver_.set_tolerance(tolerance);
    wanted_[middle.demand.process] = middle.demand.amount;
  }

  double score(std::span<const double> numbers) {
    set_technosphere(numbers);
    auto solution = solve();
    residual_ = std::max(residual_, solution.residual);
    const auto& parts = system_.system();
    double score = 0;
    for (const auto& e : parts.biosphere)
      score += value_of(e, numbers) *
               factor_of(parts.flows[static_cast<std::size_t>(e.row)], numbers) *
               solution.values[static_cast<std::size_t>(e.column)];
    return score;
  }
  [[nodiscard]] double residual() const { return residual_; }

 private:
  static double value_of(const SystemEntry& e, std::span<const double> numbers) {
    if (e.number < 0 && e.second < 0) return e.value;
    double value = e.scale;
    if (e.number >= 0) value *= numbers[static_cast<std::size_t>(e.number)];
    if (e.second >= 0) value *= numbers[static_cast<std::size_t>(e.second)];
    return value;
  }
  static double factor_of(const ElementaryFlow& flow, std::span<const double> numbers) {
    return flow.number < 0 ? flow.factor
                           : flow.factor_scale * numbers[static_cast<std::size_t>(flow.number)];
  }

  void set_technosphere(std::span<const double> numbers) {
    values_.assign(system_.technosphere().value.size(), 0.0);
    const auto& entries = system_.system().technosphere;
    for (std::size_t k = 0; k < entries.size(); ++k)
      values_[static_cast<std::size_t>(system_.places()[k])] += value_of(entries[k], numbers);
    solver_.set_values(values_);
  }

  SparseSolution solve() {
    try {
      return solver_.solve(wanted_, middle_.runs);
    } catch (const SingularMatrix&) {
      throw Error(Errc::not_productive, "in one of the draws a loop makes no more than it takes",
                  "Narrow the distributions of the amounts round it.");
    }
  }

  const FootprintSystem& system_;
  const Footprint& middle_;
  SparseSystem solver_;
  std::vector<double> wanted_;
  std::vector<double> values_;
  double residual_ = 0;
};

/// Sums of one part of the draws, for every number examined.
struct PartSums {
  std::vector<double> product;  // y y_k
  std::vector<double> square;   // (y^2 + y_k^2) / 2
  std::vector<double> mean;     // (y + y_k) / 2
  double residual = 0;
  std::size_t limited = 0;
  bool done = false;
};

class FootprintDraws {
 public:
  FootprintDraws(const FootprintSystem& system, const Footprint& middle, const DrawOptions& options,
                 Progress& progress)
      : system_(system),
        middle_(middle),
        options_(options),
        numbers_(system.system().uncertain),
        progress_(progress) {
    result_.effects = number_effects(system, middle);
    for (const auto& effect : result_.effects)
      if (effect.variance > 0 && examined_.size() < options.examined)
        examined_.push_back(effect.number);
    const std::size_t needed = numbers_.size() * (examined_.empty() ? 1 : 2);
    if (options.plan.sampling == Sampling::sobol && needed > most_sobol_numbers)
      throw Error(
          Errc::bad_input,
          fmt::format("Sobol draws have {} dimensions; {} numbers and what is examined need "
                      "{}",
                      most_sobol_numbers, numbers_.size(), needed),
          "Take --sampling latin-hypercube, or --examine 0.");
  }

  DrawnFootprints draw() {
    const auto draws = static_cast<std::size_t>(options_.plan.draws);
    result_.scores.assign(draws, 0.0);
    parts_.resize((draws + draws_a_part - 1) / draws_a_part);
    tbb::parallel_for(
        tbb::blocked_range<std::size_t>(0, parts_.size(), 1),
        [&](const auto& range) {
          for (auto p = range.begin(); p != range.end(); ++p) draw_part(p);
        },
        tbb::simple_partitioner());
    gather();
    return std::move(result_);
  }

 private:
  void draw_part(std::size_t p) {
    if (progress_.cancelled()) return;
    auto& part = parts_[p];
    // A fresh one for each part: what a solver did before must not show.
    DrawnSystem drawn(system_, middle_, options_.tolerance);
    part.product.assign(examined_.size(), 0);
    part.square = part.mean = part.product;
    std::vector<double> own;
    std::vector<double> other;
    const auto end = std::min<std::size_t>((p + 1) * draws_a_part, result_.scores.size());
    for (auto i = p * draws_a_part; i < end; ++i) {
      numbers_of(i, 0, own, part.limited);
      const double y = result_.scores[i] = drawn.score(own);
      if (!examined_.empty()) {
        std::size_t again = 0;
        numbers_of(i, numbers_.size(), other, again);
      }
      for (std::size_t k = 0; k < examined_.size(); ++k) {
        const double kept = std::exchange(other[examined_[k]], own[examined_[k]]);
        const double z = drawn.score(other);
        other[examined_[k]] = kept;
        // About the middle, so that digits are not lost where all draws are alike.
        const double a = y - middle_.score;
        const double b = z - middle_.score;
        part.product[k] += a * b;
        part.square[k] += (a * a + b * b) / 2;
        part.mean[k] += (a + b) / 2;
      }
    }
    part.residual = drawn.residual();
    part.done = true;
    progress_.report("drawing", static_cast<double>(++done_) / static_cast<double>(parts_.size()));
  }

  // The second draw of all numbers takes the streams behind the first.
  void numbers_of(std::uint64_t draw, std::size_t first, std::vector<double>& values,
                  std::size_t& limited) const {
    values.resize(numbers_.size());
    for (std::size_t k = 0; k < numbers_.size(); ++k) {
      const double value =
          quantile(numbers_[k].distribution, sample(options_.plan, draw, first + k));
      values[k] = std::max(value, numbers_[k].least);
      limited += values[k] != value ? 1 : 0;
    }
  }

  void gather() {
    std::size_t finished = 0;
    PartSums all;
    all.product.assign(examined_.size(), 0);
    all.square = all.mean = all.product;
    std::vector<double> kept;
    for (std::size_t p = 0; p < parts_.size(); ++p) {
      const auto& part = parts_[p];
      if (!part.done) continue;
      const auto end = std::min<std::size_t>((p + 1) * draws_a_part, result_.scores.size());
      for (auto i = p * draws_a_part; i < end; ++i) kept.push_back(result_.scores[i]);
      finished = kept.size();
      for (std::size_t k = 0; k < examined_.size(); ++k) {
        all.product[k] += part.product[k];
        all.square[k] += part.square[k];
        all.mean[k] += part.mean[k];
      }
      result_.residual = std::max(result_.residual, part.residual);
      result_.limited += part.limited;
    }
    result_.partial = finished < result_.scores.size();
    result_.scores = std::move(kept);
    result_.solves = finished * (1 + examined_.size());
    if (finished == 0) return;
    set_moments();
    set_first_order(all, static_cast<double>(finished));
  }

  void set_moments() {
    const auto& y = result_.scores;
    const double n = static_cast<double>(y.size());
    for (const double v : y) result_.mean += v;
    result_.mean /= n;
    double sum = 0;
    for (const double v : y) sum += (v - result_.mean) * (v - result_.mean);
    result_.deviation = y.size() > 1 ? std::sqrt(sum / (n - 1)) : 0;
  }

  void set_first_order(const PartSums& all, double n) {
    for (std::size_t k = 0; k < examined_.size(); ++k) {
      const double mean = all.mean[k] / n;
      const double variance = all.square[k] / n - mean * mean;
      const double shared = all.product[k] / n - mean * mean;
      for (auto& effect : result_.effects)
        if (effect.number == examined_[k])
          effect.first_order = variance > 0 ? shared / variance : 0;
    }
  }

  const FootprintSystem& system_;
  const Footprint& middle_;
  DrawOptions options_;
  const std::vector<UncertainAmount>& numbers_;
  Progress& progress_;
  std::vector<std::size_t> examined_;
  std::vector<PartSums> parts_;
  std::atomic<std::size_t> done_ = 0;
  DrawnFootprints result_;
};

}  // namespace

double deviation_of(const Distribution& d) {
  const auto& v = d.values;
  using Shape = Distribution::Shape;
  switch (d.shape) {
    case Shape::constant:
      return 0;
    case Shape::uniform:
      return (v[1] - v[0]) / std::sqrt(12.0);
    case Shape::triangular:
      return std::sqrt(
          (v[0] * v[0] + v[1] * v[1] + v[2] * v[2] - v[0] * v[1] - v[0] * v[2] - v[1] * v[2]) / 18);
    case Shape::normal:
      return v[1];
    case Shape::lognormal: {
      const double s = std::log(v[1]);
      return std::abs(v[0]) * std::sqrt(std::exp(s * s) * std::expm1(s * s));
    }
    case Shape::choice:
      break;
  }
  double mean = 0;
  for (const double x : v) mean += x / static_cast<double>(v.size());
  double sum = 0;
  for (const double x : v) sum += (x - mean) * (x - mean) / static_cast<double>(v.size());
  return std::sqrt(sum);
}

// h = c' B T^-1 f: by B and c directly; by T, dh = -l_i s_j dT(i, j).
std::vector<NumberEffect> number_effects(const FootprintSystem& system,
                                         const Footprint& footprint) {
  const auto& parts = system.system();
  std::vector<NumberEffect> effects(parts.uncertain.size());
  for (std::size_t k = 0; k < effects.size(); ++k) {
    effects[k].number = k;
    effects[k].deviation = deviation_of(parts.uncertain[k].distribution);
    effects[k].first_order = std::nan("");
  }
  const auto middle_of = [&](std::int32_t number) {
    return number < 0 ? 1.0
                      : middle(parts.uncertain[static_cast<std::size_t>(number)].distribution);
  };
  const auto add = [&](const SystemEntry& e, double weight) {
    if (e.number >= 0)
      effects[static_cast<std::size_t>(e.number)].derivative +=
          weight * e.scale * middle_of(e.second);
    if (e.second >= 0)
      effects[static_cast<std::size_t>(e.second)].derivative +=
          weight * e.scale * middle_of(e.number);
  };
  for (const auto& e : parts.technosphere)
    add(e, -system.intensities()[static_cast<std::size_t>(e.row)] *
               footprint.runs[static_cast<std::size_t>(e.column)]);
  for (const auto& e : parts.biosphere) {
    const auto& flow = parts.flows[static_cast<std::size_t>(e.row)];
    const double runs = footprint.runs[static_cast<std::size_t>(e.column)];
    add(e, flow.factor * runs);
    if (flow.number >= 0)
      effects[static_cast<std::size_t>(flow.number)].derivative +=
          flow.factor_scale * e.value * runs;
  }
  for (auto& effect : effects) {
    const double spread = effect.derivative * effect.deviation;
    effect.variance = spread * spread;
  }
  std::stable_sort(effects.begin(), effects.end(),
                   [](const auto& a, const auto& b) { return a.variance > b.variance; });
  return effects;
}

DrawnFootprints draw_footprints(const FootprintSystem& system, const Footprint& middle,
                                const DrawOptions& options, Progress& progress) {
  if (options.plan.draws > most_footprint_draws)
    throw Error(
        Errc::too_large,
        fmt::format("{} draws; at most {} are made", options.plan.draws, most_footprint_draws),
        "A few thousand tell the quantiles.");
  return FootprintDraws(system, middle, options, progress).draw();
}

}  // namespace stave
