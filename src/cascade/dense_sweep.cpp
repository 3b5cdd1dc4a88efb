#include <algorithm>

#include "cascade/sweep.hpp"

namespace stave {
namespace {

void take_larger(LaneRow& larger, const LaneRow& than) {
  for (std::size_t l = 0; l < lanes; ++l) larger.at[l] = std::max(larger.at[l], than.at[l]);
}

/// Weights in blocks of sources: all targets of one block, then the next, so that the sources'
/// lanes stay in the nearest cache while the weights stream past once.
struct Blocks {
  std::vector<std::size_t> start;  ///< [blocks + 1] sources
  std::size_t n = 0;
  std::vector<double> weight;  ///< block b: [n targets x sources of b] from start[b] * n on

  Blocks(std::vector<std::size_t> starts, std::size_t size)
      : start(std::move(starts)), n(size), weight(n * n) {}
  [[nodiscard]] std::size_t sources(std::size_t b) const { return start[b + 1] - start[b]; }
  [[nodiscard]] const double* row(std::size_t b, std::size_t target) const {
    return weight.data() + start[b] * n + target * sources(b);
  }
  [[nodiscard]] double* row(std::size_t b, std::size_t target) {
    return weight.data() + start[b] * n + target * sources(b);
  }
};

class DenseDown final : public Sweep {
 public:
  DenseDown(const WeightedNetwork& network, std::span<const std::uint8_t> cut_buyers);
  [[nodiscard]] bool any_rows() const override { return false; }
  void losses(const LostPanels& lost, std::size_t begin, std::size_t end,
              Panel& loss) const override;

 private:
  // Targets that feel the same losses, as many as are done at once.
  [[nodiscard]] std::size_t run_end(std::size_t target, std::size_t end) const {
    auto next = target + 1;
    while (next < std::min(end, target + Targets::count) && cut_[next] == cut_[target]) ++next;
    return next;
  }
  Blocks blocks_;
  std::vector<Need> need_;         ///< [products x products]
  std::vector<std::uint8_t> cut_;  ///< [n] by position
};

DenseDown::DenseDown(const WeightedNetwork& network, std::span<const std::uint8_t> cut_buyers)
    : blocks_(network.product_start, network.n), cut_(network.n) {
  const auto& source = *network.network;
  const std::size_t products = source.products;
  for (std::size_t k = 0; k < products; ++k)
    for (std::size_t l = 0; l < products; ++l)
      need_.push_back(source.recipe->need(ProductId(k), ProductId(l)));
  std::vector<double> bought;
  for (std::size_t k = 0; k < products; ++k) {
    network.bought_of(k, bought);
    for (std::size_t q = blocks_.start[k]; q < blocks_.start[k + 1]; ++q)
      source.flows->for_each_in_row(
          static_cast<std::size_t>(network.node[q]), [&](std::size_t j, double w) {
            const auto target = static_cast<std::size_t>(network.position[j]);
            const auto need = need_[k * products + static_cast<std::size_t>(source.product[j])];
            blocks_.row(k, target)[q - blocks_.start[k]] = network.down(j, w, bought[j], need);
          });
  }
  for (std::size_t q = 0; q < network.n && !cut_buyers.empty(); ++q)
    cut_[q] = cut_buyers[static_cast<std::size_t>(network.node[q])];
}

void DenseDown::losses(const LostPanels& lost, std::size_t /*begin*/, std::size_t /*end*/,
                       Panel& loss) const {
  const std::size_t products = blocks_.start.size() - 1;
  Panel worst(blocks_.n);
  std::fill(loss.begin(), loss.end(), LaneRow{});
  for (std::size_t k = 0; k < products; ++k)
    for (std::size_t l = 0; l < products; ++l) {
      const auto need = need_[k * products + l];
      if (need == Need::none) continue;
      const std::size_t end = blocks_.start[l + 1];
      for (std::size_t j = blocks_.start[l]; j < end;) {
        const std::size_t next = run_end(j, end);
        const auto& from = cut_[j] != 0 ? lost.cut_buyers : lost.all;
        std::array<LaneRow, Targets::count> sums{};
        Targets targets;
        for (std::size_t t = 0; t < Targets::count; ++t) {
          targets.weight[t] = blocks_.row(k, std::min(j + t, next - 1));
          const bool linear = need != Need::essential && j + t < next;
          targets.sum[t] = linear ? &loss[j + t] : &sums[t];
        }
        accumulate(from.data() + blocks_.start[k], blocks_.sources(k), targets);
        if (need == Need::essential)
          for (std::size_t t = j; t < next; ++t) take_larger(worst[t], sums[t - j]);
        j = next;
      }
    }
  for (std::size_t j = 0; j < blocks_.n; ++j) take_larger(loss[j], worst[j]);
}

std::vector<std::size_t> chunks(std::size_t n) {
  constexpr std::size_t chunk = 64;  // sources whose lanes fill a quarter of the nearest cache
  std::vector<std::size_t> starts;
  for (std::size_t s = 0; s < n; s += chunk) starts.push_back(s);
  starts.push_back(n);
  return starts;
}

class DenseUp final : public Sweep {
 public:
  explicit DenseUp(const WeightedNetwork& network) : blocks_(chunks(network.n), network.n) {
    for (std::size_t b = 0; b + 1 < blocks_.start.size(); ++b)
      for (std::size_t i = 0; i < blocks_.n; ++i)
        for (std::size_t j = blocks_.start[b]; j < blocks_.start[b + 1]; ++j)
          blocks_.row(b, i)[j - blocks_.start[b]] = network.up(i, network.network->flows->at(i, j));
  }
  [[nodiscard]] bool any_rows() const override { return false; }
  void losses(const LostPanels& lost, std::size_t /*begin*/, std::size_t /*end*/,
              Panel& loss) const override {
    std::fill(loss.begin(), loss.end(), LaneRow{});
    LaneRow unused;
    for (std::size_t b = 0; b + 1 < blocks_.start.size(); ++b)
      for (std::size_t i = 0; i < blocks_.n; i += Targets::count) {
        Targets targets;
        for (std::size_t t = 0; t < Targets::count; ++t) {
          targets.weight[t] = blocks_.row(b, std::min(i + t, blocks_.n - 1));
          targets.sum[t] = i + t < blocks_.n ? &loss[i + t] : &unused;
        }
        accumulate(lost.all.data() + blocks_.start[b], blocks_.sources(b), targets);
      }
  }

 private:
  Blocks blocks_;
};

}  // namespace

std::unique_ptr<Sweep> dense_down_sweep(const WeightedNetwork& network,
                                        std::span<const std::uint8_t> cut_buyers) {
  return std::make_unique<DenseDown>(network, cut_buyers);
}
std::unique_ptr<Sweep> dense_up_sweep(const WeightedNetwork& network) {
  return std::make_unique<DenseUp>(network);
}

}  // namespace stave
