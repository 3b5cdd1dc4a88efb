#include "shock/told.hpp"

#include <algorithm>
#include <numeric>

#include "shock/declaration.hpp"

namespace stave {

std::vector<NodeId> worst_hit(const Simulation& simulation) {
  std::vector<NodeId> nodes;
  for (std::size_t i = 0; i < simulation.nodes.size(); ++i)
    if (simulation.nodes[i].first_loss >= 0) nodes.emplace_back(i);
  std::stable_sort(nodes.begin(), nodes.end(), [&](NodeId a, NodeId b) {
    return simulation.nodes[a.at()].value_added_lost > simulation.nodes[b.at()].value_added_lost;
  });
  return nodes;
}

std::vector<double> column_of(const Matrix& matrix, std::size_t column) {
  std::vector<double> values(matrix.rows());
  for (std::size_t t = 0; t < values.size(); ++t) values[t] = matrix(t, column);
  return values;
}

std::vector<ProductId> most_missed(const Simulation& simulation, std::size_t most) {
  const auto& unmet = simulation.unmet_by_product;
  std::vector<double> total(unmet.cols());
  for (std::size_t t = 0; t < unmet.rows(); ++t)
    for (std::size_t k = 0; k < total.size(); ++k) total[k] += unmet(t, k);
  const double all = std::accumulate(total.begin(), total.end(), 0.0);
  std::vector<ProductId> products;
  for (std::size_t k = 0; k < total.size(); ++k)
    if (total[k] > 1e-9 * all) products.emplace_back(k);
  std::stable_sort(products.begin(), products.end(),
                   [&](ProductId a, ProductId b) { return total[a.at()] > total[b.at()]; });
  products.resize(std::min(most, products.size()));
  return products;
}

std::vector<double> normal_final_use(const Chain& chain) {
  std::vector<double> wanted(chain.products().size());
  for (std::size_t i = 0; i < chain.size(); ++i)
    for (const double y : chain.final_use().row(i))
      if (y > 0) wanted[chain.nodes()[i].product.at()] += y / 365;
  return wanted;
}

Table money_table(const Chain& chain, std::string_view name) {
  auto table = declared_table(shock_declaration(), name);
  const std::string placeholder = "chain unit";
  for (std::size_t c = 0; c < table.columns().size(); ++c)
    if (auto& unit = table.column(c).spec.unit; unit.starts_with(placeholder))
      unit.replace(0, placeholder.size(), chain.info().unit.empty() ? "money" : chain.info().unit);
  return table;
}

}  // namespace stave
