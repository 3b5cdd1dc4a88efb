#pragma once
/// One scenario's first rounds, along the links of nodes that lost something and no others. Losses
/// are pushed in ascending order of the failing nodes into sums that were zero, so that every sum
/// has the terms of the full sweep in its order, less those that are 0: the bits are the twin's.

#include "cascade/lane_batch.hpp"
#include "cascade/push_network.hpp"

namespace stave {

/// Which nodes, as bits: read in ascending order, one word for 64, one bit above for a word.
class NodeSet {
 public:
  explicit NodeSet(std::size_t n) : words_((n + 63) / 64), used_((words_.size() + 63) / 64) {}
  void insert(std::int32_t i) {
    const auto node = static_cast<std::size_t>(i);
    auto& word = words_[node / 64];
    if (word == 0) used_[node / 4096] |= std::uint64_t{1} << (node / 64 % 64);
    word |= std::uint64_t{1} << (node % 64);
  }
  /// Empties the set into `out`, ascending.
  void take(std::vector<std::int32_t>& out);

 private:
  std::vector<std::uint64_t> words_;
  std::vector<std::uint64_t> used_;  ///< a bit for every word that is not zero
};

class Frontier {
 public:
  Frontier(const BatchContext& context, const PushNetwork& network);

  /// Rounds until the scenario rests, or has no rounds left, or its next round had so many links to
  /// follow that a full sweep of many scenarios is cheaper. @returns false in the last case
  ///
  /// Where the round to come is proven to be the last, and orders are counted by who lost them
  /// (orders.hpp), lost orders are not pushed once more: those of a node are summed up only where
  /// it lost supplies too, and more of them.
  [[nodiscard]] bool follow(std::size_t scenario);

  enum class End {
    at_rest,       ///< or no rounds left: can be handed in
    last_but_one,  ///< the round to come is proven to be the last
    widespread     ///< neither, and more than `links` links to follow
  };
  /// Needs shares of supply and of sales that add to no more than 1 (shares_within_one).
  [[nodiscard]] End follow_up_to(std::size_t scenario, std::size_t links);
  /// After last_but_one, the weighted loss is at most this.
  ///   sum_i w_i max(l_d, l_u)_i <= sum_shocked w + sum_i v_i (D w)_i + sum_j l_u_j (U' w)_j
  /// with v = sigma l_d and l_u of now: caps, and the largest of several inputs, are left out.
  /// @param passed_on  D w [n] by position;  @param wanted  U' w [n] by node
  [[nodiscard]] double most_loss(std::span<const double> weight,
                                 const std::vector<double>& passed_on,
                                 const std::vector<double>& wanted);
  /// Writes the scenario's row of the result.
  void hand_in(BatchResult& result);
  /// Whoever lost something, ascending, and what is left of it.
  [[nodiscard]] std::span<const std::int32_t> down() const { return down_.active; }
  [[nodiscard]] double h_d(std::int32_t position) const { return down_.h[spot(position)]; }
  [[nodiscard]] std::span<const std::int32_t> up() const { return up_.active; }
  [[nodiscard]] double h_u(std::int32_t node) const { return up_.h[spot(node)]; }
  [[nodiscard]] int rounds() const { return rounds_; }
  void clear();

 private:
  using Doubles = std::vector<double, LargePageAllocator<double>>;
  /// One direction: down by position, up by node.
  struct Side {
    Side(std::size_t n, std::size_t sums) : h(n, 1.0), rows(sums), touched(n) {}
    Doubles h;                         ///< share of normal; 1 but for the active
    Doubles rows;                      ///< losses as they are added up; zero between rounds
    std::vector<std::int32_t> active;  ///< who lost something, ascending
    std::vector<double> fell;          ///< how much each of them lost in the last round
    NodeSet touched;
  };
  static std::size_t spot(std::int32_t i) { return static_cast<std::size_t>(i); }
  /// Links that the next round follows.
  struct Ahead {
    std::size_t down = 0, up = 0;
  };
  void offer_before();
  void start(std::size_t scenario);
  [[nodiscard]] bool takes_no_lane() const;
  void round(std::size_t up_links);
  void last_round(std::size_t up_links);
  void round_down();
  void round_up(std::size_t links);
  [[nodiscard]] double h_u_at_end(std::size_t node) const;
  void add_up(std::size_t k, std::span<const std::int32_t> nodes, BatchResult& result) const;
  [[nodiscard]] double held_orders(std::size_t k) const;
  [[nodiscard]] bool at_rest() const;
  [[nodiscard]] Ahead links_ahead() const;
  void push_down(std::int32_t position, double lost);
  void push_up(std::int32_t node, double lost, bool widespread);
  [[nodiscard]] double lost(std::int32_t position);
  [[nodiscard]] double offered(std::size_t market, std::size_t position) const;
  void take(Side& side, bool down);
  void touch_suppliers();
  [[nodiscard]] std::size_t first_row(std::int32_t i, bool down) const {
    return spot(down ? p_.row_start[spot(i)] : c_.network.up_row[spot(i)]);
  }
  [[nodiscard]] bool next_is_last();
  [[nodiscard]] double largest_row(Side& side, bool down);

  const BatchContext& c_;
  const PushNetwork& p_;
  std::vector<double> out_;           ///< [n] by position
  std::vector<std::int32_t> seller_;  ///< node of every upstream row of one that sells
  std::vector<std::int32_t> market_;  ///< [n] by position
  /// [n] by position: what those before it in its market offer when nobody lost anything. Empty
  /// where markets are not products, so that their members do not stand together.
  std::vector<double> offered_before_;
  std::vector<double> available_;  ///< by market, in the round that seen_ says
  std::vector<long> seen_;
  long now_ = 0;                   ///< changes with h_d
  std::vector<double> passed_on_;  ///< [n] by position: sigma l_d in the last round
  Doubles lost_orders_;            ///< [n] by node: l_u in the last round
  std::vector<double> more_down_;  ///< max(0, h_u - h_d) of each node at hand
  bool orders_unpushed_ = false;   ///< h_u stands before the last round
  Side down_;
  Side up_;
  NodeSet nodes_;
  std::vector<std::int32_t> nodes_touched_;
  std::size_t scenario_ = 0;
  int rounds_ = 0;
  double fall_ = 0;
};

}  // namespace stave
