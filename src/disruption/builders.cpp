#include "disruption/builders.hpp"

#include "stave/core/error.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace stave {
namespace {

double sold_to(const Chain& chain, std::size_t maker, RegionId region, bool capital_only) {
  double sold = 0;
  const auto& columns = chain.final_columns();
  for (std::size_t c = 0; c < columns.size(); ++c)
    if (columns[c].region == region && (!capital_only || columns[c].category == "capital"))
      sold += std::max(0.0, chain.final_use()(maker, c));
  return sold;
}

/// Of the makers that `weight` gives more than 0; empty if of none.
template <class F>
std::vector<BuilderShare> shares_by(const Chain& chain, ProductId product, F&& weight) {
  std::vector<BuilderShare> shares;
  double all = 0;
  for (std::size_t i = 0; i < chain.size(); ++i) {
    if (chain.nodes()[i].product != product) continue;
    const double w = weight(i);
    if (w > 0) shares.push_back({i, w});
    all += std::max(0.0, w);
  }
  for (auto& s : shares) s.share /= all;
  return shares;
}

}  // namespace

std::vector<BuilderShare> builders_for(const Chain& chain, RegionId region, ProductId product) {
  for (const bool capital_only : {true, false})
    if (auto shares = shares_by(
            chain, product, [&](std::size_t i) { return sold_to(chain, i, region, capital_only); });
        !shares.empty())
      return shares;
  auto shares = shares_by(chain, product, [&](std::size_t i) { return chain.output()[i]; });
  if (shares.empty())
    throw Error(Errc::bad_input, fmt::format("nobody makes {}, which is to rebuild",
                                             chain.products()[product].code));
  return shares;
}

}  // namespace stave
