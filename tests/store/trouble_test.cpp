// What goes wrong on a disk: the message, and that the chain which was there is still there.
#include "stave/core/error.hpp"
#include "stave/store/store.hpp"

#include <atomic>
#include <csignal>
#include <fstream>
#include <thread>

#include <gmock/gmock.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "store/sample_chain.hpp"

namespace stave {
namespace {

using namespace store_test;
using testing::HasSubstr;

void expect_error(const std::function<void()>& act, Errc code, const std::string& words) {
  try {
    act();
    FAIL() << "no error; expected " << words;
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), code) << error.what();
    EXPECT_THAT(error.what(), HasSubstr(words));
  }
}

void expect_refused(const fs::path& path, Errc code, const std::string& words) {
  expect_error([&] { (void)load_chain(path); }, code, words);
  expect_error([&] { (void)load_chain(path); }, code, path.string());
}

// Cancels, or anything else, once writing or reading flows has begun.
class AtFlows : public Progress {
 public:
  explicit AtFlows(std::function<void()> act, bool stop = false)
      : act_(std::move(act)), stop_(stop) {}
  void report(std::string_view stage, double) override {
    if (stage.find("flow") == std::string_view::npos || seen_.exchange(true)) return;
    act_();
  }
  [[nodiscard]] bool cancelled() const override { return stop_ && seen_; }

 private:
  std::function<void()> act_;
  bool stop_;
  std::atomic<bool> seen_ = false;
};

Chain dense_chain(std::size_t n) {
  auto parts = ring_parts(n);
  Matrix z(n, n);
  for (std::size_t k = 0; k < z.size(); ++k) z.values()[k] = 1.0 / (1.0 + static_cast<double>(k));
  parts.flows = FlowMatrix(std::move(z));
  return Chain(std::move(parts));
}

TEST(SaveChain, KilledHalfWayLeavesTheOldFileWholeAndTheNextSaveTidiesUp) {
  const TemporaryFolder folder;
  const auto path = folder / "c.stave";
  save_chain(Chain(full_parts()), path);
  const auto chain = dense_chain(600);
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    AtFlows progress([] { ::kill(::getpid(), SIGKILL); });
    save_chain(chain, path, progress);
    ::_exit(0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  ASSERT_TRUE(WIFSIGNALED(status)) << "the child was done before it could be killed";
  expect_same(load_chain(path), Chain(full_parts()));
  EXPECT_GT(folder.entries(), 1U);  // what the killed run had begun
  save_chain(Chain(bare_parts()), path);
  EXPECT_EQ(folder.entries(), 1U);
}

TEST(SaveChain, CancelledLeavesTheOldFileAndNothingElse) {
  const TemporaryFolder folder;
  const auto path = folder / "c.stave";
  save_chain(Chain(full_parts()), path);
  AtFlows progress([] {}, true);
  expect_error([&] { save_chain(dense_chain(600), path, progress); }, Errc::cancelled, "stopped");
  expect_same(load_chain(path), Chain(full_parts()));
  EXPECT_EQ(folder.entries(), 1U);
}

// A file may grow to 1 MB in the child, as on a disk that is full.
TEST(SaveChain, SaysSoWhenTheDiskIsFullAndLeavesTheOldFile) {
  const TemporaryFolder folder;
  const auto path = folder / "c.stave";
  save_chain(Chain(full_parts()), path);
  const auto chain = dense_chain(600);
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{1 << 20, 1 << 20};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    int answer = 1;
    try {
      save_chain(chain, path);
    } catch (const Error& error) {
      const bool named = std::string_view(error.what()).find(path.string()) == 0;
      answer = error.code() == Errc::io && named ? 0 : 2;
    }
    ::_exit(answer);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << status;
  expect_same(load_chain(path), Chain(full_parts()));
  EXPECT_EQ(folder.entries(), 1U);
}

// A file system of its own over a folder, where the system lets us.
class Mounted {
 public:
  Mounted(const fs::path& folder, unsigned long flags, const char* options)
      : folder_(folder), done_(::mount("tmpfs", folder.c_str(), "tmpfs", flags, options) == 0) {}
  Mounted(const Mounted&) = delete;
  Mounted& operator=(const Mounted&) = delete;
  ~Mounted() {
    if (done_) ::umount(folder_.c_str());
  }
  [[nodiscard]] bool done() const { return done_; }

 private:
  fs::path folder_;
  bool done_;
};

TEST(SaveChain, SaysSoWhenASmallDiskIsFull) {
  const TemporaryFolder folder;
  const Mounted small(folder.path(), 0, "size=12m");
  if (!small.done()) GTEST_SKIP() << "a small disk cannot be mounted here";
  const auto path = folder / "c.stave";
  save_chain(Chain(full_parts()), path);
  expect_error([&] { save_chain(dense_chain(1500), path); }, Errc::io, path.string());
  expect_same(load_chain(path), Chain(full_parts()));
  EXPECT_EQ(folder.entries(), 1U);
}

TEST(SaveChain, SaysSoWhenTheFolderMayNotBeWritten) {
  const TemporaryFolder folder;
  fs::permissions(folder.path(), fs::perms::owner_read | fs::perms::owner_exec);
  const Mounted read_only(folder.path(), MS_RDONLY, "size=1m");
  if (::geteuid() == 0 && !read_only.done())
    GTEST_SKIP() << "root ignores permissions, and no read-only disk can be mounted here";
  const auto path = folder / "c.stave";
  expect_error([&] { save_chain(Chain(full_parts()), path); }, Errc::io,
               path.string() + ": cannot be written");
}

TEST(SaveChain, SaysSoWhereThereIsNoFolder) {
  const TemporaryFolder folder;
  expect_error([&] { save_chain(Chain(full_parts()), folder / "none/c.stave"); }, Errc::io,
               "the folder does not exist");
}

TEST(SaveChain, LeavesAloneAFileWhoseChangesAreStillInALog) {
  const TemporaryFolder folder;
  save_chain(Chain(full_parts()), folder / "c.stave");
  std::ofstream(folder / "c.stave.wal") << "changes";
  expect_error([&] { save_chain(Chain(bare_parts()), folder / "c.stave"); }, Errc::io,
               "another program is changing it");
}

TEST(LoadChain, NamesAFileThatIsNotThere) {
  const TemporaryFolder folder;
  expect_refused(folder / "none.stave", Errc::not_found, "no such file");
  expect_error([&] { (void)import_folder(folder / "none"); }, Errc::not_found, "no such folder");
}

TEST(LoadChain, RefusesAFileOfAnotherKind) {
  const TemporaryFolder folder;
  std::ofstream(folder / "text.stave") << "node,value\nnot a database at all\n";
  std::ofstream(folder / "empty.stave").flush();
  expect_refused(folder / "text.stave", Errc::foreign_file, "not a chain file");
  expect_refused(folder / "empty.stave", Errc::foreign_file, "not a chain file");
  expect_refused(folder.path(), Errc::foreign_file, "not a file");
  expect_error([&] { (void)import_folder(folder.path()); }, Errc::foreign_file,
               "holds neither chain.csv nor chain.parquet");
}

TEST(LoadChain, RefusesAnUnfinishedOrDamagedFile) {
  const TemporaryFolder folder;
  save_chain(dense_chain(300), folder / "whole.stave");
  const auto size = fs::file_size(folder / "whole.stave");
  for (const std::size_t percent : {1, 20, 50, 80, 99}) {
    const auto path = folder / ("cut" + std::to_string(percent) + ".stave");
    fs::copy_file(folder / "whole.stave", path);
    fs::resize_file(path, size * percent / 100);
    expect_refused(path, Errc::bad_input, "damaged or not complete");
  }
  const auto path = folder / "changed.stave";
  fs::copy_file(folder / "whole.stave", path);
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  for (std::size_t at = 20000; at + 64 < size; at += 5000) {
    file.seekp(static_cast<std::streamoff>(at));
    file.write("0123456789012345678901234567890123456789", 40);
  }
  file.close();
  expect_refused(path, Errc::bad_input, "damaged or not complete");
}

TEST(LoadChain, CanBeStopped) {
  const TemporaryFolder folder;
  save_chain(dense_chain(1100), folder / "c.stave");  // more than a million flows
  AtFlows progress([] {}, true);
  expect_error([&] { (void)load_chain(folder / "c.stave", progress); }, Errc::cancelled, "stopped");
}

TEST(ListChains, SummarisesChainFilesAndLeavesOutTheRest) {
  const TemporaryFolder folder;
  save_chain(Chain(ring_parts(10)), folder / "b.stave");
  save_chain(Chain(full_parts()), folder / "a.stave");
  std::ofstream(folder / "text.stave") << "not a database at all";
  const auto found = list_chains(folder.path());
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].info.title_zh, "园区");
  EXPECT_EQ(found[0].nodes, 3U);
  EXPECT_EQ(found[0].regions, 2U);
  EXPECT_EQ(found[0].products, 2U);
  EXPECT_EQ(found[0].flows, 8U);  // nine cells, one of them 0; -0.0 is kept
  EXPECT_EQ(found[0].stressors, 2U);
  EXPECT_EQ(found[1].flows, 20U);
  expect_error([&] { (void)list_chains(folder / "none"); }, Errc::not_found, "no such folder");
}

}  // namespace
}  // namespace stave
