#include "stave/formats/concordance_file.hpp"

#include <gtest/gtest.h>

#include "formats/error_text.hpp"
#include "formats/written_file.hpp"

namespace stave {
namespace {

std::string concordance_error(const std::string& csv) {
  const WrittenFile file("c.csv", csv);
  return error_text([&] { static_cast<void>(read_concordance(file.path())); },
                    file.folder().string() + "/");
}

TEST(ConcordanceFile, ReadsPairsWeightsAndRows) {
  const WrittenFile file("c.csv", "from,to,weight\nJPN,EAS,\nKOR,EAS,0.5\nKOR,ROW,0.5\n");
  const auto c = read_concordance(file.path());
  ASSERT_EQ(c.entries.size(), 3U);
  EXPECT_EQ(c.entries[0].weight, 1);
  EXPECT_EQ(c.entries[2].to, "ROW");
  EXPECT_EQ(c.entries[2].weight, 0.5);
  EXPECT_EQ(c.entries[2].row, 4U);
  EXPECT_TRUE(c.targets.empty());
}

TEST(ConcordanceFile, ReadsNamesAndKindsOfTargets) {
  const WrittenFile file("c.csv",
                         "from,to,name,name_zh,kind\nc2,G,Goods,货物,good\nc1,S,,,\nc3,G,,,\n");
  const auto c = read_concordance(file.path());
  ASSERT_EQ(c.targets.size(), 2U);
  EXPECT_EQ(c.targets[0].code, "G");
  EXPECT_EQ(c.targets[0].name_zh, "货物");
  EXPECT_EQ(c.targets[0].kind, Kind::good);
}

TEST(ConcordanceFile, RefusesWhatItCannotMean) {
  EXPECT_EQ(concordance_error("from,weight\na,1\n"),
            "bad_input: c.csv:1: no column 'to' | Columns are from, to, weight, name, name_zh, "
            "kind.");
  EXPECT_EQ(concordance_error("from,to\na,\n"), "bad_input: c.csv:2: column 'to': '' is empty | ");
  EXPECT_EQ(concordance_error("from,to,weight\na,b,half\n"),
            "bad_input: c.csv:2: column 'weight': 'half' is not a number | "
            "Leave the cell empty where there is no value.");
  EXPECT_EQ(concordance_error("from,to,name\na,b,One\nc,b,Two\n"),
            "bad_input: c.csv:3: column 'name': 'Two' is a second name: 'One' came first | ");
  EXPECT_EQ(concordance_error("from,to\n"), "bad_input: c.csv: has no rows below its header | ");
}

}  // namespace
}  // namespace stave
