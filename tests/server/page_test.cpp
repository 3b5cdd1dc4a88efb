// The pages a browser gets without JavaScript.
#include "server/page.hpp"

#include <gmock/gmock.h>

#include "server/running_server.hpp"

namespace stave {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class Pages : public test::RunningServer {
 protected:
  httplib::Response submit(const std::string& path, const std::string& form) const {
    return post(path, form, "application/x-www-form-urlencoded", {{"Origin", "http://" + here()}});
  }
};

TEST_F(Pages, StartWithChainsQuestionsAndRuns) {
  start();
  (void)await(ask("count"), "done");
  const auto page = get("/").body;
  EXPECT_THAT(page, AllOf(HasSubstr("href=\"/chains/mills\""), HasSubstr("Farms &amp; mills"),
                          HasSubstr("How many &lt;nodes&gt; are there?"),
                          HasSubstr("href=\"/runs/1\">Count of mills")));
  EXPECT_THAT(page, Not(HasSubstr("<script")));
  EXPECT_EQ(get("/style.css").get_header_value("Content-Type"), "text/css; charset=utf-8");
}

TEST_F(Pages, ShowAChainAndFindItsNodes) {
  start();
  EXPECT_THAT(get("/chains/mills").body,
              AllOf(HasSubstr("中国"), HasSubstr("&lt;Flour&gt;"), Not(HasSubstr("<Flour>")),
                    HasSubstr("/analyses/count?chain=mills")));
  EXPECT_THAT(get("/chains/mills?q=%22%3E%3Cb%3E").body,
              AllOf(HasSubstr("&quot;&gt;&lt;b&gt;"), HasSubstr("No node has that")));
  EXPECT_THAT(get("/chains/mills?q=flour").body, HasSubstr("<td>CHN.flour</td>"));
}

TEST_F(Pages, MakeAFormOfADeclaration) {
  start();
  const auto page = get("/analyses/count?chain=mills").body;
  EXPECT_THAT(page, AllOf(HasSubstr("name=\"p-times\" type=\"number\" step=\"1\" value=\"1\" "
                                    "min=\"1\" max=\"9\""),
                          HasSubstr("<option value=\"node\" selected>"),
                          HasSubstr("<option value=\"mills\" selected>"),
                          HasSubstr("list=\"regions\""), HasSubstr("<option value=\"CHN\">China<"),
                          HasSubstr("<textarea name=\"p-list\""), Not(HasSubstr("p-resume"))));
}

TEST_F(Pages, RunAFormAndLeadToItsReport) {
  start();
  const auto asked =
      submit("/runs", "chain=mills&analysis=count&p-times=2&p-region=&p-market=on&p-list=a%0Ab");
  ASSERT_EQ(asked.status, 303) << asked.body;
  const auto place = asked.get_header_value("Location");
  EXPECT_EQ(place, "/runs/1");
  const auto run = await("/api/runs/1", "done");
  EXPECT_EQ(run.at("parameters").at("list"), "a\nb");
  EXPECT_FALSE(run.at("parameters").contains("region"));
  EXPECT_THAT(get(place).body,
              AllOf(HasSubstr("/api/runs/1/page"), HasSubstr("/api/runs/1/tables/counts.csv"),
                    Not(HasSubstr("http-equiv=\"refresh\""))));
  EXPECT_EQ(submit(place + "/end", "").get_header_value("Location"), "/");
  EXPECT_EQ(get(place).status, 404);
}

TEST_F(Pages, LookAgainWhileARunLasts) {
  start();
  (void)ask("wait");
  EXPECT_THAT(get("/runs/1").body, HasSubstr("http-equiv=\"refresh\""));
  EXPECT_EQ(submit("/runs/1/end", "").get_header_value("Location"), "/runs/1");
  (void)await("/api/runs/1", "cancelled");
  EXPECT_THAT(get("/runs/1").body, Not(HasSubstr("http-equiv=\"refresh\"")));
}

TEST_F(Pages, SayWhyNotInWords) {
  start();
  const auto refused = submit("/runs", "chain=mills&analysis=count&p-tims=2");
  EXPECT_EQ(refused.status, 400);
  EXPECT_THAT(refused.body, AllOf(HasSubstr("<!doctype html>"), HasSubstr("Did you mean")));
  EXPECT_THAT(get("/nothing").body, HasSubstr("<!doctype html>"));
  EXPECT_EQ(post("/runs", "{}").status, 415);
  const auto foreign = post("/runs", "chain=mills&analysis=count",
                            "application/x-www-form-urlencoded", {{"Origin", "null"}});
  EXPECT_EQ(foreign.status, 403);
}

TEST(HtmlText, LeavesNothingThatEndsTextOrAttribute) {
  EXPECT_EQ(html_text("<a href=\"x\">'&"), "&lt;a href=&quot;x&quot;&gt;&#39;&amp;");
}

}  // namespace
}  // namespace stave
