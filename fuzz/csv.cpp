// Any bytes as a table: an Error or a table, and the cursor sees the cells the table has.
#include "stave/core/error.hpp"
#include "stave/formats/delimited.hpp"

#include <cstdint>
#include <cstdlib>

namespace {

using stave::Source;

const stave::UnpackLimit small{1 << 20, 100, 1 << 16};

// The first byte chooses a layout.
stave::TableLayout layout_of(std::uint8_t choice) {
  stave::TableLayout layout;
  layout.header_rows = choice & 3U;
  layout.label_columns = (choice >> 2U) & 3U;
  layout.text.skip_lines = (choice >> 4U) & 1U;
  if ((choice >> 5U) & 1U) layout.text.missing = {"NA"};
  if ((choice >> 6U) & 1U) layout.skip_columns = {2};
  return layout;
}

void same_cells(const Source& source, const stave::TableLayout& layout,
                const stave::NumericTable& table) {
  stave::DelimitedReader in(source, layout.text);
  for (std::size_t i = 0; i < layout.header_rows; ++i) in.next_row();
  std::size_t rows = 0;
  for (; in.next_row(); ++rows) {
    if (rows >= table.labels.size() || table.lines[rows] != in.row()) std::abort();
    for (const auto& label : table.labels[rows])
      if (in.text() != label) std::abort();
  }
  if (rows != table.labels.size()) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const auto layout = layout_of(data[0]);
  try {
    const auto source =
        Source::of("t", std::string(reinterpret_cast<const char*>(data) + 1, size - 1), small);
    const auto table = stave::read_table(source, layout);
    same_cells(source, layout, table);
  } catch (const stave::Error&) {  // NOLINT(bugprone-empty-catch) what bad input is meant to get
  }
  return 0;
}
