#pragma once
/// JSON that others wrote, read so that nothing that goes through it level by level runs out of
/// stack. Internal to the room.

#include "stave/core/error.hpp"

#include <string>
#include <string_view>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace stave {

inline constexpr int most_json_levels = 100;

/// Discarded where the text is no JSON.
/// @throws Error too_large  more levels than that, naming the file
template <class Json = nlohmann::json>
[[nodiscard]] Json shallow_json(const std::string& file, std::string_view text) {
  const auto level = [&](int depth, typename Json::parse_event_t /*event*/, Json& /*value*/) {
    if (depth <= most_json_levels) return true;
    throw Error(Errc::too_large,
                fmt::format("{}: lists and objects lie more than {} deep in one another", file,
                            most_json_levels));
  };
  return Json::parse(text, level, false);
}

}  // namespace stave
