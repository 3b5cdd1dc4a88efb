#include "import_split.hpp"

#include "stave/core/error.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace stave {
namespace {

// What a product's imports are shared out over.
struct Shares {
  std::vector<double> home_use;  ///< share of each use at home that is imported
  std::vector<double> exports;   ///< share of its exports that is imported
  std::size_t beyond = 0;        ///< products whose imports exceed the uses at home
};

Shares import_shares(const ChainParts& parts, RegionId supplier, std::span<const double> imports) {
  const auto n = parts.nodes.size();
  Shares shares{std::vector<double>(n), std::vector<double>(n), 0};
  const auto sums = parts.flows.row_sums();
  for (std::size_t i = 0; i < n; ++i) {
    double home = sums[i];
    double exports = 0;
    for (std::size_t k = 0; k < parts.final_columns.size(); ++k)
      (parts.final_columns[k].region == supplier ? exports : home) += parts.final_use(i, k);
    if (imports[i] == 0) continue;
    shares.home_use[i] = home > 0 ? std::min(imports[i] / home, 1.0) : 0;
    const double rest = imports[i] <= home ? 0 : imports[i] - std::max(home, 0.0);
    if (rest > 0) ++shares.beyond;
    if (rest > 0) shares.exports[i] = exports > 0 ? rest / exports : 2;
    if (imports[i] < 0 || shares.exports[i] > 1)
      throw Error(Errc::bad_input,
                  fmt::format("node '{}': imports of {} against uses of {}", parts.nodes[i].id,
                              imports[i], home + exports),
                  "Imports are to be positive and no more than all uses of the product.");
  }
  return shares;
}

std::vector<Node> with_foreign_nodes(const ChainParts& parts, RegionId supplier) {
  auto nodes = parts.nodes;
  const auto& code = parts.regions[supplier].code;
  for (const auto& node : parts.nodes) {
    if (node.region != parts.nodes.front().region || node.region == supplier)
      throw Error(Errc::bad_input, "imports can be told apart in a table of one region only");
    nodes.push_back(
        {code + "." + parts.products[node.product].code, "", "", supplier, node.product, ""});
  }
  return nodes;
}

}  // namespace

void subtract_imports(ChainParts& parts, RegionId supplier, std::span<const double> imports) {
  const auto n = parts.nodes.size();
  const auto f = parts.final_columns.size();
  Matrix final_use(n, f + 1);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t k = 0; k < f; ++k) final_use(i, k) = parts.final_use(i, k);
    final_use(i, f) = -imports[i];
  }
  parts.final_use = std::move(final_use);
  parts.final_columns.push_back({supplier, "imports"});
  parts.info.notes.emplace_back(
      "Imports are a negative final use: the table does not say which use is imported.");
}

void split_imports(ChainParts& parts, RegionId supplier, std::span<const double> imports) {
  const auto n = parts.nodes.size();
  const auto shares = import_shares(parts, supplier, imports);
  auto nodes = with_foreign_nodes(parts, supplier);
  Matrix flows(2 * n, 2 * n);
  parts.flows.for_each([&](std::size_t i, std::size_t j, double value) {
    const double abroad = shares.home_use[i] * value;
    flows(n + i, j) = abroad;
    flows(i, j) = value - abroad;
  });
  Matrix final_use(2 * n, parts.final_columns.size());
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t k = 0; k < parts.final_columns.size(); ++k) {
      const bool exported = parts.final_columns[k].region == supplier;
      const auto share = exported ? shares.exports[i] : shares.home_use[i];
      final_use(n + i, k) = share * parts.final_use(i, k);
      final_use(i, k) = parts.final_use(i, k) - final_use(n + i, k);
    }
  Matrix primary(parts.primary_rows.size(), 2 * n);
  for (std::size_t r = 0; r < primary.rows(); ++r)
    std::copy_n(parts.primary.row(r).begin(), n, primary.row(r).begin());
  if (!parts.reported_output.empty())
    parts.reported_output.insert(parts.reported_output.end(), imports.begin(), imports.end());
  parts.nodes = std::move(nodes);
  parts.flows = FlowMatrix(std::move(flows));
  parts.final_use = std::move(final_use);
  parts.primary = std::move(primary);
  parts.info.notes.push_back(fmt::format(
      "Estimated: which use is imported. The table states imports by product only; every use of a "
      "product but its exports is taken to import the same share of it. {} of {} products import "
      "more than is used at home; what is beyond goes to their exports.",
      shares.beyond, n));
}

}  // namespace stave
