#pragma once
/// The numbers and labels of any file a description can be applied to. Internal to the room.

#include "stave/formats/delimited.hpp"
#include "stave/formats/description.hpp"

#include <span>
#include <string>

namespace stave {

/// True when one of the cells, or all that are not empty joined by '.', is one of `words`.
[[nodiscard]] bool has_label(std::span<const std::string> cells,
                             const std::vector<std::string>& words);
/// The cells of column `c` in every header row.
[[nodiscard]] std::vector<std::string> column_cells(const NumericTable& table, std::size_t c);

[[nodiscard]] NumericTable read_grid(const Source& text, const Description& description);
/// By the first bytes and the ending: workbook, parquet or text.
[[nodiscard]] NumericTable read_grid(const std::filesystem::path& path,
                                     const Description& description, std::string_view member);
/// Header cells of the file, to recognise it by; empty when it cannot be read as a table.
[[nodiscard]] std::vector<std::string> header_of(const std::filesystem::path& path,
                                                 const Description& description);

}  // namespace stave
