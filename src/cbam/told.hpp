#pragma once
/// The tables and words of the report. Internal to the room.

#include "stave/analysis/report.hpp"
#include "stave/cbam/certificate.hpp"

namespace stave {

struct ToldGoods {
  const CbamGoods& goods;
  const EmbeddedSystem& system;
  CertificateTerms terms;
  CertificateBill bill;            ///< of all goods
  std::vector<double> by_default;  ///< t CO2e per t of each good that count and rest on defaults
  std::vector<SupplierCase> suppliers;
};

[[nodiscard]] Report report_of(const ToldGoods& told);
/// What counts of one t of each good and rests on default values: t CO2e.
[[nodiscard]] std::vector<double> by_default_value(const CbamGoods& goods,
                                                   const EmbeddedSystem& system, int year);

// tables
[[nodiscard]] Table goods_table(const ToldGoods& told);
[[nodiscard]] Table part_table(const ToldGoods& told);
[[nodiscard]] Table stream_table(const ToldGoods& told);
[[nodiscard]] Table certificate_table(const ToldGoods& told);
[[nodiscard]] Table supplier_table(const ToldGoods& told);
[[nodiscard]] Table year_table(const ToldGoods& told);
[[nodiscard]] Table default_table(const ToldGoods& told);
[[nodiscard]] Table rule_table();

}  // namespace stave
