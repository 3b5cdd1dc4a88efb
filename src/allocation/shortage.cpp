// Why a use is not served: the walk back along prices.
#include "stave/allocation/emergency_plan.hpp"

#include <algorithm>

namespace stave {
namespace {

/// Links by need and needs by user.
class Walk {
 public:
  Walk(const AllocationProblem& problem, const EmergencyPlan& plan)
      : web_(problem.web), plan_(plan), needs_of_(web_.nodes()), links_of_(web_.needs.size()) {
    for (std::size_t k = 0; k < web_.needs.size(); ++k)
      needs_of_[index(web_.needs[k].user)].push_back(k);
    for (std::size_t l = 0; l < web_.links.size(); ++l)
      links_of_[index(web_.links[l].need)].push_back(l);
  }

  std::vector<ShortageStep> from(std::int32_t node) {
    std::vector<ShortageStep> path;
    std::vector<bool> seen(web_.nodes());
    while (true) {
      path.push_back({ShortageStep::Kind::node, node});
      if (seen[index(node)]) {
        path.back().kind = ShortageStep::Kind::ring;
        return path;
      }
      seen[index(node)] = true;
      const auto need = dearest_need(node);
      if (!need) {
        path.push_back({ShortageStep::Kind::capacity, node});
        return path;
      }
      path.push_back({ShortageStep::Kind::input, static_cast<std::int32_t>(*need)});
      const auto link = narrowest_link(*need);
      if (!link) return path;  // nobody supplies it
      if (binds_by_limit(*link, *need)) {
        path.push_back({ShortageStep::Kind::limit, static_cast<std::int32_t>(*link)});
        return path;
      }
      node = web_.links[*link].maker;
    }
  }

 private:
  static std::size_t index(std::int32_t at) { return static_cast<std::size_t>(at); }

  /// The input whose price weighs most; none where the node's own capacity weighs more.
  [[nodiscard]] std::optional<std::size_t> dearest_need(std::int32_t node) const {
    std::optional<std::size_t> best;
    double most = index(node) < web_.makers ? plan_.capacity_price[index(node)] : 0;
    for (const auto k : needs_of_[index(node)])
      if (const double cost = web_.needs[k].per_unit * plan_.need_price[k]; cost > most) {
        most = cost;
        best = k;
      }
    return best;
  }

  [[nodiscard]] double closed(std::size_t l) const {
    const auto& link = web_.links[l];
    return std::max(0.0, link.normal - link.limit);
  }

  /// The link that the shock closed most, where that binds; else that of the scarce supplier who
  /// normally sends most; else that whose limit binds, largest first.
  [[nodiscard]] std::optional<std::size_t> narrowest_link(std::size_t need) const {
    std::optional<std::size_t> best;
    double most = -1;
    for (const auto l : links_of_[need]) {
      const auto& link = web_.links[l];
      const bool scarce = plan_.node_price[index(link.maker)] >= 0.5 * plan_.need_price[need];
      const double weight = plan_.link_price[l] > 0 && closed(l) > 0 ? 2 * closed(l)
                            : scarce                                 ? link.normal
                                                                     : 1e-6 * link.normal;
      if (weight > most) {
        most = weight;
        best = l;
      }
    }
    return best;
  }

  [[nodiscard]] bool binds_by_limit(std::size_t l, std::size_t need) const {
    return plan_.link_price[l] > 0.5 * plan_.need_price[need];
  }

  const SupplyWeb& web_;
  const EmergencyPlan& plan_;
  std::vector<std::vector<std::size_t>> needs_of_;
  std::vector<std::vector<std::size_t>> links_of_;
};

}  // namespace

std::vector<ShortageStep> shortage_path(const AllocationProblem& problem, const EmergencyPlan& plan,
                                        std::int32_t use) {
  const auto u = static_cast<std::size_t>(use);
  const auto& wanted = problem.web.uses[u];
  if (wanted.normal - plan.flows.served[u] <= 1e-9 * wanted.normal) return {};
  if (plan.node_price[static_cast<std::size_t>(wanted.maker)] <= 0) return {};
  return Walk(problem, plan).from(wanted.maker);
}

}  // namespace stave
