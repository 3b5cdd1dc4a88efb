#include "stave/formats/xlsx.hpp"

#include "stave/core/classification.hpp"
#include "stave/core/error.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "sheet_parser.hpp"
#include "xml_scanner.hpp"

namespace stave {
namespace {

using Event = XmlScanner::Event;

// Targets are relative to the folder of the part that refers to them, or to the root.
std::string resolved_target(const std::string& folder, const std::string& target) {
  return target.starts_with('/') ? target.substr(1) : folder + target;
}

// Id -> member, of the file of relations beside a part.
std::map<std::string, std::string> relations(const Folder& parts, const std::string& file,
                                             const std::string& folder, const UnpackLimit& limits) {
  std::map<std::string, std::string> targets;
  const auto source = parts.text(file, limits);
  XmlScanner xml(source.name(), source.text());
  for (auto event = xml.next(); event != Event::done; event = xml.next())
    if (event == Event::open && xml.tag() == "Relationship")
      targets[xml.attribute("Id")] = resolved_target(folder, xml.attribute("Target"));
  return targets;
}

}  // namespace

Workbook Workbook::open(const std::filesystem::path& path, std::string_view member) {
  return of(Source::open_bytes(path, member));
}

Workbook Workbook::of(Source bytes, const UnpackLimit& limits) {
  const auto name = bytes.name();
  if (!is_zip(bytes.text()))
    throw Error(Errc::bad_input, fmt::format("{}: is not an Excel workbook (.xlsx)", name),
                "An old .xls file has to be saved as .xlsx first.");
  Workbook book{Folder(std::move(bytes))};
  book.limits_ = limits;
  if (!book.parts_.contains("xl/workbook.xml"))
    throw Error(Errc::bad_input,
                fmt::format("{}: is a zip archive, but not an Excel workbook", name),
                "It has no part xl/workbook.xml.");
  book.find_sheets();
  book.read_shared_strings();
  return book;
}

void Workbook::find_sheets() {
  const auto targets = relations(parts_, "xl/_rels/workbook.xml.rels", "xl/", limits_);
  const auto source = parts_.text("xl/workbook.xml", limits_);
  XmlScanner xml(source.name(), source.text());
  for (auto event = xml.next(); event != Event::done; event = xml.next()) {
    if (event != Event::open || xml.tag() != "sheet") continue;
    const auto target = targets.find(xml.attribute("id"));
    if (target == targets.end()) continue;
    names_.push_back(xml.attribute("name"));
    files_.push_back(target->second);
  }
  if (names_.empty())
    throw Error(Errc::bad_input, fmt::format("{}: the workbook has no sheets", parts_.name()));
}

void Workbook::read_shared_strings() {
  std::vector<std::string> strings;
  if (parts_.contains("xl/sharedStrings.xml")) {
    const auto source = parts_.text("xl/sharedStrings.xml", limits_);
    XmlScanner xml(source.name(), source.text());
    for (auto event = xml.next(); event != Event::done; event = xml.next())
      if (event == Event::open && xml.tag() == "si") strings.push_back(xml.text_of("t", "rPh"));
  }
  shared_ = std::make_shared<const std::vector<std::string>>(std::move(strings));
}

Sheet Workbook::sheet(std::string_view name) const {
  const auto found = name.empty() ? names_.begin() : std::find(names_.begin(), names_.end(), name);
  if (found == names_.end())
    throw Error(Errc::not_found, fmt::format("{}: no sheet '{}'", parts_.name(), name),
                did_you_mean(name, names_));
  const auto source =
      parts_.text(files_[static_cast<std::size_t>(found - names_.begin())], limits_);
  return SheetParser(fmt::format("{}:{}", parts_.name(), *found), source.text(), shared_).parse();
}

std::string column_letters(std::size_t column) {
  std::string letters;
  for (++column; column > 0; column = (column - 1) / 26)
    letters.insert(letters.begin(), static_cast<char>('A' + (column - 1) % 26));
  return letters;
}

const Sheet::Cell* Sheet::find(std::size_t row, std::size_t column) const {
  if (row >= rows()) return nullptr;
  const auto first = cells_.begin() + static_cast<std::ptrdiff_t>(starts_[row]);
  const auto last = cells_.begin() + static_cast<std::ptrdiff_t>(starts_[row + 1]);
  const auto wanted = static_cast<std::int32_t>(column);
  const auto guess = first + std::min(last - first, static_cast<std::ptrdiff_t>(column));
  if (guess != last && guess->column == wanted) return &*guess;
  const auto found = std::lower_bound(
      first, last, wanted, [](const Cell& cell, std::int32_t c) { return cell.column < c; });
  return found != last && found->column == wanted ? &*found : nullptr;
}

const std::string& Sheet::text_of(const Cell& cell) const {
  const auto index = static_cast<std::size_t>(cell.number);
  return index < shared_->size() ? (*shared_)[index] : own_[index - shared_->size()];
}

bool Sheet::is_empty(std::size_t row, std::size_t column) const {
  return find(row, column) == nullptr;
}

bool Sheet::is_number(std::size_t row, std::size_t column) const {
  const auto* cell = find(row, column);
  return cell != nullptr && cell->type == Type::number;
}

std::string Sheet::text(std::size_t row, std::size_t column) const {
  const auto* cell = find(row, column);
  if (cell == nullptr) return {};
  return cell->type == Type::number ? fmt::format("{}", cell->number) : text_of(*cell);
}

double Sheet::number(std::size_t row, std::size_t column) const {
  const auto* cell = find(row, column);
  if (cell == nullptr) return 0;
  if (cell->type == Type::number) return cell->number;
  const auto& words = text_of(*cell);
  const auto value = parse_number(words);
  if (!value || cell->type == Type::error)
    throw Error(
        Errc::bad_input,
        cell_message({name_, row + 1, column_letters(column)}, words, "is not a number"),
        cell->type == Type::error ? "The formula of this cell failed." : number_hint(words));
  return *value;
}

}  // namespace stave
