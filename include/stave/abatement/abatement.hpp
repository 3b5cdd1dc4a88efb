#pragma once
/// What changes in a product's footprint when suppliers, materials, routes or energy change, what
/// it costs, and which tons are cheapest.
///
///   const auto switches = link_switches(inventory, system.system());
///   const SwitchModel model(system, before, switches, 1);
///   model.at(shares).score;                          // exact, without another solve with T
///   const auto steps = abatement_curve(model, shares, names, {});
///
///   T [n x n], T' = T + E W'   E [n x r] unit columns of the r rows that are touched,
///                              W' [r x n] what is added there
///   X [n x r]  T X = E;   l_E [r]  X' g, kg behind one unit of those rows' products
///   s' = s - X y,  (I + W' X) y = W' s,  h' = h - l_E' y
///   C = sum over k and inputs j of s'_j u_j L a_k p_k,  p_k money more for one unit moved
///
/// Entries with the same row and the same switches move together, so that W' X and W' s are sums of
/// a few vectors, made once: an evaluation costs O(r^3), whatever n.
///
/// Source: Sherman and Morrison (1950), Annals of Mathematical Statistics 21, 124; Woodbury (1950),
/// Memorandum 42, Princeton; the curve: Kesicki and Ekins (2012), Climate Policy 12, 219; its
/// order: Ward (2014), Energy Policy 73, 820. Checked against: the system written anew and
/// solved by dense elimination (tests/abatement).

#include "stave/analysis/analysis.hpp"
#include "stave/inventory/switch.hpp"
#include "stave/product/footprint.hpp"

#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace stave {

inline constexpr std::size_t most_switches = 200;
inline constexpr std::size_t most_enumerated = 14;  ///< 2^14 subsets are tried

struct SwitchOutcome {
  double score = 0;          ///< kg CO2-equivalent
  std::vector<double> cost;  ///< [switches] money more, 0 where the share is 0; NaN: not known

  /// Of all; NaN where one is not known.
  [[nodiscard]] double total_cost() const;
};

class SwitchModel {
 public:
  /// @param amount  units of what the project asks for, for costs that hang on no input
  /// Cost: one solve with T for each row touched, then one pass over the inputs moved.
  /// @throws Error too_large  more than most_switches;  not_productive
  SwitchModel(const FootprintSystem& system, const Footprint& before,
              std::span<const LinkedSwitch> switches, double amount);
  ~SwitchModel();
  SwitchModel(SwitchModel&&) noexcept;
  SwitchModel& operator=(SwitchModel&&) noexcept;

  [[nodiscard]] std::size_t size() const;  ///< switches
  [[nodiscard]] double before() const;
  /// Footprint and cost with the switches at these shares, exact.
  /// @param shares  [switches], as require_shares wants them
  /// @throws Error not_productive  with them a loop takes more than it makes
  [[nodiscard]] SwitchOutcome at(std::span<const double> shares) const;
  /// Money paid now for the inputs that these switches move, by the runs of the inventory; NaN
  /// where a price is not known.
  [[nodiscard]] double paid(std::span<const double> shares) const;

 private:
  struct State;
  std::unique_ptr<const State> state_;
};

/// One switch more, those before it in place.
struct AbatementStep {
  std::size_t which = 0;
  double saved = 0;       ///< kg CO2-equivalent
  double extra_cost = 0;  ///< of all that are in place, less that without it; NaN: not known
  bool chosen = true;     ///< within the budget
};

enum class BudgetMethod { none, enumeration, greedy };

struct BudgetChoice {
  std::vector<bool> chosen;  ///< [switches]
  double saved = 0;
  double cost = 0;
  BudgetMethod method = BudgetMethod::none;
  std::size_t tried = 0;                ///< combinations evaluated
  std::vector<std::size_t> not_costed;  ///< left out: nobody knows what they cost
};

/// Which switches, each at its share or not at all, save most for at most that much money; of equal
/// ones the cheaper. Every combination is tried where no more than most_enumerated can be chosen;
/// else the cheapest ton that still fits is taken, again and again, and `method` says so.
/// @param budget  0 or more: none of them is within any budget
[[nodiscard]] BudgetChoice best_within(const SwitchModel& model, std::span<const double> shares,
                                       std::span<const LinkedSwitch> switches, double budget);

/// Cheapest ton first, each step computed with those before it in place: money saved first, then by
/// cost per ton, then those whose cost is not known, largest first, then those that save nothing.
/// Those chosen within a budget go before the others. Switches with a share of 0 are left out. The
/// last step's totals are those of all together.
[[nodiscard]] std::vector<AbatementStep> abatement_curve(
    const SwitchModel& model, std::span<const double> shares,
    const std::optional<BudgetChoice>& choice = std::nullopt);

/// Money for one ton saved; NaN where nothing is saved or the cost is not known.
[[nodiscard]] double cost_per_tonne(double saved, double extra_cost);

/// "low-carbon steel=0.5, green power=0" over the project's own shares.
/// @throws Error bad_input  what is no share, or one twice;  not_found  no such switch
[[nodiscard]] std::vector<double> shares_of(const std::vector<Switch>& switches,
                                            std::string_view text);

// Risk -------------------------------------------------------------------------------------------

/// One side of a switch in a chain.
struct SwitchSide {
  std::size_t which = 0;
  bool is_new = false;
  NodeId node;
  double stops = 0;     ///< share of the buyer's output lost when that maker stops
  double systemic = 0;  ///< ESRI by output when it stops
  double exposure = 0;  ///< share of the buyer's look-through input from its region
  bool moved = false;   ///< measured with purchases moved there
  int tier = 0;         ///< whose: 0 the buyer's own, 1 its suppliers', ...
};

/// For every switch that names nodes: the old maker in the chain as it is, the new one with the
/// share of the purchases moved to it, at the same value: the buyer's own, or where it buys nothing
/// from the old maker, those of the first tier of its suppliers that do. Rules of the cascade:
/// those `stave systemic` has by itself, followed until no output falls by more than 1e-6.
/// @throws Error not_found  a node that is not in the chain;  as cascade_all and LeontiefSystem
[[nodiscard]] std::vector<SwitchSide> switch_risks(const Chain& chain, NodeId buyer,
                                                   const std::vector<Switch>& switches,
                                                   std::span<const double> shares,
                                                   Progress& progress = no_progress());

[[nodiscard]] Analysis switch_analysis();

}  // namespace stave
