#pragma once
/// What each region causes where: production, consumption, import and export accounts.
///
///   n nodes, R regions, s stressors
///   S  [s x n]   F diag(x)^-1, stressor a unit of output, zero where x = 0
///   X  [n x R]   L Y, output of every node for the final use of region r; L = (I - A)^-1
///   E_qr = sum_{i in q} S_i X_ir     stressor in region q for the final use of region r
///
///   production  D_pba_r = sum_{i in r} F_i + F_Y,r       consumption D_cba_r = sum_q E_qr + F_Y,r
///   imports     D_imp_r = sum_{q != r} E_qr              exports     D_exp_q = sum_{r != q} E_qr
///   multipliers M = S L [s x n], stressor everywhere a unit of final use of node j
///
///   RegionalAccounts a = accounts(chain);
///   a.consumption(0, 3);   // first stressor, fourth region
///
/// Source: Kanemoto, Lenzen, Peters, Moran, Geschke (2012), Environmental Science & Technology 46,
/// 172; names and conventions of pymrio (Stadler 2021, Journal of Open Research Software 9, 8).
/// Checked against: every account of pymrio's test table, Germany 1995 (Eurostat manual).

#include "stave/analysis/analysis.hpp"
#include "stave/core/chain.hpp"
#include "stave/core/progress.hpp"
#include "stave/linalg/leontief.hpp"

#include <optional>
#include <string>
#include <vector>

namespace stave {

struct AccountOptions {
  std::vector<std::size_t> stressors;  ///< rows of F; empty: all
  bool sectors = false;                ///< also by region and product
  bool multipliers = false;            ///< also M
  bool bilateral = false;              ///< also E
  SolveMethod method = SolveMethod::automatic;
};

/// The same accounts by region and product: column r * products + p. Production and exports are of
/// what region r makes of product p; consumption and imports of the final product p that r uses,
/// wherever it comes from (pymrio's D_cba). F_Y belongs to no product and is left out.
struct SectorAccounts {
  Matrix production;   ///< [s x R P]
  Matrix consumption;  ///< [s x R P]
  Matrix imports;      ///< [s x R P]
  Matrix exports;      ///< [s x R P]
};

struct RegionalAccounts {
  std::vector<std::size_t> stressors;     ///< rows of F, in the order of the rows below
  Matrix production;                      ///< D_pba [s x R]
  Matrix consumption;                     ///< D_cba [s x R]
  Matrix imports;                         ///< D_imp [s x R]
  Matrix exports;                         ///< D_exp [s x R]
  std::optional<SectorAccounts> sectors;  ///< on demand
  Matrix multipliers;                     ///< M [s x n], on demand
  std::vector<Matrix> bilateral;          ///< [s] of E [R x R], on demand
  std::vector<double> unattributed;       ///< [s] stressors of nodes without output, in no D_cba
  std::vector<double> imbalance;  ///< [s] |sum pba - sum cba - unattributed| / sum |F| and |F_Y|
  Solution solution;              ///< how X was solved; its values are empty

  [[nodiscard]] double worst_imbalance() const;
};

/// Cost: R right-hand sides and 2 s n R operations, O((s + n) R) memory besides the solver's. By
/// sector: min(s R, R P) right-hand sides more; multipliers: s more.
/// @throws Error missing_part    no stressors or no final use
///               bad_input       a stressor, flow or output that is not finite, output below zero
///               not_productive, no_convergence, too_large as LeontiefSystem
[[nodiscard]] RegionalAccounts accounts(const Chain& chain, const AccountOptions& options = {},
                                        Progress& progress = no_progress());

/// The same with a system of the chain's flows and output that serves for more than this.
[[nodiscard]] RegionalAccounts accounts(const Chain& chain, LeontiefSystem& system,
                                        const AccountOptions& options,
                                        Progress& progress = no_progress());

/// `stave accounts`.
[[nodiscard]] Analysis accounts_analysis();

}  // namespace stave
