#pragma once
/// A generated firm network that follows the published laws of degree and size: for trying Stave
/// out, and for measuring how cost grows. Illustrative, never a real economy.
///
///   size of firm i        s_i Pareto, P(S > s) = s^-1.06                 (Axtell 2001, Science
///   293) customers, suppliers  tails P(K > k) ~ k^-1.26, k^-1.35              (Fujiwara, Aoyama
///   2010,
///                         so seller i is drawn ~ s_i^(1.06/1.26)          EPJ B 77; Japan)
///                         and buyer j ~ s_j^(1.06/1.35)
///   industries            sizes ~ 1/rank; each buys from about a tenth of the industries
///   The tails come out a little steeper: no firm can have more customers than there are firms.
///   link value            (s_i s_j)^0.5 exp(N(0, 1)), summed over repeated draws
///
///   auto chain = generate_firms({.firms = 10'000, .links = 57'000, .industries = 20, .seed = 1});

#include "stave/core/chain.hpp"

#include <cstdint>

namespace stave {

struct FirmOptions {
  std::size_t firms = 1'000;    ///< 2 to limit::max_nodes
  std::size_t links = 6'000;    ///< different ones; a small network may hold fewer
  std::size_t industries = 20;  ///< the first three in five make goods
  std::uint64_t seed = 1;
};

/// Every draw depends on (seed, stream, index) alone: the same chain on any machine.
/// Cost: O(firms + links log links).
/// @throws Error bad_input  fewer than 2 firms or 1 industry;  too_large  beyond limit.hpp
[[nodiscard]] Chain generate_firms(const FirmOptions& options);

}  // namespace stave
