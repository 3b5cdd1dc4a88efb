#pragma once
/// A chain on disk: one DuckDB database file NAME.stave, or a folder of CSV or Parquet files with
/// the same tables. The schema is documented in docs/schema.md; any DuckDB client can read it.

#include "stave/core/chain.hpp"
#include "stave/core/progress.hpp"
#include "stave/core/table.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace stave {

inline constexpr int schema_version = 1;

/// Writes to a temporary file beside `path`, then renames: a killed run leaves the old file whole.
/// @throws Error io  no room, no permission; the old file is as it was
void save_chain(const Chain& chain, const std::filesystem::path& path,
                Progress& progress = no_progress());

/// @throws Error not_found     no such file
///               foreign_file  not a chain file, or one of a newer schema
///               bad_input     tables that contradict each other
[[nodiscard]] Chain load_chain(const std::filesystem::path& path,
                               Progress& progress = no_progress());

/// One line a chain file of a folder, without reading flows.
struct ChainSummary {
  std::filesystem::path path;
  ChainInfo info;
  std::size_t nodes = 0;
  std::size_t regions = 0;
  std::size_t products = 0;
  std::size_t flows = 0;
  std::size_t stressors = 0;
};
[[nodiscard]] ChainSummary summarize_chain(const std::filesystem::path& path);
[[nodiscard]] std::vector<ChainSummary> list_chains(const std::filesystem::path& folder);

/// Runs one read-only SQL statement against a chain file or an exported folder. It can reach no
/// other file, and takes at most 4 GB of memory. Whole numbers become integer columns (real where
/// one is NULL), other numbers real, everything else text as DuckDB writes it; NULL is NaN or "".
/// @throws Error bad_input  DuckDB's message when the statement fails; two statements; one that
///                          does more than read
///               too_large  a result of more than 1 GB
[[nodiscard]] Table query_chain(const std::filesystem::path& path, const std::string& sql,
                                Progress& progress = no_progress());

enum class FolderFormat { csv, parquet };
/// One file a table of the schema. Written to a temporary folder and renamed.
/// Importing the folder again gives the same chain, bit for bit.
void export_folder(const Chain& chain, const std::filesystem::path& folder, FolderFormat format);
[[nodiscard]] Chain import_folder(const std::filesystem::path& folder,
                                  Progress& progress = no_progress());
/// True when the folder holds an exported chain (chain.csv or chain.parquet).
[[nodiscard]] bool is_exported_folder(const std::filesystem::path& folder);

/// Result tables and matrices of others.
void write_parquet(const Table& table, const std::filesystem::path& path);
[[nodiscard]] Table read_parquet(const std::filesystem::path& path);

}  // namespace stave
