// Any bytes as a workbook; or, behind a first byte 'S', as the xml of a sheet and, behind a zero
// byte, of its shared texts, in a workbook that is otherwise whole.
#include "stave/formats/xlsx.hpp"

#include "stave/core/error.hpp"

#include <algorithm>
#include <cstdint>

#include "formats/workbook.hpp"

namespace {

std::string wrapped(const std::string& input) {
  const auto zero = std::min(input.find('\0'), input.size());
  return stave::workbook_of({{"S", input.substr(1, zero - 1)}},
                            zero < input.size() ? input.substr(zero + 1) : "");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string input(reinterpret_cast<const char*>(data), size);
  if (input.starts_with('S')) input = wrapped(input);
  try {
    const auto book =
        stave::Workbook::of(stave::Source::of_bytes("b.xlsx", input), {1 << 20, 100, 1 << 16});
    for (const auto& name : book.sheet_names()) {
      const auto table = stave::read_table(book.sheet(name));
      static_cast<void>(table);
    }
  } catch (const stave::Error&) {  // NOLINT(bugprone-empty-catch) what bad input is meant to get
  }
  return 0;
}
