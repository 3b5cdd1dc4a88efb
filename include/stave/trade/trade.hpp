#pragma once
/// Gross exports taken apart: whose value added is in them, where it ends, what is counted twice.
///
/// Symbols of trade_table.hpp, and
///   A   Z diag(x)^-1      B    (I - A)^-1, everyone's            [n x n]
///   L_ss (I - A_ss)^-1, one trader's own                         [n_s x n_s]
///   A^s A without what s sells abroad (A_sr = 0, r != s)   B^s (I - A^s)^-1
///   T_s sum_{r != s} A_sr B_rs, what s makes for its own exports by way of others; so that
///       B_ss = L_ss (I + T_s)  and  B^s_:s = B_:s (I + T_s)^-1
///
///   const TradeTable table(chain, traders_of(chain));
///   const TradeInverse inverse = trade_inverse(table);
///   Decomposition d = decompose_exports(table, inverse, TradeMethod::borin_mancini_source);
///   d.terms[0](i, r);     // of what node i exports to trader r
///
/// Every method's terms sum to gross exports, node by node and partner by partner.
///
/// Sources: Koopman, Wang and Wei (2014), American Economic Review 104, 459; Wang, Wei and Zhu
/// (2013, revised 2018), NBER 19677; Borin and Mancini (2023), Economic Systems Research 35, 3;
/// Miroudot and Ye (2021), same 33, 67; OECD (2021), Guide to OECD's TiVA indicators.
/// Checked against: exvatools' WIOD-like table by all methods, decompr's leather table,
/// trade/reference.cpp.

#include "stave/analysis/analysis.hpp"
#include "stave/core/progress.hpp"
#include "stave/trade/trade_table.hpp"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace stave {

enum class TradeMethod { borin_mancini_source, borin_mancini_sink, wwz, kww, miroudot_ye, oecd };
inline constexpr std::array all_trade_methods = {TradeMethod::borin_mancini_source,
                                                 TradeMethod::borin_mancini_sink,
                                                 TradeMethod::wwz,
                                                 TradeMethod::kww,
                                                 TradeMethod::miroudot_ye,
                                                 TradeMethod::oecd};
/// "borin-mancini-source", as typed.
[[nodiscard]] std::string_view to_string(TradeMethod method);
/// @throws std::logic_error for a name that is none
[[nodiscard]] TradeMethod trade_method(std::string_view name);

/// What a term is a part of.
enum class TradeContent {
  absorbed,        ///< domestic value added that others use in the end
  returned,        ///< domestic value added that comes back home and is used there
  domestic,        ///< domestic value added, used anywhere
  domestic_twice,  ///< domestic value added that these exports count again
  foreign,         ///< value added of others
  foreign_twice,   ///< value added of others that exports count again
  foreign_all      ///< both of the last two
};

struct TradeTerm {
  std::string name;     ///< "vax1", a column's name
  std::string meaning;  ///< one line
  TradeContent content;
};
[[nodiscard]] const std::vector<TradeTerm>& trade_terms(TradeMethod method);

/// What all decompositions share.
struct TradeInverse {
  Matrix scaled;  ///< diag(scale)^-1 B [n x n]
  Matrix origin;  ///< W [R x n]: W_tj = sum_{i in t} V_i B_ij, value added of t in a unit of j
  Matrix use;     ///< diag(scale)^-1 B Y [n x R]
  double residual = 0;  ///< of B, as LeontiefSystem::inverse measures it
  double miss = 0;      ///< largest |1 - sum_t W_tj|
};

/// Cost: one inverse (2 n^3 operations), two passes over it; 8 n^2 bytes beside the flows.
/// @throws Error not_productive, no_convergence as LeontiefSystem; bad_input a flow or an output
///               that is not finite, or an output below zero
[[nodiscard]] TradeInverse trade_inverse(const TradeTable& table,
                                         Progress& progress = no_progress());

struct Decomposition {
  TradeMethod method = TradeMethod::borin_mancini_source;
  /// In the order of trade_terms: [n x R], of the exports of node i to trader r; 0 to its own.
  std::vector<Matrix> terms;
  /// Largest |sum of terms - E| of a trader, relative to what it exports.
  double residual = 0;
  double inverse_residual = 0;  ///< as TradeInverse tells
  double miss = 0;              ///< as TradeInverse tells
};

/// Cost beside the inverse: at most 2 n^2 (3 R + m) operations, m nodes a trader, and one or two
/// passes over Z; O(n R) memory a term.
/// Errors as trade_inverse.
[[nodiscard]] Decomposition decompose_exports(const TradeTable& table, const TradeInverse& inverse,
                                              TradeMethod method,
                                              Progress& progress = no_progress());

/// Trade in value added, whatever the method.
struct TradeTotals {
  std::vector<double> exports;  ///< [R] gross
  Matrix content;               ///< [R x R] value added of t in the exports of s (TiVA's EXGR_BSCI)
  std::vector<double> domestic;       ///< [R] its diagonal
  std::vector<double> foreign;        ///< [R] its other column sums: backward, FVA
  std::vector<double> indirect;       ///< [R] its other row sums: forward, DVX
  std::vector<double> participation;  ///< [R] (foreign + indirect) / exports; NaN without exports
  std::vector<double> position;  ///< [R] ln(1 + indirect / exports) - ln(1 + foreign / exports)
  Matrix use;                    ///< [R x R] value added of t in the final use of r
  std::vector<double> exported;  ///< [R] value added of t used elsewhere (VAX)
  Matrix node_use;               ///< [n x R] value added of node i in the final use of r
  std::vector<double> node_domestic;  ///< [n] value added of node i in its trader's exports
  std::vector<double> node_indirect;  ///< [n] ... in the exports of others (e2r of decompr)
  std::vector<double> node_foreign;   ///< [n] value added of others in the exports of node i (i2e)
};

/// Cost: one pass over the inverse.
/// Source: Johnson and Noguera (2012), Journal of International Economics 86, 224 (VAX); Koopman,
/// Powers, Wang and Wei (2010), NBER 16426 (participation, position).
[[nodiscard]] TradeTotals trade_totals(const TradeTable& table, const TradeInverse& inverse);

/// Revealed comparative advantage [R x P]: (q_sp / q_s) / (q_p / q), 1 being the world's own share;
/// NaN where a trader or the world has none.
/// @param amounts [n] gross exports (Balassa 1965), or node_domestic: "new" advantage on domestic
///                value added in exports by the sector it comes from
/// Source: Wang, Wei and Zhu (2013), NBER 19677, section 4.3.
[[nodiscard]] Matrix comparative_advantage(const TradeTable& table,
                                           const std::vector<double>& amounts);

/// `stave trade`.
[[nodiscard]] Analysis trade_analysis();

}  // namespace stave
