#include "stave/analysis/analysis.hpp"
#include "stave/cbam/law.hpp"

#include <cmath>

#include "cbam/declaration.hpp"
#include "cbam/told.hpp"

namespace stave {
namespace {

Table declared_as(std::string_view name) { return declared_table(cbam_declaration(), name); }

std::string counts_words(bool indirect) { return indirect ? "direct and indirect" : "direct"; }

double sum_of_both(const EmbeddedValues& values) { return values.direct + values.indirect; }

double percent_of(double part, double whole) { return whole == 0 ? 0 : 100 * part / whole; }

std::string origin_of(const CbamPrecursor& p) {
  if (!p.good.empty()) return "good of the file";
  return p.stated ? "supplier" : "default value";
}

std::string other_words(SupplierCase::Kind kind) {
  switch (kind) {
    case SupplierCase::Kind::stated:
      return "default value";
    case SupplierCase::Kind::expected:
      return "the figure expected";
    case SupplierCase::Kind::unmarked:
      return "default value without its mark-up";
  }
  return {};
}

}  // namespace

std::vector<double> by_default_value(const CbamGoods& file, const EmbeddedSystem& system,
                                     int year) {
  const auto& goods = file.goods;
  std::vector<double> direct(goods.size());
  std::vector<double> indirect(goods.size());
  for (std::size_t g = 0; g < goods.size(); ++g) {
    EmbeddedValues own;
    if (goods[g].by_default()) own += system.own()[g];
    for (const auto& p : goods[g].precursors)
      if (p.good.empty() && !p.stated)
        own += p.amount / goods[g].made * values_of(figure_of(file, p, year));
    direct[g] = own.direct;
    indirect[g] = own.indirect;
  }
  auto counted = system.carried(direct);
  const auto behind = system.carried(indirect);
  for (std::size_t g = 0; g < goods.size(); ++g)
    if (counts_indirect(goods[g])) counted[g] += behind[g];
  return counted;
}

Table goods_table(const ToldGoods& told) {
  auto table = declared_as("goods");
  for (std::size_t g = 0; g < told.goods.goods.size(); ++g) {
    const auto& good = told.goods.goods[g];
    const auto& values = told.system.embedded()[g];
    const auto& own = told.system.own()[g];
    const bool both = counts_indirect(good);
    table.add_row({good.name, std::string(to_string(good.sector)), values.direct, values.indirect,
                   values.direct + (both ? values.indirect : 0), counts_words(both),
                   good.by_default() ? std::nan("") : own.direct,
                   good.by_default() ? std::nan("") : own.indirect,
                   percent_of(told.by_default[g], values.direct + (both ? values.indirect : 0)),
                   good.by_default() ? std::nan("") : good.made, good.imported, good.code});
  }
  return table;
}

Table part_table(const ToldGoods& told) {
  auto table = declared_as("parts");
  for (std::size_t g = 0; g < told.goods.goods.size(); ++g) {
    const auto& good = told.goods.goods[g];
    const double whole = sum_of_both(told.system.embedded()[g]);
    const auto add = [&](const std::string& part, const EmbeddedValues& v, double mass,
                         const std::string& origin, const std::string& supplier) {
      table.add_row({good.name, part, v.direct, v.indirect, percent_of(sum_of_both(v), whole), mass,
                     origin, supplier});
    };
    add(good.by_default() ? "default value" : "own process", told.system.own()[g], std::nan(""),
        good.by_default() ? "default value" : "own process", "");
    for (const auto& p : good.precursors) {
      const double mass = p.amount / good.made;
      const auto one = p.good.empty() ? values_of(figure_of(told.goods, p, told.terms.year))
                                      : told.system.embedded()[told.system.maker_of(p)];
      add(p.name, mass * one, mass, origin_of(p), p.supplier);
    }
  }
  return table;
}

Table stream_table(const ToldGoods& told) {
  auto table = declared_as("streams");
  for (const auto& good : told.goods.goods)
    for (const auto& stream : good.streams) {
      const auto values = stream_emissions(stream);
      table.add_row({good.name, stream.name, std::string(to_string(stream.kind)), stream.written,
                     stream.unit, values.direct, values.indirect, stream.source});
    }
  return table;
}

Table certificate_table(const ToldGoods& told) {
  auto table = declared_as("certificates");
  for (std::size_t g = 0; g < told.goods.goods.size(); ++g) {
    const auto& good = told.goods.goods[g];
    if (good.imported == 0) continue;
    const auto bill = certificates(told.goods, g, told.system.embedded()[g], told.terms);
    double default_owed = std::nan("");
    double default_more = std::nan("");
    if (!good.fallback.empty()) {
      const auto other = certificates_by_default(told.goods, g, told.terms);
      default_owed = other.owed;
      default_more = other.cost - bill.cost;
    }
    table.add_row({good.name, good.imported, bill.counted, bill.adjustment, bill.gross, bill.paid,
                   bill.owed, bill.cost, default_owed, default_more});
  }
  return table;
}

Table supplier_table(const ToldGoods& told) {
  auto table = declared_as("suppliers");
  for (const auto& one : told.suppliers) {
    const auto& good = told.goods.goods[one.good];
    const auto& p = good.precursors[one.precursor];
    const bool stated = one.kind == SupplierCase::Kind::stated;
    table.add_row({good.name, p.name, p.supplier,
                   std::string(stated ? "supplier" : "default value"), one.used.direct,
                   one.used.indirect, other_words(one.kind), one.other.direct, one.other.indirect,
                   one.certificates, one.money, one.at_stake, one.used.source});
  }
  return table;
}

Table year_table(const ToldGoods& told) {
  auto table = declared_as("years");
  for (int year = first_cbam_year; year <= last_cbam_year; ++year) {
    const EmbeddedSystem system(told.goods, year);
    for (std::size_t g = 0; g < told.goods.goods.size(); ++g) {
      const auto& good = told.goods.goods[g];
      if (good.imported == 0) continue;
      const auto bill = certificates(told.goods, g, system.embedded()[g], {year, told.terms.price});
      table.add_row({std::int64_t{year}, good.name, 100 * cbam_factor(year), bill.counted,
                     bill.adjustment, bill.owed, bill.cost});
    }
  }
  return table;
}

Table default_table(const ToldGoods& told) {
  auto table = declared_as("defaults");
  for (const auto& value : told.goods.defaults) {
    const auto marked = value.marked_up(told.terms.year);
    table.add_row({value.id, value.figure.direct, value.figure.indirect,
                   100 * value.markup_in(told.terms.year), marked.direct, marked.indirect,
                   value.figure.benchmark, value.figure.source});
  }
  return table;
}

Table rule_table() {
  auto table = declared_as("rules");
  for (const auto sector : cbam_sectors) {
    const auto& rule = counted_emissions(sector);
    table.add_row(
        {std::string(to_string(sector)), counts_words(rule.indirect), std::string(rule.source)});
  }
  return table;
}

}  // namespace stave
