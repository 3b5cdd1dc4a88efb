#include "stave/formats/priority_file.hpp"

#include "stave/core/error.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/small_chain.hpp"
#include "formats/written_file.hpp"

namespace stave {
namespace {

using testing::HasSubstr;

// The small chain: CHN, JPN, DEU; ore, car; households and investment.
std::vector<PriorityRow> rows_of(const std::string& text) {
  const WrittenFile file("priority.csv", text);
  return read_priorities(test::small_chain(), file.path());
}

std::string complaint_about(const std::string& text) {
  try {
    static_cast<void>(rows_of(text));
  } catch (const Error& error) {
    return std::string(error.what()) + " | " + error.hint();
  }
  return "nothing";
}

TEST(PriorityFile, SaysWhoCountsHowMuch) {
  const auto rows = rows_of("weight,region,product,category\n3,CHN,,households\n0.5,,car,\n");
  ASSERT_EQ(rows.size(), 2);
  EXPECT_EQ(rows[0].weight, 3);
  EXPECT_EQ(rows[0].regions, (std::vector<bool>{true, false, false}));
  EXPECT_EQ(rows[0].products, (std::vector<bool>{true, true}));
  EXPECT_EQ(rows[0].category, "households");
  EXPECT_EQ(rows[1].products, (std::vector<bool>{false, true}));
  EXPECT_EQ(rows[1].category, "");
}

TEST(PriorityFile, NamesFileRowColumnAndValueOfAMistake) {
  EXPECT_THAT(complaint_about("weight,region\n-1,CHN\n"),
              HasSubstr("priority.csv:2: column 'weight': '-1' is not a weight"));
  EXPECT_THAT(complaint_about("weight,region\n1,CHX\n"), HasSubstr("'CHX' is not a region"));
  EXPECT_THAT(complaint_about("weight,category\n1,household\n"), HasSubstr("households"));
  EXPECT_THAT(complaint_about("weight,region\n1,\n"), HasSubstr("names nobody"));
}

}  // namespace
}  // namespace stave
