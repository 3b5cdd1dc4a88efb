#pragma once
/// Who is meant: the makers, users and final use that the keys of a TOML table or the cells of a
/// row name. Internal to the room.
///
///   node, region, outside, product, enterprise: a code or name, or a list of them; a region or
///   product may be a group;  where = "employees > 500 and output >= 20"
///
/// A maker is meant when every key that is there holds for it.

#include "stave/core/chain.hpp"

#include "long_csv.hpp"
#include "toml_section.hpp"

namespace stave {

/// [size] true for what one of the words names: an item, or every item of a group.
/// @throws Error not_found, naming near ones
[[nodiscard]] std::vector<bool> members_of(const Classification& items,
                                           const std::vector<std::string>& words);

/// The same of a cell of the row at hand; all where it is empty.
/// @throws Error as LongCsv::refuse, naming file, row, column and value
[[nodiscard]] std::vector<bool> members_of(const Classification& items, const LongCsv& in,
                                           std::string_view column);

struct Buyers {
  std::vector<NodeId> nodes;
  std::vector<std::size_t> columns;  ///< of final use
};

class MakerChoice {
 public:
  explicit MakerChoice(const Chain& chain) : chain_(&chain) {}

  /// The makers the section names; all of them where it names none and `open` allows that.
  /// @param key  where a mistake about the whole is told
  /// @throws Error bad_input  nobody is named and that is not allowed
  ///               not_found  a name the chain does not have; nobody is left
  [[nodiscard]] std::vector<NodeId> makers(TomlSection& section, bool open) const;
  /// Makers as users, unless makers = false, and final use: final_use = true, false or
  /// categories; by itself true where nothing but regions is named. Nothing but final_use names
  /// no makers.
  [[nodiscard]] Buyers buyers(TomlSection& section, bool open) const;
  /// Final use by keys `by` (regions) and `category`; all where neither is there.
  [[nodiscard]] std::vector<std::size_t> columns(TomlSection& section, std::string_view regions,
                                                 std::string_view categories) const;
  /// Regions under a key. Empty where it is not there.
  [[nodiscard]] std::vector<bool> regions(TomlSection& section, std::string_view key) const;
  [[nodiscard]] ProductId product(TomlSection& section, std::string_view key) const;
  /// The name of an attribute of makers; empty where the key is not there.
  [[nodiscard]] std::string attribute(TomlSection& section, std::string_view key) const;

 private:
  [[nodiscard]] bool narrow(TomlSection& section, std::vector<bool>& meant) const;
  [[nodiscard]] bool narrow_to_nodes(TomlSection& section, std::vector<bool>& meant) const;
  [[nodiscard]] bool narrow_to_enterprises(TomlSection& section, std::vector<bool>& meant) const;
  [[nodiscard]] bool narrow_by_attributes(TomlSection& section, std::vector<bool>& meant) const;
  [[nodiscard]] std::vector<std::size_t> final_use(TomlSection& section, bool nodes_named) const;

  const Chain* chain_;
};

}  // namespace stave
