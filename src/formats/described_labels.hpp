#pragma once
/// What each row and column of a described table is. Internal to the room.

#include "stave/formats/delimited.hpp"
#include "stave/formats/description.hpp"

#include <string>
#include <vector>

namespace stave {

enum class Role { skip, output, final_use, primary, imports, flow };

struct Label {
  Role role = Role::skip;
  std::size_t rule = 0;  ///< of final_use or primary
  std::string region;
  std::string sector;
  std::string shown;  ///< as the file has it, for messages
  std::string name;   ///< rows only
  std::string name_zh;
};

/// [columns of numbers]. @throws Error bad_input  a label that does not split, a rule that matches
/// no column or two of the same region
[[nodiscard]] std::vector<Label> described_columns(const NumericTable& table, const Description& d);
/// [rows]
[[nodiscard]] std::vector<Label> described_rows(const NumericTable& table, const Description& d);

}  // namespace stave
