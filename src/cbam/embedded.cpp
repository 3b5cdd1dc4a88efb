#include "stave/cbam/embedded.hpp"

#include "stave/cbam/law.hpp"
#include "stave/core/error.hpp"
#include "stave/inventory/product_system.hpp"
#include "stave/linalg/sparse_system.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace stave {
namespace {

constexpr double mass_tolerance = 1e-9;

// A(g, h), by good and precursor; goods declared by default value take nothing.
std::vector<SparseCell> cells_of(const CbamGoods& goods, const EmbeddedSystem& system) {
  std::vector<SparseCell> cells;
  for (std::size_t g = 0; g < goods.goods.size(); ++g) {
    const auto& good = goods.goods[g];
    const auto row = static_cast<std::int32_t>(g);
    cells.push_back({row, row, 1});
    for (const auto& p : good.precursors)
      if (!p.good.empty())
        cells.push_back(
            {row, static_cast<std::int32_t>(system.maker_of(p)), -p.amount / good.made});
  }
  return cells;
}

void require_finite_emissions(const CbamGood& good, const EmbeddedValues& values) {
  if (std::isfinite(values.direct + values.indirect + values.benchmark)) return;
  throw Error(
      Errc::bad_input,
      fmt::format("{}: the emissions of one t of '{}' are no number", good.place, good.name),
      "Check amounts, factors and 'made': one of them is far out of range.");
}

std::string way_words(const CbamGoods& goods, const std::vector<std::size_t>& way) {
  std::string words;
  for (const auto g : way) words += fmt::format("'{}' goes into ", goods.goods[g].name);
  return words + fmt::format("'{}'", goods.goods[way.front()].name);
}

}  // namespace

EmbeddedValues& EmbeddedValues::operator+=(const EmbeddedValues& other) {
  direct += other.direct;
  indirect += other.indirect;
  benchmark += other.benchmark;
  return *this;
}

EmbeddedValues operator*(double factor, const EmbeddedValues& values) {
  return {factor * values.direct, factor * values.indirect, factor * values.benchmark};
}

EmbeddedValues operator-(EmbeddedValues a, const EmbeddedValues& b) {
  a += -1.0 * b;
  return a;
}

EmbeddedValues stream_emissions(const CbamStream& stream) {
  using StreamKind = CbamStream::Kind;
  const double amount = stream.amount * stream.factor;
  const double sign = stream.out ? -1 : 1;
  switch (stream.kind) {
    case StreamKind::fuel:
    case StreamKind::process:
      return {amount * stream.oxidation * (1 - stream.biomass), 0, 0};
    case StreamKind::carbon:
      return {sign * tonnes_co2_of_carbon * amount, 0, 0};
    case StreamKind::emission:
      return {amount, 0, 0};
    case StreamKind::heat:
      return {sign * amount, 0, 0};
    case StreamKind::waste_gas:
      return {stream.out ? -waste_gas_efficiency * amount : amount, 0, 0};
    case StreamKind::electricity:
      return {0, amount, 0};
    case StreamKind::generated:
      return {-amount, 0, 0};
  }
  return {};
}

AttributedEmissions attributed_emissions(const CbamGood& good) {
  EmbeddedValues sum;
  for (const auto& stream : good.streams) sum += stream_emissions(stream);
  return {std::max(0.0, sum.direct), sum.indirect, sum.direct < 0};
}

CbamFigure figure_of(const CbamGoods& goods, const CbamPrecursor& precursor, int year) {
  return precursor.stated ? *precursor.stated
                          : goods.default_at(precursor.fallback).marked_up(year);
}

EmbeddedValues values_of(const CbamFigure& figure) {
  return {figure.direct, figure.indirect, std::isnan(figure.benchmark) ? 0 : figure.benchmark};
}

EmbeddedSystem::EmbeddedSystem(const CbamGoods& goods, int year) : goods_(&goods), year_(year) {
  for (std::size_t g = 0; g < goods.goods.size(); ++g) position_[goods.goods[g].id] = g;
  fill();
  find_loops();
  refuse_overdrawn();
  solve();
}

std::size_t EmbeddedSystem::maker_of(const CbamPrecursor& precursor) const {
  const auto found = position_.find(precursor.good);
  return found == position_.end() ? position_.size() : found->second;
}

void EmbeddedSystem::fill() {
  const auto n = goods_->goods.size();
  own_.resize(n);
  bought_.resize(n);
  passed_on_.resize(n);
  for (std::size_t g = 0; g < n; ++g) {
    const auto& good = goods_->goods[g];
    if (good.by_default()) {
      own_[g] = values_of(goods_->default_at(good.fallback).marked_up(year_));
      continue;
    }
    const auto attributed = attributed_emissions(good);
    own_[g] = {attributed.direct / good.made, attributed.indirect / good.made,
               std::isnan(good.benchmark) ? 0 : good.benchmark};
    for (const auto& p : good.precursors) {
      if (p.good.empty())
        bought_[g] += p.amount / good.made * values_of(figure_of(*goods_, p, year_));
      else
        passed_on_[maker_of(p)] += p.amount;
    }
    auto sum = own_[g];
    sum += bought_[g];
    require_finite_emissions(good, sum);
  }
}

void EmbeddedSystem::find_loops() {
  ProductSystem graph;
  graph.processes.resize(goods_->goods.size());
  for (std::size_t g = 0; g < goods_->goods.size(); ++g)
    for (const auto& p : goods_->goods[g].precursors)
      if (!p.good.empty()) {
        SystemEntry entry;
        entry.row = static_cast<std::int32_t>(maker_of(p));
        entry.column = static_cast<std::int32_t>(g);
        entry.value = -p.amount;
        graph.technosphere.push_back(entry);
      }
  for (const auto& loop : stave::loops(graph)) loops_.push_back(way_round(graph, loop));
}

void EmbeddedSystem::refuse_overdrawn() const {
  for (std::size_t h = 0; h < passed_on_.size(); ++h) {
    const auto& good = goods_->goods[h];
    if (good.by_default() || passed_on_[h] <= good.made * (1 + mass_tolerance)) continue;
    throw Error(Errc::not_productive,
                fmt::format("{}: {} t of '{}' go into other goods, and {} t are made", good.place,
                            passed_on_[h], good.name, good.made),
                "All amounts are of one period. What is bought from elsewhere is a precursor of "
                "its own, without 'good'.");
  }
}

// What goes in is 0 or more, and so is what comes out, unless a loop takes what it makes.
void EmbeddedSystem::require_sound(const std::vector<double>& right,
                                   const std::vector<double>& values) const {
  const double scale = *std::ranges::max_element(right);
  for (std::size_t g = 0; g < values.size(); ++g)
    if (!std::isfinite(values[g]) || values[g] < -mass_tolerance * scale)
      throw Error(Errc::not_productive,
                  fmt::format("{}: '{}' is made in a loop that leaves next to nothing",
                              goods_->goods[g].place, goods_->goods[g].name),
                  "State what leaves the loop, or leave the loop out.");
}

void EmbeddedSystem::solve() {
  const auto n = goods_->goods.size();
  embedded_.resize(n);
  try {
    solver_ = std::make_shared<SparseSystem>(sparse_columns(n, cells_of(*goods_, *this)));
    for (const auto part :
         {&EmbeddedValues::direct, &EmbeddedValues::indirect, &EmbeddedValues::benchmark}) {
      std::vector<double> right(n);
      for (std::size_t g = 0; g < n; ++g) right[g] = own_[g].*part + bought_[g].*part;
      const auto solved = solver_->solve(right);
      require_sound(right, solved.values);
      for (std::size_t g = 0; g < n; ++g) embedded_[g].*part = solved.values[g];
      residual_ = std::max(residual_, solved.residual);
    }
  } catch (const SingularMatrix&) {
    throw Error(
        Errc::not_productive,
        fmt::format("{}: goods that need one another leave nothing: {}",
                    goods_->goods[loops_.at(0).front()].place, way_words(*goods_, loops_.at(0))),
        "All that is made goes round: state what leaves the loop, or leave the loop out.");
  }
}

std::vector<double> EmbeddedSystem::weights_of(std::size_t g) const {
  std::vector<double> right(goods_->goods.size());
  right[g] = 1;
  return solver_->solve_transposed(right).values;
}

std::vector<double> EmbeddedSystem::carried(const std::vector<double>& own) const {
  return solver_->solve(own).values;
}

double EmbeddedSystem::imbalance() const {
  double in = 0;
  double out = 0;
  const auto sum_of = [](const EmbeddedValues& v) { return v.direct + v.indirect; };
  for (std::size_t g = 0; g < embedded_.size(); ++g) {
    const auto& good = goods_->goods[g];
    if (good.by_default()) {
      in += passed_on_[g] * sum_of(own_[g]);
      continue;
    }
    in += good.made * (sum_of(own_[g]) + sum_of(bought_[g]));
    out += (good.made - passed_on_[g]) * sum_of(embedded_[g]);
  }
  return in == 0 ? std::abs(out) : std::abs(in - out) / in;
}

}  // namespace stave
