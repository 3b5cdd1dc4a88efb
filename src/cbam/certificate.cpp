#include "stave/cbam/certificate.hpp"

#include "stave/cbam/law.hpp"

#include <algorithm>
#include <cmath>

namespace stave {
namespace {

/// A good that is imported, its bill, and how much it carries of every other.
struct ImportedGood {
  std::size_t good = 0;
  CertificateBill bill;
  std::vector<double> weights;
};

std::vector<ImportedGood> imported_goods(const CbamGoods& goods, const EmbeddedSystem& system,
                                         const CertificateTerms& terms) {
  std::vector<ImportedGood> imported;
  for (std::size_t g = 0; g < goods.goods.size(); ++g)
    if (goods.goods[g].imported > 0)
      imported.push_back(
          {g, certificates(goods, g, system.embedded()[g], terms), system.weights_of(g)});
  return imported;
}

/// Certificates of all goods together when one t of good h carries so much more, less those now.
double rise(const CbamGoods& goods, const EmbeddedSystem& system,
            const std::vector<ImportedGood>& imported, std::size_t h, const EmbeddedValues& more,
            const CertificateTerms& terms) {
  double sum = 0;
  for (const auto& import : imported) {
    if (import.weights[h] == 0) continue;
    auto values = system.embedded()[import.good];
    values += import.weights[h] * more;
    sum += certificates(goods, import.good, values, terms).owed - import.bill.owed;
  }
  return sum;
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
                                         const CertificateTerms& terms) {
  const auto imported = imported_goods(goods, system, terms);
  std::vector<SupplierCase> cases;
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
      const double change =
          rise(goods, system, imported, h, mass * (values_of(one->other) - used), terms);
      one->certificates = one->kind == SupplierCase::Kind::stated ? change : -change;
      one->money = one->certificates * terms.price;
      const EmbeddedValues emissions{used.direct, used.indirect, 0};
      one->at_stake = -terms.price * rise(goods, system, imported, h, -mass * emissions, terms);
      cases.push_back(std::move(*one));
    }
  }
  std::ranges::stable_sort(cases, [](const SupplierCase& a, const SupplierCase& b) {
    const bool has_a = a.kind == SupplierCase::Kind::stated;
    const bool has_b = b.kind == SupplierCase::Kind::stated;
    return has_a != has_b ? has_b : a.money > b.money;
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
