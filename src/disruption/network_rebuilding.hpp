#pragma once
/// Capital to be made again, ordered from those who build (builders.hpp) from the day after it was
/// destroyed. What is delivered gives back capacity; delivered + remaining = initial.

#include "stave/disruption/simulate.hpp"

#include <span>
#include <utility>
#include <vector>

namespace stave {

class NetworkRebuilding {
 public:
  /// @throws Error bad_input  a product to rebuild with that nobody makes
  NetworkRebuilding(const Chain& chain, const Scenario& scenario);

  /// Today's orders from what remains.
  void begin_day(int day);
  /// Adds the share of capacity not rebuilt yet [n].
  void add_lost(int day, std::vector<double>& lost) const;

  /// Orders on a maker today, one an event and product.
  [[nodiscard]] std::span<const double> ordered(std::size_t maker) const {
    const auto [first, count] = orders_on(maker);
    return std::span(ordered_).subspan(first, count);
  }
  /// Where what the maker delivers of each is written.
  [[nodiscard]] std::span<double> given(std::size_t maker) {
    const auto [first, count] = orders_on(maker);
    return std::span(given_).subspan(first, count);
  }
  void end_day();

  [[nodiscard]] double remaining(int day) const;       ///< of the events that have begun
  [[nodiscard]] double done() const { return done_; }  ///< today
  [[nodiscard]] double miss() const;                   ///< as DayState::rebuilding_miss
  [[nodiscard]] std::vector<double> left() const;      ///< of each event

 private:
  /// What the nodes of one region still have to get of one product after one event.
  struct Work {
    const CapacityEvent* event;
    std::size_t number;                  ///< of the events with rebuilding
    std::vector<std::size_t> place;      ///< of the event's nodes
    std::vector<double> remaining = {};  ///< [place]
    double initial = 0, left = 0, delivered = 0;
  };
  void plan(const Chain& chain, const CapacityEvent& event, std::size_t number);
  void lay_orders(const Chain& chain);

  /// First order on a maker, and how many.
  [[nodiscard]] std::pair<std::size_t, std::size_t> orders_on(std::size_t maker) const {
    if (start_.empty()) return {0, 0};
    return {start_[maker], start_[maker + 1] - start_[maker]};
  }

  std::size_t events_ = 0;
  std::vector<Work> works_;
  std::vector<ProductId> work_product_;
  std::vector<RegionId> work_region_;
  std::vector<std::size_t> start_;  ///< [n + 1] orders on each maker; empty: none at all
  std::vector<std::size_t> work_;   ///< [orders]
  std::vector<double> share_;       ///< [orders] of the work's order a day
  std::vector<double> ordered_;     ///< [orders]
  std::vector<double> given_;       ///< [orders]
  double done_ = 0;
};

}  // namespace stave
