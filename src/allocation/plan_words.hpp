#pragma once
/// What an emergency plan says, in words.

#include "stave/allocation/emergency_plan.hpp"

#include <string>
#include <vector>

namespace stave {

/// "Japan: film, whose capacity is all used", "the link from A to B, which can carry no more".
[[nodiscard]] std::string shortage_words(const Chain& chain, const AllocationProblem& problem,
                                         const std::vector<ShortageStep>& path);

/// Product and place of a use: "car", "Germany" in a table, else "car", "Germany: car".
struct UseWords {
  std::string product;
  std::string where;
  std::string category;
};
[[nodiscard]] UseWords use_words(const Chain& chain, const SupplyWeb& web,
                                 const SupplyWeb::Use& use);

/// What holds a maker: its dearest input or its own capacity; empty where nothing does.
[[nodiscard]] std::string holds_back(const Chain& chain, const AllocationProblem& problem,
                                     const EmergencyPlan& plan,
                                     const std::vector<std::size_t>& needs, std::size_t maker);

}  // namespace stave
