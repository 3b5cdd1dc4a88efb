#pragma once
/// Pages without JavaScript, for a browser as it comes.

#include <string>

#include "server/refusal.hpp"

namespace stave {

/// Text as it may stand in HTML, in an attribute too.
[[nodiscard]] std::string html_text(std::string_view text);
[[nodiscard]] std::string refusal_page(const Refusal& refusal);

}  // namespace stave
