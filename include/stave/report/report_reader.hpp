#pragma once
/// A Report from the JSON that `to_json` wrote: what a face keeps, it can show again.

#include "stave/analysis/report.hpp"

#include <string_view>

namespace stave {

/// `to_json(report_from_json(text)) == text` for every text that `to_json` wrote; null is NaN.
/// @throws Error foreign_file  not JSON, or not of the shape of docs/report.md
[[nodiscard]] Report report_from_json(std::string_view text);

}  // namespace stave
