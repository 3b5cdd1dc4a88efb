#pragma once
/// An analysis reads a file by its path; a request brings what the file holds. It is lent a path in
/// a folder of its own while the run lasts.

#include "stave/analysis/analysis.hpp"

#include <filesystem>
#include <string>

namespace stave {

class LentFiles {
 public:
  /// @throws Error io
  LentFiles(const Declaration& declaration, const Arguments::Given& given);
  ~LentFiles();
  LentFiles(const LentFiles&) = delete;
  LentFiles& operator=(const LentFiles&) = delete;

  /// The parameters, with paths where the declaration says files.
  [[nodiscard]] const Arguments::Given& given() const { return given_; }
  /// "shock.csv" for the path it lies at.
  [[nodiscard]] std::string without_paths(std::string text) const;
  void hide_paths(Report& report) const;

 private:
  std::filesystem::path folder_;  ///< empty while nothing is lent
  Arguments::Given given_;
};

}  // namespace stave
