#include "stave/formats/delimited.hpp"

#include "stave/core/error.hpp"
#include "stave/core/random.hpp"

#include <charconv>
#include <cmath>
#include <string>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <tbb/global_control.h>

namespace stave {
namespace {

using testing::ElementsAre;

NumericTable table_of(const std::string& text, const TableLayout& layout = {}) {
  return read_table(Source::of("t.csv", text), layout);
}

std::string message_of(const std::string& text, const TableLayout& layout = {}) {
  try {
    static_cast<void>(table_of(text, layout));
  } catch (const Error& error) {
    return fmt::format("{}: {} | {}", info(error.code()).name, error.what(), error.hint());
  }
  return "no error";
}

TEST(ReadTable, ReadsLabelsAndNumbers) {
  const auto t = table_of("row,a,b\nx,1,2.5\ny,-3,4e2\n");
  EXPECT_THAT(t.header.at(0), ElementsAre("row", "a", "b"));
  EXPECT_THAT(t.labels, ElementsAre(ElementsAre("x"), ElementsAre("y")));
  EXPECT_THAT(t.values.values(), ElementsAre(1, 2.5, -3, 400));
  EXPECT_THAT(t.lines, ElementsAre(2, 3));
}

TEST(ReadTable, DetectsTheSeparator) {
  for (const std::string separator : {",", ";", "\t"}) {
    const auto t = table_of(fmt::format("row{0}a{0}b\nx{0}1{0}2\n", separator));
    EXPECT_THAT(t.values.values(), ElementsAre(1, 2)) << separator;
  }
}

TEST(ReadTable, AcceptsWindowsLinesBlankLinesAndNoLastNewline) {
  const auto t = table_of("row,a\r\n\r\nx,1\r\n\r\ny,2");
  EXPECT_THAT(t.values.values(), ElementsAre(1, 2));
  EXPECT_THAT(t.lines, ElementsAre(3, 5));
}

TEST(ReadTable, UnquotesAsRfc4180Says) {
  const auto t = table_of("row,\"a, \"\"b\"\"\"\n\"x\ny\",\"7\"\n\"z\",8\n");
  EXPECT_EQ(t.header.at(0).at(1), "a, \"b\"");
  EXPECT_THAT(t.labels, ElementsAre(ElementsAre("x\ny"), ElementsAre("z")));
  EXPECT_THAT(t.values.values(), ElementsAre(7, 8));
  EXPECT_THAT(t.lines, ElementsAre(2, 4));
}

TEST(ReadTable, TakesAQuoteInsideAnUnquotedCellAsALetter) {
  const auto t = table_of("row,a\nPipes 12\",1\n\"Pipes 14\"\"\",2\nTubes,3\n");
  EXPECT_THAT(t.labels, ElementsAre(ElementsAre("Pipes 12\""), ElementsAre("Pipes 14\""),
                                    ElementsAre("Tubes")));
  EXPECT_THAT(t.values.values(), ElementsAre(1, 2, 3));
}

TEST(ReadTable, AcceptsAPlusSignSpacesAndEmptyCells) {
  const auto t = table_of("row,a,b,c,d\nx, +1 ,,\t-2,+.5\n");
  EXPECT_THAT(t.values.values(), ElementsAre(1, 0, -2, 0.5));
  EXPECT_EQ(t.empty_cells, 1U);
}

TEST(ReadTable, ReadsWordsForMissingAsNaN) {
  TableLayout layout;
  layout.text.missing = {"NA"};
  EXPECT_TRUE(std::isnan(table_of("row,a\nx,NA\n", layout).values(0, 0)));
}

TEST(ReadTable, SkipsColumnsAndRowsWhateverTheyHold) {
  TableLayout layout;
  layout.skip_columns = {2};
  layout.skip_row = [](auto labels) { return labels[0] == "note"; };
  const auto t = table_of("row,a,b,c\nx,1,text,2\nnote,see,below,!\ny,3,,4\n", layout);
  EXPECT_THAT(t.values.values(), ElementsAre(1, 0, 2, 3, 0, 4));
}

TEST(ReadTable, ReadsSeveralHeaderRowsAndLabelColumns) {
  TableLayout layout;
  layout.header_rows = 2;
  layout.label_columns = 2;
  const auto t = table_of(",,A,A\n,,s,t\nA,s,1,2\nA,t,3,4\n", layout);
  EXPECT_THAT(t.header.at(1), ElementsAre("", "", "s", "t"));
  EXPECT_THAT(t.labels.at(1), ElementsAre("A", "t"));
  EXPECT_THAT(t.values.values(), ElementsAre(1, 2, 3, 4));
}

TEST(ReadTable, ReadsATableWithoutAnyLabels) {
  TableLayout layout;
  layout.header_rows = 0;
  layout.label_columns = 0;
  EXPECT_THAT(table_of("1,2\n3,4\n", layout).values.values(), ElementsAre(1, 2, 3, 4));
}

TEST(ReadTable, NamesFileRowColumnAndValueOfTextInANumber) {
  EXPECT_EQ(message_of("row;a;b\nx;1;2\ny;12,5;3\n"),
            "bad_input: t.csv:3: column 'a': '12,5' is not a number | "
            "Write a decimal point, and no thousands separator: 12.5, 1234567.");
  EXPECT_EQ(message_of("row,a\nx,1 234\n"),
            "bad_input: t.csv:2: column 'a': '1 234' is not a number | "
            "Write numbers without spaces or thousands separators: 1234567.");
  EXPECT_EQ(message_of("row,a\nx,n/a\n"),
            "bad_input: t.csv:2: column 'a': 'n/a' is not a number | "
            "Leave the cell empty where there is no value.");
}

TEST(ReadTable, RefusesWhatIsNotAFiniteDecimalNumber) {
  for (const char* cell : {"nan", "-nan", "inf", "-inf", "Infinity", "0x1p3", "1e", "--1", "+-1",
                           "1.2.3", "-", ".", "e5", "1-2", "\r1"})
    EXPECT_THAT(message_of(fmt::format("row,a\nx,{}\n", cell)),
                testing::HasSubstr(fmt::format("'{}' is not a number", cell)));
  EXPECT_EQ(message_of("row,a\nx,1e400\n"),
            "bad_input: t.csv:2: column 'a': '1e400' is not a number | "
            "It is outside the range of a 64-bit float.");
}

TEST(ReadTable, TakesWhatIsTooSmallForADoubleAsZero) {
  EXPECT_THAT(table_of("row,a\nx,1e-400\n").values.values(), ElementsAre(0));
}

TEST(ReadTable, RefusesRaggedRows) {
  EXPECT_EQ(message_of("row,a,b\nx,1,2\ny,3\nz,4,5\n"),
            "bad_input: t.csv:3: has 2 cells, expected 3 | "
            "Every row needs as many cells as the header.");
  EXPECT_EQ(message_of("row,a,b\nx,1,2,3\n"),
            "bad_input: t.csv:2: has 4 cells, expected 3 | "
            "Every row needs as many cells as the header.");
}

TEST(ReadTable, SaysWhenTheFileEndsInTheMiddleOfARow) {
  EXPECT_EQ(message_of("row,a,b\nx,1,2\ny,3"),
            "bad_input: t.csv:3: has 2 cells, expected 3 | "
            "The file ends in the middle of this row: an unfinished download?");
  EXPECT_EQ(message_of("row,a,b\nx,1,2\ny"),
            "bad_input: t.csv:3: has 1 cells, expected 3 | "
            "The file ends in the middle of this row: an unfinished download?");
}

TEST(ReadTable, RefusesEmptyFilesAndFilesWithoutRows) {
  EXPECT_EQ(message_of(" \n\n"),
            "bad_input: t.csv: is empty | A header row and rows of numbers are expected.");
  EXPECT_EQ(message_of("row,a\n"),
            "bad_input: t.csv: has no rows below its header | An unfinished download?");
  EXPECT_EQ(message_of("row\nx\n"),
            "bad_input: t.csv: has 1 columns, expected 1 of labels and then numbers | "
            "Is the separator right?");
}

TEST(ReadTable, RefusesBrokenQuotes) {
  EXPECT_EQ(message_of("row,a\nx,\"1\n"),
            "bad_input: t.csv:2: column 'a': '\"1' opens a quote that does not close | "
            "An unfinished download? A quote inside a quoted cell is written twice.");
  EXPECT_EQ(message_of("row,a\n\"x\"y,1\n"),
            "bad_input: t.csv:2: column 'row': '\"x\"y,1' goes on after its closing quote | "
            "A quote inside a quoted cell is written twice.");
}

TEST(ReadTable, DoesNotTakeTheMemoryARaggedFilePromises) {
  std::string text = "row";
  for (int i = 0; i < 100'000; ++i) text += ",a";
  for (int i = 0; i < 100'000; ++i) text += "\nx,1";
  EXPECT_THAT(message_of(text), testing::HasSubstr("t.csv:2: has 2 cells, expected 100001"));
}

// Large enough for several pieces.
std::string large_table(std::size_t rows, std::size_t columns) {
  std::string text = "row";
  for (std::size_t j = 0; j < columns; ++j) text += fmt::format(",c{}", j);
  for (std::size_t i = 0; i < rows; ++i) {
    text += fmt::format("\nr{}", i);
    for (std::size_t j = 0; j < columns; ++j)
      text += fmt::format(",{}", 1e6 * random_uniform(1, i, j));
  }
  return text + "\n";
}

TEST(ReadTable, GivesTheSameBitsAsOneCellAtATimeAndOnAnyNumberOfCores) {
  const auto text = large_table(700, 600);
  const auto source = Source::of("t.csv", text);
  const auto fast = read_table(source);
  DelimitedReader reader(source);
  reader.next_row();
  reader.name_columns(reader.texts());
  for (std::size_t i = 0; reader.next_row(); ++i) {
    reader.skip();
    for (std::size_t j = 0; j < 600; ++j) {
      const auto cell = reader.text();
      double value = 0;
      std::from_chars(cell.data(), cell.data() + cell.size(), value);
      ASSERT_EQ(fast.values(i, j), value) << cell;
      ASSERT_EQ(value, 1e6 * random_uniform(1, i, j));
    }
  }
  const tbb::global_control one(tbb::global_control::max_allowed_parallelism, 1);
  EXPECT_THAT(read_table(source).values.values(), testing::ElementsAreArray(fast.values.values()));
}

TEST(ReadTable, ReportsTheFirstErrorOnAnyNumberOfCores) {
  auto text = large_table(700, 600);
  const auto spoil = [&](const std::string& row, char with) {
    text[text.find(',', text.find("\n" + row + ",") + row.size() + 2) - 1] = with;
  };
  spoil("r650", 'x');
  spoil("r100", 'y');
  EXPECT_THAT(message_of(text), testing::HasSubstr("t.csv:102: column 'c0'"));
  EXPECT_THAT(message_of(text), testing::HasSubstr("y' is not a number"));
}

TEST(DelimitedReader, WalksThroughCellsOfAnyKind) {
  DelimitedReader in(Source::of("t.csv", "id,name,value\n1,\"a,b\",2\n"));
  ASSERT_TRUE(in.next_row());
  in.name_columns(in.texts());
  ASSERT_TRUE(in.next_row());
  EXPECT_EQ(in.row(), 2U);
  EXPECT_EQ(in.number(), 1);
  EXPECT_EQ(in.text(), "a,b");
  EXPECT_EQ(in.number(), 2);
  in.end_row();
  EXPECT_FALSE(in.next_row());
}

TEST(DelimitedReader, RefusesToReadBeyondTheRow) {
  DelimitedReader in(Source::of("t.csv", "1,2\n3\n"));
  in.next_row();
  in.skip(2);
  EXPECT_THROW(static_cast<void>(in.text()), Error);
}

TEST(ParseNumber, RoundsExactly) {
  EXPECT_EQ(parse_number("9007199254740993"), 9007199254740992.0);
  EXPECT_EQ(parse_number("0.1"), 0.1);
  EXPECT_EQ(parse_number("179166.20290512345678901"), 179166.20290512345678901);
  EXPECT_EQ(parse_number("4.9e-324"), 4.9e-324);
  EXPECT_TRUE(std::signbit(parse_number("-0").value()));
  EXPECT_EQ(parse_number(""), std::nullopt);
}

}  // namespace
}  // namespace stave
