#include "stave/trade/trade.hpp"

#include <stdexcept>

namespace stave {
namespace {

using enum TradeContent;

std::vector<TradeTerm> borin_mancini() {
  return {
      {"vax1", "Domestic value added in final goods, used by the partner", absorbed},
      {"vax2", "Domestic value added in inputs that the partner turns into what it uses itself",
       absorbed},
      {"vax3", "Domestic value added in inputs that the partner turns into final goods for others",
       absorbed},
      {"vax4",
       "Domestic value added in inputs that the partner passes on as inputs, used abroad in the "
       "end",
       absorbed},
      {"ref1", "Domestic value added in inputs that come back home in the partner's final goods",
       returned},
      {"ref2",
       "Domestic value added in inputs that the partner passes on as inputs, used at home in the "
       "end",
       returned},
      {"ddc", "Domestic value added that left in other exports too: counted twice", domestic_twice},
      {"fva1", "Foreign value added in final goods, used by the partner", foreign},
      {"fva2", "Foreign value added in inputs that the partner turns into what it uses itself",
       foreign},
      {"fva3", "Foreign value added in inputs that the partner turns into final goods for others",
       foreign},
      {"fva4", "Foreign value added in inputs that the partner passes on as inputs", foreign},
      {"fdc", "Foreign value added that this exporter's other exports hold too: counted twice",
       foreign_twice}};
}

std::vector<TradeTerm> wang_wei_zhu() {
  return {
      {"dva_fin", "Domestic value added in final goods, used by the partner", absorbed},
      {"dva_int", "Domestic value added in inputs that the partner uses for itself", absorbed},
      {"dva_intrex1",
       "Domestic value added in inputs passed on as inputs, used where third regions make it",
       absorbed},
      {"dva_intrex2",
       "Domestic value added in inputs that the partner turns into final goods for others",
       absorbed},
      {"dva_intrex3",
       "Domestic value added in inputs passed on as inputs that third regions export as final "
       "goods",
       absorbed},
      {"rdv_fin1", "Domestic value added that comes back in the partner's final goods", returned},
      {"rdv_fin2", "Domestic value added that comes back in third regions' final goods", returned},
      {"rdv_int", "Domestic value added that comes back in inputs and is used at home", returned},
      {"ddc_fin", "Domestic value added that comes back for exports of final goods: counted twice",
       domestic_twice},
      {"ddc_int", "Domestic value added that comes back for exports of inputs: counted twice",
       domestic_twice},
      {"mva_fin", "The partner's value added in final goods", foreign},
      {"ova_fin", "Third regions' value added in final goods", foreign},
      {"mva_int", "The partner's value added in inputs that it uses for itself", foreign},
      {"ova_int", "Third regions' value added in inputs that the partner uses for itself", foreign},
      {"mdc", "The partner's value added in inputs it exports again: counted twice", foreign_twice},
      {"odc", "Third regions' value added in inputs the partner exports again: counted twice",
       foreign_twice}};
}

std::vector<TradeTerm> koopman_wang_wei() {
  return {
      {"dva_fin", "Domestic value added in final goods, used abroad", absorbed},
      {"dva_int", "Domestic value added in inputs, used where the last product is made", absorbed},
      {"dva_intrex", "Domestic value added in inputs that others turn into exports to others",
       absorbed},
      {"rdv_fin", "Domestic value added that comes back in final goods", returned},
      {"rdv_int", "Domestic value added that comes back in inputs and is used at home", returned},
      {"ddc", "Domestic value added that comes back for exports: counted twice", domestic_twice},
      {"fva_fin", "Foreign value added in final goods", foreign},
      {"fva_int", "Foreign value added in inputs that the partner uses for itself", foreign},
      {"fdc", "Foreign value added in inputs that the partner exports again: counted twice",
       foreign_twice}};
}

std::vector<TradeTerm> miroudot_ye() {
  return {
      {"dva", "Domestic value added, used anywhere", domestic},
      {"ddc", "Domestic value added that left in other exports too: counted twice", domestic_twice},
      {"fva", "Foreign value added", foreign},
      {"fdc", "Foreign value added that this exporter's other exports hold too: counted twice",
       foreign_twice}};
}

std::vector<TradeTerm> oecd() {
  return {
      {"exgr_ddc", "Domestic value added of the exporting sector itself", domestic},
      {"exgr_idc", "Domestic value added of the exporting sector's domestic suppliers", domestic},
      {"exgr_rim", "Domestic value added in imports: it left before and came back", domestic_twice},
      {"exgr_fva", "Foreign content, with what is counted twice", foreign_all}};
}

struct Named {
  TradeMethod method;
  std::string_view name;
  std::vector<TradeTerm> terms;
};

const std::vector<Named>& methods() {
  static const std::vector<Named> list = {
      {TradeMethod::borin_mancini_source, "borin-mancini-source", borin_mancini()},
      {TradeMethod::borin_mancini_sink, "borin-mancini-sink", borin_mancini()},
      {TradeMethod::wwz, "wwz", wang_wei_zhu()},
      {TradeMethod::kww, "kww", koopman_wang_wei()},
      {TradeMethod::miroudot_ye, "miroudot-ye", miroudot_ye()},
      {TradeMethod::oecd, "oecd", oecd()}};
  return list;
}

const Named& named(TradeMethod method) { return methods()[static_cast<std::size_t>(method)]; }

}  // namespace

std::string_view to_string(TradeMethod method) { return named(method).name; }

TradeMethod trade_method(std::string_view name) {
  for (const auto& one : methods())
    if (one.name == name) return one.method;
  throw std::logic_error("no method of trade is called " + std::string(name));
}

const std::vector<TradeTerm>& trade_terms(TradeMethod method) { return named(method).terms; }

}  // namespace stave
