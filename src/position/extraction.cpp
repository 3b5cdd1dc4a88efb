// What is lost without a part of the chain, in closed form from L.
#include "stave/core/error.hpp"
#include "stave/linalg/ghosh.hpp"
#include "stave/linalg/product.hpp"
#include "stave/position/structure.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>

#include <fmt/format.h>

#include "position/system.hpp"

namespace stave {
namespace {

/// The columns of L that the parts need, and where each stands.
struct Columns {
  Matrix values;                               // [n x k]
  std::vector<std::optional<std::size_t>> at;  // [n] column of each node
  double residual = 0;
};

/// What every part is weighed with.
struct Measure {
  const Chain& chain;
  std::vector<double> use;     // y
  std::vector<double> weight;  // w
  std::vector<double> all;     // m = w' L
  std::vector<double> supply;  // x o (G w - w): what the sales of a node carry downstream
};

std::set<std::size_t> nodes_of(const Chain& chain, const std::vector<Part>& parts) {
  std::set<std::size_t> nodes;
  for (const auto& part : parts) {
    if (part.nodes.empty())
      throw Error(Errc::bad_input,
                  fmt::format("'{}' holds no makers of {}", part.name, chain.info().name));
    for (const auto node : part.nodes) nodes.insert(node.at());
  }
  return nodes;
}

Columns whole_inverse(LeontiefSystem& system, Progress& progress) {
  auto inverse = system.inverse(progress);
  Columns columns{std::move(inverse.values), {}, inverse.residual};
  for (std::size_t i = 0; i < system.size(); ++i) columns.at.emplace_back(i);
  return columns;
}

Columns some_columns(LeontiefSystem& system, const std::set<std::size_t>& nodes,
                     Progress& progress) {
  Matrix unit(system.size(), nodes.size());
  Columns columns;
  columns.at.resize(system.size());
  std::size_t c = 0;
  for (const auto node : nodes) {
    unit(node, c) = 1;
    columns.at[node] = c++;
  }
  auto solved = system.requirements(unit.view(), progress);
  columns.values = std::move(solved.values);
  columns.residual = solved.residual;
  return columns;
}

// L_gg^-1 of [x, x - y, supply], and (I - A_gg)^-1 y.
PartLoss loss_of(const Measure& m, const Columns& columns, const std::vector<NodeId>& nodes) {
  const auto size = nodes.size();
  const auto& x = m.chain.output();
  Matrix own(size, size);
  Matrix alone(size, size);
  Matrix right(size, 3);
  Matrix use(size, 1);
  for (std::size_t r = 0; r < size; ++r) {
    const auto i = nodes[r].at();
    for (std::size_t c = 0; c < size; ++c) {
      const auto j = nodes[c].at();
      own(r, c) = columns.values(i, *columns.at[j]);
      const double a = x[j] == 0 ? 0 : m.chain.flows().at(i, j) / x[j];
      alone(r, c) = (r == c ? 1 : 0) - a;
    }
    right(r, 0) = x[i];
    right(r, 1) = x[i] - m.use[i];
    right(r, 2) = m.supply[i];
    use(r, 0) = m.use[i];
  }
  const auto solved = solve_dense(std::move(own), std::move(right));
  const auto kept = solve_dense(std::move(alone), std::move(use));
  PartLoss loss;
  for (std::size_t r = 0; r < size; ++r) {
    const auto i = nodes[r].at();
    loss.total += m.all[i] * solved(r, 0);
    loss.others += m.all[i] * solved(r, 0) - m.weight[i] * x[i];
    loss.backward += (m.all[i] - m.weight[i]) * solved(r, 0);
    loss.forward += m.all[i] * solved(r, 1);
    loss.supply += solved(r, 2);
    loss.isolated += m.all[i] * solved(r, 0) - m.weight[i] * kept(r, 0);
  }
  return loss;
}

// m against the column sums of diag(w) L.
double column_imbalance(const Measure& m, const Matrix& inverse) {
  std::vector<double> sums(m.all.size());
  for (std::size_t i = 0; i < inverse.rows(); ++i)
    for (std::size_t j = 0; j < inverse.cols(); ++j) sums[j] += m.weight[i] * inverse(i, j);
  double largest = 0;
  double worst = 0;
  for (std::size_t j = 0; j < sums.size(); ++j) {
    largest = std::max(largest, std::abs(sums[j]));
    worst = std::max(worst, std::abs(sums[j] - m.all[j]));
  }
  return largest > 0 ? worst / largest : 0;
}

Measure measure_of(const Chain& chain, LeontiefSystem& system, std::vector<double> weight,
                   Extraction& result, Progress& progress) {
  if (weight.empty()) weight.assign(chain.size(), 1);
  if (weight.size() != chain.size())
    throw Error(Errc::bad_input,
                fmt::format("weights of {} makers, expected {}", weight.size(), chain.size()));
  Measure m{chain, use_by_maker(chain), std::move(weight), {}, {}};
  const auto all = system.multipliers(row_matrix(m.weight).view(), progress);
  const auto supplied = ghosh(system, column_matrix(m.weight).view(), progress);
  m.all.assign(all.values.values().begin(), all.values.values().end());
  for (std::size_t i = 0; i < chain.size(); ++i) {
    m.supply.push_back(chain.output()[i] * (supplied.values(i, 0) - m.weight[i]));
    result.whole += m.weight[i] * chain.output()[i];
  }
  result.residual = std::max({result.residual, all.residual, supplied.residual});
  return m;
}

}  // namespace

Extraction extraction(const Chain& chain, LeontiefSystem& system, const std::vector<Part>& parts,
                      const ExtractionOptions& options, Progress& progress) {
  demand_final_use(chain, "extraction");
  const auto wanted = nodes_of(chain, parts);
  Extraction result;
  const bool whole = options.every_node || wanted.size() > chain.size() / 4;
  const auto columns =
      whole ? whole_inverse(system, progress) : some_columns(system, wanted, progress);
  result.residual = columns.residual;
  const auto m = measure_of(chain, system, options.weight, result, progress);
  if (whole) result.imbalance = column_imbalance(m, columns.values);
  if (options.every_node)
    for (std::size_t i = 0; i < chain.size(); ++i)
      result.nodes.push_back(loss_of(m, columns, {NodeId(i)}));
  for (std::size_t p = 0; p < parts.size(); ++p) {
    progress.check();
    progress.report("parts", static_cast<double>(p) / static_cast<double>(parts.size()));
    result.parts.push_back(loss_of(m, columns, parts[p].nodes));
  }
  return result;
}

}  // namespace stave
