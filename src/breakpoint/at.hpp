#pragma once
/// Links hold signed positions; vectors want std::size_t.

#include <cstddef>
#include <cstdint>

namespace stave {

inline std::size_t at(std::int64_t i) { return static_cast<std::size_t>(i); }

}  // namespace stave
