#include "stave/analysis/analysis.hpp"

#include "stave/core/error.hpp"

#include <fmt/format.h>

#include "cbam/declaration.hpp"
#include "cbam/told.hpp"

namespace stave {
namespace {

CertificateTerms terms_of(const CbamGoods& goods, const Arguments& arguments) {
  CertificateTerms terms;
  if (goods.year != 0) terms.year = goods.year;
  if (arguments.has("year")) terms.year = static_cast<int>(arguments.integer("year"));
  terms.price = arguments.has("price") ? arguments.real("price") : goods.price;
  if (terms.price > 0) return terms;
  throw Error(Errc::bad_input, fmt::format("{} does not say what a certificate costs", goods.name),
              "Give a price above 0 in EUR per t CO2e: --price 80, or price = 80 in the file.");
}

Report cbam(const Chain& /*chain*/, const Arguments& arguments, Progress& progress) {
  progress.report("reading the goods", 0);
  const auto goods = read_cbam_goods(arguments.text("goods"));
  const auto terms = terms_of(goods, arguments);
  progress.report("solving", 0);
  const EmbeddedSystem system(goods, terms.year);
  return report_of({goods, system, terms, certificates_of_all(goods, system, terms),
                    by_default_value(goods, system, terms.year),
                    supplier_cases(goods, system, terms, progress)});
}

}  // namespace

Analysis cbam_analysis() { return {cbam_declaration(), cbam}; }

}  // namespace stave
