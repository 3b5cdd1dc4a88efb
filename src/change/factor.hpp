#pragma once
/// Factors, and what any mixture of the two years makes of coefficients and final use.

#include "stave/core/matrix.hpp"
#include "stave/linalg/leontief.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

#include "change/year.hpp"

namespace stave {

/// What a factor is made of: bits.
enum Atom : std::uint8_t {
  intensity_atom = 1,
  technology_atom = 2,    ///< C
  input_source_atom = 4,  ///< O of inputs
  final_source_atom = 8,  ///< O of final use
  mix_atom = 16,          ///< m
  users_atom = 32,        ///< t
  level_atom = 64
};
inline constexpr std::uint8_t coefficient_atoms = technology_atom | input_source_atom;
inline constexpr std::uint8_t final_atoms = final_source_atom | mix_atom | users_atom | level_atom;

struct Factor {
  std::string_view name;
  std::uint8_t atoms = 0;
};
/// @throws Error bad_input  a count outside 3 .. 6
[[nodiscard]] const std::vector<Factor>& factor_list(int count);

/// Y in any mixture of the years. What is undefined in one year (the mix of a user without final
/// use, the origin of a product nobody buys) is taken from the other.
class FinalUse {
 public:
  /// @param split_users  the shares of users are a factor of their own
  /// @throws Error bad_input  a user's final use sums to zero but is not, or all final use does,
  ///                          where that is a factor
  FinalUse(const YearPair& years, int factors);

  /// y_jk with the atoms of the second year, all others of the first.
  [[nodiscard]] double value(std::size_t j, std::size_t k, std::uint8_t second) const;
  [[nodiscard]] Matrix values(std::uint8_t second) const;  ///< [n x u]
  /// m' [n x u] by year: y_jk / (t_k Y), or y_jk / Y where users are no factor.
  [[nodiscard]] double mix(int year, std::size_t j, std::size_t k) const;
  [[nodiscard]] double share(int year, std::size_t k) const { return share_[at(year)][k]; }
  [[nodiscard]] double level(int year) const { return level_[at(year)]; }

 private:
  static std::size_t at(int year) { return static_cast<std::size_t>(year); }
  void fill_sources();
  [[nodiscard]] double composition(std::size_t j, std::size_t k, std::uint8_t second) const;

  const YearPair* years_;
  int factors_;
  double level_[2] = {0, 0};
  std::vector<double> share_[2];  ///< [u]
  std::vector<double> total_[2];  ///< [u] divisor of a user's composition
  Matrix product_[2];             ///< [products x u] final use of a product from anywhere
};

/// A = C o O with C of one year and O of the other, as flows at outputs of 1.
[[nodiscard]] FlowMatrix mixed_coefficients(const YearPair& years, const Year& technology,
                                            const Year& source);

}  // namespace stave
