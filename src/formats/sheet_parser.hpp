#pragma once
/// From the xml of one sheet to its cells. Internal to the room.

#include "stave/formats/xlsx.hpp"

#include "xml_scanner.hpp"

namespace stave {

class SheetParser {
 public:
  SheetParser(std::string name, std::string_view xml,
              std::shared_ptr<const std::vector<std::string>> shared);
  [[nodiscard]] Sheet parse();

 private:
  void begin_row();
  void read_cell();
  [[nodiscard]] std::int32_t column_of(const std::string& reference) const;
  void add(std::int32_t column, const std::string& type, std::string value, bool in_place);
  [[nodiscard]] double own_text(std::string value);
  [[noreturn]] void refuse(std::int32_t column, std::string_view value,
                           std::string_view what) const;

  Sheet sheet_;
  XmlScanner xml_;
  std::int32_t next_column_ = 0;  ///< of a cell that does not say where it is
};

}  // namespace stave
