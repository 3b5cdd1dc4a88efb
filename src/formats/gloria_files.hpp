#pragma once
/// Where the files of a GLORIA download are, and the labels of its ReadMe workbook.

#include "stave/core/chain.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "formats/input.hpp"

namespace stave::reader {

struct GloriaLabels {
  std::vector<Item> regions;
  std::vector<std::string> sectors;
  std::vector<std::string> value_added;
  std::vector<std::string> final_uses;
  std::vector<Stressor> satellites;
};

class GloriaFiles {
 public:
  /// `path` is the folder of the download, or the folder or zip GLORIA_MRIOs_* in it: what is
  /// missing there is looked for beside it. @throws Error not_found, naming what is missing
  GloriaFiles(const std::filesystem::path& path, int year);

  [[nodiscard]] int year() const { return year_; }
  [[nodiscard]] const std::filesystem::path& readme() const { return readme_; }
  /// block: "T", "Y", "V", "TQ", "YQ", in basic prices. @throws Error not_found
  [[nodiscard]] Source open(const std::string& block) const;
  [[nodiscard]] std::optional<Source> find(const std::string& block) const;
  [[nodiscard]] GloriaLabels labels() const;

 private:
  std::vector<Input> places_;
  std::filesystem::path readme_;
  int year_ = 0;
};

}  // namespace stave::reader
