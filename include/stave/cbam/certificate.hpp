#pragma once
/// Certificates owed for imported goods, and what suppliers' figures change about them.
///
///   const CertificateBill bill = certificates(goods, g, system.embedded()[g], {2026, 80});
///
///   counted      SEE_g: direct, with indirect where the law counts them; t CO2e per t
///   adjustment   CBAM factor of the year * correction factor * benchmarks of the good, its
///                precursors' included; t CO2e per t
///   owed         (counted - adjustment) * imported tonnes, not below 0, less the carbon price
///                paid abroad over the price of a certificate
///
/// Source: Regulation (EU) 2023/956, articles 9, 22 and 31; Implementing Regulation (EU) 2025/2620.

#include "stave/cbam/embedded.hpp"
#include "stave/core/progress.hpp"

#include <vector>

namespace stave {

struct CertificateTerms {
  int year = first_cbam_year;
  double price = 0;  ///< EUR per certificate of 1 t CO2e
};

struct CertificateBill {
  double counted = 0;     ///< t CO2e per t
  double adjustment = 0;  ///< t CO2e per t
  double gross = 0;       ///< certificates before what was paid abroad
  double paid = 0;        ///< certificates that carbon prices paid abroad stand for
  double owed = 0;        ///< certificates
  double cost = 0;        ///< EUR
};

/// @param values  of one t of good g: its own, or those of another case
[[nodiscard]] CertificateBill certificates(const CbamGoods& goods, std::size_t g,
                                           const EmbeddedValues& values,
                                           const CertificateTerms& terms);
/// As if the good were declared by its default value. @pre it names one
[[nodiscard]] CertificateBill certificates_by_default(const CbamGoods& goods, std::size_t g,
                                                      const CertificateTerms& terms);

/// One precursor that is bought, and what another figure for it would change.
struct SupplierCase {
  enum class Kind {
    stated,    ///< the supplier's figure is used; the other is the default value
    expected,  ///< the default value is used; the other is what the figure is thought to be
    unmarked   ///< the default value is used; the other is it without its mark-up
  };
  Kind kind = Kind::stated;
  std::size_t good = 0;
  std::size_t precursor = 0;
  CbamFigure used;
  CbamFigure other;
  double certificates = 0;  ///< fewer with the supplier's figure than with the default value
  double money = 0;         ///< EUR a year
  double at_stake = 0;      ///< EUR: what the precursor's emissions, as used, cost in certificates
};
/// Those to be asked first: by default value before stated, then by money, largest first. Each
/// case is computed alone, the others as they are; precursors without a default value to compare
/// with are left out.
[[nodiscard]] std::vector<SupplierCase> supplier_cases(const CbamGoods& goods,
                                                       const EmbeddedSystem& system,
                                                       const CertificateTerms& terms,
                                                       Progress& progress = no_progress());

/// The same goods, every bought precursor that names a default value by it.
[[nodiscard]] CbamGoods with_defaults_only(CbamGoods goods);
/// All goods together.
[[nodiscard]] CertificateBill certificates_of_all(const CbamGoods& goods,
                                                  const EmbeddedSystem& system,
                                                  const CertificateTerms& terms);

}  // namespace stave
