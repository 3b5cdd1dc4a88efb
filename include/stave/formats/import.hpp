#pragma once
/// From the files an economy keeps to a Chain: recognise the format, read it, say what was done.
///
///   const Chain chain = import_chain("ICIO2023_2020.zip");
///   const Chain chain = import_chain("BACI_HS17_V202401b.zip", {.year = 2019});

#include "stave/core/chain.hpp"
#include "stave/core/limit.hpp"
#include "stave/core/progress.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace stave {

struct ImportOptions {
  std::string format = {};                 ///< a name of formats(); empty: recognise it
  std::filesystem::path description = {};  ///< a TOML description of a labelled matrix
  std::string name = {};                   ///< of the chain; empty: made from format and year
  int year = 0;                            ///< which year of several, or of a file that states none
  std::size_t max_nodes = limit::max_nodes;  ///< beyond: too_large, before the memory is taken
  std::size_t max_links = limit::max_links;
};

/// One format that import_chain reads.
struct Format {
  std::string name;     ///< as --format takes it: "oecd-icio"
  std::string reads;    ///< one line: what the files are
  std::string example;  ///< a path as users have it
};
[[nodiscard]] const std::vector<Format>& formats();

/// Reads whatever `path` is: one of formats(), a chain file, an exported folder, or a matrix that
/// one of the shipped descriptions recognises. Everything derived, clipped, renamed or left out
/// stands in info().notes.
/// @throws Error not_found  no such file or folder
///               bad_input  no format fits (the message lists each and why not), or a bad file
///               too_large  beyond options.max_nodes or max_links
[[nodiscard]] Chain import_chain(const std::filesystem::path& path,
                                 const ImportOptions& options = {},
                                 Progress& progress = no_progress());

}  // namespace stave
