// Files sent to the server become chains.
#include <gmock/gmock.h>

#include "server/chain_import.hpp"
#include "server/raw_connection.hpp"
#include "server/running_server.hpp"
#include "server/upload_shelf.hpp"

namespace stave {
namespace {

using test::Json;
using test::RawConnection;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr auto nodes_csv = "id,name,region,product\nf1,Farm,CHN,grain\nm1,Mill,CHN,flour\n";
constexpr auto links_csv = "from,to,value\nf1,m1,20\n";

class Imports : public test::RunningServer {
 protected:
  std::string upload(const std::string& name, const std::string& bytes) const {
    const auto answer = post("/api/uploads?file=" + name, bytes, "application/octet-stream");
    EXPECT_EQ(answer.status, 201) << answer.body;
    const auto json = Json::parse(answer.body);
    EXPECT_EQ(json.at("bytes"), bytes.size());
    return json.at("upload");
  }
  httplib::Response order(const std::string& name, const std::vector<std::string>& uploads,
                          const Json& more = Json::object()) const {
    Json body = {{"name", name}, {"uploads", uploads}};
    body.update(more);
    return post("/api/imports", body.dump());
  }
  std::vector<std::string> network() const {
    return {upload("nodes.csv", nodes_csv), upload("links.csv", links_csv)};
  }
  // What lies in the folder, but for the runs.
  std::vector<std::string> files() const {
    std::vector<std::string> names;
    std::error_code gone;  // a folder that the server removes meanwhile
    for (std::filesystem::recursive_directory_iterator at(folder_, gone), end; at != end;
         at.increment(gone))
      if (at->is_regular_file(gone) && at->path().filename() != "lock")
        names.push_back(at->path().filename());
    std::ranges::sort(names);
    return names;
  }
};

TEST_F(Imports, MakeAChainOfFilesAndCheckIt) {
  start();
  const auto asked = order("new chain", network());
  ASSERT_EQ(asked.status, 202) << asked.body;
  const auto run = await(asked.get_header_value("Location"), "done");
  EXPECT_EQ(run.at("analysis"), "import");
  EXPECT_EQ(run.at("chain"), "new chain");
  EXPECT_EQ(run.at("parameters").at("files"), "nodes.csv, links.csv");
  const auto report = json("/api/runs/1/report");
  EXPECT_THAT(report.at("findings")[0].at("text").get<std::string>(),
              HasSubstr("Imported as new chain: 2 nodes"));
  EXPECT_THAT(report.dump(), Not(HasSubstr(folder_.string())));
  EXPECT_EQ(json("/api/chains/new%20chain").at("nodes"), 2);
  EXPECT_EQ(json("/api/chains/new%20chain").at("removable"), true);
  EXPECT_THAT(files(), testing::ElementsAre("mills.stave", "new chain.stave"));
}

TEST_F(Imports, OfAChainFile) {
  start();
  std::ostringstream bytes;
  bytes << std::ifstream(folder_ / "mills.stave", std::ios::binary).rdbuf();
  ASSERT_EQ(order("copy", {upload("mills.stave", bytes.str())}).status, 202);
  (void)await("/api/runs/1", "done");
  EXPECT_EQ(json("/api/chains/copy").at("title"), "Farms & mills");
}

// As the command line says it, without a path of this computer.
TEST_F(Imports, ThatFailSayWhereAndLeaveNothing) {
  start();
  const auto before = files();
  const auto bad = std::string("from,to,value\nf1,m1,twenty\n");
  ASSERT_EQ(order("bad", {upload("nodes.csv", nodes_csv), upload("links.csv", bad)}).status, 202);
  const auto failed = await("/api/runs/1", "failed");
  EXPECT_THAT(failed.at("error").at("message").get<std::string>(),
              AllOf(HasSubstr("links.csv:2: column 'value': 'twenty'"), Not(HasSubstr("/"))));
  ASSERT_EQ(order("strange", {upload("a.bin", "no table at all")}).status, 202);
  EXPECT_THAT(await("/api/runs/2", "failed").dump(), Not(HasSubstr(folder_.string())));
  EXPECT_EQ(files(), before);
  EXPECT_EQ(refusal_of("/api/chains/bad"), "404 not_found");
}

TEST_F(Imports, ThatWaitCanBeCancelledAndLeaveNothing) {
  start();
  const auto before = files();
  const auto running = ask("wait");
  (void)await(running, "running");
  const auto asked = order("later", network());
  EXPECT_EQ(remove(asked.get_header_value("Location")).status, 200);
  (void)await(asked.get_header_value("Location"), "cancelled");
  EXPECT_EQ(files(), before);
  EXPECT_EQ(refusal(post(asked.get_header_value("Location") + "/repeat", "")),
            "409 not_repeatable");
}

// Stopped at any of the places where it looks whether to stop, an import leaves nothing; stopped at
// none, a chain.
TEST_F(Imports, ThatAreStoppedAnywhereLeaveNothing) {
  class Stopping : public Progress {
   public:
    explicit Stopping(int looks) : left_(looks) {}
    [[nodiscard]] bool cancelled() const override { return --left_ < 0; }

   private:
    mutable std::atomic<int> left_;
  };
  const auto held = [&](const char* name, const char* bytes) {
    const auto folder = folder_ / "held" / name;
    std::filesystem::create_directories(folder);
    std::ofstream(folder / name) << bytes;
    return std::make_shared<const HeldUpload>(folder, name);
  };
  int stopped = 0;
  bool done = false;
  for (int looks = 0; looks < 200 && !done; ++looks) {
    const UploadShelf::Held parts{held("nodes.csv", nodes_csv), held("links.csv", links_csv)};
    const HeldUpload together(folder_ / "together", "");
    std::filesystem::create_directories(together.path());
    Stopping progress(looks);
    try {
      (void)import_uploads(
          {}, {.name = "new"}, parts, together.path(), [&] { return folder_ / "new.stave"; },
          progress);
      done = true;
    } catch (const Error& e) {
      EXPECT_EQ(e.code(), Errc::cancelled) << e.what();
      ++stopped;
      EXPECT_THAT(files(), Not(testing::Contains(HasSubstr("new")))) << looks;
    }
  }
  EXPECT_GE(stopped, 3);
  EXPECT_TRUE(done);
  EXPECT_THAT(files(), testing::Contains("new.stave"));
}

TEST_F(Imports, DoNotTakeANameThatIsTaken) {
  start();
  EXPECT_EQ(refusal(order("mills", network())), "409 taken");
  EXPECT_EQ(json("/api/chains/mills").at("title"), "Farms & mills");
  ASSERT_EQ(order("mills", network(), {{"replace", true}}).status, 202);
  (void)await("/api/runs/1", "done");
  EXPECT_EQ(json("/api/chains/mills").at("products").size(), 2U);
  const auto title = json("/api/chains/mills").at("title");  // before the list is looked at again
  EXPECT_NE(title, "Farms & mills");
  EXPECT_EQ(title, json("/api/chains").at("chains")[0].at("title"));
}

// Two at once: the first takes the name, the second finds that out when its turn comes.
TEST_F(Imports, ToOneNameDoNotOverwriteEachOther) {
  start();
  const auto running = ask("wait");
  (void)await(running, "running");
  ASSERT_EQ(order("twice", network()).status, 202);
  ASSERT_EQ(order("twice", network()).status, 202);
  go_ = true;
  (void)await("/api/runs/2", "done");
  EXPECT_EQ(await("/api/runs/3", "failed").at("error").at("code"), "taken");
}

TEST_F(Imports, RefuseWhatIsNoOrder) {
  start();
  const auto file = upload("a.csv", "a\n");
  for (const auto* name : {"", "../out", "a/b", ".hidden", "a\\b", "a\nb", " a", "a "})
    EXPECT_EQ(refusal(order(name, {file})), "400 bad_name") << name;
  EXPECT_EQ(refusal(order(std::string(101, 'a'), {file})), "400 bad_name");
  EXPECT_EQ(refusal(order("new", {"0123"})), "404 not_found");
  EXPECT_EQ(refusal(order("new", {})), "400 bad_input");
  EXPECT_EQ(refusal(post("/api/imports", R"({"name":"new","uploads":"x"})")), "400 bad_input");
  EXPECT_EQ(refusal(post("/api/imports", "[]")), "400 bad_input");
  EXPECT_EQ(order("new", {file}).status, 202);  // it is there still
  EXPECT_EQ(refusal(order("newer", {file})), "404 not_found");
}

TEST_F(Imports, NeedAFolder) {
  options_.places = {(folder_ / "mills.stave").string()};
  start();
  EXPECT_EQ(refusal(post("/api/uploads?file=a.csv", "a\n", "application/octet-stream")),
            "403 no_folder");
  EXPECT_EQ(refusal(order("new", {"0123"})), "403 no_folder");
  EXPECT_EQ(refusal(remove("/api/chains/mills")), "403 not_removable");
}

TEST_F(Imports, GoToTheFolderThatWasSaid) {
  options_.imports = folder_ / "imports";
  start();
  ASSERT_EQ(order("new", network()).status, 202);
  (void)await("/api/runs/1", "done");
  EXPECT_TRUE(std::filesystem::exists(folder_ / "imports" / "new.stave"));
  EXPECT_EQ(refusal(remove("/api/chains/mills")), "403 not_removable");
  EXPECT_EQ(remove("/api/chains/new").status, 204);
  EXPECT_FALSE(std::filesystem::exists(folder_ / "imports" / "new.stave"));
  EXPECT_EQ(refusal_of("/api/chains/new"), "404 not_found");
}

TEST_F(Imports, AChainInUseIsNotDeleted) {
  start();
  const auto running = ask("wait");
  EXPECT_EQ(refusal(remove("/api/chains/mills")), "409 in_use");
  go_ = true;
  (void)await(running, "done");
  EXPECT_EQ(remove("/api/chains/mills").status, 204);
  EXPECT_EQ(refusal_of("/api/chains/mills/answers/count"), "404 not_found");
}

TEST_F(Imports, ListFormats) {
  start();
  const auto formats = json("/api/formats").at("formats");
  EXPECT_GT(formats.size(), 5U);
  EXPECT_FALSE(formats[0].at("title").get<std::string>().empty());
}

class Uploads : public Imports {
 protected:
  [[nodiscard]] std::string head(const std::string& name, std::size_t bytes) const {
    return "POST /api/uploads?file=" + name + " HTTP/1.1\r\nHost: " + here() +
           "\r\nContent-Type: application/octet-stream\r\nContent-Length: " +
           std::to_string(bytes) + "\r\n\r\n";
  }
};

// Well beyond what a request may have otherwise, and byte for byte.
TEST_F(Uploads, MayBeLargeAndAreStreamed) {
  start();
  std::string bytes(20'000'000, 'x');
  for (std::size_t i = 0; i < bytes.size(); i += 997) bytes[i] = static_cast<char>(i);
  (void)upload("large.bin", bytes);
  bool found = false;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_)) {
    if (entry.path().filename() != "large.bin") continue;
    std::ostringstream kept;
    kept << std::ifstream(entry.path(), std::ios::binary).rdbuf();
    found = kept.str() == bytes;
  }
  EXPECT_TRUE(found);
}

TEST_F(Uploads, AreBounded) {
  options_.upload_bytes = 3'000'000;
  start();
  EXPECT_EQ(post("/api/uploads?file=a", std::string(3'000'001, 'x'), "text/csv").status, 413);
  (void)upload("a", std::string(3'000'000, 'x'));
  (void)upload("b", std::string(3'000'000, 'x'));
  EXPECT_EQ(refusal(post("/api/uploads?file=c", std::string(100, 'x'), "text/csv")), "503 busy");
  EXPECT_EQ(post("/api/runs", std::string(2'000'000, ' ')).status, 413);
}

TEST_F(Uploads, NeedANameAndALength) {
  start();
  EXPECT_EQ(refusal(post("/api/uploads", "abc", "text/csv")), "400 bad_name");
  EXPECT_EQ(refusal(post("/api/uploads?file=..%2F..", "abc", "text/csv")), "400 bad_name");
  EXPECT_EQ(refusal(post("/api/uploads?file=a", "", "text/csv")), "411 no_length");
}

TEST_F(Uploads, LieWhereTheirNamesCannotLead) {
  start();
  (void)upload("..%2F..%2Fescaped.csv", "abc");
  (void)upload("%2Fetc%2F.hidden", "abc");
  EXPECT_FALSE(std::filesystem::exists(folder_.parent_path() / "escaped.csv"));
  EXPECT_THAT(files(), testing::ElementsAre("escaped.csv", "hidden", "mills.stave"));
  EXPECT_EQ(harmless_name("C:\\data\\table 1.csv"), "table 1.csv");
  EXPECT_EQ(harmless_name("投入产出.xlsx"), "投入产出.xlsx");
  EXPECT_EQ(harmless_name("a;b|c\n$(d).csv"), "a_b_c__(d).csv");
}

TEST_F(Uploads, AreGoneWithTheServer) {
  start();
  (void)upload("a.csv", "abc");
  EXPECT_THAT(files(), testing::Contains("a.csv"));
  server_.reset();
  EXPECT_THAT(files(), testing::ElementsAre("mills.stave"));
}

// A killed server left a file: the next one that takes an upload clears it away.
TEST_F(Uploads, OfAKilledServerAreClearedAway) {
  std::filesystem::create_directories(folder_ / ".stave-uploads-1" / "0f");
  std::ofstream(folder_ / ".stave-uploads-1" / "0f" / "left.csv") << "a\n";
  start();
  (void)upload("new.csv", "abc");
  EXPECT_THAT(files(), testing::ElementsAre("mills.stave", "new.csv"));
}

// 1.5 s without a byte end it; ten pieces 200 ms apart, two seconds in all, do not: 32 KiB may
// take 3.5 s.
TEST_F(Uploads, MayBeSlowButNotStall) {
  options_.patience = std::chrono::milliseconds(1500);
  start();
  const RawConnection slow(server_->port());
  slow.send(head("slow.csv", 32'760));
  for (int i = 0; i < 10; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    slow.send(std::string(3'276, 'a'));
  }
  EXPECT_THAT(slow.rest(), HasSubstr("201 Created"));
  const RawConnection stalled(server_->port());
  stalled.send(head("stalled.csv", 20) + "ab");
  EXPECT_THAT(stalled.rest(), HasSubstr("408"));
  EXPECT_THAT(files(), Not(testing::Contains("stalled.csv")));
}

TEST_F(Uploads, BrokenOffLeaveNothing) {
  start();
  {
    const RawConnection broken(server_->port());
    broken.send(head("broken.csv", 1'000) + "ab");
    for (int i = 0; i < 1000 && files().size() < 2; ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    EXPECT_THAT(files(), testing::Contains("broken.csv"));
  }
  for (int i = 0; i < 1000 && files().size() > 1; ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  EXPECT_THAT(files(), testing::ElementsAre("mills.stave"));
}

// At most four on their way.
TEST_F(Uploads, AreFewAtOnce) {
  start();
  std::vector<std::unique_ptr<RawConnection>> coming;
  for (int i = 0; i < 4; ++i) {
    coming.push_back(std::make_unique<RawConnection>(server_->port()));
    coming.back()->send(head("a", 1'000) + "ab");
  }
  for (int i = 0; i < 400 && files().size() < 5; ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  EXPECT_EQ(refusal(post("/api/uploads?file=b", "abc", "text/csv")), "503 busy");
  coming.clear();
}

}  // namespace
}  // namespace stave
