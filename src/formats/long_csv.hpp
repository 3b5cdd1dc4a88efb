#pragma once
/// A long csv file with named columns in any order. Internal to the room.

#include "stave/core/error.hpp"
#include "stave/formats/delimited.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace stave {

class LongCsv {
 public:
  /// @throws Error bad_input  a required column is missing, one is unknown or appears twice
  LongCsv(const std::filesystem::path& path, const std::vector<std::string>& required,
          const std::vector<std::string>& optional);

  bool next_row();
  [[nodiscard]] bool has(std::string_view column) const;
  /// The cell; empty where the file has no such column.
  [[nodiscard]] const std::string& text(std::string_view column) const;
  [[nodiscard]] const std::string& required_text(std::string_view column) const;
  [[nodiscard]] double number(std::string_view column) const;
  [[nodiscard]] int year() const;  ///< column year; 0 where empty

  [[nodiscard]] const std::string& file() const { return reader_.file(); }
  [[nodiscard]] std::size_t row() const { return reader_.row(); }
  [[noreturn]] void refuse(std::string_view column, std::string_view expected,
                           std::string hint = {}, Errc code = Errc::bad_input) const;

 private:
  DelimitedReader reader_;
  std::vector<std::string> cells_;
};

}  // namespace stave
