#pragma once
/// Which regions or products become which, from a csv file.
///
///   from,to,weight          from,to,name,name_zh,kind
///   JPN,EAS,1               c1,PRIM,Primary products,初级产品,good
///   KOR,EAS,1               c2,PRIM,,,

#include "stave/core/aggregate.hpp"

#include <filesystem>

namespace stave {

/// Columns: from, to; optional weight (1 where empty) and name, name_zh, kind of the target, given
/// in any row of it. Targets stand in the order of their first appearance. What the labels mean is
/// for `aggregate` to check against a chain.
/// @throws Error bad_input  an unknown column, an empty label, a weight that is no number, two
///                          names for one target
[[nodiscard]] Concordance read_concordance(const std::filesystem::path& path);

}  // namespace stave
