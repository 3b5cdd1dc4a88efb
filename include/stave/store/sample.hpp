#pragma once
/// The chains that come with Stave, and how a command line's word becomes a chain.
///
///   const auto chain = open_chain("world-2011");        // a sample
///   const auto mine = open_chain("work/park.stave");    // a file, or an exported folder

#include "stave/core/chain.hpp"
#include "stave/core/progress.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stave {

/// One folder of exported tables with a SOURCE.md beside them.
struct Sample {
  std::string name;   ///< of the folder: "world-2011"
  std::string title;  ///< the chain's own
  std::filesystem::path path;
};

/// By name. Looked for in $STAVE_SAMPLES where it is set; else in share/stave/samples beside the
/// installed program; else in the source tree this program was built from.
[[nodiscard]] std::vector<Sample> samples();

/// The folder of the sample of that name; nothing where there is none.
[[nodiscard]] std::optional<std::filesystem::path> sample_path(std::string_view name);

/// Scenarios that come with the samples, by name: samples/scenarios/NAME.toml.
[[nodiscard]] std::vector<std::filesystem::path> sample_scenarios();
/// A file as it is; otherwise the scenario of that name.
/// @throws Error not_found  neither, naming near ones
[[nodiscard]] std::filesystem::path resolve_scenario(std::string_view name_or_path);

/// Inventories that come with the samples, by name: samples/inventories/NAME.toml.
[[nodiscard]] std::vector<std::filesystem::path> sample_inventories();
/// A file or a folder as it is; otherwise the inventory of that name.
/// @throws Error not_found  neither, naming near ones
[[nodiscard]] std::filesystem::path resolve_inventory(std::string_view name_or_path);

/// A chain file or an exported folder as it is; otherwise the sample of that name.
/// @throws Error not_found     neither, naming samples and files here with a near name
///               foreign_file  a folder that is not an exported chain
[[nodiscard]] std::filesystem::path resolve_chain(std::string_view name_or_path);

/// resolve_chain, then load_chain or import_folder.
[[nodiscard]] Chain open_chain(std::string_view name_or_path, Progress& progress = no_progress());

}  // namespace stave
