#pragma once
/// Any labelled matrix (csv, csv.gz, csv.xz, a zip member, xlsx, parquet) as a Chain, through a
/// small TOML file that says which rows and columns are what. docs/format/description.md lists
/// every key; share/descriptions holds the shipped ones.
///
///   const auto chain = read_described("wiot2011.csv.xz", load_description("wiod2013.toml"));
///
/// A row or column is, in this order: skipped, output, final use or a primary input, imports; all
/// others are flows of a node (region, sector). Nodes stand in the order of the rows.

#include "stave/core/chain.hpp"
#include "stave/core/progress.hpp"
#include "stave/formats/source.hpp"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace stave {

/// How the labels of one side split into region and sector. A cell of labels is named by its
/// number, from 1, or (label columns) by its header.
struct LabelRule {
  std::string sector = "1";  ///< the cell that holds the sector, or REGION.SECTOR
  std::string region;        ///< the cell that holds the region; empty: none
  std::string separator;     ///< between region and sector within the sector's cell
  std::string fixed_region;  ///< of every label, where the table has only one
  std::map<std::string, std::string> region_codes;  ///< label in the file -> code
  std::string name;  ///< label column with the sector's English name; rows only
  std::string name_zh;
  bool fill = false;  ///< an empty cell repeats the one before it (merged cells)
};

struct FinalUseRule {
  std::string column;    ///< label, or its sector part
  std::string category;  ///< "households", "government", "capital", "inventories", "exports" ...
  std::string region;    ///< who uses; empty: the region of the label
  double sign = 1;       ///< -1 where the file states a subtraction as a positive number
};

struct PrimaryRule {
  std::string row;  ///< label; empty for a balancing row
  PrimaryInput input;
  double sign = 1;
  /// A region whose inputs the table does not show: the row is its output less what it buys.
  std::string balance_region;
};

/// Imports of a competitive table, stated as one column (positive) against all uses.
struct ImportRule {
  enum class Treatment {
    final_use,     ///< a negative final-use column: output stays, origins stay unknown
    proportional,  ///< every use but exports imports the same share of a product: an estimate
  };
  std::string column;
  std::string region = "ROW";  ///< who supplies them
  Treatment treatment = Treatment::proportional;
};

struct ItemNames {
  std::map<std::string, Item> items;  ///< by code
  std::vector<std::string> goods;     ///< codes and ranges "c1..c17"; then the rest are services
};

struct Description {
  std::string file;  ///< where it stands, for messages
  ChainInfo info;    ///< name, titles and source may hold {year}
  std::vector<std::string>
      file_patterns;                      ///< "wiot{year}.csv*": recognises by name, finds the year
  std::vector<std::string> header_cells;  ///< that the first header row of such a file holds

  char separator = 0;
  std::size_t skip_lines = 0;
  std::size_t header_rows = 1;
  std::size_t label_columns = 1;
  std::string sheet;                 ///< of a workbook; empty: the first
  std::vector<std::string> missing;  ///< words for "no value", refused where a value is needed

  LabelRule rows;
  LabelRule columns;
  std::vector<FinalUseRule> final_use;
  bool derive_final_use = false;  ///< output less flows
  std::vector<PrimaryRule> primary;
  std::string output_column;
  std::string output_row;
  std::vector<std::string> output_regions;  ///< whose output is stated; empty: all
  std::optional<ImportRule> imports;
  std::vector<std::string> skip_rows;
  std::vector<std::string> skip_columns;
  ItemNames regions;
  ItemNames sectors;
  std::filesystem::path recipe;      ///< of essential inputs, see recipe_file.hpp; empty: none
  bool recipe_skip_unknown = false;  ///< leave out what it says of sectors the table does not have
};

/// @throws Error bad_input  naming file, line, key and what was expected
///               not_found  no such file
[[nodiscard]] Description load_description(const std::filesystem::path& path);
/// From TOML text; `folder` is where names files are looked for.
[[nodiscard]] Description parse_description(const std::string& file, std::string_view toml,
                                            const std::filesystem::path& folder = {});

struct DescribedOptions {
  std::string name;    ///< of the chain, in place of the description's
  int year = 0;        ///< in place of the file's
  std::string member;  ///< of a zip archive
};

/// Everything derived, estimated or left out stands in info().notes.
/// Cost: the unpacked text, its numbers once as read and once as the chain's matrices.
/// @throws Error bad_input  a label that is unknown or repeated (naming near ones), a rule that
///               matches nothing, a missing value, and whatever the file's own reader refuses
[[nodiscard]] Chain read_described(const std::filesystem::path& path,
                                   const Description& description,
                                   const DescribedOptions& options = {},
                                   Progress& progress = no_progress());
/// From delimited text.
[[nodiscard]] Chain read_described(const Source& text, const Description& description,
                                   const DescribedOptions& options = {},
                                   Progress& progress = no_progress());

struct ShippedDescription {
  std::string name;  ///< "wiod2013"
  std::string title;
  std::filesystem::path path;
};
/// Found in $STAVE_SHARE/descriptions, beside the program in ../share/stave/descriptions, or in the
/// source tree it was built from. A name is taken from the first of these that has it.
[[nodiscard]] std::vector<ShippedDescription> shipped_descriptions();
/// Of those, the one that recognises the file by its name and header, if any.
[[nodiscard]] std::optional<Description> recognise_description(const std::filesystem::path& path);

}  // namespace stave
