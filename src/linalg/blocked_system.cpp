#include "stave/linalg/blocked_system.hpp"

#include <utility>

namespace stave {

LeontiefSystem blocked_system(const Chain& chain, std::span<const double> output,
                              SolveMethod method) {
  LeontiefOptions options{.method = method};
  for (const auto& node : chain.nodes()) options.block.push_back(node.region.value);
  options.label = [&chain](std::size_t i) { return chain.label(NodeId(i)); };
  return {chain.flows(), output, std::move(options)};
}

}  // namespace stave
