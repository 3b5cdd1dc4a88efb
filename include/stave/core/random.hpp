#pragma once
/// Counter-based random numbers: a draw depends on (seed, stream, index) and on nothing else, so
/// that any thread may make any draw in any order.

#include <cstdint>

namespace stave {

/// 64 mixed bits of three counters (the splitmix64 finaliser, chained; Steele, Lea,
/// Flood 2014).
[[nodiscard]] std::uint64_t random_bits(std::uint64_t seed, std::uint64_t stream,
                                        std::uint64_t index);
/// Uniform in [0, 1), 53 bits.
[[nodiscard]] double random_uniform(std::uint64_t seed, std::uint64_t stream, std::uint64_t index);

}  // namespace stave
