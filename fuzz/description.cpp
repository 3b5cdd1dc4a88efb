// Any text as a description, and what stands behind a zero byte as the table it describes.
#include "stave/formats/description.hpp"

#include "stave/core/error.hpp"

#include <algorithm>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string input(reinterpret_cast<const char*>(data), size);
  const auto zero = std::min(input.find('\0'), size);
  try {
    const auto description = stave::parse_description("d.toml", input.substr(0, zero));
    const auto table = zero < size ? input.substr(zero + 1) : "row,A.s,A.hh,x\nA.s,1,2,3\n";
    const auto chain = stave::read_described(
        stave::Source::of("t.csv", table, {1 << 20, 100, 1 << 16}), description);
    static_cast<void>(chain);
  } catch (const stave::Error&) {  // NOLINT(bugprone-empty-catch) what bad input is meant to get
  }
  return 0;
}
