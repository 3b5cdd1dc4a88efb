#pragma once
/// The tables and words of the report. Internal to the room.

#include "stave/analysis/report.hpp"
#include "stave/cbam/certificate.hpp"

namespace stave {

struct ToldGoods {
  const CbamGoods& goods;
  const EmbeddedSystem& system;
  CertificateTerms terms;
  std::vector<SupplierCase> suppliers;
};

[[nodiscard]] Report report_of(const ToldGoods& told);

// tables
[[nodiscard]] Table goods_table(const ToldGoods& told);
[[nodiscard]] Table part_table(const ToldGoods& told);
[[nodiscard]] Table stream_table(const ToldGoods& told);
[[nodiscard]] Table certificate_table(const ToldGoods& told);
[[nodiscard]] Table supplier_table(const ToldGoods& told);
[[nodiscard]] Table year_table(const ToldGoods& told);
[[nodiscard]] Table default_table(const ToldGoods& told);
[[nodiscard]] Table rule_table();

/// t CO2e per t of each good, direct and indirect, that rest on default values.
[[nodiscard]] std::vector<double> by_default_value(const ToldGoods& told);

}  // namespace stave
