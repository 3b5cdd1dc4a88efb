// Sparse networks: links twice, by user and product, and by maker, so that every sum is of one row.

#include "stave/core/error.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

#include <tbb/parallel_for.h>

#include "disruption/market.hpp"
#include "disruption/recorder.hpp"

namespace stave {
namespace {

constexpr std::size_t users_at_once = 4096;

template <class T>
using LinkMarketArray = std::vector<T, LargePageAllocator<T>>;

class LinkMarket final : public Market {
 public:
  explicit LinkMarket(const MarketPlan& plan) : Market(plan) {
    list_by_user(plan);
    list_by_maker();
    make_room(cell_product_.size(), plan);
    for (std::size_t j = 0; j < n_; ++j)
      for (auto cell = user_start_[j]; cell < user_start_[j + 1]; ++cell) {
        double need = 0;
        for (auto l = cell_start_[cell]; l < cell_start_[cell + 1]; ++l)
          need += flow_[l] / plan.base.activity(j);
        fill_cell(plan, cell, cell_product_[cell], j, need);
      }
    need_at(cell_product_.size());
    tbb::parallel_for(std::size_t{0}, blocks(), [&](std::size_t b) {
      for (auto i = b * users_at_once; i < end_of(b); ++i) ask_again(i);
    });
  }

  void limit(std::span<const double> wanted, std::span<double> share) const override {
    tbb::parallel_for(std::size_t{0}, blocks(), [&](std::size_t b) {
      for (auto j = b * users_at_once; j < end_of(b); ++j)
        share[j] = share_allowed(wanted[j], rule_ == ProductionRule::linear ? in_all(j) : least(j));
    });
  }

  [[nodiscard]] std::int32_t tightest(std::size_t node, double wanted) const override {
    std::size_t found = 0;
    double least = std::numeric_limits<double>::infinity();
    for (auto cell = user_start_[node]; cell < user_start_[node + 1]; ++cell) {
      double share = std::numeric_limits<double>::infinity();
      if (bind_[cell] > 0) share = stock_[cell] / bind_[cell] / wanted;
      if (!bind_half_.empty() && bind_half_[cell] > 0)
        share = 0.5 + 0.5 * (stock_[cell] / bind_half_[cell] / wanted);
      if (share < least - same_ratio) {
        found = cell_product_[cell];
        least = share;
      }
    }
    return static_cast<std::int32_t>(found);
  }

  [[nodiscard]] bool at_rest(const Evening& evening) override {
    receive(evening);
    std::vector<std::uint8_t> rest(blocks(), 1);
    tbb::parallel_for(std::size_t{0}, blocks(), [&](std::size_t b) {
      for (auto j = b * users_at_once; j < end_of(b); ++j)
        for (auto cell = user_start_[j]; cell < user_start_[j + 1]; ++cell) {
          const double used = need_[cell] * evening.made[j];
          const double came = beside_.empty() ? came_[cell] : came_[cell] + beside_[cell];
          if (!(std::abs(came - used) <= 1e-8 + 1e-5 * std::abs(used))) rest[b] = 0;
        }
    });
    return std::ranges::all_of(rest, [](auto r) { return r != 0; });
  }

  StockSums end_day(const Evening& evening) override {
    receive(evening);
    for (const auto& edit : evening.raised) set(edit);
    for (const auto& edit : evening.raised)
      sum_[edit.link->cell] = weighed(edit.link->cell, evening);
    std::vector<StockSums> sums(blocks());
    tbb::parallel_for(std::size_t{0}, blocks(), [&](std::size_t b) {
      for (auto j = b * users_at_once; j < end_of(b); ++j)
        for (auto cell = user_start_[j]; cell < user_start_[j + 1]; ++cell)
          place(cell, restock(cell, j, evening, sums[b]));
    });
    std::ranges::copy(evening.able, able_.begin());
    tbb::parallel_for(std::size_t{0}, blocks(), [&](std::size_t b) {
      for (auto i = b * users_at_once; i < end_of(b); ++i) ask_again(i);
    });
    std::ranges::fill(held_, 0);
    for (std::size_t cell = 0; cell < cell_product_.size(); ++cell)
      held_[cell_product_[cell]] += stock_[cell];
    StockSums all;
    for (const auto& sum : sums) {
      all.before += sum.before;
      all.used += sum.used;
    }
    return all;
  }

  PourSums pour(std::span<const std::uint8_t> scarce,
                std::span<const double> level) const override {
    PourSums found{std::vector<double>(n_), std::vector<double>(n_), std::vector<double>(n_)};
    tbb::parallel_for(std::size_t{0}, blocks(), [&](std::size_t b) {
      for (auto i = b * users_at_once; i < end_of(b); ++i) {
        if (scarce[i] == 0) continue;
        for (auto l = maker_start_[i]; l < maker_start_[i + 1]; ++l) {
          const double asked = q_[sold_cell_[l]] * able_[i];
          const bool full = asked <= level[i];
          (full ? found.taken : found.open)[i] += full ? sold_[l] * asked : sold_[l];
          found.full[i] += full ? 1 : 0;
        }
      }
    });
    return found;
  }

  [[nodiscard]] std::vector<MarketLink> links(const std::vector<NodeId>& from,
                                              const std::vector<NodeId>& to) const override {
    std::vector<std::uint8_t> meant(n_);
    for (const NodeId node : from) meant[node.at()] = 1;
    auto users = to;
    std::ranges::sort(users);
    users.erase(std::ranges::unique(users).begin(), users.end());
    std::vector<MarketLink> found;
    for (const NodeId user : users)
      for (auto cell = user_start_[user.at()]; cell < user_start_[user.at() + 1]; ++cell)
        for (auto l = cell_start_[cell]; l < cell_start_[cell + 1]; ++l)
          if (meant[maker_[l]] != 0)
            found.push_back({maker_[l], static_cast<std::uint32_t>(user.value), cell, l, flow_[l]});
    return found;
  }

  void lower(std::span<const LinkEdit> edits) override {
    std::vector<std::uint32_t> makers;
    for (const auto& edit : edits) {
      set(edit);
      makers.push_back(edit.link->maker);
    }
    std::ranges::sort(makers);
    makers.erase(std::ranges::unique(makers).begin(), makers.end());
    for (const auto maker : makers) ask_again(maker);
  }

  [[nodiscard]] double open(const MarketLink& link) const override { return flow_[link.at]; }

  [[nodiscard]] const std::vector<double>& stock_by_product() const override { return held_; }

  [[nodiscard]] double stock_of(std::size_t user) const override {
    double held = 0;
    for (auto cell = user_start_[user]; cell < user_start_[user + 1]; ++cell)
      if (!endless(cell_product_[cell])) held += stock_[cell];
    return held;
  }

  [[nodiscard]] std::size_t links_of_cell(std::size_t cell) const override {
    return cell_start_[cell + 1] - cell_start_[cell];
  }

  [[nodiscard]] std::size_t cell_of(std::size_t product, std::size_t user) const override {
    const auto first = cell_product_.begin() + static_cast<std::ptrdiff_t>(user_start_[user]);
    const auto last = cell_product_.begin() + static_cast<std::ptrdiff_t>(user_start_[user + 1]);
    const auto found = std::lower_bound(first, last, product);
    return found != last && *found == product
               ? static_cast<std::size_t>(found - cell_product_.begin())
               : none_such;
  }

  [[nodiscard]] std::size_t product_of_cell(std::size_t cell) const override {
    return cell_product_[cell];
  }

 private:
  [[nodiscard]] std::size_t blocks() const { return (n_ + users_at_once - 1) / users_at_once; }
  [[nodiscard]] std::size_t end_of(std::size_t b) const {
    return std::min(n_, (b + 1) * users_at_once);
  }

  /// By user, within by product, within by maker.
  void list_by_user(const MarketPlan& plan) {
    std::vector<std::size_t> start(n_ + 1);
    for_each_daily_flow(plan.chain, [&](std::size_t, std::size_t j, double) { ++start[j + 1]; });
    std::partial_sum(start.begin(), start.end(), start.begin());
    maker_.resize(start[n_]);
    flow_.resize(start[n_]);
    auto next = start;
    for_each_daily_flow(plan.chain, [&](std::size_t i, std::size_t j, double z) {
      maker_[next[j]] = static_cast<std::uint32_t>(i);
      flow_[next[j]++] = z;
    });
    user_start_.push_back(0);
    std::vector<std::pair<std::uint32_t, double>> row;
    for (std::size_t j = 0; j < n_; ++j) {
      row.clear();
      for (auto l = start[j]; l < start[j + 1]; ++l) row.emplace_back(maker_[l], flow_[l]);
      std::ranges::stable_sort(row, {}, [&](const auto& link) { return product_[link.first]; });
      for (std::size_t l = 0; l < row.size(); ++l) {
        const auto product = static_cast<std::uint32_t>(product_[row[l].first]);
        if (l == 0 || product != cell_product_.back()) {
          cell_product_.push_back(product);
          cell_start_.push_back(start[j] + l);
        }
        maker_[start[j] + l] = row[l].first;
        flow_[start[j] + l] = row[l].second;
      }
      user_start_.push_back(cell_product_.size());
    }
    cell_start_.push_back(flow_.size());
  }

  void list_by_maker() {
    maker_start_.assign(n_ + 1, 0);
    for (const auto maker : maker_) ++maker_start_[maker + 1];
    std::partial_sum(maker_start_.begin(), maker_start_.end(), maker_start_.begin());
    sold_.resize(flow_.size());
    sold_cell_.resize(flow_.size());
    auto next = maker_start_;
    for (std::size_t cell = 0; cell < cell_product_.size(); ++cell)
      for (auto l = cell_start_[cell]; l < cell_start_[cell + 1]; ++l) {
        const auto at = next[maker_[l]]++;
        sold_[at] = flow_[l];
        sold_cell_[at] = static_cast<std::uint32_t>(cell);
      }
  }

  void need_at(std::size_t cells) {
    held_.assign(products_, 0);
    came_.assign(cells, 0);
    sum_.assign(cells, 0);
    if (classes_ == 1) return;
    cell_user_.resize(cells);
    for (std::size_t j = 0; j < n_; ++j)
      for (auto cell = user_start_[j]; cell < user_start_[j + 1]; ++cell)
        cell_user_[cell] = static_cast<std::uint32_t>(j);
  }

  [[nodiscard]] SmallestRatios least(std::size_t j) const {
    const auto infinity = std::numeric_limits<double>::infinity();
    SmallestRatios found{infinity, infinity};
    for (auto cell = user_start_[j]; cell < user_start_[j + 1]; ++cell) {
      if (bind_[cell] > 0) found.full = std::min(found.full, stock_[cell] / bind_[cell]);
      if (!bind_half_.empty() && bind_half_[cell] > 0)
        found.half = std::min(found.half, stock_[cell] / bind_half_[cell]);
    }
    return found;
  }

  [[nodiscard]] SmallestRatios in_all(std::size_t j) const {
    double held = 0;
    double bind = 0;
    for (auto cell = user_start_[j]; cell < user_start_[j + 1]; ++cell) {
      if (bind_[cell] > 0) held += stock_[cell];
      bind += bind_[cell];
    }
    const auto infinity = std::numeric_limits<double>::infinity();
    return {bind > 0 ? held / bind : infinity, infinity};
  }

  void receive(const Evening& evening) {
    const auto& service = evening.service;
    tbb::parallel_for(std::size_t{0}, blocks(), [&](std::size_t b) {
      for (auto j = b * users_at_once; j < end_of(b); ++j) {
        const double* share =
            service.level.empty() ? service.share.data() + buyer_class_[j] * n_ : nullptr;
        for (auto cell = user_start_[j]; cell < user_start_[j + 1]; ++cell) {
          double got = 0;
          double sum = 0;
          for (auto l = cell_start_[cell]; l < cell_start_[cell + 1]; ++l) {
            const auto f = maker_[l];
            got += share != nullptr ? flow_[l] * (able_[f] * share[f])
                                    : flow_[l] * std::min(q_[cell] * able_[f], service.level[f]);
            sum += flow_[l] * evening.able[f];
          }
          came_[cell] = share != nullptr ? got * q_[cell] : got;
          sum_[cell] = sum;
        }
      }
    });
  }

  [[nodiscard]] double weighed(std::size_t cell, const Evening& evening) const {
    double sum = 0;
    for (auto l = cell_start_[cell]; l < cell_start_[cell + 1]; ++l)
      sum += flow_[l] * evening.able[maker_[l]];
    return sum;
  }

  /// @returns what is ordered
  double restock(std::size_t cell, std::size_t user, const Evening& evening, StockSums& sums) {
    const double use = need_[cell] * evening.made[user];
    const auto k = cell_product_[cell];
    if (endless(k)) return use;
    double& stock = stock_[cell];
    sums.before += stock;
    if (!evening.rest) {
      const double used = std::min(use, stock);
      const double came = beside_.empty() ? came_[cell] : came_[cell] + beside_[cell];
      stock = (stock - used) + came;
      sums.used += used;
    }
    double gap = (need_[cell] * evening.wanted[user]) * stock_days_[k] - stock;
    if (!under_way_.empty()) gap -= under_way_[cell];
    return std::max(gap, 0.0) * restore_ + use;
  }

  void place(std::size_t cell, double order) {
    if (!most_open_.empty()) order *= most_open_[cell];
    q_[cell] = sum_[cell] > 0 ? order / sum_[cell] : 0;
  }

  void ask_again(std::size_t maker) {
    for (std::size_t c = 0; c < classes_; ++c) asked_[c * n_ + maker] = 0;
    for (auto l = maker_start_[maker]; l < maker_start_[maker + 1]; ++l) {
      const auto cell = sold_cell_[l];
      const std::size_t c = classes_ == 1 ? 0 : buyer_class_[cell_user_[cell]];
      asked_[c * n_ + maker] += sold_[l] * q_[cell];
    }
    for (std::size_t c = 0; c < classes_; ++c) asked_[c * n_ + maker] *= able_[maker];
  }

  void set(const LinkEdit& edit) {
    flow_[edit.link->at] = edit.value;
    const auto first =
        sold_cell_.begin() + static_cast<std::ptrdiff_t>(maker_start_[edit.link->maker]);
    const auto last =
        sold_cell_.begin() + static_cast<std::ptrdiff_t>(maker_start_[edit.link->maker + 1]);
    const auto found = std::lower_bound(first, last, edit.link->cell);
    sold_[static_cast<std::size_t>(found - sold_cell_.begin())] = edit.value;
  }

  std::vector<std::size_t> user_start_;  ///< [n + 1] cells
  LinkMarketArray<std::uint32_t> cell_product_;
  LinkMarketArray<std::size_t> cell_start_;  ///< [cells + 1] links
  LinkMarketArray<std::uint32_t> maker_, cell_user_;
  LinkMarketArray<double> flow_;
  std::vector<std::size_t> maker_start_;  ///< [n + 1] of the two below
  LinkMarketArray<double> sold_;
  LinkMarketArray<std::uint32_t> sold_cell_;
  std::vector<double> held_;  ///< [products]
  MarketArray came_, sum_;    ///< [cells]
};

}  // namespace

std::unique_ptr<Market> link_market(const MarketPlan& plan) {
  return std::make_unique<LinkMarket>(plan);
}

}  // namespace stave
