#include "stave/product/footprint.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include <fmt/format.h>

namespace stave {
namespace {

double diagonal_of(const SparseColumns& t, std::size_t j) {
  for (auto k = t.start[j]; k < t.start[j + 1]; ++k)
    if (t.row[k] == static_cast<std::int32_t>(j)) return t.value[k];
  return 0;
}

/// Depth first through what stands behind the product.
class BranchWalk {
 public:
  BranchWalk(const FootprintSystem& system, double least, int depth, std::size_t most)
      : system_(system), t_(system.technosphere()), least_(least), depth_(depth), most_(most) {}

  std::vector<FootprintBranch> from(const Demand& demand) {
    add(0, demand.process, 0, demand.amount);
    return std::move(list_);
  }

 private:
  struct Child {
    std::size_t process;
    double amount;
    double kilograms;
  };

  void add(int tier, std::size_t process, std::size_t parent, double amount) {
    const auto at = list_.size();
    const double runs = amount / diagonal_of(t_, process);
    list_.push_back({.tier = tier,
                     .process = process,
                     .parent = parent,
                     .amount = amount,
                     .kilograms = system_.intensities()[process] * amount,
                     .own = system_.direct()[process] * runs});
    for (const auto& child : children(process, runs)) {
      if (tier + 1 > depth_ || std::abs(child.kilograms) < least_ || list_.size() >= most_)
        list_[at].left_out += child.kilograms;
      else
        add(tier + 1, child.process, at, child.amount);
    }
  }

  std::vector<Child> children(std::size_t process, double runs) const {
    std::vector<Child> found;
    for (auto k = t_.start[process]; k < t_.start[process + 1]; ++k) {
      const auto i = static_cast<std::size_t>(t_.row[k]);
      if (i == process || t_.value[k] == 0) continue;
      const double amount = -t_.value[k] * runs;
      found.push_back({i, amount, system_.intensities()[i] * amount});
    }
    std::stable_sort(found.begin(), found.end(), [](const Child& a, const Child& b) {
      return std::abs(a.kilograms) > std::abs(b.kilograms);
    });
    return found;
  }

  const FootprintSystem& system_;
  const SparseColumns& t_;
  double least_;
  int depth_;
  std::size_t most_;
  std::vector<FootprintBranch> list_;
};

void sort_parts(std::vector<FootprintPart>& parts) {
  std::stable_sort(parts.begin(), parts.end(), [](const FootprintPart& a, const FootprintPart& b) {
    return std::abs(a.kilograms) > std::abs(b.kilograms);
  });
}

}  // namespace

std::vector<FootprintPart> by_tier(const FootprintSystem& system, const Footprint& footprint,
                                   int tiers) {
  const auto& t = system.technosphere();
  std::vector<double> diagonal(system.size());
  for (std::size_t j = 0; j < system.size(); ++j) diagonal[j] = diagonal_of(t, j);
  std::vector<double> runs(system.size());
  runs[footprint.demand.process] = footprint.demand.amount / diagonal[footprint.demand.process];
  std::vector<FootprintPart> parts;
  double sum = 0;
  for (int tier = 0; tier <= tiers; ++tier) {
    double kilograms = 0;
    for (std::size_t j = 0; j < runs.size(); ++j) kilograms += system.direct()[j] * runs[j];
    parts.push_back({fmt::format("{}", tier), kilograms});
    sum += kilograms;
    std::vector<double> next(runs.size());
    for (std::size_t j = 0; j < runs.size(); ++j)
      for (auto k = t.start[j]; k < t.start[j + 1]; ++k)
        if (t.row[k] != static_cast<std::int32_t>(j)) next[t.row[k]] -= t.value[k] * runs[j];
    for (std::size_t i = 0; i < next.size(); ++i) next[i] /= diagonal[i];
    runs = std::move(next);
  }
  parts.push_back({"beyond", footprint.score - sum});
  return parts;
}

std::vector<FootprintPart> by_component(const FootprintSystem& system, const Footprint& footprint) {
  const auto asked = footprint.demand.process;
  const double runs = footprint.demand.amount / diagonal_of(system.technosphere(), asked);
  const auto& processes = system.system().processes;
  std::map<std::string, double> sums;
  for (const auto& e : system.system().technosphere) {
    if (static_cast<std::size_t>(e.column) != asked || e.row == e.column) continue;
    const auto& supplier = processes[static_cast<std::size_t>(e.row)];
    const auto& name = !e.component.empty()          ? e.component
                       : !supplier.component.empty() ? supplier.component
                                                     : supplier.product;
    sums[name] -= system.intensities()[static_cast<std::size_t>(e.row)] * e.value * runs;
  }
  std::vector<FootprintPart> parts;
  const double own = system.direct()[asked] * runs;
  if (own != 0) parts.push_back({"own emissions", own});
  for (const auto& [name, kilograms] : sums) parts.push_back({name, kilograms});
  sort_parts(parts);
  return parts;
}

std::vector<FootprintBranch> branches(const FootprintSystem& system, const Footprint& footprint,
                                      double threshold, int depth, std::size_t most) {
  const double least = std::abs(footprint.score) * threshold;
  return BranchWalk(system, least, depth, most).from(footprint.demand);
}

std::vector<EmbodiedFlow> embodied_flows(const FootprintSystem& system,
                                         const Footprint& footprint) {
  const auto& t = system.technosphere();
  const auto first = system.first_tier();
  std::vector<EmbodiedFlow> flows;
  for (std::size_t j = 0; j < system.size(); ++j)
    for (auto k = t.start[j]; k < t.start[j + 1]; ++k) {
      const double kilograms = first[k] * footprint.runs[j];
      if (kilograms != 0) flows.push_back({static_cast<std::size_t>(t.row[k]), j, kilograms});
    }
  std::stable_sort(flows.begin(), flows.end(), [](const auto& a, const auto& b) {
    return std::abs(a.kilograms) > std::abs(b.kilograms);
  });
  return flows;
}

}  // namespace stave
