#pragma once
/// Eight scenarios side by side: one row a node, one lane a scenario.

#include "stave/core/large_pages.hpp"

#include <array>
#include <cstddef>
#include <vector>

// The loader picks the form that the processor has.
#if defined(__x86_64__) && !defined(__clang__)
#define STAVE_VECTORISED [[gnu::target_clones("avx2", "default")]]
#else
#define STAVE_VECTORISED
#endif

namespace stave {

inline constexpr std::size_t lanes = 8;

struct alignas(64) LaneRow {
  std::array<double, lanes> at{};
};
using Panel = std::vector<LaneRow, LargePageAllocator<LaneRow>>;  ///< [n]

/// Four lanes; the compiler makes one AVX or two SSE operations of each.
using Four [[gnu::vector_size(32), gnu::may_alias]] = double;
inline constexpr std::size_t fours = lanes / 4;

[[gnu::always_inline]] inline Four& four(LaneRow& row, std::size_t f) {
  return reinterpret_cast<Four*>(row.at.data())[f];
}
[[gnu::always_inline]] inline const Four& four(const LaneRow& row, std::size_t f) {
  return reinterpret_cast<const Four*>(row.at.data())[f];
}
[[gnu::always_inline]] inline void raise(Four& a, const Four& b) { a = a > b ? a : b; }
[[gnu::always_inline]] inline void lower(Four& a, const Four& b) { a = a < b ? a : b; }

/// Losses passed on in one round, by node that lost. Buyers of a cut feel a cut node differently.
struct LostPanels {
  const Panel& all;
  const Panel& cut_buyers;
};

}  // namespace stave
