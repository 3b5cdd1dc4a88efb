#pragma once
/// Who can make how much, from what, and for whom: a chain as the linear programs of this room see
/// it. Quantities are money a day.
///
///   x_j            output of node j, at most capacity_j
///   y_l            what link l carries, at most limit_l
///   c_u            final use served, at most normal_u
///   sum of y into need k + its stock >= per_unit_k x_user(k) - spared_k
///   sum of y and c out of node i     <= x_i + its stock
///
/// An essential input product is a need of its own, with per_unit = a_kj and nothing spared. All
/// other inputs of a node are one need together: output falls by the share of all its purchases
/// that is missing (Diem et al. 2022, the linear part of the generalised Leontief function),
///
///   x_j <= beta_j + (x0_j / B_j) sum of y,   beta_j = x0_j (1 - N_j / B_j)
///
/// with B_j everything j buys and N_j the inputs that are not essential.
///
/// In a table of regions by products everybody sells to everybody: n^2 links. There each region has
/// a market of each product, one more node, which makes nothing and hands on what it gets: makers
/// sell to markets, users of a region buy from its markets, and stocks of inputs lie there. Which
/// user of a region gets the goods of which maker is then left open, as it is in the sources of
/// such tables (imports are split over users in proportion).

#include "stave/core/chain.hpp"

#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

namespace stave {

inline constexpr double no_limit = std::numeric_limits<double>::infinity();

struct SupplyWeb {
  struct Need {
    std::int32_t user = 0;
    std::int32_t product = -1;  ///< -1: all inputs that are not essential, together
    double per_unit = 1;        ///< of the user's output
    double spared = 0;
    double stock = 0;  ///< at the user, money
    bool kept = true;  ///< goods among it: a stock is possible
  };
  struct Link {
    std::int32_t maker = 0;
    std::int32_t need = 0;  ///< position in `needs`
    double normal = 0;
    double limit = no_limit;
  };
  struct Use {
    std::int32_t maker = 0;
    std::int32_t column = -1;  ///< of final use; -1: all columns together
    double normal = 0;         ///< what is wanted
    bool wanted = true;        ///< false: bought by makers whose output needs none of it
    double limit = no_limit;
  };

  std::size_t makers = 0;        ///< nodes of the chain; markets follow
  std::vector<double> output;    ///< [nodes] x0 on a normal day
  std::vector<double> capacity;  ///< [nodes] infinite for markets
  std::vector<double> stock;     ///< [nodes] of its own product, money
  std::vector<bool> kept;        ///< [makers] its product is a good, or empty: all are
  struct Market {
    RegionId region;
    ProductId product;
    std::int32_t need = 0;  ///< what comes in: per_unit 1, nothing spared, no stock
  };
  std::vector<Market> markets;  ///< [nodes - makers]
  std::vector<Need> needs;
  std::vector<Link> links;
  std::vector<Use> uses;

  [[nodiscard]] std::size_t nodes() const { return output.size(); }
};

/// @throws Error bad_input  arrays that do not fit each other, a negative or not finite quantity
void check_web(const SupplyWeb& web);

/// What stands in where a chain does not say.
struct SupplyOptions {
  double inventory_days = 15;  ///< inputs in stock, of goods; attribute `inventory`
  double finished_days = 0;    ///< its own product in stock, goods; attribute `finished_inventory`
  double spare_capacity = 0;   ///< share of output; attribute `spare_capacity`
  double growth = no_limit;    ///< what a link can carry beside its normal flow, share of that
  std::optional<bool> markets = {};  ///< a market a region and product; by default for dense flows
  bool by_column = false;            ///< a use for each column of final use, not one a maker
};

struct ChainWeb {
  SupplyWeb web;
  std::vector<bool> inventory_known;  ///< [n] false: the default stands in
  std::vector<bool> finished_known;   ///< [n]
  std::vector<bool> spare_known;      ///< [n]
  std::size_t clipped = 0;            ///< flows and final uses below zero, taken as zero
};

/// Services are not kept in stock. Output is what a node sells once flows below zero are left out,
/// so that a normal day balances. Cost: O(links log links).
/// @throws Error bad_input  an attribute that is negative, options outside what they say
[[nodiscard]] ChainWeb supply_web(const Chain& chain, const SupplyOptions& options = {});

}  // namespace stave
