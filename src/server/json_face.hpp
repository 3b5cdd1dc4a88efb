#pragma once
/// Chains, analyses and runs as JSON: what the interface answers.

#include "stave/formats/import.hpp"

#include <string>
#include <string_view>
#include <vector>

#include "server/chain_import.hpp"
#include "server/refusal.hpp"
#include "server/route.hpp"
#include "server/run_book.hpp"

namespace stave {

[[nodiscard]] std::string chains_json(const std::vector<ShelfEntry>& entries);
[[nodiscard]] std::string chain_json(const ShelfEntry& entry, const Chain& chain);

/// Nodes of whose id, label and names in either language each word is a part, whatever its case;
/// those whose id begins with the words first.
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

/// What a run is asked for with.
struct RunOrder {
  Question question;
  std::string name;
  bool reuse = false;  ///< an equal run will do
};
/// @throws Error bad_input
[[nodiscard]] RunOrder run_order_from_json(const std::string& text);
[[nodiscard]] std::string name_from_json(const std::string& text);

/// The analysis an import is listed as.
inline constexpr std::string_view import_name = "import";
/// @throws Error bad_input
[[nodiscard]] ImportOrder import_order_from_json(const std::string& text);
[[nodiscard]] std::string upload_json(const std::string& id, std::uint64_t bytes);
[[nodiscard]] std::string formats_json(const std::vector<Format>& formats);

[[nodiscard]] std::string me_json(Role role, bool local);

/// That the server answers, and its limits.
struct Health {
  std::size_t workers = 0;
  std::size_t queue = 0;
  std::size_t threads = 0;
  double run_minutes = 0;  ///< 0: any
  std::uint64_t memory = 0;
  std::uint64_t memory_held = 0;
  std::uint64_t upload_bytes = 0;
};
[[nodiscard]] std::string health_json(const Health& health);

[[nodiscard]] std::string refusal_json(const Refusal& refusal);

/// OpenAPI 3.1 of the routes; the parameters of each analysis from its declaration.
[[nodiscard]] std::string openapi_json(const std::vector<Route>& routes,
                                       const std::vector<Analysis>& analyses);

}  // namespace stave
