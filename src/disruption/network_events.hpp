#pragma once
/// What the events of a scenario do to the links and the final use of a network on a day.

#include "stave/disruption/simulate.hpp"

#include <optional>

#include "disruption/baseline.hpp"
#include "disruption/supply_network.hpp"

namespace stave {

/// Which makers, to which buyers and columns of final use: found once.
struct EventReach {
  std::vector<std::uint32_t> sales;  ///< links by maker, ascending
  std::vector<std::size_t> cells;    ///< maker * columns + column, ascending
};
[[nodiscard]] EventReach event_reach(const SupplyNetwork& network, const Baseline& base,
                                     const std::vector<NodeId>& from, const std::vector<NodeId>& to,
                                     const std::vector<std::size_t>& columns);

/// What final use wants, and what of it and of the links is let through.
class NetworkEvents {
 public:
  NetworkEvents(const SupplyNetwork& network, const Baseline& base, const Scenario& scenario);
  void begin_day(int day);

  /// [links] by maker: share that is let through; empty: no event ever cuts links.
  [[nodiscard]] const LinkArray<double>& open() const { return open_; }
  /// [n x columns] money a day.
  [[nodiscard]] const Matrix& wanted() const { return wanted_; }
  /// [n x columns] share of it that is let through.
  [[nodiscard]] const Matrix& final_open() const { return final_open_; }
  /// [n x columns] what of it may be ordered today: wanted x final_open.
  [[nodiscard]] const Matrix& asked() const { return asked_; }

 private:
  void cut_links(int day);
  void change_demand(int day);

  const Baseline& base_;
  const Scenario& scenario_;
  std::vector<EventReach> cuts_;     ///< of scenario.links
  std::vector<EventReach> changes_;  ///< of scenario.demand
  std::vector<double> strength_;     ///< of links, then of demand, as last applied
  LinkArray<double> open_;
  Matrix wanted_;
  Matrix final_open_;
  Matrix asked_;
};

/// Released stocks: what arrives beside the deliveries.
class ReleasedStocks {
 public:
  /// @throws Error bad_input  an event nobody of whom uses the product on a normal day
  ReleasedStocks(const Chain& chain, const SupplyNetwork& network, const Scenario& scenario);
  /// Adds to what arrives this morning [links] by maker, in days of use.
  void arrive(int day, LinkArray<double>& moved) const;

 private:
  struct Release {
    int start, end;
    double days_of_use;  ///< a day
    std::vector<std::uint32_t> sales;
  };
  std::vector<Release> releases_;
};

}  // namespace stave
