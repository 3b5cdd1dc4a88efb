// Any text as a scenario for a small chain; what it becomes is drawn from as well.
#include "stave/core/error.hpp"
#include "stave/formats/scenario_file.hpp"

#include <cstdint>

#include "formats/scenario_chain.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto chain = stave::scenario_chain();
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try {
    const auto file = stave::parse_scenario(chain, "s.toml", text);
    for (std::uint64_t i = 0; i < 3; ++i) static_cast<void>(file.draw(i));
  } catch (const stave::Error&) {  // NOLINT(bugprone-empty-catch) what bad input is meant to get
  }
  return 0;
}
