#pragma once
/// A network made ready once, then followed under as many scenarios as one likes, on all threads.

#include "stave/cascade/cascade_all.hpp"

#include <atomic>
#include <optional>

#include <tbb/task_arena.h>

#include "cascade/lane_batch.hpp"
#include "cascade/push_network.hpp"

namespace stave {

/// Hands out scenarios one by one, and says how far along they are.
class Queue {
 public:
  Queue(std::size_t size, std::string_view stage, Progress& progress)
      : size_(size), stage_(stage), progress_(progress) {}
  /// @returns size when none is left, or the user has had enough
  [[nodiscard]] std::size_t next();

 private:
  std::size_t size_;
  std::string_view stage_;
  Progress& progress_;
  std::atomic<std::size_t> taken_ = 0;
};

class Engine {
 public:
  /// The network, the options and what they point at must outlive this. @throws as cascade_all
  Engine(const CascadeNetwork& network, const BatchOptions& options);

  /// @throws Error bad_input  scenarios or weights that do not fit
  [[nodiscard]] BatchContext context(std::span<const CascadeScenario> scenarios,
                                     const MatrixView& weights) const;
  /// Follows every scenario that `next` hands out, until it hands out scenarios.size(). Rounds are
  /// below 0 where they ran out.
  void run(const BatchContext& context, const LaneBatch::Next& next, BatchResult& result);
  /// Where losses can be followed link by link; null where they cannot.
  [[nodiscard]] const PushNetwork* frontier() const { return frontier_ ? &*frontier_ : nullptr; }
  [[nodiscard]] tbb::task_arena& arena() { return arena_; }

 private:
  void prepare_sparse();

  const BatchOptions& options_;
  WeightedNetwork network_;
  bool within_one_;  ///< orders can be counted by who lost them
  std::unique_ptr<Sweep> down_;
  std::unique_ptr<Sweep> up_;
  std::optional<PushNetwork> frontier_;
  tbb::task_arena arena_;
};

/// Counts the scenarios whose rounds ran out, and makes all rounds positive.
void count_not_converged(BatchResult& result);

}  // namespace stave
