#pragma once
/// What Stave accepts. Beyond a limit it stops with too_large, before it takes the memory.

#include <cstddef>
#include <cstdint>

namespace stave::limit {

inline constexpr std::size_t max_nodes = 5'000'000;
inline constexpr std::size_t max_dense_nodes = 40'000;          ///< 12.8 GB
inline constexpr std::size_t max_dense_cascade_nodes = 20'000;  ///< weights: 3.2 or 6.4 GB
inline constexpr std::size_t max_links = 500'000'000;
inline constexpr std::uint64_t max_file_bytes = 16ULL << 30;
inline constexpr std::uint64_t max_unpacked_bytes = 16ULL << 30;
inline constexpr double max_unpack_ratio = 1'000;  ///< unpacked to packed: a zip bomb beyond
inline constexpr std::size_t max_cell_bytes = 1 << 16;
inline constexpr std::size_t max_columns = 2'000'000;

}  // namespace stave::limit
