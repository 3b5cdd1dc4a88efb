#include "server/page.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "server/application_file.hpp"

namespace stave {
namespace {

std::string_view trimmed(std::string_view text) {
  const auto space = [](char c) { return c == ' ' || c == '\t'; };
  while (!text.empty() && space(text.front())) text.remove_prefix(1);
  while (!text.empty() && space(text.back())) text.remove_suffix(1);
  return text;
}

// The first part of every address the application has pages at.
bool application_page(const std::vector<std::string>& segments) {
  constexpr std::array<std::string_view, 3> first{"chains", "runs", "analyses"};
  return segments.empty() || (segments.size() == 1 && segments[0].empty()) ||
         std::ranges::find(first, segments[0]) != first.end();
}

Answer file_answer(const ApplicationFile& file, bool gzip) {
  Answer answer{
      .type = file.type(),
      .body = gzip ? std::string(file.packed) : unpacked(file.packed),
      .headers = {{"Cache-Control", file.immutable() ? "max-age=31536000, immutable" : "no-cache"},
                  {"ETag", fmt::format("\"{}{}\"", file.hash, gzip ? "-gzip" : "")},
                  {"Vary", "Accept-Encoding"}}};
  if (gzip) answer.headers.emplace_back("Content-Encoding", "gzip");
  return answer;
}

}  // namespace

bool takes_gzip(std::string_view accept_encoding) {
  while (!accept_encoding.empty()) {
    const auto end = std::min(accept_encoding.find(','), accept_encoding.size());
    const auto one = trimmed(accept_encoding.substr(0, end));
    accept_encoding.remove_prefix(std::min(end + 1, accept_encoding.size()));
    const auto semicolon = std::min(one.find(';'), one.size());
    const auto name = trimmed(one.substr(0, semicolon));
    if (name != "gzip" && name != "*") continue;
    const auto weight = trimmed(one.substr(std::min(semicolon + 1, one.size())));
    return !weight.starts_with("q=0") || weight.find_first_of("123456789") != std::string::npos;
  }
  return false;
}

Answer application_answer(const PageRequest& request) {
  const auto segments = path_segments(request.target);
  if (segments && !segments->empty()) {
    const auto name = fmt::format("{}", fmt::join(*segments, "/"));
    if (const auto* file = find_application_file(name))
      return file_answer(*file, request.takes_gzip);
  }
  const auto* index = find_application_file("index.html");
  const bool known = segments && application_page(*segments);
  const bool asset = segments && !segments->empty() && segments->front() == "assets";
  if (index == nullptr || asset || (!known && !request.takes_html))
    throw Refusal(404, "not_found", "there is nothing at this address",
                  "/api/openapi.json lists what there is.");
  auto answer = file_answer(*index, request.takes_gzip);
  if (!known) answer.status = 404;
  return answer;
}

std::string html_text(std::string_view text) {
  std::string safe;
  safe.reserve(text.size());
  for (const char c : text) {
    if (c == '<')
      safe += "&lt;";
    else if (c == '>')
      safe += "&gt;";
    else if (c == '&')
      safe += "&amp;";
    else if (c == '"')
      safe += "&quot;";
    else if (c == '\'')
      safe += "&#39;";
    else
      safe += c;
  }
  return safe;
}

std::string refusal_page(const Refusal& refusal) {
  return fmt::format(
      "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"color-scheme\" content=\"light dark\">\n<link rel=\"icon\" href=\"data:,\">\n"
      "<title>Stave: this cannot be done</title>\n</head>\n<body>\n<main>\n"
      "<h1>This cannot be done</h1>\n<p><strong>{}</strong></p>\n<p>{}</p>\n"
      "<p><a href=\"/\">Stave</a></p>\n</main>\n</body>\n</html>\n",
      html_text(refusal.what()), html_text(refusal.hint()));
}

}  // namespace stave
