#pragma once
/// Unpacking of gz and xz, under limits. Internal to the room.

#include "stave/formats/source.hpp"

#include <string>
#include <string_view>

namespace stave {

[[nodiscard]] bool is_gzip(std::string_view bytes);
[[nodiscard]] bool is_xz(std::string_view bytes);
/// All members one after the other. `name` is for messages.
/// @throws Error bad_input  cut short or damaged;  too_large  beyond `limits`
[[nodiscard]] std::string unpack_gzip(const std::string& name, std::string_view packed,
                                      const UnpackLimit& limits);
[[nodiscard]] std::string unpack_xz(const std::string& name, std::string_view packed,
                                    const UnpackLimit& limits);

/// @throws Error too_large  when `unpacked` bytes out of `packed` are beyond `limits`
void check_unpacked(const std::string& name, std::uint64_t unpacked, std::uint64_t packed,
                    const UnpackLimit& limits);
[[noreturn]] void cut_short(const std::string& name, std::string_view kind);
[[noreturn]] void damaged(const std::string& name, std::string_view kind, std::string_view why);

}  // namespace stave
