#pragma once
/// Tables as pymrio and EXIOBASE 3 write them: header rows, label columns, numbers; and a system
/// of such tables: Z or A, Y, x, unit, and extensions with F (or S), F_Y and unit.

#include <string>
#include <vector>

#include "formats/input.hpp"
#include "formats/labels.hpp"

namespace stave::reader {

struct LabelledTable {
  std::string file;
  std::vector<Label> columns;                  ///< first two header rows; one: the region only
  std::vector<std::vector<std::string>> rows;  ///< label cells of each row
  Matrix values;
};
/// The number of header rows and label columns is found from the first lines: the labels end where
/// numbers begin. A row of index names below the header ("region", "sector", empty ...) is skipped.
/// @param header_rows  0: find out
[[nodiscard]] LabelledTable read_labelled(const Source& source, std::size_t header_rows = 0);
/// (region, sector) of each row. @throws Error bad_input with fewer than two label columns
[[nodiscard]] std::vector<Label> row_labels(const LabelledTable& table);

/// The files of one extension; an empty name where there is none.
struct ExtensionFiles {
  std::string name;                   ///< "satellite"
  std::string production, final_use;  ///< F or S, F_Y or S_Y
  std::string unit;
  bool coefficients = false;  ///< the files hold S and S_Y
};
struct SystemFiles {
  std::string flows;
  bool coefficients = false;  ///< `flows` is A
  std::string final_use, output, unit, population;
  std::vector<ExtensionFiles> extensions;
};

/// The files below `prefix`: Z.txt or A.txt, Y.txt, x.txt, unit.txt, and every folder below that
/// has F.txt or S.txt. Names other than these are taken from file_parameters.json.
/// @throws Error not_found when neither Z nor A, or no Y, is there
[[nodiscard]] SystemFiles system_files(const Input& input, const std::string& prefix);

/// How rows of an extension become primary inputs: money rows for which this holds.
using IsPrimary = bool (*)(const std::string& extension, const std::string& row);

/// Reads the tables into parts: labels, flows, final use, primary inputs, stressors, output, unit
/// and currency. Notes say what was derived or left out.
/// @throws Error not_found, bad_input, not_productive (A whose x does not exist)
void read_system(const Input& input, const SystemFiles& files, IsPrimary is_primary,
                 ChainParts& parts, Progress& progress);

/// "Mill USD", "M.EUR", "million US$" -> "million USD", and the currency "USD"; a unit of no
/// currency stays as it is, with an empty currency.
struct MoneyUnit {
  std::string unit;
  std::string currency;
};
[[nodiscard]] MoneyUnit money_unit(std::string_view text);

/// x = A x + y by iteration, to 1e-13 of the largest element, and then Z = A diag(x), in place.
/// @throws Error not_productive when it grows without end
std::vector<double> solve_output(const Matrix& coefficients, const std::vector<double>& final_use,
                                 Progress& progress);

}  // namespace stave::reader
