#pragma once
/// Work in fixed parts, spread over the threads. Which part a row belongs to depends on the sizes
/// alone, so the bits of an answer do not depend on the number of threads.

#include <algorithm>
#include <cstddef>

#include <tbb/parallel_for.h>

namespace stave {

[[nodiscard]] constexpr std::size_t part_count(std::size_t n, std::size_t part) {
  return (n + part - 1) / part;
}

/// Calls work(first, last) for [0, part), [part, 2 part) ... up to n.
template <class F>
void for_each_part(std::size_t n, std::size_t part, F&& work) {
  const auto run = [&](std::size_t p) { work(p * part, std::min(n, (p + 1) * part)); };
  const auto parts = part_count(n, part);
  if (parts == 1) return run(0);
  tbb::parallel_for(std::size_t{0}, parts, run);
}

}  // namespace stave
