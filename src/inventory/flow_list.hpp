#pragma once
/// The elementary flows of an inventory and their factors. Internal to the room.

#include "stave/inventory/product_system.hpp"

#include <map>
#include <string>
#include <tuple>
#include <vector>

namespace stave {

class FlowList {
 public:
  explicit FlowList(const Inventory& inventory);

  struct Place {
    std::size_t row = 0;
    double factor = 1;  ///< of the emission's unit in the flow's
  };
  /// Flows of one name and compartment stand in one row where their units convert.
  Place place_of(const Emission& emission);
  /// The row of kg CO2-equivalent as suppliers state it.
  std::size_t supplier_flow(const std::string& source);
  /// With factors; a note on those that have none.
  std::vector<ElementaryFlow> finish(std::vector<std::string>& notes);

 private:
  void set_factor(ElementaryFlow& flow) const;
  std::vector<CharacterisationFactor> factors_;  ///< own ones first
  std::multimap<std::string, std::size_t> by_name_;
  std::vector<ElementaryFlow> flows_;
  std::multimap<std::pair<std::string, std::string>, std::size_t> rows_;
};

/// True for what is taken from nature: "resource", "natural resource", "raw" ...
[[nodiscard]] bool is_resource(std::string_view compartment);

}  // namespace stave
