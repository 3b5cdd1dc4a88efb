#pragma once
/// A file or folder that takes another's place only once it is complete and on the disk.

#include <filesystem>

namespace stave::store {

/// A name of our own beside `target`, removed with everything in it unless it was put in place.
class Replacement {
 public:
  /// Also removes what killed runs for the same target left behind.
  /// @throws Error io  the folder does not exist
  explicit Replacement(const std::filesystem::path& target);
  Replacement(const Replacement&) = delete;
  Replacement& operator=(const Replacement&) = delete;
  ~Replacement();

  /// Where to write.
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  /// Forces everything to the disk, then renames. Two folders change places in one step.
  /// @throws Error io
  void put_in_place();

 private:
  std::filesystem::path target_;
  std::filesystem::path path_;
};

}  // namespace stave::store
