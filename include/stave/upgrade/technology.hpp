#pragma once
/// Which products count as high-technology: by how much their makers spend on research.
///
/// Classes are those of the OECD, found by the classification that a chain says it has:
///
///   WIOD 2013 (ISIC Rev. 3)        high c14; medium-high c9, c13, c15
///   ISIC Rev. 4, NACE Rev. 2       high 21, 26; medium-high 20, 27, 28, 29, 30 (as C26, 26,
///   C26_27) China's 42 sectors             high 20, 21; medium-high 12, 16, 17, 18, 19
///
/// A sector that holds industries of both classes, as c14 holds computers and cables, goes where
/// most of its research is; see docs/method/upgrade.md.
///
/// Sources: OECD (2011), ISIC Rev. 3 Technology Intensity Definition; Hatzichronoglou (1997), OECD
/// STI Working Paper 1997/2; Galindo-Rueda and Verger (2016), OECD STI Working Paper 2016/4;
/// Eurostat, High-tech classification of manufacturing industries (NACE Rev. 2).

#include "stave/core/chain.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stave {

enum class Technology : std::uint8_t { other, medium_high, high };
[[nodiscard]] std::string_view to_string(Technology technology);

struct TechnologyClasses {
  std::vector<Technology> of;  ///< [P] of each product
  std::string source;          ///< in words, for notes
};

/// Nothing where the chain's classification is none of those above, or where none of its products
/// has a code of theirs.
[[nodiscard]] std::optional<TechnologyClasses> technology_classes(const Chain& chain);

}  // namespace stave
