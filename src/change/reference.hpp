#pragma once
/// The slow, obvious twins: every order walked through, with an inverse at every step; every term
/// of the logarithmic means with its logarithms.

#include "stave/change/change.hpp"

namespace stave::reference {

/// [K x n] effects by maker, mean of the K! orders (or of the first and the last), and their
/// deviation. Value added, users are regions, chains in one order of makers, no zeros where a share
/// is formed.
struct Effects {
  Matrix mean;
  Matrix deviation;
};
[[nodiscard]] Effects change_by_orders(const Chain& first, const Chain& second, int factors,
                                       bool all_orders);

/// [K x n] of terms that are all above zero, factors 3 to 5.
[[nodiscard]] Matrix change_by_logarithms(const Chain& first, const Chain& second, int factors);

}  // namespace stave::reference
