#pragma once
/// What a browser gets: the web application, and a small page that says why not.

#include <optional>
#include <string>
#include <string_view>

#include "server/refusal.hpp"
#include "server/route.hpp"

namespace stave {

/// What of a request a page depends on.
struct PageRequest {
  std::string_view target;
  bool takes_html = false;
  bool takes_gzip = false;
};

/// A file of the application; for any other address index.html, which shows what is there: 200
/// where the application has a page of that kind, else 404.
/// @throws Refusal 404 a file that is not there, asked for by something that shows no pages
[[nodiscard]] Answer application_answer(const PageRequest& request);

/// True for "gzip, br" and "*", not for "gzip;q=0".
[[nodiscard]] bool takes_gzip(std::string_view accept_encoding);

/// Text as it may stand in HTML, in an attribute too.
[[nodiscard]] std::string html_text(std::string_view text);
/// A page of its own: the application may be what was refused.
[[nodiscard]] std::string refusal_page(const Refusal& refusal);

}  // namespace stave
