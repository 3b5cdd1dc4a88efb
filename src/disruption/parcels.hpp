#pragma once
/// How many deliveries may be on their way at once: each is held until it arrives.

#include "stave/core/error.hpp"

#include <cstddef>

#include <fmt/format.h>

namespace stave {

inline constexpr std::size_t most_parcels = 100'000'000;  ///< 2.4 GB

/// @throws Error too_large
inline void check_parcels(std::size_t parcels) {
  if (parcels > most_parcels)
    throw Error(Errc::too_large,
                fmt::format("{} deliveries would be on their way at once", parcels),
                fmt::format("At most {}: delay fewer links, or by fewer days.", most_parcels));
}

}  // namespace stave
