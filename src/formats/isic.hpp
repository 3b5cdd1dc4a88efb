#pragma once
/// Names and kinds of industries by their codes in ISIC (NACE).

#include "stave/core/classification.hpp"

#include <string>
#include <string_view>

namespace stave::reader {

/// Names in two languages and kind of an OECD industry code of any release: "01T02", "A01_02",
/// "C10T12", "D". Codes that are not ISIC Rev. 4 groups keep their code as their name; the kind
/// comes from the first division: up to 40 (ISIC 3: electricity, water) makes goods, 41 and above
/// (construction, trade ...) services.
[[nodiscard]] Item oecd_industry(std::string_view code);

/// Good or service by the NACE code EXIOBASE puts at the end of a product's name: "(45)" and above
/// are services. Unknown without one.
[[nodiscard]] Kind kind_by_nace_suffix(std::string_view name);

}  // namespace stave::reader
