#include "stave/core/table.hpp"

#include <stdexcept>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace stave {
namespace {

using ::testing::ElementsAre;

Table suppliers() {
  Table table("suppliers", "Who supplies",
              {{"name", ColumnType::text, {}, "Who"},
               {"rank", ColumnType::integer, {}, "1 is the largest"},
               {"share", ColumnType::real, "%", "Of all purchases"}});
  table.add_row({"Japan", std::int64_t{1}, 41.5});
  table.add_row({"Chile", std::int64_t{2}, std::int64_t{7}});
  return table;
}

TEST(Table, KeepsTypedColumns) {
  const auto table = suppliers();
  EXPECT_EQ(table.rows(), 2U);
  EXPECT_THAT(table.texts("name"), ElementsAre("Japan", "Chile"));
  EXPECT_THAT(table.integers("rank"), ElementsAre(1, 2));
  EXPECT_THAT(table.reals("share"), ElementsAre(41.5, 7)) << "an integer is welcome as a real";
  EXPECT_EQ(std::get<std::string>(table.at(1, 0)), "Chile");
  EXPECT_EQ(table.columns()[2].spec.unit, "%");
}

TEST(Table, OfNothingHasNoRows) {
  EXPECT_EQ(Table().rows(), 0U);
  EXPECT_EQ(Table("t", "T", {{"a", ColumnType::real, {}, {}}}).rows(), 0U);
}

TEST(Table, AWrongRowIsABug) {
  auto table = suppliers();
  EXPECT_THROW(table.add_row({"Japan"}), std::logic_error);
  EXPECT_THROW(table.add_row({1.0, std::int64_t{1}, 1.0}), std::logic_error);
  EXPECT_THROW(table.add_row({"Japan", 1.5, 1.0}), std::logic_error);
  EXPECT_THROW((void)table.column_index("shares"), std::logic_error);
}

TEST(ColumnType, HasNames) {
  EXPECT_EQ(to_string(ColumnType::text), "text");
  EXPECT_EQ(to_string(ColumnType::integer), "integer");
  EXPECT_EQ(to_string(ColumnType::real), "real");
}

}  // namespace
}  // namespace stave
