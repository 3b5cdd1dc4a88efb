#pragma once
/// Sheets of an Excel workbook (.xlsx, Office Open XML, ECMA-376): values as stored, formulas by
/// their last result, no formatting. Dates stay the day numbers Excel keeps.
///
///   const auto book = Workbook::open("wiot2011.xlsx");
///   const Sheet sheet = book.sheet("WIOT_2011");
///   sheet.text(5, 2);  sheet.number(6, 4);
///
/// Cost: one pass over the sheet's xml, 16 bytes a cell that is present.

#include "stave/formats/delimited.hpp"
#include "stave/formats/source.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace stave {

/// Cells by row and column, both from 0. Cells that are not there are empty.
class Sheet {
 public:
  [[nodiscard]] const std::string& name() const { return name_; }  ///< "book.xlsx:Sheet1"
  [[nodiscard]] std::size_t rows() const { return starts_.empty() ? 0 : starts_.size() - 1; }
  /// One more than the last column that holds anything.
  [[nodiscard]] std::size_t columns() const { return columns_; }
  [[nodiscard]] std::size_t cells() const { return cells_.size(); }  ///< that hold something
  [[nodiscard]] bool is_empty(std::size_t row, std::size_t column) const;
  [[nodiscard]] bool is_empty_row(std::size_t row) const {
    return row >= rows() || starts_[row] == starts_[row + 1];
  }
  [[nodiscard]] bool is_number(std::size_t row, std::size_t column) const;
  /// As text; a number in its shortest form that reads back the same.
  [[nodiscard]] std::string text(std::size_t row, std::size_t column) const;
  /// Text that reads as a number counts; an empty cell is 0.
  /// @throws Error bad_input  naming sheet, row, column and value
  [[nodiscard]] double number(std::size_t row, std::size_t column) const;

 private:
  friend class SheetParser;
  enum class Type : std::uint8_t { number, text, error };
  struct Cell {
    std::int32_t column = 0;
    Type type = Type::number;
    double number = 0;  ///< or the index of its text
  };
  [[nodiscard]] const Cell* find(std::size_t row, std::size_t column) const;
  [[nodiscard]] const std::string& text_of(const Cell& cell) const;

  std::string name_;
  std::size_t columns_ = 0;
  std::vector<std::size_t> starts_;  ///< [rows + 1] first cell of each row
  std::vector<Cell> cells_;          ///< row by row, columns ascending
  std::shared_ptr<const std::vector<std::string>> shared_;
  std::vector<std::string> own_;  ///< texts that stand in the sheet itself
};

class Workbook {
 public:
  /// @param member  of a zip archive that holds the workbook
  /// @throws Error bad_input  not a workbook, or damaged;  not_found;  too_large
  [[nodiscard]] static Workbook open(const std::filesystem::path& path,
                                     std::string_view member = {});
  [[nodiscard]] static Workbook of(Source bytes, const UnpackLimit& limits = {});

  [[nodiscard]] const std::vector<std::string>& sheet_names() const { return names_; }
  /// By name; empty: the first. @throws Error not_found, naming near ones
  [[nodiscard]] Sheet sheet(std::string_view name = {}) const;

 private:
  explicit Workbook(Folder parts) : parts_(std::move(parts)) {}
  void find_sheets();
  void read_shared_strings();

  Folder parts_;
  UnpackLimit limits_;
  std::vector<std::string> names_;
  std::vector<std::string> files_;  ///< [sheets] member that holds it
  std::shared_ptr<const std::vector<std::string>> shared_;
};

/// "AB" for 27.
[[nodiscard]] std::string column_letters(std::size_t column);
[[nodiscard]] NumericTable read_table(const Sheet& sheet, const TableLayout& layout = {});
/// As read_header does for text.
[[nodiscard]] std::vector<std::vector<std::string>> read_header(const Sheet& sheet,
                                                                const TableLayout& layout);

}  // namespace stave
