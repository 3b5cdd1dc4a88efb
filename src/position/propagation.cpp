// Average propagation lengths to and from one node.
#include "stave/position/position.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "position/system.hpp"

namespace stave {
namespace {

// length = H / (L - I) where the link is strong enough for its digits to mean something.
std::vector<double> lengths(const std::vector<double>& steps, const std::vector<double>& strength) {
  double strongest = 0;
  for (const double s : strength) strongest = std::max(strongest, std::abs(s));
  std::vector<double> length(steps.size(), std::numeric_limits<double>::quiet_NaN());
  for (std::size_t i = 0; i < length.size(); ++i)
    if (std::abs(strength[i]) > weakest_link * strongest) length[i] = steps[i] / strength[i];
  return length;
}

std::vector<double> values_of(const Matrix& m) { return {m.values().begin(), m.values().end()}; }

}  // namespace

// Column k of L - I is r = L e_k - e_k, that of H = L (L - I) is L r. Rows likewise.
Propagation propagation(CorrectedSystem& system, NodeId node, Progress& progress) {
  const auto n = system.chain().size();
  std::vector<double> unit(n);
  unit[node.at()] = 1;
  Propagation p;
  const auto solved = [&](const std::vector<double>& v, bool from) {
    auto answer = from ? system.multipliers(row_matrix(v).view(), progress)
                       : system.requirements(column_matrix(v).view(), progress);
    p.residual = std::max(p.residual, answer.residual);
    return values_of(answer.values);
  };
  for (const bool from : {false, true}) {
    auto& strength = from ? p.strength_from : p.strength_to;
    strength = solved(unit, from);
    strength[node.at()] -= 1;
    (from ? p.from : p.to) = lengths(solved(strength, from), strength);
  }
  return p;
}

}  // namespace stave
