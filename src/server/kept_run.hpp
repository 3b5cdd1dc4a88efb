#pragma once
/// A run's record on disk: a small JSON file beside its report.

#include <ctime>
#include <string>
#include <string_view>

#include "server/run_book.hpp"

namespace stave {

[[nodiscard]] std::string record_text(const RunView& view);
/// @throws Error foreign_file
[[nodiscard]] RunView record_from_text(std::string_view text);

/// The whole file. @throws Error io
[[nodiscard]] std::string file_text(const std::filesystem::path& path);
/// "2026-11-22T20:34:00Z"
[[nodiscard]] std::string utc_text(std::time_t time);
[[nodiscard]] std::string utc_now();

/// Takes the folder for this process until the number is closed. @throws Error io it is taken
[[nodiscard]] int lock_folder(const std::filesystem::path& folder);

}  // namespace stave
