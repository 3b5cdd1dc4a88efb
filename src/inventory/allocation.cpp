#include "allocation.hpp"

#include "stave/core/error.hpp"
#include "stave/inventory/unit.hpp"

#include <cmath>

#include <fmt/format.h>

namespace stave {
namespace {

[[noreturn]] void refuse(const Activity& a, const std::string& what, const std::string& hint) {
  throw Error(Errc::bad_input,
              fmt::format("{}'{}': {}", a.place.empty() ? "" : a.place + ": ", a.id, what), hint);
}

double weight_of(const Activity& a, const ActivityOutput& output, const AmountConversion& convert) {
  const double amount = output.amount.value;
  switch (a.allocation) {
    case AllocationRule::mass:
      if (const auto found = convert.find(output.product, output.unit, "kg"))
        return amount * found->factor;
      refuse(a, fmt::format("allocation by mass: '{}' is in {}", output.product, output.unit),
             AmountConversion::hint(output.product, output.unit, "kg"));
    case AllocationRule::energy:
      if (output.energy > 0) return amount * output.energy;
      if (const auto found = convert.find(output.product, output.unit, "MJ"))
        return amount * found->factor;
      refuse(a, fmt::format("allocation by energy: '{}' is in {}", output.product, output.unit),
             "Give energy = ..., in MJ per unit.");
    case AllocationRule::economic:
      if (output.price > 0) return amount * output.price;
      refuse(a, fmt::format("economic allocation: '{}' has no price above 0", output.product),
             "Give price = ..., in money per unit.");
    case AllocationRule::shares:
      return output.share;
    default:
      return &output == a.outputs.data() ? 1 : 0;
  }
}

}  // namespace

std::vector<double> allocation_shares(const Activity& a, const AmountConversion& convert) {
  if (a.outputs.size() == 1) return {1};
  std::vector<double> shares;
  double sum = 0;
  for (const auto& output : a.outputs) {
    const double weight = weight_of(a, output, convert);
    if (weight < 0)
      refuse(a, fmt::format("the share of '{}' is {}", output.product, weight),
             "Shares are 0 or more.");
    shares.push_back(weight);
    sum += weight;
  }
  if (a.allocation == AllocationRule::shares && std::abs(sum - 1) > 1e-6)
    refuse(a, fmt::format("its shares add up to {}", sum), "Shares of allocation add up to 1.");
  for (auto& share : shares) share /= sum;
  return shares;
}

}  // namespace stave
