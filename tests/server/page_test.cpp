// What a browser gets: the embedded application, and why not.
#include "server/page.hpp"

#include <regex>
#include <set>

#include <gmock/gmock.h>

#include "server/application_file.hpp"
#include "server/running_server.hpp"

namespace stave {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class Pages : public test::RunningServer {
 protected:
  httplib::Response page(const std::string& path) const {
    return get(path, {{"Accept", "text/html,*/*"}});
  }
};

TEST_F(Pages, AreOfTheApplicationInTheProgram) {
  start();
  const auto page = get("/");
  EXPECT_EQ(page.status, 200);
  EXPECT_EQ(page.get_header_value("Content-Type"), "text/html; charset=utf-8");
  EXPECT_EQ(page.get_header_value("Cache-Control"), "no-cache");
  EXPECT_THAT(page.body, HasSubstr("<title>"));
  EXPECT_EQ(page.body, unpacked(find_application_file("index.html")->packed));
}

// Every script and style the first page names is here, and may be kept for ever.
TEST_F(Pages, FindTheirScriptsAndStyles) {
  start();
  const auto index = get("/").body;
  const std::regex address(R"re((?:src|href)="(/[^"]*)")re");
  std::set<std::string> types;
  for (std::sregex_iterator at(index.begin(), index.end(), address), end; at != end; ++at) {
    const auto file = get((*at)[1]);
    EXPECT_EQ(file.status, 200) << (*at)[1];
    types.insert(file.get_header_value("Content-Type"));
    if (file.get_header_value("Content-Type").starts_with("text/")) {
      EXPECT_EQ(file.get_header_value("Cache-Control"), "max-age=31536000, immutable");
    }
  }
  EXPECT_TRUE(types.contains("text/javascript; charset=utf-8"));
  EXPECT_TRUE(types.contains("text/css; charset=utf-8"));
}

TEST_F(Pages, ComeGzippedWhereThatIsTaken) {
  start();
  const auto plain = get("/");
  EXPECT_FALSE(plain.has_header("Content-Encoding"));
  auto raw = client();
  raw.set_decompress(false);
  const auto packed = raw.Get("/", {{"Accept-Encoding", "gzip, br"}});
  ASSERT_TRUE(packed);
  EXPECT_EQ(packed->get_header_value("Content-Encoding"), "gzip");
  EXPECT_EQ(packed->get_header_value("Vary"), "Accept-Encoding");
  EXPECT_EQ(unpacked(packed->body), plain.body);
  EXPECT_NE(packed->get_header_value("ETag"), plain.get_header_value("ETag"));
}

TEST_F(Pages, AreNotSentTwice) {
  start();
  const auto tag = get("/").get_header_value("ETag");
  const auto again = get("/", {{"If-None-Match", tag}});
  EXPECT_EQ(again.status, 304);
  EXPECT_EQ(again.body, "");
  EXPECT_EQ(again.get_header_value("ETag"), tag);
  EXPECT_EQ(get("/", {{"If-None-Match", "\"other\""}}).status, 200);
}

TEST_F(Pages, AnswerAtTheAddressesOfTheApplication) {
  start();
  const auto index = get("/").body;
  for (const auto* path :
       {"/chains/mills", "/chains/mills/map?product=flour", "/chains/%E4%B8%AD/stress",
        "/chains/mills/ask/exposure?region=CHN", "/runs", "/runs/7/against/8", "/analyses/check"}) {
    EXPECT_EQ(page(path).status, 200) << path;
    EXPECT_EQ(page(path).body, index) << path;
  }
  EXPECT_EQ(page("/nothing").status, 404);
  EXPECT_EQ(page("/nothing").body, index);
}

TEST_F(Pages, SayInWordsThatAFileIsNotThere) {
  start();
  for (const auto* path :
       {"/assets/none.js", "/assets/", "/assets/../index.html", "/favicon.none"}) {
    EXPECT_EQ(get(path).status, 404) << path;
    EXPECT_THAT(get(path).body, AllOf(StartsWith("<!doctype html>"), HasSubstr("nothing at this")));
  }
  EXPECT_EQ(page("/assets/none.js").status, 404);
  EXPECT_EQ(post("/", "{}").status, 404);
}

// Nothing but what the application brings itself runs or is fetched.
TEST_F(Pages, KeepABrowserStrict) {
  start();
  const auto policy = get("/").get_header_value("Content-Security-Policy");
  for (const auto* part : {"default-src 'none'", "script-src 'self'", "style-src 'self'",
                           "connect-src 'self'", "form-action 'none'", "frame-ancestors 'none'"})
    EXPECT_THAT(policy, HasSubstr(part));
  EXPECT_THAT(policy, AllOf(Not(HasSubstr("unsafe")), Not(HasSubstr("http"))));
}

TEST(TakesGzip, ReadsTheHeader) {
  for (const auto* yes : {"gzip", "br, gzip", "gzip;q=0.5", "deflate , gzip ; q=1", "*"})
    EXPECT_TRUE(takes_gzip(yes)) << yes;
  for (const auto* no : {"", "br", "gzip;q=0", "gzip; q=0.000", "xgzip", "identity", ",,;"})
    EXPECT_FALSE(takes_gzip(no)) << no;
}

TEST(Unpacked, RefusesWhatIsDamaged) {
  const auto packed = std::string(find_application_file("index.html")->packed);
  EXPECT_THROW((void)unpacked(packed.substr(0, packed.size() / 2)), std::runtime_error);
  EXPECT_THROW((void)unpacked("no gzip"), std::runtime_error);
  EXPECT_EQ(find_application_file("../index.html"), nullptr);
}

TEST(ApplicationFile, IsImmutableWhereItsNameHoldsAHash) {
  const auto immutable = [](std::string_view name) {
    return ApplicationFile{.name = name, .packed = {}, .hash = {}}.immutable();
  };
  EXPECT_TRUE(immutable("assets/index-Bx3_f-9K.js"));
  EXPECT_FALSE(immutable("assets/stave.svg"));
  EXPECT_FALSE(immutable("assets/a-b.svg"));
  EXPECT_FALSE(immutable("index-Bx3_f-9K.html"));
}

TEST(HtmlText, LeavesNothingThatEndsTextOrAttribute) {
  EXPECT_EQ(html_text("<a href=\"x\">'&"), "&lt;a href=&quot;x&quot;&gt;&#39;&amp;");
}

}  // namespace
}  // namespace stave
