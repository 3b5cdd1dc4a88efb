// Who may ask, how much, and how slowly.
#include <random>

#include <gmock/gmock.h>

#include "server/guard.hpp"
#include "server/raw_connection.hpp"
#include "server/running_server.hpp"

namespace stave {
namespace {

using test::Json;
using test::RawConnection;
using testing::HasSubstr;

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

// A picture on a page of another site must not make this computer work; a link there may lead here.
TEST_F(Safety, LetsNoOtherSiteAsk) {
  start();
  const auto status = [&](const std::string& site, const std::string& mode) {
    return get("/api/chains/mills/answers/count",
               {{"Sec-Fetch-Site", site}, {"Sec-Fetch-Mode", mode}})
        .status;
  };
  EXPECT_EQ(status("cross-site", "no-cors"), 403);
  EXPECT_EQ(status("same-site", "cors"), 403);
  EXPECT_EQ(status("same-origin", "cors"), 200);
  EXPECT_EQ(status("cross-site", "navigate"), 200);
  EXPECT_EQ(status("none", "navigate"), 200);
  EXPECT_EQ(get("/", {{"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Mode", "navigate"}}).status,
            200);
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
  EXPECT_THAT(cookie, HasSubstr("HttpOnly; SameSite=Lax"));
  const auto pair = cookie.substr(0, cookie.find(';'));
  EXPECT_EQ(get("/api/health", {{"Cookie", "other=1; " + pair}}).status, 200);
  EXPECT_EQ(get("/api/health", {{"Cookie", pair + "x"}}).status, 401);
}

TEST_F(Safety, KeepsTheViewOfALinkWithAToken) {
  options_.host = "0.0.0.0";
  start();
  const auto link =
      answer_to("GET /chains/mills/map?product=a%26b&token=" + server_->token() +
                "&tier=2 HTTP/1.1\r\nConnection: close\r\nHost: " + here() + "\r\n\r\n");
  EXPECT_THAT(link, HasSubstr("Location: /chains/mills/map?product=a%26b&tier=2\r\n"));
}

TEST_F(Safety, LetsAViewerAskAndReadOnly) {
  options_.host = "0.0.0.0";
  start();
  ASSERT_NE(server_->viewer_token(), server_->token());
  EXPECT_THAT(server_->viewer_address(), HasSubstr("?token=" + server_->viewer_token()));
  const httplib::Headers viewer{{"Authorization", "Bearer " + server_->viewer_token()}};
  const httplib::Headers editor{{"Authorization", "Bearer " + server_->token()}};
  const auto as = [&](const httplib::Headers& who) { return get("/api/me", who).body; };
  EXPECT_EQ(Json::parse(as(viewer)).dump(), R"({"role":"viewer","local":false})");
  EXPECT_EQ(Json::parse(as(editor)).dump(), R"({"role":"editor","local":false})");
  EXPECT_EQ(get("/api/chains/mills/answers/count", viewer).status, 200);
  EXPECT_EQ(refusal(post("/api/runs", ask_count, "application/json", viewer)), "403 read_only");
  EXPECT_EQ(refusal(post("/api/uploads?file=a", "abc", "text/csv", viewer)), "403 read_only");
  EXPECT_EQ(post("/api/runs", ask_count, "application/json", editor).status, 202);
  auto other = client();
  EXPECT_EQ(other.Delete("/api/runs/1", viewer)->status, 403);
  EXPECT_EQ(other.Delete("/api/chains/mills", viewer)->status, 403);
  EXPECT_EQ(other.Patch("/api/runs/1", viewer, R"({"name":"x"})", "application/json")->status, 403);
}

// A viewer's cookie does not lower an editor's link, nor the other way round.
TEST_F(Safety, TheLinkLastOpenedSaysTheRole) {
  options_.host = "0.0.0.0";
  start();
  const auto cookie_of = [&](const std::string& token) {
    const auto cookie = get("/?token=" + token).get_header_value("Set-Cookie");
    return cookie.substr(0, cookie.find(';'));
  };
  const auto role = [&](const std::string& cookie) {
    return Json::parse(get("/api/me", {{"Cookie", cookie}}).body).at("role");
  };
  EXPECT_EQ(role(cookie_of(server_->viewer_token())), "viewer");
  EXPECT_EQ(role(cookie_of(server_->token())), "editor");
}

TEST_F(Safety, ReadOnlyMakesEveryoneAViewer) {
  options_.read_only = true;
  start();
  EXPECT_EQ(json("/api/me").at("role"), "viewer");
  EXPECT_EQ(refusal(post("/api/runs", ask_count)), "403 read_only");
  EXPECT_EQ(refusal(remove("/api/chains/mills")), "403 read_only");
  EXPECT_EQ(get("/api/chains/mills/answers/count").status, 200);
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

// 200 half-open requests, and 50 clients that read a result 20 times each: nothing is lost.
TEST_F(Safety, AnswersManyClientsWhileOthersStall) {
  start();
  (void)await(ask("count"), "done");
  std::vector<std::unique_ptr<RawConnection>> slow;
  for (int i = 0; i < 200; ++i) {
    slow.push_back(std::make_unique<RawConnection>(server_->port()));
    slow.back()->send("GET /api/health HTTP/1.1\r\nHost: ");
  }
  std::atomic<int> good = 0;
  std::vector<std::thread> readers;
  for (int reader = 0; reader < 50; ++reader)
    readers.emplace_back([&] {
      for (int i = 0; i < 20; ++i) good += get("/api/runs/1/report").status == 200 ? 1 : 0;
    });
  for (auto& reader : readers) reader.join();
  EXPECT_EQ(good, 1000);
}

// Requests with bytes changed, cut out and doubled at places drawn with a fixed seed: each is
// answered or dropped, and the server answers still.
TEST_F(Safety, SurvivesOddRequests) {
  options_.patience = std::chrono::milliseconds(50);
  start();
  const std::vector<std::string> seeds{
      "GET /api/chains/mills/nodes?q=%E4%B8%AD&most=5 HTTP/1.1\r\nHost: " + here() +
          "\r\nIf-None-Match: \"a\"\r\nAccept-Encoding: gzip\r\nCookie: a=b; c=d\r\n\r\n",
      "GET /chains/mills/map?node=a HTTP/1.1\r\nHost: " + here() + "\r\nAccept: text/html\r\n\r\n",
      "POST /api/runs HTTP/1.1\r\nHost: " + here() +
          "\r\nContent-Type: application/json\r\nContent-Length: 37\r\n\r\n" + ask_count,
      "POST /api/uploads?file=..%2Fa.csv HTTP/1.1\r\nHost: " + here() +
          "\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\nabcd",
      "POST /api/imports HTTP/1.1\r\nHost: " + here() +
          "\r\nContent-Type: application/json\r\nContent-Length: 30\r\n\r\n" +
          R"({"name":"x","uploads":["0f"]})" + " ",
      "PATCH /api/runs/1 HTTP/1.1\r\nHost: " + here() +
          "\r\nContent-Type: application/json\r\nContent-Length: 12\r\n\r\n" + R"({"name":"x"})"};
  std::mt19937 draw(7);
  for (int i = 0; i < 300; ++i) {
    auto request = seeds[draw() % seeds.size()];
    for (auto times = 1 + draw() % 4; times > 0; --times) {
      const auto at = draw() % request.size();
      const auto kind = draw() % 4;
      if (kind == 0) request[at] = static_cast<char>(draw());
      if (kind == 1) request.erase(at, 1 + draw() % 9);
      if (kind == 2) request.insert(at, request.substr(at, 1 + draw() % 40));
      if (kind == 3) request.insert(at, 1, "\0\r\n:%/ "[draw() % 7]);
      if (request.empty()) request = "\r\n";
    }
    const RawConnection odd(server_->port());
    odd.send(request);
    if (i % 3 == 0) continue;  // and hang up
    odd.finish();
    const auto answer = odd.rest();
    EXPECT_THAT(answer, testing::Not(HasSubstr("\"bug\""))) << request;
  }
  EXPECT_EQ(get("/api/health").status, 200);
  for (const auto& entry : std::filesystem::directory_iterator(folder_))
    EXPECT_THAT(entry.path().filename().string(),
                testing::AnyOf("mills.stave", ".stave-uploads-1"));
}

TEST_F(Safety, GivesUpARequestThatTakesTooLong) {
  options_.patience = std::chrono::milliseconds(1000);
  start();
  const RawConnection slow(server_->port());
  for (int i = 0; i < 3; ++i) {
    slow.send("G");
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  EXPECT_THAT(slow.rest(), HasSubstr("408"));
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
