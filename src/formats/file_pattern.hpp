#pragma once
/// File names with '*' and {year}. Internal to the room.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stave {

/// Does the name match one of the patterns? '*' stands for anything, {year} for four digits. The
/// year found, 0 when the pattern has none; nothing when no pattern matches.
[[nodiscard]] std::optional<int> match_file(const std::vector<std::string>& patterns,
                                            std::string_view name);

}  // namespace stave
