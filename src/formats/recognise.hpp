#pragma once
/// Whether an input is of a format, decided from names and first lines only. Each returns nothing
/// when it fits, else why not, for the message when no format does.

#include <string>

#include "formats/input.hpp"

namespace stave::reader {

[[nodiscard]] std::string why_not_oecd_icio(const Input& input);
[[nodiscard]] std::string why_not_eora26(const Input& input);
[[nodiscard]] std::string why_not_exiobase3(const Input& input);
[[nodiscard]] std::string why_not_pymrio_folder(const Input& input);
[[nodiscard]] std::string why_not_wiod2013_xlsx(const Input& input);
[[nodiscard]] std::string why_not_gloria(const Input& input);
[[nodiscard]] std::string why_not_baci(const Input& input);
[[nodiscard]] std::string why_not_network(const Input& input);

}  // namespace stave::reader
