#pragma once
/// Where data comes from: a file, a compressed file or a member of a zip archive, as UTF-8 text.
///
///   const auto z = Source::open("exiobase.zip", "Z.txt");   // z.name() == "exiobase.zip:Z.txt"
///   const Folder tables("exiobase.zip");                    // or a plain folder
///   const auto y = tables.text("Y.txt");
///
/// Compression is recognised by the first bytes, not by the name. A plain UTF-8 file is mapped, not
/// copied: who cuts it short meanwhile makes reading it a bus error, which the program `stave`
/// turns into a message (cli/interrupt.hpp). Limits are those of core/limit.hpp.

#include "stave/core/limit.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace stave {

/// When unpacking stops with too_large. The ratio counts beyond `free_bytes` only: a small file of
/// zeros may well shrink a thousandfold.
struct UnpackLimit {
  std::uint64_t bytes = limit::max_unpacked_bytes;
  double ratio = limit::max_unpack_ratio;  ///< unpacked to packed
  std::uint64_t free_bytes = 64ULL << 20;
};

class Source {
 public:
  /// Text: unpacked, without a byte order mark, in UTF-8. UTF-16 needs a byte order mark; what is
  /// not valid UTF-8 but valid GB 18030 with mostly GB 2312 characters is read as GB 18030.
  /// @param member  of a zip archive; may be empty when the archive has only one
  /// @throws Error not_found  no such file or member (naming near ones)
  ///               io         the system refuses to read it
  ///               too_large  beyond `limits`: a zip bomb
  ///               bad_input  cut short, damaged, encrypted, or in no encoding we know
  [[nodiscard]] static Source open(const std::filesystem::path& path, std::string_view member = {},
                                   const UnpackLimit& limits = {});
  /// Unpacked bytes as they are. A zip archive itself when no member is named (an xlsx file).
  [[nodiscard]] static Source open_bytes(const std::filesystem::path& path,
                                         std::string_view member = {},
                                         const UnpackLimit& limits = {});
  /// As if a file of that name held these bytes: unpacked and decoded as by `open`.
  [[nodiscard]] static Source of(std::string name, std::string bytes,
                                 const UnpackLimit& limits = {});
  /// The bytes as they are.
  [[nodiscard]] static Source of_bytes(std::string name, std::string bytes);

  [[nodiscard]] const std::string& name() const { return name_; }  ///< for messages
  [[nodiscard]] std::string_view text() const { return text_; }    ///< valid while a copy lives

 private:
  friend class Folder;
  Source() = default;
  Source(std::string name, std::string_view text, std::shared_ptr<const void> owner)
      : name_(std::move(name)), text_(text), owner_(std::move(owner)) {}
  static Source owning(std::string name, std::string text);
  static Source mapped(const std::filesystem::path& path);
  [[nodiscard]] Source unpacked(const UnpackLimit& limits) const;
  [[nodiscard]] Source member(std::string_view name, const UnpackLimit& limits) const;
  [[nodiscard]] Source decoded() const;

  std::string name_;
  std::string_view text_;
  std::shared_ptr<const void> owner_;
};

/// The files of a folder or the members of a zip archive, under one face.
class Folder {
 public:
  /// @throws Error as Source::open
  explicit Folder(const std::filesystem::path& path);
  /// A zip archive held in memory.
  explicit Folder(Source archive);

  [[nodiscard]] const std::string& name() const { return name_; }
  /// Paths within it, '/' between parts, sorted; files in folders below included.
  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }
  [[nodiscard]] bool contains(std::string_view name) const;
  /// @throws Error not_found, naming near ones; else as Source::open
  [[nodiscard]] Source text(std::string_view name, const UnpackLimit& limits = {}) const;
  [[nodiscard]] Source bytes(std::string_view name, const UnpackLimit& limits = {}) const;

 private:
  void require(std::string_view name) const;
  std::string name_;
  std::filesystem::path path_;         ///< a plain folder
  std::shared_ptr<const Source> zip_;  ///< or an archive
  std::vector<std::string> names_;
};

/// True when the first bytes are those of a zip archive (an xlsx file is one).
[[nodiscard]] bool is_zip(std::string_view bytes);

/// A hint that names the files and folders beside `path` whose names are near to its own.
[[nodiscard]] std::string did_you_mean_file(const std::filesystem::path& path);

}  // namespace stave
