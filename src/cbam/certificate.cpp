#include "stave/cbam/certificate.hpp"

#include "stave/cbam/law.hpp"

#include <algorithm>
#include <cmath>

namespace stave {
namespace {

/// A case and what it changes in what a tonne of its good carries.
struct OpenCase {
  SupplierCase one;
  EmbeddedValues change;   ///< other figure less the one used
  EmbeddedValues without;  ///< the emissions used, below 0
  double rise = 0;         ///< of certificates, all goods together
  double fall = 0;
};

/// Adds what the cases change for one imported good.
void add_rises(const CbamGoods& goods, const EmbeddedSystem& system, std::size_t g,
               const CertificateTerms& terms, std::vector<OpenCase>& cases) {
  const auto weights = system.weights_of(g);
  const auto now = certificates(goods, g, system.embedded()[g], terms).owed;
  const auto rise = [&](double weight, const EmbeddedValues& more) {
    auto values = system.embedded()[g];
    values += weight * more;
    return certificates(goods, g, values, terms).owed - now;
  };
  for (auto& open : cases) {
    const double weight = weights[open.one.good];
    if (weight == 0) continue;
    open.rise += rise(weight, open.change);
    open.fall += rise(weight, open.without);
  }
}

std::optional<SupplierCase> case_of(const CbamGoods& goods, const CbamPrecursor& p, int year) {
  if (!p.good.empty() || p.fallback.empty()) return std::nullopt;
  const auto& fallback = goods.default_at(p.fallback);
  SupplierCase result;
  result.used = figure_of(goods, p, year);
  if (p.stated) {
    result.kind = SupplierCase::Kind::stated;
    result.other = fallback.marked_up(year);
  } else {
    result.kind = p.expected ? SupplierCase::Kind::expected : SupplierCase::Kind::unmarked;
    result.other = p.expected ? *p.expected : fallback.figure;
  }
  return result;
}

}  // namespace

CertificateBill certificates(const CbamGoods& goods, std::size_t g, const EmbeddedValues& values,
                             const CertificateTerms& terms) {
  const auto& good = goods.goods[g];
  CertificateBill bill;
  bill.counted = values.direct + (counts_indirect(good) ? values.indirect : 0);
  bill.adjustment = cbam_factor(terms.year) * goods.correction * values.benchmark;
  bill.gross = std::max(0.0, bill.counted - bill.adjustment) * good.imported;
  bill.paid = std::min(bill.gross, good.paid * good.imported / terms.price);
  bill.owed = bill.gross - bill.paid;
  bill.cost = bill.owed * terms.price;
  return bill;
}

CertificateBill certificates_by_default(const CbamGoods& goods, std::size_t g,
                                        const CertificateTerms& terms) {
  const auto& value = goods.default_at(goods.goods[g].fallback);
  return certificates(goods, g, values_of(value.marked_up(terms.year)), terms);
}

std::vector<SupplierCase> supplier_cases(const CbamGoods& goods, const EmbeddedSystem& system,
                                         const CertificateTerms& terms, Progress& progress) {
  std::vector<OpenCase> open;
  for (std::size_t h = 0; h < goods.goods.size(); ++h) {
    const auto& good = goods.goods[h];
    for (std::size_t k = 0; k < good.precursors.size(); ++k) {
      const auto& p = good.precursors[k];
      auto one = case_of(goods, p, terms.year);
      if (!one) continue;
      one->good = h;
      one->precursor = k;
      const double mass = p.amount / good.made;
      const auto used = values_of(one->used);
      const EmbeddedValues emissions{used.direct, used.indirect, 0};
      const auto change = mass * (values_of(one->other) - used);
      open.push_back({std::move(*one), change, -mass * emissions});
    }
  }
  for (std::size_t g = 0; g < goods.goods.size(); ++g) {
    if (!(goods.goods[g].imported > 0)) continue;
    progress.check();
    add_rises(goods, system, g, terms, open);
  }
  std::vector<SupplierCase> cases;
  for (auto& [one, change, without, rise, fall] : open) {
    one.certificates = one.kind == SupplierCase::Kind::stated ? rise : -rise;
    one.money = one.certificates * terms.price;
    one.at_stake = -terms.price * fall;
    cases.push_back(std::move(one));
  }
  std::ranges::stable_sort(cases, [](const SupplierCase& a, const SupplierCase& b) {
    const bool has_a = a.kind == SupplierCase::Kind::stated;
    const bool has_b = b.kind == SupplierCase::Kind::stated;
    if (has_a != has_b) return has_b;
    return a.money != b.money ? a.money > b.money : a.at_stake > b.at_stake;
  });
  return cases;
}

CbamGoods with_defaults_only(CbamGoods goods) {
  for (auto& good : goods.goods)
    for (auto& p : good.precursors)
      if (!p.fallback.empty()) p.stated.reset();
  return goods;
}

CertificateBill certificates_of_all(const CbamGoods& goods, const EmbeddedSystem& system,
                                    const CertificateTerms& terms) {
  CertificateBill all;
  for (std::size_t g = 0; g < goods.goods.size(); ++g) {
    const auto bill = certificates(goods, g, system.embedded()[g], terms);
    all.gross += bill.gross;
    all.paid += bill.paid;
    all.owed += bill.owed;
    all.cost += bill.cost;
  }
  return all;
}

}  // namespace stave
