#pragma once
/// The routes of the server, and what each answers.

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "server/answer_book.hpp"
#include "server/chain_shelf.hpp"
#include "server/json_face.hpp"
#include "server/remembered_text.hpp"
#include "server/route.hpp"
#include "server/run_book.hpp"
#include "server/upload_shelf.hpp"

namespace stave {

/// What the answers are made from; it outlives them.
struct Desk {
  const std::vector<Analysis>& analyses;
  ChainShelf& shelf;
  RunBook& runs;
  AnswerBook& answers;
  UploadShelf& uploads;
  RememberedTexts& tables;  ///< files made of reports
  std::atomic<std::size_t>& watchers;
  std::size_t most_watchers;
  bool local;              ///< it listens on loopback only
  std::size_t processors;  ///< threads an analysis may use
};

/// The JSON interface.
[[nodiscard]] std::vector<Route> interface_routes(const Desk& desk);

/// Its parts.
[[nodiscard]] std::vector<Route> chain_routes(const Desk& desk);
[[nodiscard]] std::vector<Route> run_routes(const Desk& desk);
[[nodiscard]] std::vector<Route> report_routes(const Desk& desk);
[[nodiscard]] std::vector<Route> import_routes(const Desk& desk);

[[nodiscard]] Answer json_answer(std::string body, int status = 200);
/// What stands for a {name} of the pattern.
[[nodiscard]] const std::string& in_path(const Asked& asked, std::string_view name);
/// What a {id} stands for. @throws Error not_found
[[nodiscard]] std::uint64_t run_id(const Asked& asked, std::string_view name = "id");
/// @throws Refusal 415
void require_json(const Asked& asked);

}  // namespace stave
