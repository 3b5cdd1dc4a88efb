#pragma once
/// The two chains of a comparison, in one order of makers and users.

#include "stave/change/change.hpp"
#include "stave/core/chain.hpp"

#include <memory>
#include <string>
#include <vector>

namespace stave {

/// What the decomposition reads of one chain.
struct Year {
  const FlowMatrix* flows = nullptr;            ///< Z [n x n], of the chain or `reordered`
  std::unique_ptr<const FlowMatrix> reordered;  ///< where the chain has another order of makers
  std::size_t below_zero = 0;                   ///< makers with x below 0: they count as 0
  std::vector<double> output;                   ///< x [n]
  std::vector<double> amount;                   ///< q [n], 0 where x is 0
  std::vector<double> intensity;                ///< s [n]
  Matrix use;                                   ///< Y [n x u]
  double direct = 0;                            ///< of final use itself
  double outside = 0;                           ///< recorded where nothing is made
};

struct YearPair {
  Year first;
  Year second;
  std::vector<std::string> users;     ///< [u]
  std::vector<std::string> labels;    ///< [n] for messages
  std::vector<std::int32_t> region;   ///< [n] of the first chain
  std::vector<std::int32_t> product;  ///< [n]
  std::size_t regions = 0;
  std::size_t products = 0;
};

/// @throws Error as `change`
[[nodiscard]] YearPair years_of(const Chain& first, const Chain& second,
                                const ChangeOptions& options);

}  // namespace stave
