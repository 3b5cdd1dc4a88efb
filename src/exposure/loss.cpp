#include "stave/core/error.hpp"
#include "stave/exposure/exposure.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

namespace stave {
namespace {

// The cascade needs flows that are not negative; a copy only where there are some.
std::optional<FlowMatrix> clipped(const FlowMatrix& flows) {
  bool negative = false;
  flows.for_each([&](std::size_t, std::size_t, double z) { negative = negative || z < 0; });
  if (!negative) return std::nullopt;
  std::vector<Flow> kept;
  flows.for_each([&](std::size_t i, std::size_t j, double z) {
    if (z > 0) kept.push_back({static_cast<std::int32_t>(i), static_cast<std::int32_t>(j), z});
  });
  return FlowMatrix::from_flows(flows.size(), std::move(kept));
}

}  // namespace

void require_cascade_size(const FlowMatrix& flows, const ExposureOptions& options) {
  if (!flows.is_dense() || flows.size() <= options.max_dense_nodes) return;
  throw Error(Errc::too_large,
              fmt::format("cascades over a dense table of {} nodes; at most {}", flows.size(),
                          options.max_dense_nodes),
              "Merge regions or products with `stave aggregate` first.");
}

BatchResult supply_losses(const Chain& chain, std::span<const NodeId> sources,
                          const std::vector<std::uint8_t>& buyers, const MatrixView& weights,
                          const ExposureOptions& options, Progress& progress) {
  require_cascade_size(chain.flows(), options);
  auto network = cascade_network(chain);
  const auto copy = clipped(chain.flows());
  if (copy) network.flows = &*copy;
  // Demand by final use cushions lost orders; without it a table is closed and drifts to nothing.
  network.revenue = network.flows->row_sums();
  for (std::size_t i = 0; i < chain.size(); ++i)
    network.revenue[i] = std::max(network.revenue[i], chain.output()[i]);
  std::vector<CascadeScenario> cuts;
  for (const auto source : sources) cuts.push_back({{}, source.value});
  BatchOptions batch{.cut_buyers = buyers, .split = options.split};
  batch.cascade = {.market = options.market,
                   .eps = options.eps,
                   .max_rounds = 10'000,
                   .upstream = options.upstream};
  return cascade_all(network, cuts, weights, batch, progress);
}

}  // namespace stave
