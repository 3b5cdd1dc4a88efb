#include "stave/core/error.hpp"
#include "stave/formats/delimited.hpp"

#include <algorithm>
#include <cstring>
#include <exception>
#include <utility>

#include <fmt/format.h>
#include <tbb/parallel_for.h>

namespace stave {

/// The rows below the header: where each begins, its labels, then its numbers on all cores.
class TableBody {
 public:
  TableBody(DelimitedReader reader, const TableLayout& layout, std::size_t width)
      : reader_(std::move(reader)), layout_(layout), width_(width) {}

  void read(NumericTable& table) {
    find_rows();
    read_labels(table);
    if (starts_.empty())
      throw Error(Errc::bad_input, fmt::format("{}: has no rows below its header", table.file),
                  "An unfinished download?");
    refuse_if_too_short();
    table.values = Matrix(starts_.size(), width_ - layout_.label_columns);
    table.empty_cells = read_numbers(table.values);
  }

 private:
  struct Start {
    std::size_t offset;
    std::size_t line;
    bool over;  ///< nothing is left of the row
  };

  void find_rows() {
    const auto text = reader_.source_.text();
    std::size_t at = reader_.offset();
    std::size_t line = reader_.next_line_;
    std::size_t quote = text.find('"', at);
    while (at < text.size()) {
      const auto start = at;
      at = row_end(text, at, quote);
      const auto row = text.substr(start, at - start);
      if (row != "\n" && row != "\r\n" && row != "\r") starts_.push_back({start, line, false});
      line += static_cast<std::size_t>(std::count(row.begin(), row.end(), '\n'));
    }
  }

  // A newline inside a quoted cell does not end a row; most tables have no quote at all.
  // `quote` is the first one at or after `at`, and is kept so.
  [[nodiscard]] std::size_t row_end(std::string_view text, std::size_t at,
                                    std::size_t& quote) const {
    const auto row = at;
    for (;;) {
      const auto newline = std::min(text.find('\n', at), text.size());
      if (quote >= newline) return std::min(newline + 1, text.size());
      const bool opens = opens_cell(text, row, quote);
      at = opens ? quote_end(text, quote + 1) : quote + 1;
      quote = text.find('"', at);
    }
  }

  [[nodiscard]] bool opens_cell(std::string_view text, std::size_t row, std::size_t quote) const {
    while (quote > row && text[quote - 1] != reader_.separator() &&
           (text[quote - 1] == ' ' || text[quote - 1] == '\t'))
      --quote;
    return quote == row || text[quote - 1] == reader_.separator();
  }

  // Behind the quote that closes the cell; two in a row stand for one.
  static std::size_t quote_end(std::string_view text, std::size_t at) {
    for (;;) {
      const auto quote = text.find('"', at);
      if (quote == std::string_view::npos) return text.size();
      if (quote + 1 >= text.size() || text[quote + 1] != '"') return quote + 1;
      at = quote + 2;
    }
  }

  void read_labels(NumericTable& table) {
    std::vector<Start> kept;
    std::vector<std::string> labels(layout_.label_columns);
    for (const auto& start : starts_) {
      reader_.go_to(start.offset, start.line);
      if (!reader_.next_row()) continue;
      for (auto& label : labels) label = reader_.text();
      if (layout_.skip_row && layout_.skip_row(labels)) continue;
      kept.push_back({reader_.offset(), start.line, reader_.at_row_end()});
      table.labels.push_back(labels);
      table.lines.push_back(reader_.row());
    }
    starts_ = std::move(kept);
  }

  // Every cell takes a byte: a table with less text than cells has a short row, and is not worth
  // the memory.
  void refuse_if_too_short() {
    const auto bytes = reader_.size() - starts_.front().offset + 1;
    if ((width_ - layout_.label_columns) <= bytes / starts_.size()) return;
    std::vector<double> row(width_ - layout_.label_columns);
    for (const auto& start : starts_) read_row(reader_, start, row);
  }

  void read_row(DelimitedReader& reader, const Start& start, std::span<double> out) const {
    reader.go_to(start.offset, start.line);
    reader.row_ = start.line;
    reader.column_ = layout_.label_columns;
    reader.row_done_ = start.over;
    std::size_t done = 0;
    for (const auto column : layout_.skip_columns) {
      if (column < layout_.label_columns + done || column >= width_) continue;
      const auto stop = column - layout_.label_columns;
      reader.numbers(out.subspan(done, stop - done));
      reader.skip();
      done = stop + 1;
    }
    reader.numbers(out.subspan(done));
    reader.end_row();
  }

  // Pieces are the same for any number of cores, and the first piece with an error reports it.
  std::size_t read_numbers(Matrix& values) const {
    constexpr std::size_t piece_bytes = 1 << 21;
    const auto bytes = reader_.size() - starts_.front().offset;
    const auto pieces = std::clamp<std::size_t>(bytes / piece_bytes, 1, starts_.size());
    std::vector<std::exception_ptr> errors(pieces);
    std::vector<std::size_t> empty(pieces);
    tbb::parallel_for(std::size_t{0}, pieces, [&](std::size_t piece) {
      try {
        auto reader = reader_;
        reader.empty_cells_ = 0;
        const auto last = (piece + 1) * starts_.size() / pieces;
        for (auto i = piece * starts_.size() / pieces; i < last; ++i)
          read_row(reader, starts_[i], values.row(i));
        empty[piece] = reader.empty_cells_;
      } catch (...) {
        errors[piece] = std::current_exception();
      }
    });
    for (const auto& error : errors)
      if (error) std::rethrow_exception(error);
    std::size_t sum = 0;
    for (const auto count : empty) sum += count;
    return sum;
  }

  DelimitedReader reader_;
  const TableLayout& layout_;
  std::size_t width_;
  std::vector<Start> starts_;
};

namespace {

std::vector<std::vector<std::string>> header_rows(DelimitedReader& reader,
                                                  const TableLayout& layout) {
  std::vector<std::vector<std::string>> header;
  for (std::size_t i = 0; i < layout.header_rows && reader.next_row(); ++i) {
    header.push_back(reader.texts());
    reader.name_columns(header.front());
    reader.end_row();
  }
  if (header.size() < layout.header_rows)
    throw Error(Errc::bad_input, fmt::format("{}: has {} rows, expected {} of header alone",
                                             reader.file(), header.size(), layout.header_rows));
  return header;
}

// "AUS.c1" of two header rows: what a user would call the column.
std::vector<std::string> joined(const std::vector<std::vector<std::string>>& header) {
  auto names = header.front();
  for (std::size_t r = 1; r < header.size(); ++r)
    for (std::size_t i = 0; i < names.size(); ++i)
      if (!header[r][i].empty()) names[i] += (names[i].empty() ? "" : ".") + header[r][i];
  return names;
}

}  // namespace

std::vector<std::vector<std::string>> read_header(const Source& source, const TableLayout& layout) {
  DelimitedReader reader(source, layout.text);
  return header_rows(reader, layout);
}

NumericTable read_table(const Source& source, const TableLayout& given) {
  auto layout = given;
  std::sort(layout.skip_columns.begin(), layout.skip_columns.end());
  DelimitedReader reader(source, layout.text);
  NumericTable table;
  table.file = source.name();
  table.header = header_rows(reader, layout);
  if (table.header.empty()) {
    auto first = reader;
    first.next_row();
    reader.name_columns(std::vector<std::string>(first.texts().size()));
  } else {
    reader.name_columns(joined(table.header));
  }
  const auto width = reader.columns().size();
  if (width <= layout.label_columns)
    throw Error(Errc::bad_input,
                fmt::format("{}: has {} columns, expected {} of labels and then numbers",
                            source.name(), width, layout.label_columns),
                "Is the separator right?");
  TableBody(std::move(reader), layout, width).read(table);
  return table;
}

}  // namespace stave
