#include "stave/report/report_writer.hpp"

#include <array>
#include <stdexcept>
#include <string_view>

namespace stave {
namespace {

/// The page web/figures builds, in pieces; see cmake/Page.cmake.
constexpr auto page_pieces = std::to_array<std::string_view>({
#include "page.inc"
});

std::string page() {
  std::string text;
  for (const auto piece : page_pieces) text += piece;
  return text;
}

void replace(std::string& text, std::string_view mark, const std::string& with) {
  const auto at = text.find(mark);
  if (at == std::string::npos)
    throw std::logic_error("the report page has no place '" + std::string(mark) + "'");
  text.replace(at, mark.size(), with);
}

/// JSON that cannot end the script element it stands in, nor begin another.
std::string inside_script(const std::string& json) {
  std::string safe;
  safe.reserve(json.size());
  for (const char c : json) {
    switch (c) {
      case '<':
        safe += "\\u003c";
        break;
      case '>':
        safe += "\\u003e";
        break;
      case '&':
        safe += "\\u0026";
        break;
      default:
        safe += c;
    }
  }
  return safe;
}

std::string inside_title(const std::string& text) {
  std::string safe;
  for (const char c : text) {
    if (c == '<')
      safe += "&lt;";
    else if (c == '&')
      safe += "&amp;";
    else
      safe += c;
  }
  return safe;
}

}  // namespace

std::string to_html(const Report& report) {
  auto html = page();
  replace(html, "<!--stave:report-->", inside_script(to_json(report, -1)));
  replace(html, "<!--stave:title-->", inside_title(report.title));
  return html;
}

}  // namespace stave
