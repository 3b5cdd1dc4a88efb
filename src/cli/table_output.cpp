#include "stave/report/report_writer.hpp"

#include <ostream>

#include <fmt/format.h>

#include "cli/command.hpp"

namespace stave {

void TableOutput::add_options(CLI::App& command, const std::string& rows_option) {
  command.add_flag("--json", json, "print JSON, every digit")->group("Output");
  command.add_flag("--csv", csv, "print CSV, every digit")->group("Output");
  command.add_option("--out", out, "write a file: .parquet, .csv or .json")
      ->type_name("FILE")
      ->group("Output");
  command.add_option(rows_option, rows, "rows shown on the terminal")
      ->type_name("N")
      ->capture_default_str()
      ->group("Output");
}

void TableOutput::print(const Table& table, const Console& console) const {
  if (!out.empty()) {
    write_table(table, out);
    console.err << fmt::format("wrote {} ({} rows)\n", out, table.rows());
  }
  if (json) {
    console.out << to_json(table) << "\n";
  } else if (csv) {
    console.out << to_csv(table);
  } else if (out.empty()) {
    console.out << to_terminal(table, {console.color, console.width, rows});
  }
}

}  // namespace stave
