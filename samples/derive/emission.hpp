#pragma once
/// Emissions of one classification of industries brought into a table of another.
///
///   e_rk [kt]     emission of region r, industry k, as the account states it
///   T_k           the table's products that industry k belongs to (a bridge, read from a csv)
///   F_rt += e_rk x_rt / sum_{u in T_k} x_ru     for t in T_k
///
/// One product in T_k takes the whole. Where the products of T_k make nothing in a region, the
/// industry's emission goes to the product named under `otherwise`.

#include "stave/core/chain.hpp"

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace stave::sample {

struct Emission {
  std::string region;    ///< code in the table
  std::string industry;  ///< code or name in the account
  double value = 0;
};

struct BridgeRule {
  std::vector<std::string> to;  ///< product codes; several: divided by their output
  std::string otherwise;        ///< product code, may be empty
};
using Bridge = std::map<std::string, BridgeRule, std::less<>>;

/// Reads `from, ..., to, ..., basis [, otherwise], ...`; basis is `whole` or `output`.
/// @throws Error bad_input  a missing column, an unknown basis, `whole` with several products
[[nodiscard]] Bridge read_bridge(const std::filesystem::path& path);

struct Spread {
  std::vector<double> value;       ///< [n] emission of each node
  std::vector<double> divided;     ///< [n] the part of it that came from a division by output
  std::vector<std::string> moved;  ///< what went to `otherwise`, in words
};

/// @throws Error not_found  a region, an industry or a product that does not exist
///               bad_input  an emission with nowhere to go
[[nodiscard]] Spread spread(const Chain& chain, const std::vector<Emission>& emissions,
                            const Bridge& bridge);

}  // namespace stave::sample
