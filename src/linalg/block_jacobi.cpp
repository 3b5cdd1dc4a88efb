#include "linalg/block_jacobi.hpp"

#include <algorithm>
#include <map>

#include "linalg/lu.hpp"
#include "linalg/parts.hpp"

namespace stave {
namespace {

constexpr std::size_t largest_block = 1024;
constexpr std::size_t none = SIZE_MAX;
constexpr std::size_t always_allowed = (64 << 20) / sizeof(double);

// The nodes of every block that is worth factorising.
std::vector<std::vector<std::size_t>> usable(const FlowMatrix& z,
                                             std::span<const std::int32_t> block) {
  std::map<std::int32_t, std::vector<std::size_t>> members;
  for (std::size_t i = 0; i < block.size(); ++i)
    if (block[i] >= 0) members[block[i]].push_back(i);
  std::vector<std::vector<std::size_t>> result;
  std::size_t elements = 0;
  for (auto& [id, nodes] : members) {
    if (nodes.size() < 2 || nodes.size() > largest_block) continue;
    elements += nodes.size() * nodes.size();
    result.push_back(std::move(nodes));
  }
  const auto flows = z.is_dense() ? z.size() * z.size() : z.sparse().value.size();
  if (elements > std::max(always_allowed, flows / 4)) result.clear();
  return result;
}

// I - A_ss. `place` [n] is each node's row within its block, `part` its block, or -1.
Matrix own_system(const LeontiefOperator& system, const std::vector<std::size_t>& nodes,
                  const std::vector<std::int32_t>& part, const std::vector<std::size_t>& place) {
  const auto& output = system.output();
  Matrix m(nodes.size(), nodes.size());
  const auto mine = part[nodes.front()];
  for (std::size_t r = 0; r < nodes.size(); ++r) {
    m(r, r) = 1;
    system.flows().for_each_in_row(nodes[r], [&](std::size_t j, double v) {
      if (part[j] == mine && output[j] != 0) m(r, place[j]) -= v / output[j];
    });
  }
  return m;
}

std::vector<double> own_coefficients(const LeontiefOperator& system) {
  std::vector<double> left(system.size(), 1);
  for (std::size_t i = 0; i < left.size(); ++i)
    if (system.output()[i] != 0) left[i] -= system.flows().at(i, i) / system.output()[i];
  return left;
}

}  // namespace

BlockJacobi::BlockJacobi(const LeontiefOperator& system, std::span<const std::int32_t> block)
    : diagonal_(own_coefficients(system)) {
  for (std::size_t i = 0; i < diagonal_.size(); ++i)
    if (!(diagonal_[i] > 1e-13)) {
      failed_ = i;
      diagonal_[i] = 1;
    }
  auto groups = usable(system.flows(), block);
  std::vector<std::int32_t> part(system.size(), -1);
  std::vector<std::size_t> place(system.size());
  for (std::size_t p = 0; p < groups.size(); ++p)
    for (std::size_t r = 0; r < groups[p].size(); ++r) {
      part[groups[p][r]] = static_cast<std::int32_t>(p);
      place[groups[p][r]] = r;
    }
  std::vector<std::size_t> bad_row(groups.size());
  parts_.resize(groups.size());
  for_each_part(groups.size(), 1, [&](std::size_t p, std::size_t) {
    parts_[p] = {groups[p], own_system(system, groups[p], part, place)};
    bad_row[p] = factor(parts_[p].lu).value_or(none);
  });
  std::vector<Part> good;
  for (std::size_t p = 0; p < parts_.size(); ++p) {
    if (bad_row[p] != none) {
      failed_ = parts_[p].nodes[bad_row[p]];
      continue;
    }
    for (const auto i : parts_[p].nodes) diagonal_[i] = 1;
    good.push_back(std::move(parts_[p]));
  }
  parts_ = std::move(good);
}

Matrix BlockJacobi::solve(const Matrix& v, bool transposed) const {
  auto result = v;
  for (std::size_t i = 0; i < v.rows(); ++i)
    if (diagonal_[i] != 1)
      for (auto& e : result.row(i)) e /= diagonal_[i];
  for_each_part(parts_.size(), 1, [&](std::size_t p, std::size_t) {
    const auto& nodes = parts_[p].nodes;
    Matrix own(nodes.size(), v.cols());
    for (std::size_t r = 0; r < nodes.size(); ++r)
      std::ranges::copy(v.row(nodes[r]), own.row(r).begin());
    stave::solve(parts_[p].lu, own, transposed);
    for (std::size_t r = 0; r < nodes.size(); ++r)
      std::ranges::copy(own.row(r), result.row(nodes[r]).begin());
  });
  return result;
}

}  // namespace stave
