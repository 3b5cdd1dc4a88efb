#pragma once
/// Tables of numbers as text: RFC 4180 quoting, separator ',' ';' or tab (detected), LF or CRLF.
///
/// A cursor over rows and cells, for any layout:
///
///   DelimitedReader in(source);
///   in.next_row();  in.name_columns(in.texts());
///   while (in.next_row()) {
///     const auto label = in.text();
///     in.numbers(z.row(i));  in.numbers(y.row(i));  in.end_row();
///   }
///
/// and `read_table` for a plain block of numbers with header rows and label columns.
///
/// A number has a decimal point and no thousands separator; a leading '+' and spaces around it are
/// fine; nan, inf, 1e400 and anything after the number are not. What is too small for a double is
/// 0. Spaces around an unquoted cell are dropped. Blank lines are skipped.
///
/// Cost: about 300 MB/s and more a core (benchmarks/text.md); memory only what it returns.

#include "stave/core/matrix.hpp"
#include "stave/formats/source.hpp"

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace stave {

struct DelimitedOptions {
  char separator = 0;                ///< 0: whichever of tab ';' ',' the first line has most of
  std::size_t skip_lines = 0;        ///< before the first row
  bool empty_is_zero = true;         ///< else an empty cell is refused where a number belongs
  std::vector<std::string> missing;  ///< words that mean "no value" ("NA"): read as NaN
};

class DelimitedReader {
 public:
  /// @throws Error bad_input when there is nothing to read
  explicit DelimitedReader(Source source, DelimitedOptions options = {});

  [[nodiscard]] char separator() const { return options_.separator; }
  [[nodiscard]] const std::string& file() const { return source_.name(); }
  /// The columns, for messages and for their number: every row must have as many from now on.
  void name_columns(std::vector<std::string> names) {
    columns_ = std::make_shared<const std::vector<std::string>>(std::move(names));
  }
  [[nodiscard]] const std::vector<std::string>& columns() const { return *columns_; }

  /// Goes to the next row that is not blank; what is left of this one is dropped unread.
  /// False at the end.
  bool next_row();
  [[nodiscard]] std::size_t row() const { return row_; }  ///< line of this row, 1 for the first
  [[nodiscard]] bool at_row_end() const { return row_done_; }

  /// The next cell. @throws Error bad_input when the row is over, or on a broken quote
  [[nodiscard]] std::string text();
  void skip(std::size_t cells = 1);
  /// @throws Error bad_input, naming file, row, column and value, when it is not a number
  [[nodiscard]] double number();
  void numbers(std::span<double> out);
  /// What is left of the row.
  [[nodiscard]] std::vector<std::string> texts();
  /// @throws Error bad_input when cells are left
  void end_row();

  /// An error about the cell read last: "FILE:ROW: column 'COLUMN': 'VALUE' EXPECTED".
  [[noreturn]] void refuse(std::string_view value, std::string_view expected,
                           std::string hint = {}) const;
  [[nodiscard]] std::size_t empty_cells() const { return empty_cells_; }  ///< read as 0
  /// Bytes from the start of the text to the next row, for progress.
  [[nodiscard]] std::size_t offset() const { return static_cast<std::size_t>(at_ - begin_); }
  [[nodiscard]] std::size_t size() const { return static_cast<std::size_t>(end_ - begin_); }

 private:
  friend class TableBody;
  void go_to(std::size_t offset, std::size_t line);
  void need_cell();
  void finish_cell();
  double awkward_number();
  std::string_view cell(std::string& unquoted);
  std::string_view quoted_cell(std::string& unquoted);
  [[nodiscard]] std::string column_name(std::size_t column) const;
  [[noreturn]] void ragged(std::size_t cells);

  Source source_;
  DelimitedOptions options_;
  std::shared_ptr<const std::vector<std::string>> columns_;
  const char* begin_ = nullptr;
  const char* at_ = nullptr;
  const char* end_ = nullptr;
  std::size_t next_line_ = 1;  ///< line number at at_
  std::size_t row_ = 0;
  std::size_t column_ = 0;  ///< cells of this row read so far
  bool row_done_ = true;
  std::size_t empty_cells_ = 0;
};

/// A number as the readers accept it, or nothing. Also for cells of other formats.
[[nodiscard]] std::optional<double> parse_number(std::string_view cell);
/// What to write in place of a cell that is almost a number ("12,5", "1 234", "NA"); may be empty.
[[nodiscard]] std::string number_hint(std::string_view cell);

/// Header rows above, label columns to the left, numbers elsewhere.
struct TableLayout {
  DelimitedOptions text;
  std::size_t header_rows = 1;
  std::size_t label_columns = 1;
  std::vector<std::size_t> skip_columns;  ///< from 0, labels counted: left 0 whatever they hold
  /// Rows whose numbers are not read and which are left out of the result.
  std::function<bool(std::span<const std::string> labels)> skip_row;
};

struct NumericTable {
  std::string file;
  std::vector<std::vector<std::string>> header;  ///< [header rows][columns], labels' columns too
  std::vector<std::vector<std::string>> labels;  ///< [rows][label columns]
  std::vector<std::size_t> lines;                ///< [rows] line of each row in the file
  Matrix values;                                 ///< [rows x (columns - label columns)]
  std::size_t empty_cells = 0;                   ///< read as 0
};

/// Every header row as text, to decide on a layout with.
[[nodiscard]] std::vector<std::vector<std::string>> read_header(const Source& source,
                                                                const TableLayout& layout);
/// Large tables are read on all cores, with the same result and the same error as on one.
/// @throws Error bad_input on an empty table, a ragged row, a cell that is not a number
[[nodiscard]] NumericTable read_table(const Source& source, const TableLayout& layout = {});

}  // namespace stave
