#pragma once
/// The routes of the server, and what each answers.

#include <memory>
#include <string>
#include <vector>

#include "server/chain_shelf.hpp"
#include "server/json_face.hpp"
#include "server/route.hpp"
#include "server/run_book.hpp"

namespace stave {

/// What the answers are made from; it outlives them.
struct Desk {
  const std::vector<Analysis>& analyses;
  ChainShelf& shelf;
  RunBook& runs;
  std::atomic<std::size_t>& watchers;
  std::size_t most_watchers;
};

/// The JSON interface.
[[nodiscard]] std::vector<Route> interface_routes(const Desk& desk);

/// What a {id} stands for. @throws Error not_found
[[nodiscard]] std::uint64_t run_id(const Asked& asked);

}  // namespace stave
