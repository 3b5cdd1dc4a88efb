#include "stave/server/server.hpp"

#include "stave/core/error.hpp"

#include <algorithm>
#include <new>
#include <thread>
#include <utility>

#include <fmt/format.h>

#include "server/answers.hpp"
#include "server/connection.hpp"
#include "server/guard.hpp"
#include "server/memory.hpp"
#include "server/page.hpp"

namespace stave {
namespace {

constexpr std::size_t longest_path = 1024;
constexpr std::size_t remembered_tables = std::size_t{32} << 20;  // bytes
constexpr auto upload_path = "/api/uploads";

std::optional<std::string> only_header(const httplib::Request& request, const std::string& name) {
  if (request.get_header_value_count(name) != 1) return std::nullopt;
  return request.get_header_value(name);
}

std::string before(const std::string& text, char mark) { return text.substr(0, text.find(mark)); }

bool of_interface(const httplib::Request& request) {
  return request.target.starts_with("/api/") || before(request.target, '?') == "/api";
}

Caller caller_of(const httplib::Request& request, const std::string& fetch_site,
                 const std::string& authorization, const std::string& cookie,
                 const std::string& token) {
  return {
      .method = request.method,
      .host = only_header(request, "Host"),
      .origin = request.has_header("Origin") ? std::optional(request.get_header_value("Origin"))
                                             : std::nullopt,
      .fetch_site = fetch_site,
      .fetches = of_interface(request) && request.get_header_value("Sec-Fetch-Mode") != "navigate",
      .authorization = authorization,
      .cookie = cookie,
      .query_token = token};
}

// Bodies come whole, uncompressed, and with their length.
void check_body(const httplib::Request& request, std::uint64_t most) {
  if (request.target.size() > longest_path && before(request.target, '?').size() > longest_path)
    throw Refusal(414, "too_long", "the address is too long");
  if (request.has_header("Transfer-Encoding"))
    throw Refusal(411, "no_length", "a body must come with its Content-Length");
  if (request.get_header_value("Content-Type").starts_with("multipart/"))
    throw Refusal(415, "multipart", "a body in parts is not taken", "Send JSON.");
  if (request.has_header("Content-Encoding"))
    throw Refusal(415, "compressed", "a body must come uncompressed");
  if (request.get_header_value_count("Content-Length") > 1)
    throw Refusal(400, "bad_length", "a request has one Content-Length");
  const auto text = request.get_header_value("Content-Length");
  const bool digits = std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
  if (!digits || text.size() > 18) throw Refusal(400, "bad_length", "Content-Length is no number");
  if (!text.empty() && std::stoull(text) > most)
    throw Refusal(413, "too_large", fmt::format("a body may have {} bytes", most));
}

std::uint64_t content_length(const httplib::Request& request) {
  const auto text = request.get_header_value("Content-Length");
  return text.empty() ? 0 : std::stoull(text);
}

httplib::Headers safe_headers() {
  return {{"Content-Security-Policy",
           "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
           "connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; "
           "frame-ancestors 'none'"},
          {"X-Content-Type-Options", "nosniff"},
          {"X-Frame-Options", "DENY"},
          {"Referrer-Policy", "same-origin"},
          {"Cross-Origin-Opener-Policy", "same-origin"},
          {"Cross-Origin-Resource-Policy", "same-origin"},
          {"Permissions-Policy", "camera=(), geolocation=(), microphone=()"},
          {"Cache-Control", "no-store"}};
}

bool reads(const httplib::Request& request) {
  return request.method == "GET" || request.method == "HEAD";
}

PageRequest page_request(const httplib::Request& request) {
  return {.target = request.target,
          .takes_html = request.get_header_value("Accept").find("text/html") != std::string::npos,
          .takes_gzip = takes_gzip(request.get_header_value(accepted_coding))};
}

// "W/" and several tags are as good as one: what is compared is the text between the quotes.
bool unchanged(const httplib::Request& request, const httplib::Response& response) {
  const auto tag = response.get_header_value("ETag");
  return response.status == 200 && !tag.empty() && reads(request) &&
         request.get_header_value("If-None-Match").find(tag) != std::string::npos;
}

void fill(const httplib::Request& request, httplib::Response& response, const Refusal& refusal) {
  response.status = refusal.status();
  if (of_interface(request))
    response.set_content(refusal_json(refusal), "application/json");
  else
    response.set_content(refusal_page(refusal), "text/html; charset=utf-8");
}

Refusal plain_refusal(int status) {
  if (status == 413) return {413, "too_large", "the body is too large"};
  if (status == 414) return {414, "too_long", "the address is too long"};
  if (status >= 500) return {status, "bug", "the server could not answer"};
  return {status, "bad_request", "this is not a request that can be read"};
}

}  // namespace

struct Server::Parts {
  Parts(const std::vector<Analysis>& all, ServerOptions chosen)
      : options(std::move(chosen)),
        shelf({.places = options.places,
               .samples = options.samples,
               .most_open = options.open_chains,
               .imports = options.imports}),
        uploads(shelf, {.bytes = options.upload_bytes}),
        answers(all, shelf,
                {.waiting = std::max<std::size_t>(1, options.threads * 2 / 3),
                 .patience = options.answer_time,
                 .room = [this] { return room(); }}),
        runs(all, shelf,
             {.folder = options.runs,
              .workers = options.workers,
              .queue = options.queue,
              .longest = options.run_time,
              .memory = options.memory,
              .release = [this] { release(); }}),
        listener({.threads = options.threads,
                  .patience = options.patience,
                  .upload_path = upload_path,
                  .upload_bytes = options.upload_bytes}),
        guard(open_port()) {
    routes = interface_routes({.analyses = all,
                               .shelf = shelf,
                               .runs = runs,
                               .answers = answers,
                               .uploads = uploads,
                               .tables = tables,
                               .watchers = watchers,
                               .most_watchers = options.watchers,
                               .local = is_loopback(options.host),
                               .processors = options.processors});
    add_openapi(all);
    prepare_listener();
    thread = std::thread([this] { listener.listen_after_bind(); });
    while (!listener.is_running()) std::this_thread::yield();
    listener.widen_door();
  }

  ~Parts() {
    listener.stop_all();
    if (thread.joinable()) thread.join();
  }

  Guard open_port() {
    const auto wanted = options.port;
    port = wanted == 0 ? listener.bind_to_any_port(options.host)
                       : (listener.bind_to_port(options.host, wanted) ? wanted : -1);
    if (port < 0)
      throw Error(Errc::io, fmt::format("cannot listen on {}:{}", options.host, wanted),
                  "Is another server running there? --port 0 takes any free port.");
    Tokens tokens;
    if (!is_loopback(options.host))
      tokens = {.editor = options.read_only ? std::string() : random_token(),
                .viewer = random_token()};
    return {options.host, port, tokens, options.read_only ? Role::viewer : Role::editor};
  }

  // Chains and answers that are only kept for the next question.
  void release() {
    answers.forget();
    tables.forget();
    shelf.close_all();
  }

  bool room() {
    const auto over = [&] { return options.memory > 0 && memory_held() > options.memory; };
    if (!over()) return true;
    release();
    give_memory_back();
    return !over();
  }

  void add_openapi(const std::vector<Analysis>& all) {
    routes.push_back({.method = "GET",
                      .pattern = "/api/openapi.json",
                      .id = "getOpenApi",
                      .summary = "This interface, as OpenAPI 3.1",
                      .answer = [this](const Asked&) { return Answer{.body = openapi}; }});
    openapi = openapi_json(routes, all);
  }

  void prepare_listener() {
    using Outcome = httplib::Server::HandlerResponse;
    listener.set_default_headers(safe_headers());
    listener.set_pre_routing_handler([this](const auto& request, auto& response) {
      const bool admitted = guarded(request, response, [&] { admit(request, response); });
      const bool body = request.method == "POST" || request.method == "PATCH";
      if (admitted && body && response.status == -1) return Outcome::Unhandled;
      if (admitted && response.status == -1) reply(request, response);
      return Outcome::Handled;
    });
    listener.Post(upload_path, [this](const auto& request, auto& response,
                                      const httplib::ContentReader& reader) {
      reply(request, response, &reader);
    });
    listener.Post(".*", [this](const auto& request, auto& response) { reply(request, response); });
    listener.Patch(".*", [this](const auto& request, auto& response) { reply(request, response); });
    listener.set_error_handler(
        httplib::Server::Handler([](const httplib::Request& request, httplib::Response& response) {
          if (response.body.empty()) fill(request, response, plain_refusal(response.status));
        }));
  }

  // False when something was refused.
  template <class Work>
  static bool guarded(const httplib::Request& request, httplib::Response& response, Work work) {
    try {
      work();
      return true;
    } catch (const Refusal& refusal) {
      fill(request, response, refusal);
    } catch (const Error& error) {
      fill(request, response, Refusal(error));
    } catch (const std::bad_alloc&) {
      fill(request, response, {413, "too_large", "there is not enough memory for this"});
    } catch (const std::exception& error) {
      fill(request, response,
           {500, "bug", error.what(),
            "This is a mistake in Stave, not in your data. Please report it."});
    }
    return false;
  }

  void admit(const httplib::Request& request, httplib::Response& response) const {
    (void)role_of(request);
    const bool upload = request.method == "POST" && request.path == upload_path;
    check_body(request, upload ? options.upload_bytes : ConnectionLimits{}.request_bytes);
    const bool page = !of_interface(request) && request.method == "GET";
    const auto token = request.get_param_value("token");
    if (page && guard.role_of(token)) keep_token(request, response, token);
  }

  [[nodiscard]] Role role_of(const httplib::Request& request) const {
    const auto site = request.get_header_value("Sec-Fetch-Site");
    const auto authorization = request.get_header_value("Authorization");
    const auto cookie = request.get_header_value("Cookie");
    const auto token = request.get_param_value("token");
    return guard.check(caller_of(request, site, authorization, cookie, token));
  }

  // The token moves from the address, which is kept in a history, into a cookie.
  void keep_token(const httplib::Request& request, httplib::Response& response,
                  const std::string& token) const {
    std::string place;
    for (const auto& segment : path_segments(request.target).value_or(std::vector<std::string>{}))
      if (!segment.empty()) place += "/" + path_text(segment);
    if (place.empty()) place = "/";
    char mark = '?';
    for (const auto& [name, value] : request.params) {
      if (name == "token") continue;
      place += fmt::format("{}{}={}", std::exchange(mark, '&'), path_text(name), path_text(value));
    }
    response.status = 303;
    response.set_header("Location", place);
    response.set_header("Set-Cookie", fmt::format("{}={}; HttpOnly; SameSite=Lax; Path=/",
                                                  guard.cookie_name(), token));
  }

  void reply(const httplib::Request& request, httplib::Response& response,
             const httplib::ContentReader* body = nullptr) const {
    guarded(request, response, [&] {
      send(of_interface(request) || !reads(request) ? answer(request, body)
                                                    : application_answer(page_request(request)),
           response);
      if (!unchanged(request, response)) return;
      response.status = 304;
      response.body.clear();
    });
  }

  [[nodiscard]] Answer answer(const httplib::Request& request,
                              const httplib::ContentReader* body) const {
    const auto found = find_route(routes, request.method, request.target);
    Asked asked{.path = found.path,
                .query = request.params,
                .body = request.body,
                .content_type = before(request.get_header_value("Content-Type"), ';'),
                .role = role_of(request),
                .gone = [this] { return listener.stopping() || client_gone(); }};
    if (body != nullptr) {
      asked.coming = content_length(request);
      asked.receive = [body](const auto& sink) { return (*body)(sink); };
    }
    return found.route->answer(asked);
  }

  static void send(Answer answer, httplib::Response& response) {
    response.status = answer.status;
    for (const auto& [name, value] : answer.headers) {
      response.headers.erase(name);
      response.set_header(name, value);
    }
    if (!answer.next) {
      if (!answer.type.empty()) response.set_content(answer.body, answer.type);
      return;
    }
    response.set_chunked_content_provider(
        answer.type, [next = std::move(answer.next)](std::size_t, httplib::DataSink& sink) {
          try {
            const auto piece = next();
            if (!piece) {
              sink.done();
              return true;
            }
            return piece->empty() || sink.write(piece->data(), piece->size());
          } catch (const std::exception&) {
            return false;  // the run was deleted: its listeners are let go
          }
        });
  }

  [[nodiscard]] std::string address_with(const std::string& token) const {
    const auto& host = options.host;
    const bool six = host.find(':') != std::string::npos;
    const auto base = fmt::format("http://{}:{}/", six ? "[" + host + "]" : host, port);
    return token.empty() ? base : base + "?token=" + token;
  }

  ServerOptions options;
  std::atomic<std::size_t> watchers = 0;
  ChainShelf shelf;
  UploadShelf uploads;
  RememberedTexts tables{remembered_tables};
  AnswerBook answers;
  RunBook runs;
  ConnectionServer listener;
  int port = -1;
  Guard guard;
  std::string openapi;
  std::vector<Route> routes;
  std::thread thread;
};

Server::Server(const std::vector<Analysis>& analyses, ServerOptions options)
    : parts_(std::make_unique<Parts>(analyses, std::move(options))) {}

Server::~Server() = default;

int Server::port() const { return parts_->port; }

const std::string& Server::token() const {
  const auto& tokens = parts_->guard.tokens();
  return tokens.editor.empty() ? tokens.viewer : tokens.editor;
}

const std::string& Server::viewer_token() const { return parts_->guard.tokens().viewer; }

std::string Server::address() const { return parts_->address_with(token()); }

std::string Server::viewer_address() const {
  return viewer_token().empty() ? std::string() : parts_->address_with(viewer_token());
}

std::uint64_t usual_memory() { return memory_of_machine() / 4 * 3; }

}  // namespace stave
