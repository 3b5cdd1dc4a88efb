// The correction for inventories, and the system that has it.
#include "stave/linalg/ghosh.hpp"
#include "stave/position/position.hpp"

#include <algorithm>
#include <cctype>

#include "position/system.hpp"

namespace stave {
namespace {

bool is_inventory(std::string category) {
  std::ranges::transform(category, category.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return std::ranges::any_of(
      std::vector<std::string_view>{"inventor", "stock change", "change in stock",
                                    "changes in stock"},
      [&](std::string_view word) { return category.find(word) != std::string::npos; });
}

std::vector<double> net_inventories(const Chain& chain, const std::vector<std::size_t>& columns) {
  std::vector<double> net(chain.size());
  for (std::size_t i = 0; i < net.size(); ++i)
    for (const auto k : columns) net[i] += chain.final_use()(i, k);
  return net;
}

// x - 1' Z~.
std::vector<double> value_left(const Chain& chain, const std::vector<double>& factor) {
  auto left = chain.output();
  chain.flows().for_each(
      [&](std::size_t i, std::size_t j, double flow) { left[j] -= factor[i] * flow; });
  return left;
}

void scale_rows(Matrix& m, const std::vector<double>& by) {
  for (std::size_t i = 0; i < m.rows(); ++i)
    for (auto& v : m.row(i)) v *= by[i];
}

std::vector<double> reciprocals(std::vector<double> v) {
  for (auto& e : v) e = 1 / e;
  return v;
}

Matrix copy_of(const MatrixView& m) {
  Matrix copy(m.rows, m.cols);
  std::copy_n(m.data, m.rows * m.cols, copy.data());
  return copy;
}

void scale_all_columns(Matrix& m, const std::vector<double>& by) {
  for (std::size_t i = 0; i < m.rows(); ++i)
    for (std::size_t j = 0; j < m.cols(); ++j) m(i, j) *= by[j];
}

}  // namespace

std::vector<std::size_t> inventory_columns(const Chain& chain) {
  std::vector<std::size_t> columns;
  for (std::size_t k = 0; k < chain.final_columns().size(); ++k)
    if (is_inventory(chain.final_columns()[k].category)) columns.push_back(k);
  return columns;
}

Correction correction(const Chain& chain, Inventories inventories) {
  demand_final_use(chain, "position");
  const auto columns =
      inventories == Inventories::remove ? inventory_columns(chain) : std::vector<std::size_t>();
  const auto net = net_inventories(chain, columns);
  const auto use = use_by_maker(chain);
  Correction c;
  c.made = !columns.empty();
  c.sales = chain.output();
  c.factor.assign(chain.size(), 1);
  c.final_use = use;
  for (std::size_t i = 0; i < chain.size(); ++i) {
    const auto x = chain.output()[i];
    if (x < 0) {
      c.below_zero.emplace_back(i);
      c.sales[i] = 0;
    }
    if (!(x > 0) || net[i] == 0) continue;
    if (!(x - net[i] > 1e-9 * x)) {
      c.left_out.emplace_back(i);
      continue;
    }
    c.sales[i] = x - net[i];
    c.factor[i] = x / c.sales[i];
    c.final_use[i] = c.factor[i] * (use[i] - net[i]);
    c.removed += net[i];
  }
  c.value_added =
      chain.primary_rows().empty() && c.made ? value_left(chain, c.factor) : chain.value_added();
  return c;
}

CorrectedSystem::CorrectedSystem(const Chain& chain, Inventories inventories, SolveMethod method)
    : chain_(&chain),
      correction_(stave::correction(chain, inventories)),
      system_(blocked_system(chain, correction_.sales, method)) {}

Solution CorrectedSystem::requirements(const MatrixView& y, Progress& progress) {
  auto wanted = copy_of(y);
  scale_rows(wanted, reciprocals(correction_.factor));
  auto solution = system_.requirements(wanted.view(), progress);
  scale_rows(solution.values, correction_.factor);
  return solution;
}

Solution CorrectedSystem::multipliers(const MatrixView& s, Progress& progress) {
  auto wanted = copy_of(s);
  scale_all_columns(wanted, correction_.factor);
  auto solution = system_.multipliers(wanted.view(), progress);
  scale_all_columns(solution.values, reciprocals(correction_.factor));
  return solution;
}

Solution CorrectedSystem::upstreamness(Progress& progress) {
  const std::vector<double> ones(chain_->size(), 1);
  return ghosh(system_, column_matrix(ones).view(), progress);
}

}  // namespace stave
