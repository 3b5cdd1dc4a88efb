#include "disruption/market.hpp"

#include <algorithm>
#include <cmath>

#include "disruption/production.hpp"

namespace stave {
namespace {

constexpr double boario_least_need = 2.74e-8;

}  // namespace

Market::Market(const MarketPlan& plan)
    : n_(plan.base.n),
      products_(plan.base.products),
      classes_(plan.classes),
      buyer_class_(plan.buyer_class),
      product_(plan.base.product),
      stock_days_(plan.options.inventory_days_of),
      restore_(1 / plan.options.inventory_restore_days),
      psi_(plan.options.psi),
      rule_(plan.options.production),
      boario_(plan.options.compatibility == Compatibility::boario),
      asked_(plan.classes * plan.base.n),
      able_(plan.base.n, 1) {
  if (stock_days_.empty()) stock_days_.assign(products_, plan.options.inventory_days);
  if (boario_)
    for (double& d : stock_days_) d = d <= 1 ? 2 : d;
}

void Market::make_room(std::size_t cells, const MarketPlan& plan) {
  for (auto* array : {&stock_, &need_, &q_, &bind_}) array->assign(cells, 0);
  if (rule_ == ProductionRule::important_half) bind_half_.assign(cells, 0);
  if (plan.links_change) most_open_.assign(cells, 1);
  if (plan.goods_come) {
    beside_.assign(cells, 0);
    under_way_.assign(cells, 0);
  }
}

bool Market::endless(std::size_t product) const { return std::isinf(stock_days_[product]); }

double Market::counts(const MarketPlan& plan, std::size_t product, std::size_t user,
                      double input) const {
  if (plan.base.output[user] == 0 || !(input > (boario_ ? boario_least_need : 0)) ||
      endless(product))
    return 0;
  if (rule_ == ProductionRule::leontief || rule_ == ProductionRule::linear) return 1;
  return shortage_counts(rule_,
                         plan.chain.recipe().need(ProductId(product), ProductId(product_[user])));
}

void Market::fill_cell(const MarketPlan& plan, std::size_t cell, std::size_t product,
                       std::size_t user, double input) {
  need_[cell] = input;
  q_[cell] = input > 0 ? 1 : 0;
  if (!endless(product)) stock_[cell] = stock_days_[product] * (input * plan.base.activity(user));
  const double count = counts(plan, product, user, input);
  if (count == 0) return;
  const double bind = std::max(1.0, psi_ * stock_days_[product]) * input;
  (count == 1 ? bind_ : bind_half_)[cell] = bind;
}

double Market::given(const MarketLink& link, const Service& service) const {
  const double z = open(link);
  const double factor = q_[link.cell] * able_[link.maker];
  if (!service.level.empty()) return z * std::min(factor, service.level[link.maker]);
  return z * (factor * service.share[buyer_class_[link.user] * n_ + link.maker]);
}

std::unique_ptr<Market> market_of(const MarketPlan& plan) {
  return plan.chain.flows().is_dense() ? tile_market(plan) : link_market(plan);
}

}  // namespace stave
