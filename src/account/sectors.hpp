#pragma once
/// Accounts by region and product.

#include "stave/account/account.hpp"

namespace stave {

/// S for the chosen stressors [s x n].
[[nodiscard]] Matrix chosen_intensities(const Chain& chain,
                                        const std::vector<std::size_t>& stressors);

/// Two ways to the same accounts: by the multipliers of each region's own stressors (s R
/// right-hand sides), or by the output behind each final product of each region (R P).
enum class SectorWay { automatic, by_stressor, by_product };

/// @param made  X = L Y by region [n x R]
[[nodiscard]] SectorAccounts sector_accounts(const Chain& chain, LeontiefSystem& system,
                                             const std::vector<std::size_t>& stressors,
                                             const Matrix& made, Progress& progress,
                                             SectorWay way = SectorWay::automatic);

}  // namespace stave
