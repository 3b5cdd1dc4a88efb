#pragma once
/// The footprint of a product by process: h = c' B T^-1 f, and what makes it up.
///
///   FootprintSystem system(link(inventory));
///   const Footprint car = system.footprint(demand);        // T s = f
///   system.intensities();                                  // T' l = B' c: every product at once
///   system.score(other);                                   // l' f: any further one
///
///   s [n]  runs of each process
///   g [n]  B' c, kg CO2-equivalent given off by one run
///   l [n]  kg CO2-equivalent behind one unit of each product
///   h      g' s = l' f
///
/// Source: Heijungs and Suh (2002), The Computational Structure of Life Cycle Assessment, chapters
/// 2 and 8. Checked against: product/reference.cpp; a system of six worked by hand.

#include "stave/core/chain.hpp"
#include "stave/inventory/product_system.hpp"
#include "stave/linalg/sparse_system.hpp"

#include <span>
#include <string>
#include <vector>

namespace stave {

struct Footprint {
  Demand demand;
  double score = 0;          ///< h, kg CO2-equivalent
  std::vector<double> runs;  ///< s [n]
  double residual = 0;       ///< |f - T s| / |f|
  double gap = 0;            ///< |g' s - l' f| / |h|: two ways to one number
  int passes = 0;            ///< of the iteration; 0: factors
};

class FootprintSystem {
 public:
  /// @throws Error not_productive  a loop that takes as much of a product as it makes, or more;
  ///                               names the way round it
  explicit FootprintSystem(ProductSystem system, const SparseOptions& options = {});

  [[nodiscard]] const ProductSystem& system() const { return system_; }
  [[nodiscard]] std::size_t size() const { return system_.size(); }
  [[nodiscard]] const SparseColumns& technosphere() const { return matrix_; }
  [[nodiscard]] const SparseSystem& solver() const { return solver_; }
  /// Where each entry of system().technosphere stands among the values of technosphere().
  [[nodiscard]] const std::vector<std::int32_t>& places() const { return places_; }
  [[nodiscard]] const std::vector<double>& direct() const { return direct_; }            ///< g
  [[nodiscard]] const std::vector<double>& intensities() const { return intensities_; }  ///< l
  [[nodiscard]] double adjoint_residual() const { return adjoint_residual_; }

  /// One solve. @throws Error not_productive as the constructor
  [[nodiscard]] Footprint footprint(const Demand& demand) const;
  /// Without a solve.
  [[nodiscard]] double score(const Demand& demand) const {
    return intensities_[demand.process] * demand.amount;
  }
  /// First-tier contributions of every process at once, in the places of technosphere():
  /// -l_i T(i, j), kg behind the input i of one run of j.
  [[nodiscard]] std::vector<double> first_tier() const;

 private:
  [[noreturn]] void refuse_loop(std::size_t process, const std::string& what) const;
  ProductSystem system_;
  std::vector<std::int32_t> places_;
  SparseColumns matrix_;
  SparseSystem solver_;
  std::vector<double> direct_;
  std::vector<double> intensities_;
  double adjoint_residual_ = 0;
};

/// Parts that add up to the score.
struct FootprintPart {
  std::string name;
  double kilograms = 0;
};

/// By tier: 0 what the process asked for gives off itself, 1 its suppliers, ...; the last part is
/// the remainder beyond `tiers`. s_0 = D^-1 f, s_k+1 = D^-1 (D - T) s_k with D the diagonal of T.
[[nodiscard]] std::vector<FootprintPart> by_tier(const FootprintSystem& system,
                                                 const Footprint& footprint, int tiers);
/// By component: the asked process' own emissions, and each of its inputs with all behind it, under
/// the component the inventory names, else under its product. Largest first.
[[nodiscard]] std::vector<FootprintPart> by_component(const FootprintSystem& system,
                                                      const Footprint& footprint);

/// A branch of what stands behind the product: process, how much of it, for whom.
struct FootprintBranch {
  int tier = 0;
  std::size_t process = 0;
  std::size_t parent = 0;  ///< position in the list; itself for the root
  double amount = 0;       ///< of its product
  double kilograms = 0;    ///< with all behind it
  double own = 0;          ///< its own emissions
  double left_out = 0;     ///< of the branches behind it that are too small, or too deep
};
/// Depth first, largest first. A branch below `threshold` of the score, or beyond `depth`, is left
/// out; kilograms = own + branches listed + left_out, for every branch.
[[nodiscard]] std::vector<FootprintBranch> branches(const FootprintSystem& system,
                                                    const Footprint& footprint, double threshold,
                                                    int depth, std::size_t most = 10'000);

/// Flow of embodied emissions from a process to one it supplies: l_i (-T(i, j)) s_j.
struct EmbodiedFlow {
  std::size_t from = 0;
  std::size_t to = 0;
  double kilograms = 0;
};
/// Largest first. What comes into a process with its own emissions is what leaves it.
[[nodiscard]] std::vector<EmbodiedFlow> embodied_flows(const FootprintSystem& system,
                                                       const Footprint& footprint);

/// Gives the processes that stand for sectors of a table their emissions: kg CO2-equivalent behind
/// one unit of money, S L, of every stressor of the chain the factors know.
/// @returns what it is made of, for the notes
/// @throws Error missing_part  there are such processes and no table, or one without emissions
///               not_found     a sector the table does not have
///               bad_input     another currency than the table's
[[nodiscard]] std::string price_sectors(ProductSystem& system, const Inventory& inventory,
                                        const Chain& chain);

}  // namespace stave
