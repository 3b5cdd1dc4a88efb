#pragma once
/// The choke points and long staves of one region, ranked, with all that explains them.

#include "stave/exposure/exposure.hpp"

#include <limits>
#include <string>
#include <vector>

namespace stave {

inline constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

/// Another region that supplies the same product to f.
struct NextSource {
  RegionId region;
  double share = 0;  ///< of f's use of the product
};

/// Shares are of 1; money in the chain's unit.
struct ChokePoint {
  NodeId source;
  double loss = 0;  ///< of f's value added, downstream: the lower end
  double loss_with_demand = unknown;
  double high = unknown;  ///< the upper end: look-through share, or the loss where larger
  double look_through = unknown;
  double face = unknown;
  double use_share = 0;   ///< of f's use of the product
  double herfindahl = 0;  ///< over all supplying regions, f too
  double foreign_share = 0;
  std::vector<NextSource> next;  ///< the two largest others outside f
  bool alone = false;            ///< no other source outside f sells the product to its nodes
  double cover = unknown;        ///< of the loss, what their spare capacity could make
  double days = unknown;         ///< until the shelf is empty
};

struct LongStave {
  NodeId source;
  double loss = 0;       ///< of the value added of all other regions
  double use_share = 0;  ///< of the others' use of the product
  RegionId most_hit;
  double most_hit_loss = 0;  ///< of that region's value added
};

struct Dependant {
  RegionId region;
  double look_through = unknown;
  double face = unknown;
  double loss = 0;  ///< of its value added, by the product of f it depends on most
  NodeId worst;
};

struct RegionExposure {
  RegionId f;
  double value_added = 0;  ///< of f
  double value_added_others = 0;
  Matrix supply;                   ///< supply_to(f)
  std::vector<ChokePoint> points;  ///< largest loss first
  std::vector<LongStave> staves;
  bool sells_inputs = false;  ///< f sells to makers outside, not only to their final use
  std::vector<Dependant> dependants;
  LookThrough through;   ///< empty where the chain has none
  Matrix reliance;       ///< [regions x regions], and
  Matrix reliance_face;  ///< its face value
  int most_rounds = 0;
  std::size_t not_converged = 0;
  std::size_t loss_above_share = 0;  ///< points whose cascade exceeds the look-through share
  std::vector<std::string> notes;
};

/// @param detailed  points that get the loss with demand effects
[[nodiscard]] RegionExposure region_exposure(const Chain& chain, RegionId f,
                                             const ExposureOptions& options, bool demand,
                                             std::size_t detailed, Progress& progress);

}  // namespace stave
