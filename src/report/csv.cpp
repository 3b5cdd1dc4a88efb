#include "stave/report/report_writer.hpp"

#include <cmath>

#include <fmt/format.h>

namespace stave {
namespace {

std::string quoted(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string result = "\"";
  for (const char c : text) result += c == '"' ? "\"\"" : std::string(1, c);
  return result + '"';
}

std::string cell_text(const Table::Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) return quoted(*text);
  if (const auto* whole = std::get_if<std::int64_t>(&cell)) return fmt::format("{}", *whole);
  const double value = std::get<double>(cell);
  return std::isnan(value) ? std::string() : fmt::format("{}", value);
}

}  // namespace

std::string to_csv(const Table& table) {
  std::string csv;
  const auto columns = table.columns().size();
  for (std::size_t c = 0; c < columns; ++c) {
    const auto& spec = table.columns()[c].spec;
    const auto head = spec.unit.empty() ? spec.name : fmt::format("{} [{}]", spec.name, spec.unit);
    csv += (c == 0 ? "" : ",") + quoted(head);
  }
  csv += '\n';
  for (std::size_t r = 0; r < table.rows(); ++r) {
    for (std::size_t c = 0; c < columns; ++c)
      csv += (c == 0 ? "" : ",") + cell_text(table.at(r, c));
    csv += '\n';
  }
  return csv;
}

}  // namespace stave
