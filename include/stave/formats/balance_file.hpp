#pragma once
/// The files of `stave balance` and `stave disaggregate`: totals of rows and columns, fixed cells,
/// parts of a sector and what is known of their sales and purchases.
///
///   name,value                row,column,value             part,name,share,region
///   CHN.c14,4210              CHN.c14,USA.c15,12.5         chips,Chips,0.4,
///   VA,980                    CHN.c14,CHN.households,      boards,Boards,0.6,
///
/// A row is a maker, or in the whole table a primary input; a column is a maker, or in the whole
/// table final use as REGION.CATEGORY.

#include "stave/core/chain.hpp"
#include "stave/core/matrix.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace stave {

enum class TableSide : std::uint8_t { rows, columns };

struct NamedTotals {
  std::vector<double> values;  ///< [rows or columns of the table]
  std::vector<std::size_t> lines;
  std::string file;
};
/// Columns: name, value.
/// @param whole  primary inputs and final use too; else makers alone
/// @throws Error bad_input  a name twice, a value that is no number, names of the table that have
///                          no row in the file
///               not_found  a name the table does not have, naming near ones
[[nodiscard]] NamedTotals read_totals(const Chain& chain, TableSide side, bool whole,
                                      const std::filesystem::path& path);

struct NamedCell {
  std::size_t row = 0;
  std::size_t column = 0;
  std::optional<double> value;  ///< none: as it is
};
/// Columns: row, column; optional value. @throws Error as read_totals
[[nodiscard]] std::vector<NamedCell> read_cells(const Chain& chain, bool whole,
                                                const std::filesystem::path& path);

struct NamedParts {
  std::vector<Item> parts;  ///< [K]
  Matrix shares;            ///< [K x regions]; a row without a region holds for all
};
/// Columns: part, share; optional name, name_zh, region.
/// @throws Error bad_input  a part twice in a region, a share that is not 0 to 1
///               not_found  a region the chain does not have
[[nodiscard]] NamedParts read_parts(const Chain& chain, const std::filesystem::path& path);

struct PartWeights {
  Matrix table;    ///< [K x rows or columns of the whole table], 1 where nothing is said
  Matrix between;  ///< [K x K] seller x buyer, or empty where nothing is said of parts
};
/// Columns: part, weight and `to` (side columns: who buys from it) or `from` (side rows: what it
/// buys): a name of the table, a product, a category of final use, or another part.
/// @throws Error as read_parts
[[nodiscard]] PartWeights read_part_weights(const Chain& chain, TableSide side,
                                            const std::vector<Item>& parts,
                                            const std::filesystem::path& path);

}  // namespace stave
