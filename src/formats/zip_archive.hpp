#pragma once
/// Members of a zip archive held in memory. Internal to the room.

#include "stave/formats/source.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct zip;

namespace stave {

class ZipArchive {
 public:
  /// `bytes` must outlive it.
  /// @throws Error bad_input  not a zip archive, or cut short
  ZipArchive(std::string name, std::string_view bytes);
  /// Files in the order of the archive, without its folders.
  [[nodiscard]] std::vector<std::string> names() const;
  /// @throws Error not_found, naming near members; bad_input when damaged or encrypted; too_large
  [[nodiscard]] std::string read(const std::string& member, const UnpackLimit& limits) const;

 private:
  struct Close {
    void operator()(zip* archive) const;
  };
  std::string name_;
  std::unique_ptr<zip, Close> zip_;
};

}  // namespace stave
