// Any text as goods under the carbon border adjustment.
#include "stave/core/error.hpp"
#include "stave/formats/cbam_file.hpp"

#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try {
    static_cast<void>(stave::parse_cbam_goods("goods.toml", text));
  } catch (const stave::Error&) {  // NOLINT(bugprone-empty-catch) what bad input is meant to get
  }
  return 0;
}
