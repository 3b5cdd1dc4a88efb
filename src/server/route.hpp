#pragma once
/// What the server answers to: one table, from which requests are answered and the OpenAPI document
/// is made.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace stave {

/// Who asks: a viewer changes nothing.
enum class Role { viewer, editor };

/// A request, read.
struct Asked {
  std::map<std::string, std::string, std::less<>> path;  ///< {name} -> its text, decoded
  std::multimap<std::string, std::string> query;
  std::string body;
  std::string content_type;  ///< without parameters, lower case
  Role role = Role::viewer;
  std::uint64_t coming = 0;  ///< bytes of a body that is not read yet
  /// Hands every piece of that body to what it is given; false when the sender broke off.
  std::function<bool(const std::function<bool(const char*, std::size_t)>&)> receive = {};
  /// True once the asker hung up.
  std::function<bool()> gone = [] { return false; };
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
  std::string example = {};
};

/// What a body is: of this type and schema, or bytes that are read as they come.
struct Body {
  std::string schema = {};
  std::string example = {};  ///< JSON
  std::string type = "application/json";
};

struct Route {
  std::string method;
  std::string pattern;  ///< "/api/runs/{id}"
  std::string id;       ///< of the operation: "getRun"
  std::string summary;
  std::string schema = {};  ///< of the answer, in components; empty: text of the types
  std::function<Answer(const Asked&)> answer = {};
  std::vector<std::string> types = {"application/json"};
  std::vector<int> statuses = {200};  ///< where it does as asked
  std::vector<QueryParameter> query = {};
  bool free_query = false;  ///< and the parameters of an analysis
  std::optional<Body> body = {};
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
