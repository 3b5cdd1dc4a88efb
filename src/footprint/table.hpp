#pragma once
/// The tables of `stave footprint`.

#include "stave/core/table.hpp"

#include <span>
#include <string>
#include <vector>

#include "footprint/answer.hpp"

namespace stave::footprint {

[[nodiscard]] std::vector<Table> footprint_tables(const Answer& a);

/// "a > b > c": labels, or ids, of the nodes of a path.
[[nodiscard]] std::string path_labels(const Chain& chain, std::span<const std::int32_t> path);
[[nodiscard]] std::string path_ids(const Chain& chain, std::span<const std::int32_t> path);

}  // namespace stave::footprint
