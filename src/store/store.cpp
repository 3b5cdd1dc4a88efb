#include "stave/store/store.hpp"

#include "stave/core/error.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "store/chain_file.hpp"
#include "store/chain_tables.hpp"
#include "store/label_tables.hpp"
#include "store/replacement.hpp"
#include "store/table_rows.hpp"

namespace stave {

namespace fs = std::filesystem;

namespace {

// Its log holds changes that DuckDB has not yet put into the file; they would be put into the new
// file, to which they do not belong.
void require_no_log(const fs::path& path) {
  const auto log = path.string() + ".wal";
  if (fs::exists(log))
    throw Error(Errc::io,
                fmt::format("{}: another program is changing it, or was stopped while "
                            "it did: {} is there",
                            path.string(), log),
                "Open it once with DuckDB and run CHECKPOINT, or remove both files.");
}

ChainSummary summary_of(store::Connection& connection, const fs::path& path) {
  ChainSummary summary;
  summary.path = path;
  summary.info =
      store::info_of(store::read_rows(connection, "chain"), store::read_rows(connection, "note"));
  const auto count = [&](const std::string& what) {
    return static_cast<std::size_t>(connection.number("SELECT count(*) FROM " + what));
  };
  summary.nodes = count("node");
  summary.regions = count("region WHERE NOT is_group");
  summary.products = count("product WHERE NOT is_group");
  summary.flows = count("flow");
  summary.stressors = count("stressor_row");
  return summary;
}

}  // namespace

void save_chain(const Chain& chain, const fs::path& path, Progress& progress) {
  require_no_log(path);
  if (fs::is_directory(path)) throw Error(Errc::io, fmt::format("{}: is a folder", path.string()));
  store::Replacement replacement(path);
  store::writing(path, [&] {
    // One thread a connection: more would wait for each other inside DuckDB.
    const store::Database database(replacement.path(),
                                   {.access = store::OpenOptions::Access::create, .threads = 1});
    store::write_chain(database, chain, progress);
  });
  progress.check();
  replacement.put_in_place();
}

Chain load_chain(const fs::path& path, Progress& progress) {
  auto opened = store::open_file(path);
  std::optional<Chain> chain;
  store::reading(path, [&] { chain = store::read_chain(opened.connection, progress); });
  return std::move(*chain);
}

ChainSummary summarize_chain(const fs::path& path) {
  auto opened = fs::is_directory(path) ? store::open_folder(path) : store::open_file(path);
  ChainSummary summary;
  store::reading(path, [&] { summary = summary_of(opened.connection, path); });
  return summary;
}

std::vector<ChainSummary> list_chains(const fs::path& folder) {
  if (!fs::is_directory(folder))
    throw Error(Errc::not_found, fmt::format("{}: no such folder", folder.string()));
  std::vector<ChainSummary> found;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (!entry.is_regular_file() || entry.path().extension() != ".stave") continue;
    try {
      found.push_back(summarize_chain(entry.path()));
    } catch (const Error&) {
      continue;  // not a chain of ours, whatever its name says
    }
  }
  std::sort(found.begin(), found.end(),
            [](const auto& a, const auto& b) { return a.path < b.path; });
  return found;
}

}  // namespace stave
