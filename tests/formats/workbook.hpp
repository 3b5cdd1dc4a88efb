#pragma once
/// The smallest workbook with given sheets, as bytes.

#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "formats/packed.hpp"

namespace stave {

/// @param sheets  name and the xml inside <sheetData>
/// @param shared  the xml inside <sst>
inline std::string workbook_of(const Members& sheets, const std::string& shared = {}) {
  Members parts{{"[Content_Types].xml", "<Types/>"}};
  std::string list;
  std::string relations;
  for (std::size_t i = 1; i <= sheets.size(); ++i) {
    const auto& [name, data] = sheets[i - 1];
    list += fmt::format("<sheet name=\"{}\" sheetId=\"{}\" r:id=\"rId{}\"/>", name, i, i);
    relations += fmt::format("<Relationship Id=\"rId{}\" Target=\"worksheets/s{}.xml\"/>", i, i);
    parts.emplace_back(
        fmt::format("xl/worksheets/s{}.xml", i),
        "<?xml version=\"1.0\"?><worksheet><sheetData>" + data + "</sheetData></worksheet>");
  }
  parts.emplace_back("xl/workbook.xml", "<workbook><sheets>" + list + "</sheets></workbook>");
  parts.emplace_back("xl/_rels/workbook.xml.rels",
                     "<Relationships>" + relations + "</Relationships>");
  if (!shared.empty()) parts.emplace_back("xl/sharedStrings.xml", "<sst>" + shared + "</sst>");
  return zip_of(parts);
}

}  // namespace stave
