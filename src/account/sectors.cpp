#include "account/sectors.hpp"

#include "stave/linalg/product.hpp"

namespace stave {
namespace {

struct Layout {
  std::size_t regions;
  std::size_t products;
  std::vector<std::size_t> region;   // [n]
  std::vector<std::size_t> product;  // [n]
  [[nodiscard]] std::size_t column(std::size_t r, std::size_t p) const { return r * products + p; }
  [[nodiscard]] std::size_t columns() const { return regions * products; }
};

Layout layout_of(const Chain& chain) {
  Layout layout{chain.regions().size(), chain.products().size(), {}, {}};
  for (const auto& node : chain.nodes()) {
    layout.region.push_back(node.region.at());
    layout.product.push_back(node.product.at());
  }
  return layout;
}

// M^q = S^q L for the stressors S^q of region q alone; what it holds for the final product p of
// region r is sum_i M^q_i Y_ir over the nodes i that make p.
void add_by_stressor(const Layout& layout, LeontiefSystem& system, const Matrix& intensity,
                     const Matrix& use, SectorAccounts& accounts, Progress& progress) {
  const auto n = layout.region.size();
  for (std::size_t q = 0; q < layout.regions; ++q) {
    progress.report("accounts by sector",
                    static_cast<double>(q) / static_cast<double>(layout.regions));
    Matrix own(intensity.rows(), n);
    for (std::size_t s = 0; s < own.rows(); ++s)
      for (std::size_t i = 0; i < n; ++i)
        if (layout.region[i] == q) own(s, i) = intensity(s, i);
    const auto multipliers = system.multipliers(own.view(), progress).values;
    for (std::size_t s = 0; s < own.rows(); ++s)
      for (std::size_t i = 0; i < n; ++i)
        for (std::size_t r = 0; r < layout.regions; ++r) {
          const auto caused = multipliers(s, i) * use(i, r);
          const auto column = layout.column(r, layout.product[i]);
          accounts.consumption(s, column) += caused;
          if (q != r) accounts.imports(s, column) += caused;
        }
  }
}

// X_r = L Y_r with the final use of region r spread over its products [n x P].
void add_by_product(const Layout& layout, LeontiefSystem& system, const Matrix& intensity,
                    const Matrix& use, SectorAccounts& accounts, Progress& progress) {
  const auto n = layout.region.size();
  for (std::size_t r = 0; r < layout.regions; ++r) {
    progress.report("accounts by sector",
                    static_cast<double>(r) / static_cast<double>(layout.regions));
    Matrix spread(n, layout.products);
    for (std::size_t i = 0; i < n; ++i) spread(i, layout.product[i]) = use(i, r);
    auto made = system.requirements(spread.view(), progress).values;
    const auto all = multiply(intensity.view(), made.view());
    for (std::size_t i = 0; i < n; ++i)
      if (layout.region[i] == r)
        for (auto& x : made.row(i)) x = 0;
    const auto abroad = multiply(intensity.view(), made.view());
    for (std::size_t s = 0; s < all.rows(); ++s)
      for (std::size_t p = 0; p < layout.products; ++p) {
        accounts.consumption(s, layout.column(r, p)) = all(s, p);
        accounts.imports(s, layout.column(r, p)) = abroad(s, p);
      }
  }
}

}  // namespace

Matrix chosen_intensities(const Chain& chain, const std::vector<std::size_t>& stressors) {
  Matrix intensity(stressors.size(), chain.size());
  for (std::size_t s = 0; s < stressors.size(); ++s)
    for (std::size_t i = 0; i < chain.size(); ++i)
      if (chain.output()[i] != 0)
        intensity(s, i) = chain.stressors()(stressors[s], i) / chain.output()[i];
  return intensity;
}

SectorAccounts sector_accounts(const Chain& chain, LeontiefSystem& system,
                               const std::vector<std::size_t>& stressors, const Matrix& made,
                               Progress& progress, SectorWay way) {
  const auto layout = layout_of(chain);
  const auto intensity = chosen_intensities(chain, stressors);
  const Matrix zero(stressors.size(), layout.columns());
  SectorAccounts accounts{zero, zero, zero, zero};
  for (std::size_t i = 0; i < chain.size(); ++i) {
    double for_others = 0;
    for (std::size_t r = 0; r < layout.regions; ++r)
      if (r != layout.region[i]) for_others += made(i, r);
    const auto column = layout.column(layout.region[i], layout.product[i]);
    for (std::size_t s = 0; s < stressors.size(); ++s) {
      accounts.production(s, column) += chain.stressors()(stressors[s], i);
      accounts.exports(s, column) += intensity(s, i) * for_others;
    }
  }
  if (way == SectorWay::automatic)
    way = stressors.size() < layout.products ? SectorWay::by_stressor : SectorWay::by_product;
  const auto use = chain.final_use_by_region();
  const auto add = way == SectorWay::by_stressor ? add_by_stressor : add_by_product;
  add(layout, system, intensity, use, accounts, progress);
  return accounts;
}

}  // namespace stave
