#include "stave/shock/shock.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <optional>

#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

namespace stave {
namespace {

constexpr double most_side_by_side = 4e9;  // bytes, of all engines together

// Hears that the user wants to stop; what one draw has to tell nobody needs.
class DrawProgress : public Progress {
 public:
  explicit DrawProgress(const Progress& users) : users_(users) {}
  [[nodiscard]] bool cancelled() const override { return users_.cancelled(); }

 private:
  const Progress& users_;
};

class Ensembles {
 public:
  Ensembles(const Chain& chain, const ScenarioFile& file, const SamplePlan& plan, int days,
            std::string_view preset, Compatibility compatibility, Progress& progress)
      : chain_(chain),
        file_(file),
        plan_(plan),
        days_(days),
        preset_(preset),
        compatibility_(compatibility),
        normal_(normal_day(chain)),
        progress_(progress) {}

  std::vector<Draw> play() {
    std::vector<std::optional<Draw>> played(plan_.draws);
    std::atomic<std::uint64_t> done = 0;
    progress_.report(stage, 0);
    const auto play_one = [&](std::uint64_t i) {
      if (progress_.cancelled()) return;
      // A thread that waits inside one draw must not begin another: its memory would add up.
      tbb::this_task_arena::isolate([&] { played[i] = play_draw(i); });
      progress_.report(stage, static_cast<double>(++done) / static_cast<double>(plan_.draws));
    };
    if (fits_side_by_side())
      tbb::parallel_for(
          tbb::blocked_range<std::uint64_t>(0, plan_.draws, 1),
          [&](const auto& range) {
            for (auto i = range.begin(); i != range.end(); ++i) play_one(i);
          },
          tbb::simple_partitioner());
    else
      for (std::uint64_t i = 0; i < plan_.draws; ++i) play_one(i);
    std::vector<Draw> finished;
    for (auto& draw : played)
      if (draw) finished.push_back(std::move(*draw));
    return finished;
  }

 private:
  static constexpr auto stage = "playing draws";

  // An engine holds a few copies of the flows.
  bool fits_side_by_side() const {
    const double engine = 40.0 * static_cast<double>(chain_.flows().nonzeros()) +
                          400.0 * static_cast<double>(chain_.size());
    return engine * tbb::this_task_arena::max_concurrency() <= most_side_by_side;
  }

  std::optional<Draw> play_draw(std::uint64_t i) const {
    DrawProgress progress(progress_);
    auto settled = file_.draw(i, plan_);
    settled.scenario.days = days_;
    auto options = options_of(chain_, settled, preset_);
    options.compatibility = compatibility_;
    const auto simulation = simulate(chain_, settled.scenario, options, {}, progress);
    if (simulation.partial) return std::nullopt;
    Draw draw;
    draw.index = i;
    draw.numbers = std::move(settled.numbers);
    draw.limited = settled.limited;
    for (const auto& day : simulation.days) {
      draw.output.push_back(day.output);
      draw.unmet.push_back(day.final_unmet);
      draw.value_added_lost.push_back(day.value_added_lost);
      draw.stock.push_back(day.stock);
    }
    draw.indicators = indicators(settled.scenario, simulation, normal_);
    draw.trouble = trouble_of(settled.scenario, simulation, normal_);
    return draw;
  }

  const Chain& chain_;
  const ScenarioFile& file_;
  SamplePlan plan_;
  int days_;
  std::string preset_;
  Compatibility compatibility_;
  NormalDay normal_;
  Progress& progress_;
};

}  // namespace

std::vector<Draw> play_draws(const Chain& chain, const ScenarioFile& file, const SamplePlan& plan,
                             int days, std::string_view preset, Compatibility compatibility,
                             Progress& progress) {
  return Ensembles(chain, file, plan, days, preset, compatibility, progress).play();
}

}  // namespace stave
