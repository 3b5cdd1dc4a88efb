#pragma once
/// Goods that take longer than a day: what is sent while a delay holds, and when it is there.

#include "stave/disruption/simulate.hpp"

#include <vector>

#include "disruption/network_events.hpp"

namespace stave {

class Transit {
 public:
  /// @throws Error too_large  delays of so many links for so long that they would not fit
  Transit(const SupplyNetwork& network, const Baseline& base, const Scenario& scenario);

  /// [links] by maker: on the way, in days of use; empty: no delays at all.
  [[nodiscard]] const LinkArray<double>& on_the_way() const { return on_the_way_; }
  [[nodiscard]] double money() const { return money_; }

  /// Adds what is there this morning to `moved` [links].
  void arrive(int day, LinkArray<double>& moved);
  /// Takes what leaves today and is not there tomorrow out of `moved`, and the same of `given`
  /// [n x columns]; what reaches final use today is added to `given`.
  void depart(int day, LinkArray<double>& moved, Matrix& given);

 private:
  struct Parcel {
    std::size_t to;  ///< link or cell
    double amount;
  };
  using Parcels = std::vector<Parcel>;
  void set_extra_days(int day);
  void settle(Parcels& due);

  const SupplyNetwork& network_;
  const Scenario& scenario_;
  std::vector<EventReach> reach_;     ///< of scenario.delays
  std::vector<std::uint32_t> sales_;  ///< all links ever delayed
  std::vector<std::size_t> cells_;    ///< all final use ever delayed
  std::vector<int> extra_of_sale_;    ///< [sales_] days beside the one, today
  std::vector<int> extra_of_cell_;    ///< [cells_]
  std::vector<bool> active_;          ///< [delays] as last applied
  std::vector<Parcels> links_due_;    ///< [day % size] for stocks in the morning
  std::vector<Parcels> cells_due_;    ///< [day % size] for final use
  LinkArray<double> on_the_way_;
  std::size_t under_way_ = 0;  ///< parcels
  double money_ = 0;
};

}  // namespace stave
