#include "sheet_parser.hpp"

#include "stave/core/error.hpp"

#include <charconv>

#include <fmt/format.h>

namespace stave {
namespace {

using Event = XmlScanner::Event;

constexpr std::size_t max_rows = 1 << 20;
constexpr std::int32_t max_columns = 1 << 14;

std::optional<std::size_t> whole(std::string_view text) {
  std::size_t value = 0;
  const char* end = text.data() + text.size();
  const auto result = std::from_chars(text.data(), end, value);
  return result.ec == std::errc() && result.ptr == end ? std::optional(value) : std::nullopt;
}

}  // namespace

SheetParser::SheetParser(std::string name, std::string_view xml,
                         std::shared_ptr<const std::vector<std::string>> shared)
    : xml_(name, xml) {
  sheet_.name_ = std::move(name);
  sheet_.shared_ = std::move(shared);
}

Sheet SheetParser::parse() {
  for (auto event = xml_.next(); event != Event::done; event = xml_.next()) {
    if (event != Event::open) continue;
    if (xml_.tag() == "row") begin_row();
    if (xml_.tag() == "c") read_cell();
  }
  if (!sheet_.starts_.empty()) sheet_.starts_.push_back(sheet_.cells_.size());
  return std::move(sheet_);
}

// Rows that are not there are empty; starts_ has one entry for each row begun.
void SheetParser::begin_row() {
  const auto reference = xml_.attribute("r");
  const auto number = reference.empty() ? sheet_.starts_.size() + 1 : whole(reference).value_or(0);
  if (number <= sheet_.starts_.size() || number > max_rows)
    throw Error(Errc::bad_input,
                fmt::format("{}: row '{}' is out of order", sheet_.name_, reference));
  sheet_.starts_.resize(number, sheet_.cells_.size());
  next_column_ = 0;
}

std::int32_t SheetParser::column_of(const std::string& reference) const {
  if (reference.empty() && next_column_ < max_columns) return next_column_;
  std::int32_t column = 0;
  for (const char c : reference) {
    if (c < 'A' || c > 'Z' || column > max_columns) break;
    column = column * 26 + (c - 'A' + 1);
  }
  --column;
  if (column < next_column_ || column >= max_columns)
    throw Error(Errc::bad_input,
                fmt::format("{}: cell '{}' is out of order", sheet_.name_, reference));
  return column;
}

void SheetParser::read_cell() {
  if (sheet_.starts_.empty())
    throw Error(Errc::bad_input, fmt::format("{}: a cell outside any row", sheet_.name_));
  const auto type = xml_.attribute("t");
  const auto column = column_of(xml_.attribute("r"));
  next_column_ = column + 1;
  if (type == "inlineStr") {
    add(column, type, xml_.text_of("t", "rPh"), true);
  } else {
    add(column, type, xml_.text_of("v"), type == "str" || type == "e" || type == "d");
  }
}

void SheetParser::add(std::int32_t column, const std::string& type, std::string value,
                      bool in_place) {
  if (value.empty()) return;
  Sheet::Cell cell{column, Sheet::Type::text, 0};
  if (in_place) {
    if (type == "e") cell.type = Sheet::Type::error;
    cell.number = own_text(std::move(value));
  } else if (type == "s") {
    const auto index = whole(value);
    if (!index || *index >= sheet_.shared_->size())
      refuse(column, value, "is not one of the shared texts");
    if ((*sheet_.shared_)[*index].empty()) return;
    cell.number = static_cast<double>(*index);
  } else {
    const auto number = parse_number(value);
    if (!number) refuse(column, value, "is not a number");
    cell.type = Sheet::Type::number;
    cell.number = *number;
  }
  sheet_.cells_.push_back(cell);
  sheet_.columns_ = std::max(sheet_.columns_, static_cast<std::size_t>(column) + 1);
}

// Texts of the sheet itself count on from the shared ones.
double SheetParser::own_text(std::string value) {
  sheet_.own_.push_back(std::move(value));
  return static_cast<double>(sheet_.shared_->size() + sheet_.own_.size() - 1);
}

void SheetParser::refuse(std::int32_t column, std::string_view value, std::string_view what) const {
  throw Error(Errc::bad_input, cell_message({sheet_.name_, sheet_.starts_.size(),
                                             column_letters(static_cast<std::size_t>(column))},
                                            value, what));
}

}  // namespace stave
