#include "stave/core/classification.hpp"
#include "stave/core/error.hpp"
#include "stave/inventory/product_system.hpp"
#include "stave/inventory/unit.hpp"

#include <fmt/format.h>

#include "amount_conversion.hpp"

namespace stave {
namespace {

std::string id_of(const Inventory& inventory, const Process& process) {
  return process.activity < 0 ? process.name
                              : inventory.activities[static_cast<std::size_t>(process.activity)].id;
}

// By product, by id or by name of the activity.
std::vector<std::size_t> makers_of(const Inventory& inventory, const ProductSystem& system,
                                   const FunctionalUnit& asked) {
  std::vector<std::size_t> by_product;
  std::vector<std::size_t> by_activity;
  for (std::size_t i = 0; i < system.size(); ++i) {
    const auto& process = system.processes[i];
    const auto id = id_of(inventory, process);
    const bool activity_fits = asked.activity.empty() || id == asked.activity;
    if (process.product == asked.product && activity_fits) by_product.push_back(i);
    if (id == asked.product || process.name == asked.product) by_activity.push_back(i);
  }
  return by_product.empty() ? by_activity : by_product;
}

}  // namespace

Demand demand_of(const Inventory& inventory, const ProductSystem& system,
                 const FunctionalUnit& asked) {
  const auto makers = makers_of(inventory, system, asked);
  if (makers.empty()) {
    std::vector<std::string> names;
    for (const auto& process : system.processes) names.push_back(process.product);
    throw Error(Errc::not_found,
                fmt::format("nobody makes '{}' in {}", asked.product, inventory.name),
                did_you_mean(asked.product, names));
  }
  if (makers.size() > 1) {
    std::string ids;
    for (std::size_t k = 0; k < makers.size() && k < 5; ++k)
      ids += (k > 0 ? ", " : "") + id_of(inventory, system.processes[makers[k]]);
    throw Error(Errc::bad_input,
                fmt::format("{} activities make '{}': {}{}", makers.size(), asked.product, ids,
                            makers.size() > 5 ? " ..." : ""),
                "Name one by its id.");
  }
  const auto& process = system.processes[makers.front()];
  if (asked.unit.empty()) return {makers.front(), asked.amount};
  const auto found = AmountConversion(inventory).find(process.product, asked.unit, process.unit);
  if (!found)
    throw Error(Errc::bad_input,
                fmt::format("'{}' is made in {}; {} {} of it was asked for", process.product,
                            quantity_words(process.unit), asked.amount, asked.unit),
                AmountConversion::hint(process.product, asked.unit, process.unit));
  return {makers.front(), asked.amount * found->factor};
}

}  // namespace stave
