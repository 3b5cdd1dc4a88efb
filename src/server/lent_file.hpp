#pragma once
/// An analysis reads a file by its path; a request brings what the file holds. It is lent a path in
/// a folder of its own while the run lasts.

#include "stave/analysis/analysis.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace stave {

/// A folder of its own that nobody else can read; gone with this.
class FreshFolder {
 public:
  /// @throws Error io
  FreshFolder();
  ~FreshFolder();
  FreshFolder(const FreshFolder&) = delete;
  FreshFolder& operator=(const FreshFolder&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

class LentFiles {
 public:
  /// @throws Error io
  LentFiles(const Declaration& declaration, const Arguments::Given& given);

  /// The parameters, with paths where the declaration says files.
  [[nodiscard]] const Arguments::Given& given() const { return given_; }
  /// "shock.csv" for the path it lies at.
  [[nodiscard]] std::string without_paths(std::string text) const;
  void hide_paths(Report& report) const;

 private:
  std::optional<FreshFolder> folder_;  ///< none while nothing is lent
  Arguments::Given given_;
};

}  // namespace stave
