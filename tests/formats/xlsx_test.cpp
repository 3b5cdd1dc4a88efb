#include "stave/formats/xlsx.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "formats/error_text.hpp"
#include "formats/workbook.hpp"

namespace stave {
namespace {

Workbook book_of(const std::string& bytes) {
  return Workbook::of(Source::of_bytes("book.xlsx", bytes));
}

Sheet sheet_of(const std::string& data, const std::string& shared = {}) {
  return book_of(workbook_of({{"S", data}}, shared)).sheet();
}

std::string sheet_error(const std::string& data) {
  return error_text([&] {
    const auto sheet = sheet_of(data);
    for (std::size_t r = 0; r < sheet.rows(); ++r)
      for (std::size_t c = 0; c < sheet.columns(); ++c) static_cast<void>(sheet.number(r, c));
  });
}

TEST(Workbook, ListsItsSheetsAndFindsThemByName) {
  const auto book =
      book_of(workbook_of({{"Notes", ""}, {"A &amp; B", "<row><c><v>1</v></c></row>"}}));
  EXPECT_THAT(book.sheet_names(), testing::ElementsAre("Notes", "A & B"));
  EXPECT_EQ(book.sheet("A & B").number(0, 0), 1);
  EXPECT_EQ(book.sheet().rows(), 0U);
  EXPECT_EQ(error_text([&] { static_cast<void>(book.sheet("Note")); }),
            "not_found: book.xlsx: no sheet 'Note' | Did you mean 'Notes'?");
}

TEST(Sheet, ReadsEveryTypeOfCell) {
  const auto sheet = sheet_of(
      "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>1</v></c><c r=\"B2\"><v>2.5</v></c>"
      "<c r=\"C2\" t=\"inlineStr\"><is><r><t>in</t></r><r><t>line</t></r></is></c>"
      "<c r=\"D2\" t=\"str\"><f>A1&amp;\"x\"</f><v>sum</v></c><c r=\"E2\" t=\"b\"><v>1</v></c>"
      "<c r=\"F2\" s=\"1\"/><c r=\"AB2\"><v>-3e2</v></c></row>",
      "<si><t>zero</t></si><si><r><t>中</t></r><rPh><t>zhong</t></rPh><r><t>国</t></r></si>");
  EXPECT_EQ(sheet.rows(), 2U);
  EXPECT_EQ(sheet.columns(), 28U);
  EXPECT_TRUE(sheet.is_empty(0, 0));
  EXPECT_EQ(sheet.text(1, 0), "中国");
  EXPECT_EQ(sheet.number(1, 1), 2.5);
  EXPECT_EQ(sheet.text(1, 1), "2.5");
  EXPECT_EQ(sheet.text(1, 2), "inline");
  EXPECT_EQ(sheet.text(1, 3), "sum");
  EXPECT_EQ(sheet.number(1, 4), 1);
  EXPECT_TRUE(sheet.is_empty(1, 5));
  EXPECT_EQ(sheet.number(1, 5), 0);
  EXPECT_EQ(sheet.number(1, 27), -300);
}

TEST(Sheet, ReadsCellsWithoutReferencesAndWithPrefixes) {
  const auto sheet =
      sheet_of("<x:row><x:c><x:v>1</x:v></x:c><x:c><x:v>2</x:v></x:c></x:row><!-- - -->");
  EXPECT_EQ(sheet.number(0, 0), 1);
  EXPECT_EQ(sheet.number(0, 1), 2);
}

TEST(Sheet, NamesTheCellThatIsNoNumber) {
  EXPECT_EQ(sheet_error("<row r=\"3\"><c r=\"C3\" t=\"str\"><v>12,5</v></c></row>"),
            "bad_input: book.xlsx:S:3: column 'C': '12,5' is not a number | "
            "Write a decimal point, and no thousands separator: 12.5, 1234567.");
  EXPECT_EQ(sheet_error("<row r=\"1\"><c r=\"A1\" t=\"e\"><v>#REF!</v></c></row>"),
            "bad_input: book.xlsx:S:1: column 'A': '#REF!' is not a number | "
            "The formula of this cell failed.");
  EXPECT_EQ(sheet_error("<row r=\"1\"><c r=\"A1\"><v>inf</v></c></row>"),
            "bad_input: book.xlsx:S:1: column 'A': 'inf' is not a number | ");
  EXPECT_EQ(sheet_error("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>7</v></c></row>"),
            "bad_input: book.xlsx:S:1: column 'A': '7' is not one of the shared texts | ");
}

TEST(Sheet, RefusesDamagedXml) {
  const std::string hint = " | Open the workbook in a spreadsheet program and save it again.";
  EXPECT_THAT(sheet_error("<row r=\"1\"><c r=\"A1\"><v>1</v"),
              testing::AllOf(testing::StartsWith("bad_input: book.xlsx:S: the xml is damaged"),
                             testing::EndsWith(hint)));
  EXPECT_THAT(sheet_error("<row><c t=\"str\"><v>&bomb;</v></c></row>"),
              testing::HasSubstr("the xml is damaged"));
  EXPECT_EQ(sheet_error("<row r=\"2\"/><row r=\"1\"/>"),
            "bad_input: book.xlsx:S: row '1' is out of order | ");
  EXPECT_EQ(sheet_error("<row><c r=\"ZZZZ1\"><v>1</v></c></row>"),
            "bad_input: book.xlsx:S: cell 'ZZZZ1' is out of order | ");
  EXPECT_EQ(sheet_error("<c><v>1</v></c>"), "bad_input: book.xlsx:S: a cell outside any row | ");
}

TEST(Workbook, RefusesWhatIsNotOne) {
  const auto error = [](const std::string& bytes) {
    return error_text([&] { static_cast<void>(book_of(bytes)); });
  };
  EXPECT_EQ(error("\xd0\xcf\x11\xe0"),
            "bad_input: book.xlsx: is not an Excel workbook (.xlsx) | "
            "An old .xls file has to be saved as .xlsx first.");
  EXPECT_EQ(error(zip_of({{"a.txt", "x"}})),
            "bad_input: book.xlsx: is a zip archive, but not an Excel workbook | "
            "It has no part xl/workbook.xml.");
  const auto whole = workbook_of({{"S", "<row/>"}});
  EXPECT_EQ(error(whole.substr(0, whole.size() / 2)),
            "bad_input: book.xlsx: the zip data is cut short | "
            "An unfinished download? Fetch the file again.");
}

TEST(Workbook, StopsAZipBomb) {
  const auto bytes = workbook_of({{"S", std::string(8 << 20, ' ')}});
  EXPECT_THAT(
      error_text([&] {
        static_cast<void>(
            Workbook::of(Source::of_bytes("b.xlsx", bytes), {1 << 20, 100, 1 << 20}).sheet());
      }),
      testing::StartsWith("too_large: b.xlsx:xl/worksheets/s1.xml: unpacks to more"));
}

TEST(ReadSheetTable, ReadsLabelsAndNumbers) {
  const auto table = read_table(sheet_of(
      "<row><c t=\"str\"><v>row</v></c><c t=\"str\"><v>a</v></c><c t=\"str\"><v>b</v></c></row>"
      "<row/><row><c t=\"str\"><v>x</v></c><c><v>1</v></c></row>"));
  EXPECT_THAT(table.header.at(0), testing::ElementsAre("row", "a", "b"));
  EXPECT_THAT(table.labels.at(0), testing::ElementsAre("x"));
  EXPECT_THAT(table.values.values(), testing::ElementsAre(1, 0));
  EXPECT_THAT(table.lines, testing::ElementsAre(3));
  EXPECT_EQ(table.empty_cells, 1U);
}

TEST(ReadSheetTable, DoesNotTakeTheMemoryOfAStrayCell) {
  std::string rows = "<row r=\"1\"><c r=\"XFD1\"><v>1</v></c></row>";
  for (int r = 2; r < 3000; ++r)
    rows += fmt::format("<row r=\"{0}\"><c r=\"A{0}\"><v>1</v></c></row>", r);
  EXPECT_THAT(error_text([&] { static_cast<void>(read_table(sheet_of(rows))); }),
              testing::HasSubstr("nearly all of them empty"));
}

TEST(ColumnLetters, CountAsASpreadsheetDoes) {
  EXPECT_EQ(column_letters(0), "A");
  EXPECT_EQ(column_letters(25), "Z");
  EXPECT_EQ(column_letters(26), "AA");
  EXPECT_EQ(column_letters(16383), "XFD");
}

}  // namespace
}  // namespace stave
