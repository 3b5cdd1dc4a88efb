#pragma once
/// Who is served with whom when a maker has not enough for all.

#include "stave/disruption/options.hpp"
#include "stave/scenario/scenario.hpp"

#include <cstdint>
#include <vector>

#include "disruption/baseline.hpp"

namespace stave {

/// Buyers of one class get the same share of what they order of a maker. Classes of nodes come
/// first; a place is served before the next, within it by order x weight.
struct BuyerClasses {
  struct Class {
    int place = 1;
    double weight = 1;
    friend bool operator==(const Class&, const Class&) = default;
  };
  std::vector<Class> classes;
  std::size_t of_nodes = 1;          ///< how many classes nodes are in
  std::vector<std::uint8_t> node;    ///< [n]
  std::vector<std::uint8_t> column;  ///< [columns]
  std::size_t rebuilding = 0;
};

/// @throws Error too_large  more than 255 classes
[[nodiscard]] BuyerClasses buyer_classes(const Baseline& base, const Scenario& scenario,
                                         Rationing rule);

/// What each class gets of a maker that has less than is asked.
/// @param asked  [classes], @param share  [classes] of it, filled
void share_by_class(const BuyerClasses& buyers, std::span<const double> asked, double available,
                    std::span<double> share);

}  // namespace stave
