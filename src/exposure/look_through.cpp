#include "stave/exposure/exposure.hpp"
#include "stave/linalg/leontief.hpp"

namespace stave {
namespace {

std::vector<double> final_use_of_nodes(const Chain& chain) {
  std::vector<double> use(chain.size());
  for (std::size_t i = 0; i < use.size(); ++i)
    for (const double y : chain.final_use().row(i)) use[i] += y;
  return use;
}

// diag(final use), columns summed over the region of the maker: [n x regions].
Matrix final_use_by_maker(const Chain& chain, const std::vector<double>& use) {
  Matrix by_region(chain.size(), chain.regions().size());
  for (std::size_t i = 0; i < use.size(); ++i) by_region(i, chain.nodes()[i].region.at()) = use[i];
  return by_region;
}

// (I + A) diag(final use), columns summed likewise.
Matrix first_tier(const Chain& chain, const std::vector<double>& use) {
  Matrix tier = final_use_by_maker(chain, use);
  const auto& x = chain.output();
  chain.flows().for_each([&](std::size_t i, std::size_t j, double z) {
    if (x[j] > 0) tier(i, chain.nodes()[j].region.at()) += z / x[j] * use[j];
  });
  return tier;
}

void divide_columns(Matrix& m, const std::vector<double>& by) {
  for (std::size_t i = 0; i < m.rows(); ++i)
    for (std::size_t r = 0; r < m.cols(); ++r) m(i, r) = by[r] > 0 ? m(i, r) / by[r] : 0;
}

}  // namespace

LookThrough look_through(const Chain& chain, Progress& progress) {
  LeontiefOptions options;
  for (const auto& node : chain.nodes()) options.block.push_back(node.region.value);
  options.label = [&](std::size_t i) { return chain.label(NodeId(i)); };
  auto output = chain.output();
  std::size_t clipped = 0;
  for (double& x : output)
    if (x < 0) x = 0, ++clipped;  // stock run down by more than is sold: it buys nothing
  LeontiefSystem system(chain.flows(), output, options);
  const auto use = final_use_of_nodes(chain);
  auto solved = system.requirements(final_use_by_maker(chain, use).view(), progress);
  LookThrough result{std::move(solved.values),
                     first_tier(chain, use),
                     solved.residual,
                     std::string(to_string(solved.method)),
                     solved.passes,
                     clipped};
  std::vector<double> total(chain.regions().size());  // TI
  for (std::size_t i = 0; i < result.share.rows(); ++i)
    for (std::size_t r = 0; r < total.size(); ++r) total[r] += result.share(i, r);
  divide_columns(result.share, total);
  divide_columns(result.face, total);
  return result;
}

Matrix by_supplying_region(const Chain& chain, const Matrix& by_node) {
  Matrix sums(chain.regions().size(), by_node.cols());
  for (std::size_t i = 0; i < by_node.rows(); ++i)
    for (std::size_t r = 0; r < by_node.cols(); ++r)
      sums(chain.nodes()[i].region.at(), r) += by_node(i, r);
  return sums;
}

}  // namespace stave
