// Who may ask, how much, and how slowly.
#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "server/guard.hpp"
#include "server/running_server.hpp"

namespace stave {
namespace {

using test::Json;
using testing::HasSubstr;

// A connection on which a test may write what no client would.
class RawConnection {
 public:
  explicit RawConnection(int port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    timeval limit{.tv_sec = 5, .tv_usec = 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
    if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0)
      ADD_FAILURE() << "no connection";
  }
  ~RawConnection() { ::close(socket_); }
  RawConnection(const RawConnection&) = delete;
  RawConnection& operator=(const RawConnection&) = delete;

  void send(const std::string& text) const {
    (void)::send(socket_, text.data(), text.size(), MSG_NOSIGNAL);
  }
  // All that comes until the server closes.
  [[nodiscard]] std::string rest() const {
    std::string text;
    std::array<char, 4096> bytes{};
    for (;;) {
      const auto got = ::recv(socket_, bytes.data(), bytes.size(), 0);
      if (got <= 0) return text;
      text.append(bytes.data(), static_cast<std::size_t>(got));
    }
  }

 private:
  int socket_;
};

class Safety : public test::RunningServer {
 protected:
  [[nodiscard]] std::string answer_to(const std::string& request) const {
    const RawConnection connection(server_->port());
    connection.send(request);
    return connection.rest();
  }
  static constexpr auto ask_count = R"({"chain":"mills","analysis":"count"})";
};

TEST_F(Safety, AnswersToItsOwnNamesOnly) {
  start();
  const auto port = ":" + std::to_string(server_->port());
  for (const auto& own :
       {"127.0.0.1" + port, "localhost" + port, "LOCALHOST" + port, "[::1]" + port})
    EXPECT_EQ(get("/api/health", {{"Host", own}}).status, 200) << own;
  for (const auto& other : {"evil.example" + port, std::string("127.0.0.1"), "127.0.0.1:1" + port,
                            "localhost.evil.example" + port, "192.168.0.1" + port})
    EXPECT_EQ(get("/api/health", {{"Host", other}}).status, 403) << other;
  EXPECT_THAT(answer_to("GET /api/health HTTP/1.1\r\nConnection: close\r\n\r\n"),
              HasSubstr("400 Bad Request"));
  EXPECT_THAT(answer_to("GET /api/health HTTP/1.1\r\nConnection: close\r\nHost: " + here() +
                        "\r\nHost: evil.example\r\n\r\n"),
              HasSubstr("400 Bad Request"));
}

TEST_F(Safety, LetsNoOtherSiteChangeAnything) {
  start();
  const auto status = [&](const httplib::Headers& headers) {
    return post("/api/runs", ask_count, "application/json", headers).status;
  };
  EXPECT_EQ(status({{"Origin", "http://" + here()}}), 202);
  EXPECT_EQ(status({{"Origin", "http://" + here()}, {"Sec-Fetch-Site", "same-origin"}}), 202);
  EXPECT_EQ(status({{"Origin", "http://evil.example"}}), 403);
  EXPECT_EQ(status({{"Origin", "https://" + here()}}), 403);
  EXPECT_EQ(status({{"Origin", "null"}}), 403);
  EXPECT_EQ(status({{"Sec-Fetch-Site", "cross-site"}}), 403);
  auto other = client();
  EXPECT_EQ(other.Delete("/api/runs/1", {{"Origin", "http://localhost:1"}})->status, 403);
}

TEST_F(Safety, SendsHeadersThatKeepABrowserStrict) {
  start();
  for (const auto* path : {"/api/health", "/api/nothing"}) {
    const auto answer = get(path);
    EXPECT_THAT(answer.get_header_value("Content-Security-Policy"),
                HasSubstr("default-src 'none'"));
    EXPECT_EQ(answer.get_header_value("X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(answer.get_header_value("Referrer-Policy"), "same-origin");
  }
}

TEST_F(Safety, AsksForItsTokenBeyondLoopback) {
  options_.host = "0.0.0.0";
  start();
  const auto& token = server_->token();
  ASSERT_EQ(token.size(), 64U);
  EXPECT_THAT(server_->address(), HasSubstr("?token=" + token));
  const auto status = [&](const httplib::Headers& headers, const std::string& path) {
    return get(path, headers).status;
  };
  EXPECT_EQ(status({}, "/api/health"), 401);
  EXPECT_EQ(status({{"Authorization", "Bearer " + token}}, "/api/health"), 200);
  EXPECT_EQ(status({{"Authorization", "Bearer " + token + "0"}}, "/api/health"), 401);
  EXPECT_EQ(status({{"Authorization", "Bearer "}}, "/api/health"), 401);
  EXPECT_EQ(status({}, "/api/health?token=" + token), 200);
  EXPECT_EQ(status({}, "/api/health?token=x"), 401);
  EXPECT_EQ(status({{"Host", "192.168.0.1:" + std::to_string(server_->port())},
                    {"Authorization", "Bearer " + token}},
                   "/api/health"),
            200);
  EXPECT_EQ(status({{"Host", "evil.example:" + std::to_string(server_->port())},
                    {"Authorization", "Bearer " + token}},
                   "/api/health"),
            403);
}

TEST_F(Safety, MovesTheTokenFromTheAddressIntoACookie) {
  options_.host = "0.0.0.0";
  start();
  const auto first = get("//evil.example/?token=" + server_->token());
  EXPECT_EQ(first.status, 303);
  EXPECT_EQ(first.get_header_value("Location"), "/evil.example");
  const auto cookie = first.get_header_value("Set-Cookie");
  EXPECT_THAT(cookie, HasSubstr("HttpOnly; SameSite=Strict"));
  const auto pair = cookie.substr(0, cookie.find(';'));
  EXPECT_EQ(get("/api/health", {{"Cookie", "other=1; " + pair}}).status, 200);
  EXPECT_EQ(get("/api/health", {{"Cookie", pair + "x"}}).status, 401);
}

TEST(Guard, KnowsLoopback) {
  for (const auto* host : {"127.0.0.1", "127.8.9.1", "::1", "localhost"})
    EXPECT_TRUE(is_loopback(host)) << host;
  for (const auto* host : {"0.0.0.0", "::", "128.0.0.1", "127.evil.example", ""})
    EXPECT_FALSE(is_loopback(host)) << host;
}

TEST(Guard, ComparesWholeSecrets) {
  EXPECT_TRUE(same_secret("abc", "abc"));
  for (const auto* wrong : {"", "ab", "abcd", "abcabc", "xbc"})
    EXPECT_FALSE(same_secret(wrong, "abc")) << wrong;
  EXPECT_FALSE(same_secret("", ""));
}

TEST_F(Safety, NoNameLeadsOutOfTheFolder) {
  start();
  for (const auto* path :
       {"/api/chains/..%2f..%2fetc%2fpasswd", "/api/chains/../../etc/passwd", "/api/chains/%2e%2e",
        "/api/chains//etc/passwd", "/../etc/passwd", "/api/chains/mills%00", "/api/runs/..%2f1",
        "/api/runs/1%2f..%2f1/report", "/api/chains/mills.stave", "/%zz", "/api/chains/%"})
    EXPECT_EQ(get(path).status, 404) << path;
}

TEST_F(Safety, RefusesBodiesThatAreTooLargeCompressedOrWithoutLength) {
  start();
  const auto head =
      "POST /api/runs HTTP/1.1\r\nHost: " + here() + "\r\nContent-Type: application/json\r\n";
  EXPECT_EQ(post("/api/runs", std::string(3U << 20U, ' ')).status, 413);
  EXPECT_THAT(answer_to(head + "Content-Length: 99999999999\r\n\r\n"), HasSubstr("413"));
  EXPECT_THAT(answer_to(head + "Content-Length: -1\r\n\r\n"), HasSubstr("400 Bad"));
  EXPECT_THAT(answer_to(head + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"),
              HasSubstr("411"));
  EXPECT_THAT(answer_to(head + "Content-Encoding: gzip\r\nContent-Length: 5\r\n\r\nhello"),
              HasSubstr("415"));
  EXPECT_THAT(answer_to("POST /runs HTTP/1.1\r\nHost: " + here() +
                        "\r\nContent-Type: multipart/form-data; boundary=x\r\n"
                        "Content-Length: 5\r\n\r\n--x--"),
              HasSubstr("415"));
  EXPECT_EQ(get("/" + std::string(5000, 'a')).status, 414);
}

// What follows a body is never taken for a request: one answer comes, and the connection ends.
TEST_F(Safety, TakesNoSecondRequestFromABody) {
  start();
  const auto text = answer_to(
      "DELETE /api/runs/7 HTTP/1.1\r\nHost: " + here() +
      "\r\nContent-Length: 60\r\n\r\nGET /api/health HTTP/1.1\r\nHost: " + here() + "\r\n\r\n");
  EXPECT_THAT(text, HasSubstr("404"));
  EXPECT_EQ(text.find("HTTP/1.1", 8), std::string::npos) << text;
}

// A long list of ranges is neither followed nor fatal.
TEST_F(Safety, GivesNoRanges) {
  start();
  std::string ranges = "bytes=0-";
  while (ranges.size() < 8000) ranges += ",0-";
  EXPECT_EQ(get("/api/health", {{"Range", ranges}}).status, 200);
}

TEST_F(Safety, EndsARequestWhoseHeadersDoNotEnd) {
  start();
  std::string request = "GET /api/health HTTP/1.1\r\nHost: " + here() + "\r\n";
  for (int i = 0; i < 40'000; ++i)
    request += "X-" + std::to_string(i) + ": aaaaaaaaaaaaaaaaaaaa\r\n";
  EXPECT_THAT(answer_to(request), testing::Not(HasSubstr("200 OK")));
  EXPECT_EQ(get("/api/health").status, 200);
}

// Ten clients that have begun and say no more hold all four threads: others are answered still.
TEST_F(Safety, SlowClientsDoNotKeepOthersOut) {
  options_.threads = 4;
  start();
  std::vector<std::unique_ptr<RawConnection>> slow;
  for (int i = 0; i < 10; ++i) {
    slow.push_back(std::make_unique<RawConnection>(server_->port()));
    slow.back()->send("GET /api/health HT");
  }
  EXPECT_EQ(get("/api/health").status, 200);
}

TEST_F(Safety, GivesUpARequestThatTakesTooLong) {
  options_.patience = std::chrono::milliseconds(150);
  start();
  const RawConnection slow(server_->port());
  for (int i = 0; i < 6; ++i) {
    slow.send("G");
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  EXPECT_THAT(slow.rest(), testing::Not(HasSubstr("200 OK")));
}

TEST_F(Safety, SaysThatAnAddressIsTaken) {
  start();
  auto again = options_;
  again.port = server_->port();
  try {
    const Server second(analyses_, again);
    ADD_FAILURE() << "two servers on one port";
  } catch (const Error& e) {
    EXPECT_EQ(e.code(), Errc::io);
  }
}

}  // namespace
}  // namespace stave
