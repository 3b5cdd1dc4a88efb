// Proportional rationing: what happens when nobody plans.
#include "stave/allocation/emergency_plan.hpp"

#include <algorithm>
#include <cmath>

namespace stave {
namespace {

// Ten rounds a step of a chain of a thousand; what falls by less than this is at rest.
constexpr int most_rounds = 10'000;
constexpr double at_rest = 1e-10;

class Rationing {
 public:
  explicit Rationing(const AllocationProblem& problem)
      : problem_(problem), web_(problem.web), wanted_(web_.nodes()), output_(web_.nodes()) {
    for (const auto& link : web_.links) wanted_[index(link.maker)] += link.normal;
    for (const auto& use : web_.uses) wanted_[index(use.maker)] += use.normal;
    for (std::size_t i = 0; i < wanted_.size(); ++i)
      output_[i] = std::min(web_.capacity[i], wanted_[i]);
  }

  Flows run() {
    Flows flows;
    double falling = 0;
    for (int round = 0; round < most_rounds; ++round) {
      hand_out(flows);
      falling = fall(flows.flow);
      if (!(falling > at_rest)) break;
    }
    flows.falling = falling;
    flows.output = output_;
    draw(flows);
    return flows;
  }

 private:
  static std::size_t index(std::int32_t at) { return static_cast<std::size_t>(at); }

  [[nodiscard]] double share_of(std::int32_t maker) const {
    const auto i = index(maker);
    if (!(wanted_[i] > 0)) return 1;
    return std::min(1.0, (output_[i] + web_.stock[i] / problem_.days) / wanted_[i]);
  }

  void hand_out(Flows& flows) const {
    flows = {};
    for (const auto& link : web_.links)
      flows.flow.push_back(std::min(link.limit, share_of(link.maker) * link.normal));
    for (std::size_t u = 0; u < web_.uses.size(); ++u) {
      const auto& use = web_.uses[u];
      flows.served.push_back(std::min(use.limit, share_of(use.maker) * use.normal));
      if (use.wanted) flows.value += problem_.weight[u] * flows.served.back();
    }
  }

  /// Outputs that their inputs no longer allow. @returns the largest fall, share of normal
  double fall(const std::vector<double>& flow) {
    std::vector<double> received(web_.needs.size());
    for (std::size_t l = 0; l < flow.size(); ++l) received[index(web_.links[l].need)] += flow[l];
    double largest = 0;
    for (std::size_t k = 0; k < web_.needs.size(); ++k) {
      const auto& need = web_.needs[k];
      if (!(need.per_unit > 0)) continue;
      const auto j = index(need.user);
      const double most = (received[k] + need.stock / problem_.days + need.spared) / need.per_unit;
      if (output_[j] > most && wanted_[j] > 0)
        largest = std::max(largest, (output_[j] - most) / wanted_[j]);
      output_[j] = std::min(output_[j], most);
    }
    return largest;
  }

  /// What goes out beyond what is made, and goes in beyond what comes.
  void draw(Flows& flows) const {
    std::vector<double> gap(web_.nodes() + web_.needs.size());
    for (std::size_t i = 0; i < web_.nodes(); ++i) gap[i] = -output_[i];
    for (std::size_t k = 0; k < web_.needs.size(); ++k)
      gap[web_.nodes() + k] =
          web_.needs[k].per_unit * output_[index(web_.needs[k].user)] - web_.needs[k].spared;
    for (std::size_t l = 0; l < web_.links.size(); ++l) {
      gap[index(web_.links[l].maker)] += flows.flow[l];
      gap[web_.nodes() + index(web_.links[l].need)] -= flows.flow[l];
    }
    for (std::size_t u = 0; u < web_.uses.size(); ++u)
      gap[index(web_.uses[u].maker)] += flows.served[u];
    for (const double missing : gap) flows.drawn += std::max(0.0, missing);
    flows.value -= idle_cost(problem_, output_);
  }

  const AllocationProblem& problem_;
  const SupplyWeb& web_;
  std::vector<double> wanted_;  // sales of a normal day, with what is wanted now
  std::vector<double> output_;
};

}  // namespace

Flows proportional_rationing(const AllocationProblem& problem) { return Rationing(problem).run(); }

}  // namespace stave
