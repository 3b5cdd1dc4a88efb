#pragma once
/// What the server answers to: one table, from which requests are answered and the OpenAPI document
/// is made.

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace stave {

/// A request, read.
struct Asked {
  std::map<std::string, std::string, std::less<>> path;  ///< {name} -> its text, decoded
  std::multimap<std::string, std::string> query;
  std::string body;
  std::string content_type;  ///< without parameters, lower case
  [[nodiscard]] std::string query_value(const std::string& name) const;
};

struct Answer {
  int status = 200;
  std::string type = "application/json";
  std::string body = {};
  std::vector<std::pair<std::string, std::string>> headers = {};
  /// Of a stream: the next piece, empty where there is nothing to say yet; none at its end.
  std::function<std::optional<std::string>()> next = {};
};

struct QueryParameter {
  std::string name;
  std::string summary;
};

struct Route {
  std::string method;
  std::string pattern;  ///< "/api/runs/{id}"
  std::string id;       ///< of the operation: "getRun"
  std::string summary;
  std::string schema;  ///< of the answer, in components; empty: text of `type`
  std::function<Answer(const Asked&)> answer;
  std::string type = "application/json";
  int status = 200;
  std::vector<QueryParameter> query = {};
  std::string body_schema = {};
  std::vector<int> refusals = {};  ///< beside those any request may get
};

/// "/a%20b/c" -> {"a b", "c"}; none where it is no path or badly written.
[[nodiscard]] std::optional<std::vector<std::string>> path_segments(std::string_view target);
/// "a%20b" for "a b": one segment of a path.
[[nodiscard]] std::string path_text(std::string_view segment);

/// The route of a request and the texts of its {names}.
/// @throws Refusal 404 no such page, 405 another method
struct RouteMatch {
  const Route* route = nullptr;
  std::map<std::string, std::string, std::less<>> path;
};
[[nodiscard]] RouteMatch find_route(const std::vector<Route>& routes, std::string_view method,
                                    std::string_view target);

}  // namespace stave
