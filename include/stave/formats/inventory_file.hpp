#pragma once
/// Life-cycle inventories: what activities take in, make and give off.
///
///   const Inventory project = read_inventory("car.toml");
///   const Inventory uslci = read_inventory("uslci_ecospold.zip");
///
/// Read are a project of one's own (TOML, docs/format/inventory.md), a table with one exchange a
/// row (csv, xlsx), EcoSpold 1 (xml; a folder or zip of them), openLCA's JSON-LD and ILCD (a folder
/// or zip with `processes/`). The format is told by the content.

#include "stave/inventory/inventory.hpp"

#include <filesystem>
#include <string>
#include <string_view>

namespace stave {

struct InventoryOptions {
  /// How co-products of a database that states no rule share its inputs and emissions. With none
  /// the reference product bears all, and co-products come free; that is noted.
  AllocationRule co_products = AllocationRule::none;
};

/// A project may name only files beside itself. Inputs nobody makes are cut off and listed where
/// the file is a database (EcoSpold, JSON-LD, ILCD), and an error elsewhere unless it says
/// otherwise.
/// @throws Error not_found  no such file;  too_large
///               bad_input  a mistake of syntax, an unknown key, column, unit or rule, a number
///               that
///                          is none, a factor without a source; naming file, line or row, and key
[[nodiscard]] Inventory read_inventory(const std::filesystem::path& path,
                                       const InventoryOptions& options = {});
/// A project as if a file of that name, in that folder, held this text.
[[nodiscard]] Inventory parse_project(const std::string& file, std::string_view text,
                                      const std::filesystem::path& folder = {});
/// A commented project to begin with.
[[nodiscard]] std::string_view project_template();

inline constexpr std::size_t most_activities = 1'000'000;

}  // namespace stave
