#pragma once
/// The web application as it was built: every file of it, gzipped, inside the program.

#include <span>
#include <string>
#include <string_view>

namespace stave {

struct ApplicationFile {
  std::string_view name;    ///< within the built folder: "index.html", "assets/index-Bx3.js"
  std::string_view packed;  ///< gzip
  std::string_view hash;    ///< of what is packed

  /// By its name's ending: "text/javascript; charset=utf-8".
  [[nodiscard]] std::string type() const;
  /// True where the name ends in a hash, as in "assets/index-Bx3_f-9K.js": what it names never
  /// changes.
  [[nodiscard]] bool immutable() const;
};

/// Sorted by name.
[[nodiscard]] std::span<const ApplicationFile> application_files();
/// Nothing where there is none of that name.
[[nodiscard]] const ApplicationFile* find_application_file(std::string_view name);

/// @throws std::runtime_error what is no gzip
[[nodiscard]] std::string unpacked(std::string_view gzip);

}  // namespace stave
