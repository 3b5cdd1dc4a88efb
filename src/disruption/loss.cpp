#include "disruption/loss.hpp"

#include "stave/core/error.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>

#include <fmt/format.h>

namespace stave {
namespace {

constexpr int most_days = 36'500;

/// How much of a loss is left after e days of recovery, 1 to 0.
double share_left(const CapacityLoss& loss, double e) {
  const double tau = loss.recovery_days;
  switch (loss.recovery) {
    case Recovery::linear:
      return std::max(0.0, 1 - e / tau);
    case Recovery::exponential:
      return std::pow(1 - 1 / tau, 4 * e);
    case Recovery::s_curve: {
      const double p = (std::log(tau) - std::log(1e-6)) / (std::log(tau) - std::log(2));
      return tau / (tau + 1e-6 * std::pow(e, p));
    }
  }
  return 1;
}

double six_decimals(double share) { return std::nearbyint(share * 1e6) / 1e6; }

/// Days at full loss are 0 or less; the first day of recovery is 1.
int days_of_recovery(const CapacityLoss& loss, int since_start, bool boario) {
  return since_start - loss.duration + (boario ? -1 : 1);
}

double left_of(const CapacityLoss& loss, double share, int day, bool boario) {
  const int start = loss.start + (boario && loss.kind == LossKind::share ? 1 : 0);
  if (day < start) return 0;
  const int e = days_of_recovery(loss, day - start, boario);
  if (e <= 0) return share;
  const double left = share * share_left(loss, e);
  return boario && loss.kind == LossKind::share ? six_decimals(left) : left;
}

[[noreturn]] void refuse(std::string_view what, double value, const std::string& expected) {
  throw Error(Errc::bad_input, fmt::format("{} is {}", what, value),
              fmt::format("Expected {}.", expected));
}

void need_above(double value, double least, std::string_view what) {
  if (!(value > least) || !std::isfinite(value))
    refuse(what, value, fmt::format("a number above {}", least));
}

void check_options(const Chain& chain, const DisruptionOptions& options) {
  if (options.days < 1 || options.days > most_days)
    refuse("the number of days", options.days, fmt::format("1 to {}", most_days));
  if (!(options.psi > 0 && options.psi <= 1)) refuse("psi", options.psi, "above 0, to 1");
  need_above(options.inventory_days, 0, "the inventory in days");
  need_above(options.inventory_restore_days, 0, "the time to restore an inventory");
  need_above(options.overproduction_days, 0, "the time of overproduction");
  if (!(options.overproduction_base >= 1) || !std::isfinite(options.overproduction_base))
    refuse("the base of overproduction", options.overproduction_base, "1 or more");
  if (!(options.overproduction_max >= options.overproduction_base) ||
      !std::isfinite(options.overproduction_max))
    refuse("the most overproduction", options.overproduction_max, "its base or more");
  if (!(options.no_scarcity >= 0)) refuse("no_scarcity", options.no_scarcity, "0 or more");
  const auto& days = options.inventory_days_of;
  if (!days.empty() && days.size() != chain.products().size())
    throw Error(Errc::bad_input, fmt::format("{} inventories for {} products", days.size(),
                                             chain.products().size()));
  for (const double d : days)
    if (!(d > 0)) refuse("an inventory in days", d, "above 0, or infinity");
}

void check_loss(const Chain& chain, const CapacityLoss& loss) {
  if (loss.share.size() != chain.size())
    throw Error(Errc::bad_input,
                fmt::format("{} shares lost for {} nodes", loss.share.size(), chain.size()));
  for (std::size_t i = 0; i < chain.size(); ++i)
    if (!(loss.share[i] >= 0 && loss.share[i] <= 1))
      throw Error(Errc::bad_input,
                  fmt::format("{} loses {} of its capacity", chain.nodes()[i].id, loss.share[i]),
                  "A loss is a share, 0 to 1.");
  if (loss.start < 0) refuse("the day a loss begins", loss.start, "0 or more");
  if (loss.duration < 1) refuse("the duration of a loss", loss.duration, "1 day or more");
  need_above(loss.recovery_days, loss.recovery == Recovery::s_curve ? 2 : 1,
             "the time of recovery in days");
}

void check_value(const Chain& chain, std::size_t i, double value, std::string_view of) {
  if (value >= 0 && std::isfinite(value)) return;
  throw Error(Errc::bad_input, fmt::format("{} sells {} {}", chain.nodes()[i].id, value, of),
              "Goods move day by day here: values must be 0 or more.");
}

}  // namespace

LossToday capacity_lost(std::span<const CapacityLoss> losses, int day, std::size_t n,
                        Compatibility compatibility) {
  LossToday today{std::vector<double>(n)};
  for (const auto& loss : losses)
    for (std::size_t i = 0; i < n; ++i)
      today.share[i] += left_of(loss, loss.share[i], day, compatibility == Compatibility::boario);
  for (double& share : today.share)
    if (share > 1) {
      share = 1;
      ++today.clipped;
    }
  return today;
}

void check_disruption(const Chain& chain, std::span<const CapacityLoss> losses,
                      const DisruptionOptions& options) {
  check_options(chain, options);
  for (const auto& loss : losses) check_loss(chain, loss);
  chain.flows().for_each([&](std::size_t i, std::size_t j, double z) {
    check_value(chain, i, z, "to " + chain.nodes()[j].id);
  });
  for (std::size_t i = 0; i < chain.size(); ++i)
    for (const double y : chain.final_use().row(i)) check_value(chain, i, y, "to final use");
}

std::vector<double> share_of_capital(const Chain& chain, std::span<const NodeId> nodes, double lost,
                                     double capital_to_value_added) {
  if (!(lost >= 0) || !std::isfinite(lost)) refuse("the capital lost", lost, "0 or more");
  need_above(capital_to_value_added, 0, "capital to value added");
  double value_added = 0;
  for (const NodeId node : nodes) {
    need_above(chain.value_added()[node.at()], 0, "the value added of " + chain.node(node).id);
    value_added += chain.value_added()[node.at()];
  }
  std::vector<double> share(chain.size());
  // Spread by value added, the basis of capital too, the loss is the same share of each.
  for (const NodeId node : nodes)
    share[node.at()] = std::min(1.0, lost / (capital_to_value_added * value_added));
  return share;
}

}  // namespace stave
