#pragma once
/// The faces of a Report: terminal, JSON, CSV, Parquet, and a self-contained HTML page.

#include "stave/analysis/report.hpp"

#include <filesystem>
#include <string>

namespace stave {

struct TerminalStyle {
  bool color = false;  ///< escape codes for tone and bars
  std::size_t width = 100;
  std::size_t most_rows = 20;  ///< rows shown a table; the rest is counted
};
/// Findings, tables with units and small bars, provenance: what `stave ANALYSIS CHAIN` prints.
[[nodiscard]] std::string to_terminal(const Report& report, const TerminalStyle& style = {});
[[nodiscard]] std::string to_terminal(const Table& table, const TerminalStyle& style = {});

/// The report as one JSON object; numbers with every digit, NaN as null. Schema: docs/report.md.
[[nodiscard]] std::string to_json(const Report& report, int indent = 2);
[[nodiscard]] std::string to_json(const Table& table, int indent = 2);

/// RFC 4180, one header line, every digit, NaN as an empty cell.
[[nodiscard]] std::string to_csv(const Table& table);

/// A page that needs no network: the report as JSON inside it, and web/figures to draw it.
[[nodiscard]] std::string to_html(const Report& report);

/// Writes the whole text or nothing: to a temporary file, then renamed.
/// @throws Error io
void write_file(const std::filesystem::path& path, const std::string& text);

/// One table as .parquet, .csv or .json, by the ending of the name.
/// @throws Error bad_input another ending; io
void write_table(const Table& table, const std::filesystem::path& path);

}  // namespace stave
