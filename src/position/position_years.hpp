#pragma once
/// `stave position` over several years: who moved, and who passed whom.

#include "stave/analysis/analysis.hpp"
#include "stave/core/chain.hpp"
#include "stave/core/progress.hpp"

namespace stave {

/// Does nothing where no later chains are given.
/// @throws Error bad_input  chains of different regions or products
void add_years(const Chain& chain, const Arguments& arguments, Report& report, Progress& progress);

/// The declarations of its tables.
[[nodiscard]] std::vector<TableSpec> year_tables();

}  // namespace stave
