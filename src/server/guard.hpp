#pragma once
/// Who may ask: the Host and Origin of a request, and its token.

#include <optional>
#include <string>
#include <string_view>

#include "server/route.hpp"

namespace stave {

/// What of a request decides whether it is answered.
struct Caller {
  std::string_view method;
  std::optional<std::string> host;    ///< of the Host header; none when it is missing or repeated
  std::optional<std::string> origin;  ///< of the Origin header
  std::string_view fetch_site;        ///< of Sec-Fetch-Site, empty where a client sends none
  bool fetches = false;  ///< asks the interface, and not because somebody follows a link
  std::string_view authorization;
  std::string_view cookie;
  std::string_view query_token;
};

/// True for 127.0.0.0/8, ::1 and localhost.
[[nodiscard]] bool is_loopback(const std::string& host);
/// 256 random bits of the operating system, in hexadecimal.
[[nodiscard]] std::string random_token();
/// Takes as long for a wrong first letter as for a wrong last one.
[[nodiscard]] bool same_secret(std::string_view given, std::string_view secret);

/// What opens a server beyond loopback; both are empty where none is asked for.
struct Tokens {
  std::string editor;  ///< empty where nobody may change anything
  std::string viewer;
};

class Guard {
 public:
  /// @param local  the role of everyone where no token is asked for
  Guard(const std::string& host, int port, Tokens tokens, Role local);

  /// A page of another site must not reach this server through the reader's browser: by a name that
  /// was made to resolve to it (Host), or by a form, script or picture (Origin, Sec-Fetch-Site).
  /// @throws Refusal 400 no Host, 403 another one, 403 another origin, 401 no token or a wrong one,
  ///                 403 a viewer who wants to change something
  Role check(const Caller& caller) const;
  [[nodiscard]] const Tokens& tokens() const { return tokens_; }
  /// Ports of one computer share their cookies: each has its own name.
  [[nodiscard]] std::string cookie_name() const;
  /// Whose token it is; none where it is nobody's.
  [[nodiscard]] std::optional<Role> role_of(std::string_view token) const;

 private:
  [[nodiscard]] bool known_host(std::string_view host) const;
  void check_origin(const Caller& caller) const;
  [[nodiscard]] bool asks_token() const { return !tokens_.viewer.empty(); }
  [[nodiscard]] Role role_by_token(const Caller& caller) const;

  std::string host_;
  int port_;
  Tokens tokens_;
  Role local_;
};

}  // namespace stave
