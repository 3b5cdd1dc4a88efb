#pragma once
/// What every engine asks of a shock, how a cascade starts and when it is at rest.

#include "stave/cascade/cascade.hpp"

namespace stave {

/// @throws Error bad_input  unless 0 <= share <= 1
void check_share(double share, std::size_t node);
/// @throws Error bad_input  unless there is a share for each of n nodes
void check_shock(std::span<const double> shock, std::size_t n);
/// @throws Error bad_input  an eps that is negative or not finite
void check_eps(double eps);

/// h before the first round: 1 - shock.
[[nodiscard]] std::vector<double> left_by(std::span<const double> shock);
/// The stop rule, after the round that led from `from` to `to`.
[[nodiscard]] bool at_rest(const std::vector<double>& out, const CascadeResult& from,
                           const CascadeResult& to, const CascadeOptions& options);

}  // namespace stave
