#pragma once
/// What the opening of a diagnosis found, and the same in sentences.

#include "stave/tiers/tiers.hpp"

#include <optional>

#include "diagnosis/main_product.hpp"
#include "diagnosis/opening.hpp"
#include "diagnosis/systemic_maker.hpp"

namespace stave {

struct SinglePoint {
  std::int32_t source = 0;  ///< of the break-point system
  bool outside = false;
  std::vector<std::size_t> products;  ///< positions in Opening::products
  double output_share = 0;            ///< of the region's output
};

struct Opening {
  const Chain& chain;
  const OpeningQuestion& question;
  double region_output = 0;
  std::vector<MainProduct> products = {};
  std::size_t focus = 0;  ///< of products: the most stuck
  std::optional<BreakpointSystem> system = {};
  std::vector<SinglePoint> points = {};
  SystemicMakers systemic = {};
  ChainTiers tiers = {};
};

[[nodiscard]] std::vector<Finding> opening_findings(const Opening& o);
[[nodiscard]] std::vector<Figure> opening_figures(const Opening& o);
/// What was limited, and how.
[[nodiscard]] std::vector<std::string> opening_notes(const Opening& o);

/// Losses so alike that their order says little: three or more within a tenth of the largest, and
/// that half or more of what there is to lose. @param losses shares of 1
[[nodiscard]] bool saturated(const std::vector<double>& losses);

}  // namespace stave
