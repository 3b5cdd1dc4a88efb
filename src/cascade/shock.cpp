#include "cascade/shock.hpp"

#include "stave/core/error.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace stave {
namespace {

double largest_fall(const std::vector<double>& from, const std::vector<double>& to) {
  double fall = 0;
  for (std::size_t i = 0; i < from.size(); ++i) fall = std::max(fall, from[i] - to[i]);
  return fall;
}

double total_loss(const std::vector<double>& out, const CascadeResult& state) {
  double loss = 0;
  for (std::size_t i = 0; i < out.size(); ++i)
    loss += out[i] * (1 - std::min(state.h_d[i], state.h_u[i]));
  return loss;
}

}  // namespace

void check_share(double share, std::size_t node) {
  if (!(share >= 0 && share <= 1))
    throw Error(Errc::bad_input, fmt::format("the shock of node {} is {}", node, share),
                "A shock is the share lost, 0 to 1.");
}

void check_shock(std::span<const double> shock, std::size_t n) {
  if (shock.size() != n)
    throw Error(Errc::bad_input, fmt::format("{} shocks for {} nodes", shock.size(), n));
  for (std::size_t i = 0; i < n; ++i) check_share(shock[i], i);
}

void check_eps(double eps) {
  if (!(eps >= 0) || !std::isfinite(eps))
    throw Error(Errc::bad_input, fmt::format("eps is {}", eps), "Expected 0 or more.");
}

std::vector<double> left_by(std::span<const double> shock) {
  std::vector<double> h;
  h.reserve(shock.size());
  for (const double s : shock) h.push_back(1 - s);
  return h;
}

bool at_rest(const std::vector<double>& out, const CascadeResult& from, const CascadeResult& to,
             const CascadeOptions& options) {
  if (options.stop == StopRule::largest_fall)
    return std::max(largest_fall(from.h_d, to.h_d), largest_fall(from.h_u, to.h_u)) <= options.eps;
  return total_loss(out, to) <= (1 + options.eps) * total_loss(out, from);
}

}  // namespace stave
