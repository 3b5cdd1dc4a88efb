#pragma once
/// The chains of samples/, derived from their public sources.

#include "stave/core/chain.hpp"

#include <filesystem>

namespace stave::sample {

/// Where things are read from.
struct Places {
  std::filesystem::path data;     ///< wiod2013, world-co2-jrc, china-io, china-co2, minerals-usgs
  std::filesystem::path bridges;  ///< samples/: concordances and bridges of each sample
  std::filesystem::path descriptions;  ///< share/descriptions
};

/// The world input-output table of 2011 in 21 regions and 35 sectors, with CO2 of production.
/// How each figure comes about stands in samples/world-2011/SOURCE.md.
/// @throws Error not_found, bad_input  a source or bridge that is missing or does not fit
[[nodiscard]] Chain derive_world_2011(const Places& places);

/// The table of China of 2020 in 42 sectors, domestic and imported flows apart, with CO2 of 2019.
/// How each figure comes about stands in samples/china-2020/SOURCE.md.
/// @throws Error as derive_world_2011
[[nodiscard]] Chain derive_china_2020(const Places& places);

/// The product chain of an electric car, ore to car. Shares of mines and smelters are those of the
/// USGS; all else is illustrative and comes from the csv files of samples/nev.
/// How each figure comes about stands in samples/nev/SOURCE.md.
/// @throws Error as derive_world_2011
[[nodiscard]] Chain derive_nev(const Places& places);

/// Writes the chain's tables as Parquet into `folder`, beside whatever else lies there.
void write_tables(const Chain& chain, const std::filesystem::path& folder);

}  // namespace stave::sample
