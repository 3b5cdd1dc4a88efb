// Sobol points by the direction numbers of S. Joe and F. Y. Kuo (2008), new-joe-kuo-6.21201, the
// first 53 of their 21,201 dimensions: degree s, polynomial a and m_1 ... m_s of each. Their data
// are published under terms of the BSD kind:
// Copyright (c) 2008, Frances Y. Kuo and Stephen Joe. All rights reserved.

#include "stave/scenario/sampling.hpp"

#include <array>

namespace stave {
namespace {

struct Direction {
  unsigned s = 0;
  unsigned a = 0;
  std::array<std::uint32_t, 8> m{};
};

// Dimension 1 needs none.
constexpr std::array<Direction, most_sobol_numbers - 1> directions{{
    {1, 0, {1}},
    {2, 1, {1, 3}},
    {3, 1, {1, 3, 1}},
    {3, 2, {1, 1, 1}},
    {4, 1, {1, 1, 3, 3}},
    {4, 4, {1, 3, 5, 13}},
    {5, 2, {1, 1, 5, 5, 17}},
    {5, 4, {1, 1, 5, 5, 5}},
    {5, 7, {1, 1, 7, 11, 19}},
    {5, 11, {1, 1, 5, 1, 1}},
    {5, 13, {1, 1, 1, 3, 11}},
    {5, 14, {1, 3, 5, 5, 31}},
    {6, 1, {1, 3, 3, 9, 7, 49}},
    {6, 13, {1, 1, 1, 15, 21, 21}},
    {6, 16, {1, 3, 1, 13, 27, 49}},
    {6, 19, {1, 1, 1, 15, 7, 5}},
    {6, 22, {1, 3, 1, 15, 13, 25}},
    {6, 25, {1, 1, 5, 5, 19, 61}},
    {7, 1, {1, 3, 7, 11, 23, 15, 103}},
    {7, 4, {1, 3, 7, 13, 13, 15, 69}},
    {7, 7, {1, 1, 3, 13, 7, 35, 63}},
    {7, 8, {1, 3, 5, 9, 1, 25, 53}},
    {7, 14, {1, 3, 1, 13, 9, 35, 107}},
    {7, 19, {1, 3, 1, 5, 27, 61, 31}},
    {7, 21, {1, 1, 5, 11, 19, 41, 61}},
    {7, 28, {1, 3, 5, 3, 3, 13, 69}},
    {7, 31, {1, 1, 7, 13, 1, 19, 1}},
    {7, 32, {1, 3, 7, 5, 13, 19, 59}},
    {7, 37, {1, 1, 3, 9, 25, 29, 41}},
    {7, 41, {1, 3, 5, 13, 23, 1, 55}},
    {7, 42, {1, 3, 7, 3, 13, 59, 17}},
    {7, 50, {1, 3, 1, 3, 5, 53, 69}},
    {7, 55, {1, 1, 5, 5, 23, 33, 13}},
    {7, 56, {1, 1, 7, 7, 1, 61, 123}},
    {7, 59, {1, 1, 7, 9, 13, 61, 49}},
    {7, 62, {1, 3, 3, 5, 3, 55, 33}},
    {8, 14, {1, 3, 1, 15, 31, 13, 49, 245}},
    {8, 21, {1, 3, 5, 15, 31, 59, 63, 97}},
    {8, 22, {1, 3, 1, 11, 11, 11, 77, 249}},
    {8, 38, {1, 3, 1, 11, 27, 43, 71, 9}},
    {8, 47, {1, 1, 7, 15, 21, 11, 81, 45}},
    {8, 49, {1, 3, 7, 3, 25, 31, 65, 79}},
    {8, 50, {1, 3, 1, 1, 19, 11, 3, 205}},
    {8, 52, {1, 1, 5, 9, 19, 21, 29, 157}},
    {8, 56, {1, 3, 7, 11, 1, 33, 89, 185}},
    {8, 67, {1, 3, 3, 3, 15, 9, 79, 71}},
    {8, 70, {1, 3, 7, 11, 15, 39, 119, 27}},
    {8, 84, {1, 1, 3, 1, 11, 31, 97, 225}},
    {8, 97, {1, 1, 1, 3, 23, 43, 57, 177}},
    {8, 103, {1, 3, 7, 7, 17, 17, 37, 71}},
    {8, 115, {1, 3, 1, 5, 27, 63, 123, 213}},
    {8, 122, {1, 1, 3, 5, 11, 43, 53, 133}},
}};

using Matrix32 = std::array<std::uint32_t, 32>;  // bits of v_1, v_2 ...

// v_k = m_k / 2^k; m_k = 2 a_1 m_(k-1) ^ ... ^ 2^s m_(k-s) ^ m_(k-s)
constexpr Matrix32 generator(const Direction& d) {
  Matrix32 v{};
  for (unsigned k = 0; k < 32; ++k) {
    if (k < d.s) {
      v.at(k) = d.m.at(k) << (31 - k);
      continue;
    }
    v.at(k) = v.at(k - d.s) ^ (v.at(k - d.s) >> d.s);
    for (unsigned i = 1; i < d.s; ++i)
      if ((d.a >> (d.s - 1 - i) & 1U) != 0) v.at(k) ^= v.at(k - i);
  }
  return v;
}

constexpr std::array<Matrix32, most_sobol_numbers> generators() {
  std::array<Matrix32, most_sobol_numbers> all{};
  for (unsigned k = 0; k < 32; ++k) all[0].at(k) = 1U << (31 - k);
  for (std::size_t d = 0; d < directions.size(); ++d) all.at(d + 1) = generator(directions.at(d));
  return all;
}

}  // namespace

std::uint32_t sobol_bits(std::uint32_t index, std::size_t number) {
  static constexpr auto all = generators();
  const auto& v = all.at(number);
  std::uint32_t point = 0;
  for (std::size_t k = 0; index != 0; index >>= 1, ++k)
    if ((index & 1U) != 0) point ^= v.at(k);
  return point;
}

}  // namespace stave
