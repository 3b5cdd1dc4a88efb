#pragma once
/// Internal to the room.

#include <string_view>

namespace stave {

/// A commented project with switches of every kind, which runs.
[[nodiscard]] std::string_view switch_template();

}  // namespace stave
