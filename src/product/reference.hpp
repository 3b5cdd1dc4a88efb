#pragma once
/// The slow, obvious twin: dense Gauss elimination and nothing shared. Internal to the room.

#include "stave/inventory/product_system.hpp"

#include <vector>

namespace stave::reference {

struct DenseFootprint {
  std::vector<double> runs;         ///< s
  std::vector<double> intensities;  ///< l
  double score = 0;
};
/// Values of the entries at their middle. @throws Error not_productive  T is singular
[[nodiscard]] DenseFootprint footprint(const ProductSystem& system, const Demand& demand);

}  // namespace stave::reference
