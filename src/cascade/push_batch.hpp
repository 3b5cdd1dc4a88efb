#pragma once
/// Eight scenarios on their way to rest in a sparse network, following only the links of nodes that
/// lost something. Losses are pushed in ascending order of the failing nodes into rows that were
/// zero, so that every sum has the terms of the full sweep in its order, less those that are 0: the
/// bits are the twin's.

#include "stave/core/large_pages.hpp"

#include "cascade/lane_batch.hpp"
#include "cascade/push_network.hpp"

namespace stave {

inline constexpr std::size_t push_lanes = 8;

struct alignas(64) PushRow {
  std::array<double, push_lanes> at{};
};

using PushRows = std::vector<PushRow, LargePageAllocator<PushRow>>;

/// Which nodes, as bits: read in ascending order, one word for 64.
class NodeSet {
 public:
  explicit NodeSet(std::size_t n) : words_((n + 63) / 64) {}
  void insert(std::int32_t i) {
    words_[static_cast<std::size_t>(i) / 64] |= std::uint64_t{1} << (static_cast<unsigned>(i) % 64);
  }
  [[nodiscard]] std::uint64_t* words() { return words_.data(); }
  /// Empties the set into `out`, ascending.
  void take(std::vector<std::int32_t>& out);

 private:
  std::vector<std::uint64_t> words_;
};

class PushBatch {
 public:
  PushBatch(const BatchContext& context, const PushNetwork& network);
  /// Runs scenarios until `next` returns scenarios.size(); writes their rows of `result`.
  void run(const std::function<std::size_t()>& next, BatchResult& result);

 private:
  /// One direction: down by position, up by node.
  struct Side {
    explicit Side(std::size_t n, std::size_t rows, bool on);
    PushRows h;                        ///< share of normal; 1 but for the active
    PushRows rows;                     ///< losses as they are added up; zero between rounds
    std::vector<std::int32_t> active;  ///< who lost something, ascending
    std::vector<PushRow> lost;         ///< what each of them passes on
    NodeSet touched;
  };
  void start(std::size_t lane, std::size_t scenario);
  void round();
  void fill_lost_down();
  void fill_market(std::size_t market, std::size_t begin, std::size_t end);
  void fill_lost_up();
  void set_shocks(bool down);
  void take(Side& side, bool down);
  void hand_in(std::uint32_t settled, BatchResult& result);
  void clear(std::size_t lane);

  const BatchContext& c_;
  const PushNetwork& p_;
  std::vector<double> out_;            ///< [n] by position
  std::vector<std::int32_t> product_;  ///< [n] by position
  Side down_;
  Side up_;
  NodeSet nodes_;
  PushRow fall_;
  std::array<std::size_t, push_lanes> scenario_{};
  int rounds_ = 0;
};

}  // namespace stave
