#include "server/route.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>

#include <fmt/format.h>

#include "server/refusal.hpp"

namespace stave {
namespace {

std::optional<std::string> decoded(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      result += text[i];
      continue;
    }
    unsigned char byte = 0;
    if (i + 2 >= text.size()) return std::nullopt;
    const auto* end = text.data() + i + 3;
    const auto read = std::from_chars(text.data() + i + 1, end, byte, 16);
    if (read.ec != std::errc{} || read.ptr != end || byte == 0) return std::nullopt;
    result += static_cast<char>(byte);
    i += 2;
  }
  return result;
}

bool is_name(std::string_view segment) {
  return segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
}

std::optional<RouteMatch> match(const Route& route, const std::vector<std::string>& segments) {
  const auto pattern = path_segments(route.pattern).value();
  if (pattern.size() != segments.size()) return std::nullopt;
  RouteMatch result{&route, {}};
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (is_name(pattern[i]))
      result.path[pattern[i].substr(1, pattern[i].size() - 2)] = segments[i];
    else if (pattern[i] != segments[i])
      return std::nullopt;
  }
  return result;
}

}  // namespace

std::string Asked::query_value(const std::string& name) const {
  const auto found = query.find(name);
  return found == query.end() ? std::string() : found->second;
}

std::optional<std::vector<std::string>> path_segments(std::string_view target) {
  target = target.substr(0, target.find_first_of("?#"));
  if (!target.starts_with('/')) return std::nullopt;
  std::vector<std::string> segments;
  while (target.size() > 1) {
    target.remove_prefix(1);
    const auto end = std::min(target.find('/'), target.size());
    auto segment = decoded(target.substr(0, end));
    if (!segment) return std::nullopt;
    segments.push_back(std::move(*segment));
    target.remove_prefix(end);
  }
  return segments;
}

std::string path_text(std::string_view segment) {
  std::string text;
  for (const char c : segment) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = std::isalnum(byte) != 0 || c == '-' || c == '_' || c == '.' || c == '~';
    text += plain && byte < 128 ? std::string(1, c) : fmt::format("%{:02X}", byte);
  }
  return text;
}

RouteMatch find_route(const std::vector<Route>& routes, std::string_view method,
                      std::string_view target) {
  const auto segments = path_segments(target);
  std::vector<std::string> methods;
  for (const auto& route : routes) {
    auto found = segments ? match(route, *segments) : std::nullopt;
    if (!found) continue;
    if (route.method == method || (route.method == "GET" && method == "HEAD")) return *found;
    methods.push_back(route.method);
  }
  if (!methods.empty())
    throw Refusal(405, "method_not_allowed", "this address does not take that method",
                  fmt::format("It takes {}.", fmt::join(methods, ", ")));
  throw Refusal(404, "not_found", "there is nothing at this address",
                "/api/openapi.json lists what there is.");
}

}  // namespace stave
