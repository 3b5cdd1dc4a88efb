#include "trade/answer.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace stave {
namespace {

constexpr double untold = std::numeric_limits<double>::quiet_NaN();

std::vector<ExportSum> empty_sums(std::size_t count, std::size_t terms) {
  return std::vector<ExportSum>(count, {0, std::vector<double>(terms)});
}

void add_cell(const TradeAnswer& a, std::size_t i, std::size_t r, ExportSum& sum) {
  sum.exports += a.table.exports()(i, r);
  for (std::size_t k = 0; k < sum.terms.size(); ++k) sum.terms[k] += a.decomposition.terms[k](i, r);
}

void add_sums(TradeAnswer& a) {
  const auto traders = a.traders();
  const auto terms = a.decomposition.terms.size();
  a.by_trader = empty_sums(traders, terms);
  a.by_partner = empty_sums(traders * traders, terms);
  a.by_sector = empty_sums(traders * a.products(), terms);
  a.origin = Matrix(traders, traders);
  for (std::size_t i = 0; i < a.table.size(); ++i) {
    const auto s = a.table.trader(i);
    const auto p = a.table.product(i);
    const bool asked = !a.question.product || *a.question.product == p;
    for (std::size_t r = 0; r < traders; ++r) {
      if (r == s) continue;
      if (asked) add_cell(a, i, r, a.by_partner[s * traders + r]);
      if (asked && a.question.partner[r]) add_cell(a, i, r, a.by_trader[s]);
      if (a.question.partner[r]) add_cell(a, i, r, a.by_sector[s * a.products() + p]);
    }
  }
}

void add_origin(TradeAnswer& a, const TradeInverse& inverse) {
  for (std::size_t i = 0; i < a.table.size(); ++i) {
    if (a.question.product && *a.question.product != a.table.product(i)) continue;
    double exported = 0;
    for (std::size_t r = 0; r < a.traders(); ++r)
      if (a.question.partner[r]) exported += a.table.exports()(i, r);
    for (std::size_t t = 0; t < a.traders(); ++t)
      a.origin(t, a.table.trader(i)) += inverse.origin(t, i) * exported;
  }
}

}  // namespace

double TradeAnswer::content(const ExportSum& sum, TradeContent content) const {
  double value = 0;
  bool told = false;
  const auto& terms = trade_terms(decomposition.method);
  for (std::size_t k = 0; k < terms.size(); ++k)
    if (terms[k].content == content) {
      value += sum.terms[k];
      told = true;
    }
  return told ? value : untold;
}

double TradeAnswer::domestic(const ExportSum& sum) const {
  const auto& terms = trade_terms(decomposition.method);
  double value = 0;
  for (std::size_t k = 0; k < terms.size(); ++k)
    if (terms[k].content == TradeContent::absorbed || terms[k].content == TradeContent::returned ||
        terms[k].content == TradeContent::domestic)
      value += sum.terms[k];
  return value;
}

double TradeAnswer::foreign(const ExportSum& sum) const {
  const double all = content(sum, TradeContent::foreign_all);
  return std::isnan(all) ? content(sum, TradeContent::foreign) : all;
}

double TradeAnswer::twice(const ExportSum& sum) const {
  const double foreign = content(sum, TradeContent::foreign_twice);
  return content(sum, TradeContent::domestic_twice) + (std::isnan(foreign) ? 0 : foreign);
}

std::vector<std::size_t> TradeAnswer::by_size() const {
  std::vector<std::size_t> order(traders());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, std::ranges::greater{},
                           [&](std::size_t s) { return by_trader[s].exports; });
  return order;
}

TradeAnswer trade_answer(const TradeTable& table, TradeQuestion question, TradeMethod method,
                         Progress& progress) {
  const auto inverse = trade_inverse(table, progress);
  TradeAnswer a{.table = table, .question = std::move(question)};
  a.decomposition = decompose_exports(table, inverse, method, progress);
  a.totals = trade_totals(table, inverse);
  a.rca_gross = comparative_advantage(table, table.exported());
  a.rca_value_added = comparative_advantage(table, a.totals.node_domestic);
  add_sums(a);
  add_origin(a, inverse);
  return a;
}

}  // namespace stave
