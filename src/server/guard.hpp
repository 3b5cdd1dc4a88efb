#pragma once
/// Who may ask: the Host and Origin of a request, and its token.

#include <optional>
#include <string>
#include <string_view>

namespace stave {

/// What of a request decides whether it is answered.
struct Caller {
  std::string_view method;
  std::optional<std::string> host;    ///< of the Host header; none when it is missing or repeated
  std::optional<std::string> origin;  ///< of the Origin header
  std::string_view fetch_site;        ///< of Sec-Fetch-Site, empty where a client sends none
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

class Guard {
 public:
  Guard(const std::string& host, int port, std::string token);

  /// A page of another site must not reach this server through the reader's browser: by a name that
  /// was made to resolve to it (Host), or by a form or script (Origin).
  /// @throws Refusal 400 no Host, 403 another one, 403 another origin, 401 no token or a wrong one
  void check(const Caller& caller) const;
  [[nodiscard]] const std::string& token() const { return token_; }
  /// Ports of one computer share their cookies: each has its own name.
  [[nodiscard]] std::string cookie_name() const;
  [[nodiscard]] bool knows_token(std::string_view given) const;

 private:
  [[nodiscard]] bool known_host(std::string_view host) const;
  void check_origin(const Caller& caller) const;
  void check_token(const Caller& caller) const;

  std::string host_;
  int port_;
  std::string token_;  ///< empty: none is asked for
};

}  // namespace stave
