#pragma once
/// What the events of a scenario do to the orders between makers.

#include "stave/scenario/scenario.hpp"

#include <map>

#include "disruption/market.hpp"

namespace stave {

/// Events that close links and open them again.
class LinkOpenings {
 public:
  LinkOpenings(Market& market, const Scenario& scenario);
  /// Links that close do so at once, with the orders standing over them.
  void morning(int day);
  /// Those that open, for the orders of the evening.
  [[nodiscard]] std::span<const LinkEdit> raised() const { return raised_; }

 private:
  struct Cell {
    std::size_t cell = 0;
    bool others = false;  ///< makers sell to it whom no event touches
    std::vector<std::uint32_t> links;
  };
  void gather_cells();
  void weaken_cells();

  Market& market_;
  const Scenario& scenario_;
  std::vector<MarketLink> links_;  ///< of all events, ascending
  std::vector<std::vector<std::uint32_t>> of_event_;
  std::vector<double> strength_;  ///< of the events, as last applied
  std::vector<double> open_;      ///< [links_]
  std::vector<Cell> cells_;
  std::vector<LinkEdit> raised_;
};

/// Goods that arrive later than they leave.
class LinkDelays {
 public:
  LinkDelays(Market& market, const Scenario& scenario);
  /// Holds back what leaves late today, hands over what arrives.
  void evening(int day, const Service& service);
  /// Once the market's day has ended.
  void clear();
  [[nodiscard]] double in_transit() const { return in_transit_; }
  /// Arrived less held back today, endless stocks left out.
  [[nodiscard]] double beside() const { return beside_; }

 private:
  struct Late {
    MarketLink link;
    int days = 0;
  };
  struct Parcel {
    std::size_t cell = 0;
    bool endless = false;
    double amount = 0;
  };
  void look_up(int day);
  /// What leaves today over links that are equally late, as one parcel a cell.
  void hold_back(int arrival, std::span<const Late> late, const Service& service);

  Market& market_;
  const Scenario& scenario_;
  std::vector<std::vector<MarketLink>> of_event_;
  std::vector<bool> active_;
  std::vector<Late> late_;                    ///< by days, then by link
  std::vector<double> leaving_;               ///< [cells] 0 but while hold_back runs
  std::map<int, std::vector<Parcel>> queue_;  ///< by day of arrival
  std::vector<std::size_t> touched_;
  double in_transit_ = 0;
  double beside_ = 0;
};

/// Stockpiles that are opened.
class StockReleases {
 public:
  /// @throws Error bad_input  an event nobody of whom uses the product
  StockReleases(Market& market, const Baseline& base, const Scenario& scenario);
  void evening(int day);
  void clear();
  [[nodiscard]] double released() const { return released_; }

 private:
  struct Release {
    int start = 0;
    int end = 0;
    bool endless = false;
    std::vector<std::pair<std::size_t, double>> cells;  ///< and what each gets a day
  };
  Market& market_;
  std::vector<Release> releases_;
  std::vector<std::size_t> touched_;
  double released_ = 0;
};

}  // namespace stave
