#pragma once
/// Chains, analyses and runs as JSON: what the interface answers.

#include <string>
#include <string_view>
#include <vector>

#include "server/refusal.hpp"
#include "server/route.hpp"
#include "server/run_book.hpp"

namespace stave {

[[nodiscard]] std::string chains_json(const std::vector<ShelfEntry>& entries);
[[nodiscard]] std::string chain_json(const std::string& name, const Chain& chain);

/// Nodes whose id, name in either language, or label holds the words, whatever their case; those
/// whose id begins with them first.
struct NodeHit {
  NodeId node;
  std::string label;
};
[[nodiscard]] std::vector<NodeHit> find_nodes(const Chain& chain, std::string_view words,
                                              std::size_t most);
[[nodiscard]] std::string nodes_json(const Chain& chain, const std::vector<NodeHit>& hits);

[[nodiscard]] std::string analyses_json(const std::vector<Analysis>& analyses);
[[nodiscard]] std::string analysis_json(const Declaration& declaration);

[[nodiscard]] std::string run_json(const RunView& view, int indent = 2);
[[nodiscard]] std::string runs_json(const std::vector<RunView>& views);
/// @throws Error bad_input
[[nodiscard]] RunRequest run_request_from_json(const std::string& text);

[[nodiscard]] std::string refusal_json(const Refusal& refusal);

/// OpenAPI 3.1 of the routes; the parameters of each analysis from its declaration.
[[nodiscard]] std::string openapi_json(const std::vector<Route>& routes,
                                       const std::vector<Analysis>& analyses);

}  // namespace stave
