#include "stave/core/error.hpp"

#include "stave/core/progress.hpp"

#include <set>

#include <gtest/gtest.h>

namespace stave {
namespace {

constexpr auto all = {
    Errc::bad_input,      Errc::not_found, Errc::missing_part, Errc::not_productive,
    Errc::no_convergence, Errc::too_large, Errc::io,           Errc::foreign_file,
    Errc::cancelled};

TEST(Error, EveryCodeHasItsOwnNameAndExitStatus) {
  std::set<std::string_view> names;
  std::set<int> statuses;
  for (const auto code : all) {
    EXPECT_EQ(info(code).code, code);
    EXPECT_EQ(info(code).exit_status, 10 + static_cast<int>(code));
    EXPECT_GE(info(code).http_status, 400);
    names.insert(info(code).name);
    statuses.insert(info(code).exit_status);
  }
  EXPECT_EQ(names.size(), all.size());
  EXPECT_EQ(statuses.size(), all.size());
}

TEST(CellMessage, NamesFileRowColumnAndValue) {
  EXPECT_EQ(cell_message({"flows.csv", 1843, "value"}, "12,5", "is not a number"),
            "flows.csv:1843: column 'value': '12,5' is not a number");
}

TEST(CellMessage, CutsALongValue) {
  const auto message = cell_message({"f", 1, "c"}, std::string(1'000, 'x'), "is not a number");
  EXPECT_LT(message.size(), 120U);
  EXPECT_NE(message.find("...'"), std::string::npos);
}

TEST(Progress, StopsWhenAskedTo) {
  struct Impatient : Progress {
    [[nodiscard]] bool cancelled() const override { return true; }
  };
  EXPECT_NO_THROW(no_progress().check());
  try {
    Impatient().check();
    ADD_FAILURE() << "no error";
  } catch (const Error& e) {
    EXPECT_EQ(e.code(), Errc::cancelled);
  }
}

}  // namespace
}  // namespace stave
