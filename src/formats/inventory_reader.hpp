#pragma once
/// The readers behind read_inventory. Internal to the room.

#include "stave/formats/inventory_file.hpp"
#include "stave/formats/source.hpp"

namespace stave::reader {

/// One exchange a row: csv, or the first sheet of a workbook (the one called "inventory", where
/// there is one).
[[nodiscard]] Inventory read_inventory_table(const std::filesystem::path& path);

/// Adds the datasets of one EcoSpold 1 file.
void read_ecospold1(const Source& xml, const InventoryOptions& options, Inventory& inventory);
[[nodiscard]] bool is_ecospold1(std::string_view text);

/// Adds the processes of a package in openLCA's JSON-LD.
void read_olca(const Folder& package, const InventoryOptions& options, Inventory& inventory);
[[nodiscard]] bool is_olca(const Folder& package);

/// Adds the processes of an ILCD package, with the units their flows are measured in.
void read_ilcd(const Folder& package, const InventoryOptions& options, Inventory& inventory);
[[nodiscard]] bool is_ilcd(const Folder& package);
[[nodiscard]] bool is_ilcd_process(std::string_view text);

/// Counts of what an importer set aside, told as notes.
struct ImportTally {
  std::size_t exchanges = 0;
  std::size_t co_products = 0;
  std::size_t passed_over = 0;   ///< outputs of zero, or of a product named before
  std::size_t without_rule = 0;  ///< activities whose co-products come free
  std::size_t wastes = 0;
  std::size_t spared = 0;  ///< inputs below zero
  std::size_t distributions = 0;
  std::size_t unsound = 0;      ///< distributions that are none
  std::size_t zero_output = 0;  ///< activities left out
  void tell(const std::string& format, std::size_t activities, Inventory& inventory) const;
};

/// Makes the amount uncertain, where the distribution is sound.
void add_distribution(Inventory& inventory, const std::string& name, Distribution distribution,
                      Amount& amount, ImportTally& tally);
/// By the rule wished for; where it cannot be, the first output bears all.
void share_co_products(Activity& activity, const InventoryOptions& options, ImportTally& tally);

}  // namespace stave::reader
