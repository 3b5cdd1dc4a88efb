#include "server/guard.hpp"

#include <algorithm>
#include <array>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <sys/random.h>

#include "server/refusal.hpp"

namespace stave {
namespace {

std::string lower(std::string_view text) {
  std::string result(text);
  for (auto& c : result)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return result;
}

bool is_address(const std::string& host) {
  std::array<unsigned char, sizeof(in6_addr)> address{};
  if (host.size() > 2 && host.front() == '[' && host.back() == ']')
    return ::inet_pton(AF_INET6, host.substr(1, host.size() - 2).c_str(), address.data()) == 1;
  return ::inet_pton(AF_INET, host.c_str(), address.data()) == 1;
}

std::string in_brackets(const std::string& host) {
  return host.find(':') == std::string::npos ? host : "[" + host + "]";
}

bool changes_something(std::string_view method) {
  return method != "GET" && method != "HEAD" && method != "OPTIONS";
}

// "a=1; stave_8420=TOKEN" -> TOKEN
std::string_view cookie_value(std::string_view cookies, std::string_view name) {
  while (!cookies.empty()) {
    const auto end = cookies.find(';');
    auto one = cookies.substr(0, end);
    one.remove_prefix(std::min(one.find_first_not_of(' '), one.size()));
    if (one.size() > name.size() && one.starts_with(name) && one[name.size()] == '=')
      return one.substr(name.size() + 1);
    cookies.remove_prefix(end == std::string_view::npos ? cookies.size() : end + 1);
  }
  return {};
}

}  // namespace

bool is_loopback(const std::string& host) {
  if (lower(host) == "localhost") return true;
  in6_addr six{};
  if (::inet_pton(AF_INET6, host.c_str(), &six) == 1) return IN6_IS_ADDR_LOOPBACK(&six);
  in_addr four{};
  return ::inet_pton(AF_INET, host.c_str(), &four) == 1 && (ntohl(four.s_addr) >> 24U) == 127;
}

std::string random_token() {
  std::array<unsigned char, 32> bytes{};
  if (::getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size()))
    throw Error(Errc::io, "the operating system gave no random bits for a token");
  std::string token;
  for (const auto byte : bytes) token += fmt::format("{:02x}", byte);
  return token;
}

bool same_secret(std::string_view given, std::string_view secret) {
  if (secret.empty()) return false;
  auto differs = static_cast<unsigned>(given.size() != secret.size());
  for (std::size_t i = 0; i < given.size(); ++i)
    differs |= static_cast<unsigned>(static_cast<unsigned char>(given[i])) ^
               static_cast<unsigned char>(secret[i % secret.size()]);
  return differs == 0;
}

Guard::Guard(const std::string& host, int port, Tokens tokens, Role local)
    : host_(lower(in_brackets(host))), port_(port), tokens_(std::move(tokens)), local_(local) {}

std::string Guard::cookie_name() const { return fmt::format("stave_{}", port_); }

// Both are compared whatever the first says.
std::optional<Role> Guard::role_of(std::string_view token) const {
  const bool editor = same_secret(token, tokens_.editor);
  const bool viewer = same_secret(token, tokens_.viewer);
  if (editor) return Role::editor;
  return viewer ? std::optional(Role::viewer) : std::nullopt;
}

// Beyond loopback any address is welcome besides the names: a foreign site can only ever send its
// own name, and a token is asked for.
bool Guard::known_host(std::string_view given) const {
  auto host = lower(given);
  const auto port = fmt::format(":{}", port_);
  if (host.ends_with(port))
    host.resize(host.size() - port.size());
  else if (port_ != 80)
    return false;
  if (host == "localhost" || host == "127.0.0.1" || host == "[::1]" || host == host_) return true;
  return asks_token() && is_address(host);
}

Role Guard::check(const Caller& caller) const {
  if (!caller.host) throw Refusal(400, "bad_host", "a request needs exactly one Host");
  if (!known_host(*caller.host))
    throw Refusal(403, "foreign_host", "this server does not go by that name",
                  fmt::format("It answers as 127.0.0.1:{0} and localhost:{0}.", port_));
  const bool changes = changes_something(caller.method);
  if (changes) check_origin(caller);
  const bool foreign = caller.fetch_site == "cross-site" || caller.fetch_site == "same-site";
  if (caller.fetches && foreign)
    throw Refusal(403, "foreign_origin", "a page of another site may not ask anything here");
  const auto role = asks_token() ? role_by_token(caller) : local_;
  if (changes && role == Role::viewer)
    throw Refusal(403, "read_only", "a viewer may ask and read, and change nothing",
                  asks_token() ? "Use the address for editors, which was printed too."
                               : "This server was started with --read-only.");
  return role;
}

void Guard::check_origin(const Caller& caller) const {
  const bool own = !caller.origin || lower(*caller.origin) == "http://" + lower(*caller.host);
  const bool own_site = caller.fetch_site.empty() || caller.fetch_site == "same-origin" ||
                        (caller.fetch_site == "none" && !caller.origin);
  if (!own || !own_site)
    throw Refusal(403, "foreign_origin", "a page of another site may not change anything here");
}

Role Guard::role_by_token(const Caller& caller) const {
  constexpr std::string_view bearer = "Bearer ";
  if (caller.authorization.starts_with(bearer))
    if (const auto role = role_of(caller.authorization.substr(bearer.size()))) return *role;
  if (!changes_something(caller.method))
    if (const auto role = role_of(caller.query_token)) return *role;
  if (const auto role = role_of(cookie_value(caller.cookie, cookie_name()))) return *role;
  throw Refusal(401, "no_token", "this server asks for its token",
                "It was printed when the server began. Open the whole address that was printed, or "
                "send the header Authorization: Bearer TOKEN.");
}

}  // namespace stave
