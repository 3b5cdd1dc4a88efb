#pragma once
/// Rows of the small csv files beside the samples: concordances, bridges, assumptions.

#include "stave/core/classification.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace stave::sample {

struct Row {
  std::string place;                                      ///< "samples/nev/inputs.csv:12"
  std::map<std::string, std::string, std::less<>> cells;  ///< by column

  /// @throws std::out_of_range for a column that was not asked of `read_rows`
  [[nodiscard]] const std::string& at(std::string_view column) const;
  /// @throws Error bad_input when the cell is not a number
  [[nodiscard]] double number(std::string_view column) const;
  /// Whether the cell is `yes`. @throws Error bad_input when it is not `no` either
  [[nodiscard]] bool is(std::string_view column, std::string_view yes, std::string_view no) const;
  /// Position of the cell's code or name. @throws Error not_found, with near ones
  [[nodiscard]] std::size_t position(std::string_view column, const Classification& items) const;
  /// @throws Error bad_input "PLACE: column 'COLUMN': 'VALUE' EXPECTED"
  [[noreturn]] void refuse(std::string_view column, std::string_view expected,
                           std::string hint = {}) const;
};

/// Reads a csv with a header.
/// @throws Error bad_input when one of `columns` is missing
[[nodiscard]] std::vector<Row> read_rows(const std::filesystem::path& path,
                                         const std::vector<std::string>& columns);

}  // namespace stave::sample
