#include "amount_conversion.hpp"

#include "stave/inventory/unit.hpp"

#include <fmt/format.h>

namespace stave {

AmountConversion::AmountConversion(const Inventory& inventory) {
  for (const auto& c : inventory.conversions) by_product_[c.product].push_back(&c);
}

std::optional<FoundConversion> AmountConversion::find(std::string_view product,
                                                      std::string_view from,
                                                      std::string_view to) const {
  if (const auto factor = unit_factor(from, to)) return FoundConversion{*factor, "definition"};
  const auto found = by_product_.find(std::string(product));
  if (found == by_product_.end()) return std::nullopt;
  for (const auto* c : found->second) {
    const auto by = c->source.empty() ? std::string("the project") : c->source;
    const auto in = unit_factor(from, c->from);
    const auto out = unit_factor(c->to, to);
    if (in && out) return FoundConversion{*in * c->factor * *out, by};
    const auto back_in = unit_factor(from, c->to);
    const auto back_out = unit_factor(c->from, to);
    if (back_in && back_out) return FoundConversion{*back_in / c->factor * *back_out, by};
  }
  return std::nullopt;
}

std::string AmountConversion::hint(std::string_view product, std::string_view from,
                                   std::string_view to) {
  const auto unknown = !find_unit(from) ? from : !find_unit(to) ? to : std::string_view{};
  if (!unknown.empty()) return unit_hint(unknown);
  return fmt::format(
      "Give it in {}, or say what one {} of it is: [[conversion]] product = \"{}\", from = \"{}\", "
      "to = \"{}\", factor = ..., source = \"...\".",
      quantity_words(to), from, product, from, to);
}

}  // namespace stave
