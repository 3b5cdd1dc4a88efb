#pragma once
/// How many terminal cells a text takes: East Asian wide characters take two.

#include <string>
#include <string_view>

namespace stave {

[[nodiscard]] std::size_t text_width(std::string_view utf8);
/// The text, cut with an ellipsis where it is wider than `most` cells. Control characters, which
/// could move a terminal's cursor, become spaces.
[[nodiscard]] std::string fitted(std::string_view utf8, std::size_t most);
/// Steps set apart by "; " in at most `most` cells: of steps that do not fit, the first and the
/// last stay and those between are counted: "Japan: film is … 5 steps … China: car stops w…".
[[nodiscard]] std::string fitted_steps(std::string_view steps, std::size_t most);
/// Padded with spaces to `width` cells, on the right or on the left.
[[nodiscard]] std::string padded(std::string text, std::size_t width, bool right_aligned);
/// Words broken into lines of at most `width` cells; later lines are indented.
[[nodiscard]] std::string wrapped(std::string_view text, std::size_t width, std::size_t indent);

}  // namespace stave
