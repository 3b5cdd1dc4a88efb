// Dense tables: one pass over the flows a day, in tiles, split over fixed strips.

#include "stave/core/error.hpp"

#include <algorithm>
#include <numeric>

#include <fmt/format.h>
#include <tbb/parallel_for.h>

#include "disruption/market.hpp"
#include "disruption/recorder.hpp"
#include "disruption/tile_kernel.hpp"

namespace stave {
namespace {

constexpr std::size_t strip_cells = std::size_t{1} << 16;
constexpr std::size_t columns_at_once = 512;

TileFour* fours(MarketArray& array, std::size_t at) {
  return reinterpret_cast<TileFour*>(array.data() + 4 * at);
}

class TileMarket final : public Market {
 public:
  explicit TileMarket(const MarketPlan& plan) : Market(plan) {
    users_ = (n_ + tile_width - 1) / tile_width * tile_width;
    sort_makers();
    make_room(products_ * users_, plan);
    flows_.assign(n_ * users_, 0);
    for_each_daily_flow(plan.chain, [&](std::size_t i, std::size_t j, double z) {
      flows_[place_of(i, j)] = z;
      need_[cell_at(product_of(i), j)] += z / plan.base.activity(j);
      asked_[buyer_class_[j] * n_ + i] += z;
    });
    for (std::size_t k = 0; k < products_; ++k)
      for (std::size_t j = 0; j < n_; ++j)
        fill_cell(plan, cell_at(k, j), k, j, need_[cell_at(k, j)]);
    cut_strips();
    held_.assign(products_, 0);
    if (classes_ > 1) {
      user_class_.assign(users_, 0);
      std::ranges::copy(buyer_class_, user_class_.begin());
    }
    made_.assign(users_, 0);
    wanted_.assign(users_, 0);
    give_.assign(classes_ * n_, 1);
    able_now_.assign(n_, 1);
    able_old_.assign(n_, 1);
    if (rule_ == ProductionRule::linear) add_up_bind();
  }

  void limit(std::span<const double> wanted, std::span<double> share) const override {
    MarketArray least(users_);
    MarketArray half(bind_half_.empty() ? 0 : users_);
    const auto blocks = (users_ + columns_at_once - 1) / columns_at_once;
    tbb::parallel_for(std::size_t{0}, blocks, [&](std::size_t b) {
      const auto first = b * columns_at_once;
      const auto last = std::min(users_, first + columns_at_once);
      const auto run = rule_ == ProductionRule::linear ? sum_stock : least_ratio;
      run(stock_.data(), bind_.data(), products_, users_, first, last, least.data());
      if (!half.empty())
        least_ratio(stock_.data(), bind_half_.data(), products_, users_, first, last, half.data());
    });
    for (std::size_t j = 0; j < n_; ++j) {
      if (rule_ == ProductionRule::linear) least[j] /= all_bind_[j];
      const double other = half.empty() ? std::numeric_limits<double>::infinity() : half[j];
      share[j] = share_allowed(wanted[j], {least[j], other});
    }
  }

  [[nodiscard]] std::int32_t tightest(std::size_t node, double wanted) const override {
    std::size_t found = 0;
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t k = 0; k < products_; ++k) {
      const double share = share_of_cell(cell_at(k, node), wanted);
      if (share < least - same_ratio) {
        found = k;
        least = share;
      }
    }
    return static_cast<std::int32_t>(found);
  }

  [[nodiscard]] bool at_rest(const Evening& evening) override {
    prepare(evening);
    std::vector<std::uint8_t> rest(strips_.size());
    tbb::parallel_for(std::size_t{0}, strips_.size(), [&](std::size_t s) {
      rest[s] = rests(day_of(strips_[s].product, evening), strips_[s]) ? 1 : 0;
    });
    return std::ranges::all_of(rest, [](auto r) { return r != 0; });
  }

  StockSums end_day(const Evening& evening) override {
    prepare(evening);
    std::ranges::fill(partial_, 0);
    std::vector<StockSums> sums(strips_.size());
    // Back and forth over the table, so that what was read last is read first.
    forward_ = !forward_;
    tbb::parallel_for(std::size_t{0}, strips_.size(), [&](std::size_t task) {
      const auto s = forward_ ? task : strips_.size() - 1 - task;
      const auto& strip = strips_[s];
      end_day_of(day_of(strip.product, evening), strip, edits_of(strip, evening.raised),
                 fours(partial_, strip.asked), sums[s]);
    });
    std::ranges::copy(evening.able, able_.begin());
    add_up_asked();
    StockSums all;
    std::ranges::fill(held_, 0);
    for (std::size_t s = 0; s < strips_.size(); ++s) {
      const auto& sum = sums[s];
      held_[strips_[s].product] += sum.after;
      all.before += sum.before;
      all.used += sum.used;
    }
    return all;
  }

  PourSums pour(std::span<const std::uint8_t> scarce,
                std::span<const double> level) const override {
    std::vector<std::uint8_t> at_position(n_);
    std::vector<double> levels(n_);
    std::vector<double> able(n_);
    for (std::size_t p = 0; p < n_; ++p) {
      at_position[p] = scarce[maker_at_[p]];
      levels[p] = level[maker_at_[p]];
      able[p] = able_[maker_at_[p]];
    }
    MarketArray sums(3 * partial_.size() / classes_);
    tbb::parallel_for(std::size_t{0}, strips_.size(), [&](std::size_t s) {
      TileDay day{};
      day.flows = const_cast<double*>(flows_.data());
      day.q = const_cast<double*>(q_.data());
      day.able_old = able.data();
      day.level = levels.data();
      pour_of(day, strips_[s], at_position.data(), fours(sums, 3 * strips_[s].asked / classes_));
    });
    PourSums found{std::vector<double>(n_), std::vector<double>(n_), std::vector<double>(n_)};
    for (const auto& strip : strips_)
      for (std::size_t f = 0; f < strip.makers; ++f) {
        const auto* at = fours(sums, 3 * strip.asked / classes_ + f);
        const auto maker = maker_at_[strip.first_maker + f];
        found.taken[maker] += sum_of_four(at[0]);
        found.open[maker] += sum_of_four(at[strip.makers]);
        found.full[maker] += sum_of_four(at[2 * strip.makers]);
      }
    return found;
  }

  [[nodiscard]] std::vector<MarketLink> links(const std::vector<NodeId>& from,
                                              const std::vector<NodeId>& to) const override {
    std::vector<MarketLink> found;
    for (const NodeId f : from)
      for (const NodeId t : to)
        if (const double z = flows_[place_of(f.at(), t.at())]; z > 0)
          found.push_back({static_cast<std::uint32_t>(f.value), static_cast<std::uint32_t>(t.value),
                           cell_at(product_of(f.at()), t.at()), place_of(f.at(), t.at()), z});
    std::ranges::sort(found, {}, &MarketLink::at);
    found.erase(std::ranges::unique(found, {}, &MarketLink::at).begin(), found.end());
    return found;
  }

  void lower(std::span<const LinkEdit> edits) override {
    std::vector<std::uint32_t> makers;
    for (const auto& edit : edits) {
      flows_[edit.link->at] = edit.value;
      makers.push_back(edit.link->maker);
    }
    std::ranges::sort(makers);
    makers.erase(std::ranges::unique(makers).begin(), makers.end());
    tbb::parallel_for(std::size_t{0}, makers.size(), [&](std::size_t m) { ask_again(makers[m]); });
  }

  [[nodiscard]] double open(const MarketLink& link) const override { return flows_[link.at]; }

  [[nodiscard]] const std::vector<double>& stock_by_product() const override { return held_; }

  [[nodiscard]] double stock_of(std::size_t user) const override {
    double held = 0;
    for (std::size_t k = 0; k < products_; ++k)
      if (!endless(k)) held += stock_[cell_at(k, user)];
    return held;
  }

  [[nodiscard]] std::size_t links_of_cell(std::size_t cell) const override {
    const auto k = cell / users_;
    std::size_t count = 0;
    for (std::size_t p = product_start_[k]; p < product_start_[k + 1]; ++p)
      count += flows_[place_of(maker_at_[p], cell % users_)] > 0 ? 1 : 0;
    return count;
  }

  [[nodiscard]] std::size_t cell_of(std::size_t product, std::size_t user) const override {
    return cell_at(product, user);
  }

  [[nodiscard]] std::size_t product_of_cell(std::size_t cell) const override {
    return cell / users_;
  }

 private:
  [[nodiscard]] std::size_t product_of(std::size_t node) const {
    return static_cast<std::size_t>(product_[node]);
  }
  [[nodiscard]] std::size_t cell_at(std::size_t k, std::size_t j) const { return k * users_ + j; }
  [[nodiscard]] std::size_t place_of(std::size_t i, std::size_t j) const {
    const auto k = product_of(i);
    const auto makers = product_start_[k + 1] - product_start_[k];
    return users_ * product_start_[k] + j / tile_width * makers * tile_width +
           (position_[i] - product_start_[k]) * tile_width + j % tile_width;
  }

  void sort_makers() {
    maker_at_.resize(n_);
    position_.resize(n_);
    std::iota(maker_at_.begin(), maker_at_.end(), 0);
    std::ranges::stable_sort(maker_at_, {}, [&](std::uint32_t i) { return product_[i]; });
    product_start_.assign(products_ + 1, 0);
    for (std::size_t p = 0; p < n_; ++p) {
      position_[maker_at_[p]] = static_cast<std::uint32_t>(p);
      ++product_start_[product_of(maker_at_[p]) + 1];
    }
    std::partial_sum(product_start_.begin(), product_start_.end(), product_start_.begin());
  }

  void cut_strips() {
    std::size_t asked = 0;
    for (std::size_t k = 0; k < products_; ++k) {
      const auto makers = product_start_[k + 1] - product_start_[k];
      const auto tiles =
          std::max<std::size_t>(1, strip_cells / (std::max<std::size_t>(1, makers) * tile_width));
      for (std::size_t u = 0; u < users_; u += tiles * tile_width) {
        strips_.push_back({.product = k,
                           .makers = makers,
                           .first_maker = product_start_[k],
                           .first_user = u,
                           .users = std::min(tiles * tile_width, users_ - u),
                           .at = users_ * product_start_[k] + u * makers,
                           .cell = cell_at(k, u),
                           .asked = asked});
        asked += classes_ * makers;
      }
    }
    partial_.assign(4 * asked, 0);
  }

  [[nodiscard]] double share_of_cell(std::size_t cell, double wanted) const {
    const auto infinity = std::numeric_limits<double>::infinity();
    const double full = bind_[cell] > 0 ? stock_[cell] / bind_[cell] / wanted : infinity;
    if (bind_half_.empty() || bind_half_[cell] == 0) return full;
    return 0.5 + 0.5 * (stock_[cell] / bind_half_[cell] / wanted);
  }

  void add_up_bind() {
    all_bind_.assign(n_, 0);
    for (std::size_t k = 0; k < products_; ++k)
      for (std::size_t j = 0; j < n_; ++j) all_bind_[j] += bind_[cell_at(k, j)];
  }

  void ask_again(std::size_t maker) {
    std::vector<double> sum(classes_);
    const auto first = cell_at(product_of(maker), 0);
    for (std::size_t j = 0; j < n_; ++j)
      sum[buyer_class_[j]] += flows_[place_of(maker, j)] * q_[first + j];
    for (std::size_t c = 0; c < classes_; ++c) asked_[c * n_ + maker] = able_[maker] * sum[c];
  }

  void prepare(const Evening& evening) {
    std::ranges::copy(evening.made, made_.begin());
    std::ranges::copy(evening.wanted, wanted_.begin());
    level_.resize(evening.service.level.size());
    for (std::size_t p = 0; p < n_; ++p) {
      const auto maker = maker_at_[p];
      able_old_[p] = able_[maker];
      able_now_[p] = evening.able[maker];
      if (!level_.empty()) level_[p] = evening.service.level[maker];
      for (std::size_t c = 0; c < classes_ && level_.empty(); ++c)
        give_[c * n_ + p] = able_[maker] * evening.service.share[c * n_ + maker];
    }
  }

  [[nodiscard]] TileDay day_of(std::size_t product, const Evening& evening) {
    const auto or_null = [](const auto& array) { return array.empty() ? nullptr : array.data(); };
    return {.flows = flows_.data(),
            .stock = stock_.data(),
            .q = q_.data(),
            .need = need_.data(),
            .most_open = or_null(most_open_),
            .beside = or_null(beside_),
            .under_way = or_null(under_way_),
            .made = made_.data(),
            .wanted = wanted_.data(),
            .user_class = or_null(user_class_),
            .classes = classes_,
            .positions = n_,
            .give = give_.data(),
            .level = or_null(level_),
            .able_old = able_old_.data(),
            .able = able_now_.data(),
            .stock_days = stock_days_[product],
            .restore = restore_,
            .endless = endless(product),
            .rest = evening.rest};
  }

  [[nodiscard]] static std::span<const LinkEdit> edits_of(const TileStrip& strip,
                                                          std::span<const LinkEdit> edits) {
    const auto place = [](const LinkEdit& edit) { return edit.link->at; };
    const auto first = std::ranges::lower_bound(edits, strip.at, {}, place);
    const auto last =
        std::ranges::lower_bound(edits, strip.at + strip.users * strip.makers, {}, place);
    return {first, last};
  }

  void add_up_asked() {
    std::ranges::fill(asked_, 0);
    for (const auto& strip : strips_)
      for (std::size_t c = 0; c < classes_; ++c)
        for (std::size_t f = 0; f < strip.makers; ++f)
          asked_[c * n_ + maker_at_[strip.first_maker + f]] +=
              sum_of_four(*fours(partial_, strip.asked + c * strip.makers + f));
    for (std::size_t c = 0; c < classes_; ++c)
      for (std::size_t i = 0; i < n_; ++i) asked_[c * n_ + i] *= able_[i];
  }

  std::size_t users_ = 0;  ///< n filled up to whole tiles
  std::vector<std::uint32_t> maker_at_, position_;
  std::vector<std::size_t> product_start_;  ///< [products + 1] positions
  MarketArray flows_;                       ///< tiles, product by product
  std::vector<TileStrip> strips_;
  MarketArray partial_;
  MarketArray user_class_, made_, wanted_;          ///< [users]
  MarketArray give_, level_, able_now_, able_old_;  ///< by position
  std::vector<double> held_;                        ///< [products]
  std::vector<double> all_bind_;                    ///< [n] linear rule: sum of bind
  bool forward_ = false;
};

}  // namespace

std::unique_ptr<Market> tile_market(const MarketPlan& plan) {
  return std::make_unique<TileMarket>(plan);
}

}  // namespace stave
