#pragma once
/// Stocks of inputs by product, and the orders between makers that refill them. One cell is one
/// product at one user; a link leads from a maker of the product to the user.
///
///   order over a link   q_cell Z_fj able_f     q: order / sum_f Z_fj able_f, able: as the order
///   rule Z                   flows of a normal day, times what the events leave open

#include "stave/core/large_pages.hpp"
#include "stave/disruption/options.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "disruption/baseline.hpp"

namespace stave {

using MarketArray = std::vector<double, LargePageAllocator<double>>;

/// What the makers deliver of what is asked of them.
struct Service {
  std::vector<double> share;  ///< [classes of buyers x n] of every order; not looked at with levels
  std::vector<double> level;  ///< [n] min(order, level x Z), or empty
};

/// A link in a Market.
struct MarketLink {
  std::uint32_t maker = 0;
  std::uint32_t user = 0;
  std::size_t cell = 0;
  std::size_t at = 0;  ///< where Z is held
  double normal = 0;   ///< Z of a normal day
};
/// What Z of a link is from now on.
struct LinkEdit {
  const MarketLink* link = nullptr;
  double value = 0;
};

struct Evening {
  std::span<const double> made;    ///< x [n]
  std::span<const double> wanted;  ///< x_opt [n]
  std::span<const double> able;    ///< [n] of the orders now placed
  const Service& service;
  std::span<const LinkEdit> raised;  ///< after deliveries, before orders; ascending
  bool rest = false;                 ///< stocks stay as they are (BoARIO)
};
/// Sums over all stocks but endless ones.
struct StockSums {
  double before = 0, used = 0, after = 0;
};

/// One level a maker of each sum over the orders of makers with it.
struct PourSums {
  std::vector<double> taken;  ///< [n] orders no larger than the level allows
  std::vector<double> open;   ///< [n] Z of the others
  std::vector<double> full;   ///< [n] how many are no larger
};

struct MarketPlan {
  const Chain& chain;
  const Baseline& base;
  const SimulationOptions& options;
  std::vector<std::uint8_t> buyer_class;  ///< [n]
  std::size_t classes = 1;
  bool links_change = false;  ///< events open and close links
  bool goods_come = false;    ///< beside deliveries: delays, released stocks
};

class Market {
 public:
  virtual ~Market() = default;
  Market(const Market&) = delete;
  Market& operator=(const Market&) = delete;

  /// What inputs allow of `wanted`, share of it, 1 at most [n].
  virtual void limit(std::span<const double> wanted, std::span<double> share) const = 0;
  /// The input that allows the least, the first of those that `same_ratio` does not tell apart.
  [[nodiscard]] virtual std::int32_t tightest(std::size_t node, double wanted) const = 0;
  /// BoARIO: is what would be received close to what is used, everywhere?
  [[nodiscard]] virtual bool at_rest(const Evening& evening) = 0;
  /// Delivers, restocks, orders.
  virtual StockSums end_day(const Evening& evening) = 0;
  virtual PourSums pour(std::span<const std::uint8_t> scarce,
                        std::span<const double> level) const = 0;

  /// Links from some nodes to some, ascending by `at`.
  [[nodiscard]] virtual std::vector<MarketLink> links(const std::vector<NodeId>& from,
                                                      const std::vector<NodeId>& to) const = 0;
  /// In the morning: standing orders fall with Z.
  virtual void lower(std::span<const LinkEdit> edits) = 0;
  /// Z of a link as it is now.
  [[nodiscard]] virtual double open(const MarketLink& link) const = 0;
  /// After the last day that ended, endless ones left out [products].
  [[nodiscard]] virtual const std::vector<double>& stock_by_product() const = 0;
  /// Of all its inputs, endless ones left out.
  [[nodiscard]] virtual double stock_of(std::size_t user) const = 0;
  /// How many makers sell to a cell.
  [[nodiscard]] virtual std::size_t links_of_cell(std::size_t cell) const = 0;
  /// The cell of a product at a user, or none_such.
  [[nodiscard]] virtual std::size_t cell_of(std::size_t product, std::size_t user) const = 0;
  [[nodiscard]] virtual std::size_t product_of_cell(std::size_t cell) const = 0;
  static constexpr std::size_t none_such = static_cast<std::size_t>(-1);

  /// Standing with each maker [classes x n].
  [[nodiscard]] std::span<const double> asked() const { return asked_; }
  [[nodiscard]] const std::vector<double>& able() const { return able_; }
  [[nodiscard]] double need(std::size_t cell) const { return need_[cell]; }
  [[nodiscard]] bool endless(std::size_t product) const;
  /// What is delivered over a link by a service.
  [[nodiscard]] double given(const MarketLink& link, const Service& service) const;
  void set_most_open(std::size_t cell, double share) { most_open_[cell] = share; }
  /// Comes to a cell this evening beside deliveries, or, below 0, is held back from them.
  void add_beside(std::size_t cell, double amount) { beside_[cell] += amount; }
  void clear_beside(std::size_t cell) { beside_[cell] = 0; }
  void add_under_way(std::size_t cell, double amount) { under_way_[cell] += amount; }

 protected:
  explicit Market(const MarketPlan& plan);
  void make_room(std::size_t cells, const MarketPlan& plan);
  /// Stock at first and what binds. @param input  a_kj
  void fill_cell(const MarketPlan& plan, std::size_t cell, std::size_t product, std::size_t user,
                 double input);
  /// What of an input's shortage counts at a user, 0 where it never binds.
  [[nodiscard]] double counts(const MarketPlan& plan, std::size_t product, std::size_t user,
                              double input) const;

  std::size_t n_ = 0;
  std::size_t products_ = 0;
  std::size_t classes_ = 1;
  std::vector<std::uint8_t> buyer_class_;  ///< [n]
  std::vector<std::int32_t> product_;      ///< [n]
  std::vector<double> stock_days_;         ///< n_k [products]
  double restore_ = 1;                     ///< 1 / tau_inv
  double psi_ = 1;
  ProductionRule rule_ = ProductionRule::leontief;
  bool boario_ = false;

  MarketArray stock_, need_, q_;    ///< [cells]
  MarketArray bind_;                ///< [cells] stock per x_opt below which it binds; 0: never
  MarketArray bind_half_;           ///< [cells] the same where half of a shortage counts, or empty
  MarketArray most_open_;           ///< [cells] or empty
  MarketArray beside_, under_way_;  ///< [cells] or empty
  std::vector<double> asked_;       ///< [classes x n]
  std::vector<double> able_;        ///< [n] of the standing orders
};

/// The dense one for dense flows, the sparse one for sparse flows.
[[nodiscard]] std::unique_ptr<Market> market_of(const MarketPlan& plan);
[[nodiscard]] std::unique_ptr<Market> tile_market(const MarketPlan& plan);
[[nodiscard]] std::unique_ptr<Market> link_market(const MarketPlan& plan);

/// The least of what inputs allow, from the smallest ratios of stock and need.
struct SmallestRatios {
  double full;  ///< S / bind, per x_opt
  double half;
};
[[nodiscard]] inline double share_allowed(double wanted, const SmallestRatios& least) {
  const double half = 0.5 + 0.5 * (least.half / wanted);
  const double share = least.full / wanted < half ? least.full / wanted : half;
  return wanted > 0 && share < 1 ? share : 1;
}

}  // namespace stave
