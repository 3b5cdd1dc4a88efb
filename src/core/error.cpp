#include "stave/core/error.hpp"

#include <array>

#include <fmt/format.h>

namespace stave {
namespace {

constexpr std::array<ErrcInfo, 9> infos{{
    {Errc::bad_input, "bad_input", 10, 400, "BadInputError"},
    {Errc::not_found, "not_found", 11, 404, "NotFoundError"},
    {Errc::missing_part, "missing_part", 12, 422, "MissingPartError"},
    {Errc::not_productive, "not_productive", 13, 422, "NotProductiveError"},
    {Errc::no_convergence, "no_convergence", 14, 422, "NoConvergenceError"},
    {Errc::too_large, "too_large", 15, 413, "TooLargeError"},
    {Errc::io, "io", 16, 500, "StorageError"},
    {Errc::foreign_file, "foreign_file", 17, 415, "ForeignFileError"},
    {Errc::cancelled, "cancelled", 18, 409, "CancelledError"},
}};

}  // namespace

const ErrcInfo& info(Errc code) { return infos.at(static_cast<std::size_t>(code)); }

std::string cell_message(const Place& place, std::string_view value, std::string_view expected) {
  constexpr std::size_t most = 60;
  const auto shown =
      value.size() > most ? std::string(value.substr(0, most)) + "..." : std::string(value);
  return fmt::format("{}:{}: column '{}': '{}' {}", place.file, place.row, place.column, shown,
                     expected);
}

}  // namespace stave
