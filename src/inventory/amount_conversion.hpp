#pragma once
/// Amounts of a product in another unit, by definition or by a conversion of the inventory.
/// Internal to the room.

#include "stave/inventory/inventory.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace stave {

struct FoundConversion {
  double factor = 1;
  std::string by;  ///< "definition", or the source of the conversion
};

class AmountConversion {
 public:
  explicit AmountConversion(const Inventory& inventory);
  /// How many `to` one `from` of the product is; nothing where neither says so.
  [[nodiscard]] std::optional<FoundConversion> find(std::string_view product, std::string_view from,
                                                    std::string_view to) const;
  /// A hint with the conversion that would join two units.
  [[nodiscard]] static std::string hint(std::string_view product, std::string_view from,
                                        std::string_view to);

 private:
  std::unordered_map<std::string, std::vector<const Conversion*>> by_product_;
};

}  // namespace stave
