#pragma once
/// Bilateral trade by product in the layout of CEPII's BACI.

#include "stave/formats/import.hpp"

namespace stave {

/// Columns t (year), i (exporter), j (importer), k (product), v (thousand USD), q (metric tons);
/// one csv, or a folder or zip of yearly csv files with optional country_codes*.csv and
/// product_codes*.csv.
///
///   node  (i, k), for every pair that exports; ordered by exporter, then product
///   Y     v, used finally by region j under the category "imports"; Z is empty: trade statistics
///         do not say who buys within a region, nor what is made for the home market
///   q     summed by node into the attribute "quantity" [metric tons], NaN where none is known
///
/// The file is read once, row by row; memory is 16 bytes a flow plus the dense Y of the result.
/// Product codes that lost their leading zeros (10121) get them back (010121).
/// @throws Error bad_input  several years and no options.year; a value that is negative or no
///                          number; an exporter or product missing from the code file
///               too_large  more flows or nodes than allowed
/// Source of the layout: Gaulier and Zignago (2010), CEPII working paper 2010-23.
[[nodiscard]] Chain read_baci(const std::filesystem::path& path, const ImportOptions& options = {},
                              Progress& progress = no_progress());

}  // namespace stave
