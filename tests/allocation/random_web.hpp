#pragma once
/// Webs that balance on a normal day, made at random: users further on, suppliers before them.

#include "stave/allocation/emergency_plan.hpp"
#include "stave/core/random.hpp"

#include <algorithm>
#include <vector>

namespace stave::test {

class RandomWeb {
 public:
  explicit RandomWeb(std::uint64_t seed, std::int32_t nodes = 12) : seed_(seed) {
    const auto n = static_cast<std::size_t>(nodes);
    web.makers = n;
    web.output.assign(n, 0);
    for (std::int32_t j = nodes - 1; j >= 0; --j) add_node(j);
    for (std::size_t i = 0; i < n; ++i) {
      web.capacity.push_back(web.output[i] * (1 + 0.2 * draw()));
      web.stock.push_back(draw() < 0.3 ? 3 * web.output[i] * draw() : 0);
    }
  }

  /// Some makers lose capacity, some links are cut.
  AllocationProblem shocked() {
    AllocationProblem problem{web, {}, 10 + 20 * draw(), draw() < 0.5 ? 0 : draw(), {}};
    for (std::size_t j = 0; j < web.makers; ++j) problem.value_added.push_back(draw());
    for (auto& capacity : problem.web.capacity)
      if (draw() < 0.4) capacity *= draw();
    for (auto& link : problem.web.links) {
      link.limit = link.normal * (1 + 0.5 * draw());
      if (draw() < 0.1) link.limit = link.normal * draw();
    }
    for (auto& use : problem.web.uses) {
      problem.weight.push_back(0.5 + draw());
      use.normal *= 0.9 + 0.2 * draw();
    }
    return problem;
  }

  double draw() { return random_uniform(seed_, 1, count_++); }

  SupplyWeb web;

 private:
  void add_node(std::int32_t j) {
    const double final =
        draw() < 0.6 || j + 3 > static_cast<std::int32_t>(web.makers) ? 1 + 9 * draw() : 0;
    if (final > 0) web.uses.push_back({j, 0, final});
    auto& output = web.output[static_cast<std::size_t>(j)];
    output += final;
    if (j == 0 || !(output > 0)) return;
    const int needs = static_cast<int>(4 * draw());
    for (int k = 0; k < needs; ++k) add_need(j, k, output);
  }

  void add_need(std::int32_t j, int k, double output) {
    const double per_unit = 0.2 + 0.6 * draw();
    const bool essential = k > 0;
    const double spared = essential ? 0 : 0.7 * per_unit * output;
    const double total = per_unit * output - spared;
    const auto need = static_cast<std::int32_t>(web.needs.size());
    web.needs.push_back(
        {j, essential ? k : -1, per_unit, spared, draw() < 0.4 ? 5 * total * draw() : 0});
    const int suppliers = 1 + static_cast<int>(3 * draw());
    for (int s = 0; s < suppliers; ++s) {
      const auto i = static_cast<std::int32_t>(static_cast<double>(j) * draw());
      web.links.push_back({i, need, total / suppliers, no_limit});
      web.output[static_cast<std::size_t>(i)] += total / suppliers;
    }
  }

  std::uint64_t seed_;
  std::uint64_t count_ = 0;
};

}  // namespace stave::test
