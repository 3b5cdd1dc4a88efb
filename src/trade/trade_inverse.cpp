#include "stave/linalg/leontief.hpp"

#include <algorithm>
#include <cmath>

#include "trade/product.hpp"

namespace stave {
namespace {

using trade::Strip;

constexpr std::size_t columns_per_part = 256;

// Rows of B divided by output, in place.
void scale_rows(const TradeTable& table, Matrix& b) {
  trade::for_each_strip(table, [&](const Strip& strip) {
    for (auto i = strip.first; i < strip.last; ++i) {
      for (auto& v : b.row(i)) v /= table.scale()[i];
    }
  });
}

// W, by fixed parts of columns: the value added of each trader times its rows of diag(x)^-1 B.
Matrix value_added_by_origin(const TradeTable& table, const Matrix& scaled) {
  const auto n = table.size();
  const auto traders = table.traders().size();
  Matrix w(traders, n);
  std::vector<double> weight(n);
  for (std::size_t i = 0; i < n; ++i) weight[i] = table.intensity(i) * table.scale()[i];
  const MatrixView v{weight.data(), 1, n};
  tbb::parallel_for(
      std::size_t{0}, (n + columns_per_part - 1) / columns_per_part, [&](std::size_t part) {
        const auto first = part * columns_per_part;
        const auto count = std::min(columns_per_part, n - first);
        for (std::size_t t = 0; t < traders; ++t)
          add_product(block_of(v, 0, table.first(t), 1, table.count(t)),
                      block_of(scaled.view(), table.first(t), first, table.count(t), count),
                      w.row(t).data() + first, n);
      });
  return w;
}

double largest_miss(const TradeTable& table, const Matrix& origin) {
  double worst = 0;
  for (std::size_t j = 0; j < table.size(); ++j) {
    double sum = 0;
    for (std::size_t t = 0; t < origin.rows(); ++t) sum += origin(t, j);
    worst = std::max(worst, std::abs(1 - sum));
  }
  return worst;
}

}  // namespace

TradeInverse trade_inverse(const TradeTable& table, Progress& progress) {
  LeontiefOptions options;
  options.label = [&](std::size_t i) { return table.chain().label(table.node(i)); };
  TradeInverse result;
  {
    auto b = LeontiefSystem(table.flows(), table.scale(), std::move(options)).inverse(progress);
    result.residual = b.residual;
    result.scaled = std::move(b.values);
  }
  scale_rows(table, result.scaled);
  result.origin = value_added_by_origin(table, result.scaled);
  result.use = multiply(result.scaled.view(), table.final_use().view());
  result.miss = largest_miss(table, result.origin);
  return result;
}

}  // namespace stave
