#pragma once
/// Indices that cannot be mixed up. All start at 0 and index the arrays of one Chain.

#include <compare>
#include <concepts>
#include <cstddef>
#include <cstdint>

namespace stave {

template <class Tag>
struct Id {
  std::int32_t value = 0;
  constexpr Id() = default;
  constexpr explicit Id(std::integral auto v) : value(static_cast<std::int32_t>(v)) {}
  /// Position in a Chain's arrays.
  [[nodiscard]] constexpr std::size_t at() const { return static_cast<std::size_t>(value); }
  friend constexpr auto operator<=>(Id, Id) = default;
};

using NodeId = Id<struct NodeTag>;
using RegionId = Id<struct RegionTag>;
using ProductId = Id<struct ProductTag>;

}  // namespace stave
