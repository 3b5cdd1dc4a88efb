#pragma once
/// Choke points of a region: what would stop it if a source outside its control were cut, and the
/// mirror question, what would stop others if the region stopped supplying them.
///
///   g = (supplying region, product)   a source; f the focal region
///   loss     value added of f lost when g stops supplying f, downstream cascade with the chain's
///            recipe and market substitution: the lower end
///   share    look-through share of g in what f uses (LF / TI): the upper end, linear
///
/// No weighted sum of unlike indices: the loss is the measure, the rest explains it.
/// Sources: Diem et al. (2022), Scientific Reports 12, 7719 (cascade); Baldwin, Freeman,
/// Theodorakopoulos (2023), NBER 31820 (look-through); European Commission (2021), SWD(2021) 352
/// (tests by product). Checked against: the published trial on the world table of 2011
/// (tests/exposure/world_trial_test.cpp) and FPEM of a 48-sector table (look_through_test.cpp).

#include "stave/analysis/analysis.hpp"
#include "stave/cascade/cascade_all.hpp"
#include "stave/core/limit.hpp"

#include <string>
#include <vector>

namespace stave {

/// LF = L diag(final use), columns summed over the users' regions and divided by their total TI;
/// face value (I + A) diag(final use) / TI, what is seen without looking past the first tier.
struct LookThrough {
  Matrix share;         ///< FPEM [n x regions]: of all that goes into r's products, what g makes
  Matrix face;          ///< FPEMfv [n x regions]; hidden exposure is the difference
  double residual = 0;  ///< worst relative true residual of the solve
  std::string method;
  int passes = 0;
  std::size_t clipped = 0;  ///< nodes of negative output, which count as without any
};
/// Cost: one solve with a right-hand side a region. @throws Error as LeontiefSystem
[[nodiscard]] LookThrough look_through(const Chain& chain, Progress& progress = no_progress());
/// Rows summed over the suppliers' regions: [regions x regions].
[[nodiscard]] Matrix by_supplying_region(const Chain& chain, const Matrix& by_node);

/// Who supplies region f with each product, value a year: [regions x products]. Use counts what
/// f's nodes buy and what its final use takes.
[[nodiscard]] Matrix supply_to(const Chain& chain, RegionId f);
/// What region f sells of each product to every other region [products].
[[nodiscard]] std::vector<double> exports_of(const Chain& chain, RegionId f);

struct EuropeanThresholds {
  double concentration = 0.4;  ///< CDI1: Herfindahl index of outside imports above
  double outside = 0.5;        ///< CDI2: outside imports / all imports above
  double coverage = 1;         ///< CDI3: outside imports / own exports above
};
/// The three tests of one product; NaN where there are no imports, infinity without own exports.
struct EuropeanTest {
  double outside_imports = 0;
  double concentration = 0;
  double outside = 0;
  double coverage = 0;
  int passed = 0;  ///< thresholds exceeded, 0 to 3; at 3 the product counts as dependent
};
/// @param inside [regions] true for f and its partners
[[nodiscard]] std::vector<EuropeanTest> european_tests(const Matrix& supply,
                                                       std::span<const double> exports, RegionId f,
                                                       const std::vector<bool>& inside,
                                                       const EuropeanThresholds& thresholds);

struct ExposureOptions {
  double eps = 1e-6;
  bool market = true;
  SplitRule split = SplitRule::exact;
  bool upstream = false;  ///< follow lost demand as well
  /// Cascades keep 8 n^2 bytes of weights beside a dense table, 16 n^2 with lost demand.
  std::size_t max_dense_nodes = limit::max_dense_cascade_nodes;
  /// Sources cut, the largest by what they sell to the region (long staves: to the others); 0: all.
  std::size_t max_sources = 0;
};
/// @throws Error too_large  dense flows between more nodes than that
void require_cascade_size(const FlowMatrix& flows, const ExposureOptions& options);

/// Value added lost when each of `sources` stops supplying `buyers` [n].
/// @param weights [k x n] value added, a row for each group that loses
/// Flows below zero count as zero. @throws Error as cascade_all and require_cascade_size
[[nodiscard]] BatchResult supply_losses(const Chain& chain, std::span<const NodeId> sources,
                                        const std::vector<std::uint8_t>& buyers,
                                        const MatrixView& weights, const ExposureOptions& options,
                                        Progress& progress = no_progress());

[[nodiscard]] Analysis exposure_analysis();

}  // namespace stave
