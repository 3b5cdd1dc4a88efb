// A long run that is stopped, and gone on with; and the short one that leaves out what cannot
// count.
#include "stave/systemic/systemic.hpp"

#include <atomic>
#include <filesystem>
#include <fstream>

#include "formats/error_text.hpp"
#include "store/sample_chain.hpp"
#include "systemic/networks.hpp"

namespace stave {
namespace {

using testing::Contains;
using testing::HasSubstr;

// Says stop after some questions.
class Patience final : public Progress {
 public:
  explicit Patience(int questions) : left_(questions) {}
  [[nodiscard]] bool cancelled() const override { return --left_ < 0; }

 private:
  mutable std::atomic<int> left_;
};

Report systemic_of(const Chain& chain, const Arguments::Given& given,
                   Progress& progress = no_progress()) {
  return run(systemic_analysis(), chain, given, progress);
}

void expect_same(const Report& a, const Report& b) {
  for (const auto* table : {"ranking", "by_weight", "sensitivity", "hardest_hit"}) {
    const auto& x = a.table(table);
    const auto& y = b.table(table);
    ASSERT_EQ(x.rows(), y.rows()) << table;
    for (std::size_t c = 0; c < x.columns().size(); ++c)
      for (std::size_t r = 0; r < x.rows(); ++r) EXPECT_EQ(x.at(r, c), y.at(r, c)) << table;
  }
}

class Resume : public testing::TestWithParam<bool> {
 protected:
  Chain chain_{networks::random_parts(21, 90, 5, GetParam())};
  store_test::TemporaryFolder folder_;
  std::string file_ = (folder_.path() / "kept.stops").string();
  Arguments::Given given_ = {{"all", "on"}, {"resume", file_}};
};

TEST_P(Resume, GoesOnFromWhatWasFinished) {
  const auto whole = systemic_of(chain_, {{"all", "on"}});
  Patience little(40);
  const auto partial = systemic_of(chain_, given_, little);
  EXPECT_TRUE(partial.partial);
  EXPECT_LT(partial.table("ranking").rows(), 90U);
  EXPECT_GT(partial.table("ranking").rows(), 20U);
  EXPECT_THAT(partial.findings.front().text, HasSubstr("of 90 makers had been closed"));

  Patience more(150);  // into the second rule
  const auto second = systemic_of(chain_, given_, more);
  EXPECT_TRUE(second.partial);
  EXPECT_EQ(second.table("ranking").rows(), 90U);
  EXPECT_THAT(second.findings.front().text, HasSubstr("stopped after the ranking"));

  std::filesystem::resize_file(file_,
                               std::filesystem::file_size(file_) - 5);  // killed while writing
  const auto last = systemic_of(chain_, given_);
  EXPECT_FALSE(last.partial);
  EXPECT_THAT(last.provenance.notes, Contains(HasSubstr("known from an earlier run")));
  expect_same(last, whole);
  expect_same(systemic_of(chain_, given_), whole);  // all of it from the file
}

TEST_P(Resume, RefusesStopsOfAnotherQuestionAndLeavesThemAlone) {
  (void)systemic_of(chain_, given_);
  const auto size = std::filesystem::file_size(file_);
  auto other = given_;
  other["eps"] = "0.02";
  EXPECT_THAT(error_text([&] { (void)systemic_of(chain_, other); }),
              HasSubstr("does not hold finished stops of this question"));
  const Chain another(networks::random_parts(22, 90, 5, GetParam()));
  EXPECT_THAT(error_text([&] { (void)systemic_of(another, given_); }), HasSubstr("bad_input"));
  EXPECT_EQ(std::filesystem::file_size(file_), size);
  std::ofstream(file_) << "rank,node\n1,steel\n";
  EXPECT_THAT(error_text([&] { (void)systemic_of(chain_, given_); }), HasSubstr("bad_input"));
}

TEST_P(Resume, NeedsSomethingFinished) {
  Patience none(0);
  EXPECT_THAT(error_text([&] { (void)systemic_of(chain_, {}, none); }), HasSubstr("cancelled"));
}

INSTANTIATE_TEST_SUITE_P(Flows, Resume, testing::Bool());

TEST(Systemic, LeavesOutWhatBoundsProveTooSmall) {
  auto parts = networks::random_parts(23, 300, 30, false);
  const Chain chain(parts);
  const auto all = systemic_of(chain, {{"top", "3"}, {"eps", "0.05"}});
  const auto top = systemic_of(chain, {{"top", "3"}, {"eps", "0.05"}, {"sensitivity", "off"}});
  const auto& a = all.table("ranking");
  const auto& b = top.table("ranking");
  ASSERT_EQ(b.rows(), 3U);
  EXPECT_EQ(a.texts("id"), b.texts("id"));
  EXPECT_EQ(a.reals("esri"), b.reals("esri"));
  EXPECT_THAT(top.provenance.notes, Contains(HasSubstr("cannot be in the list")));
}

}  // namespace
}  // namespace stave
