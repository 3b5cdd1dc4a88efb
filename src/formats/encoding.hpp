#pragma once
/// From the encodings tables come in to UTF-8. Internal to the room.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace stave {

/// Offset of the first byte that is not part of valid UTF-8 (or is zero), or the size when all is.
[[nodiscard]] std::size_t valid_utf8_prefix(std::string_view text);

/// UTF-8 without byte order mark. Nothing when `bytes` are that already, from `skip` on.
struct Decoded {
  std::size_t skip = 0;             ///< length of a byte order mark
  std::optional<std::string> text;  ///< when it had to be converted
};
/// @throws Error bad_input  in no encoding we know; names line and offset
[[nodiscard]] Decoded decode(const std::string& name, std::string_view bytes);

}  // namespace stave
