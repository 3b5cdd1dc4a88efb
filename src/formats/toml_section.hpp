#pragma once
/// Strict reading of a TOML table: every value is asked for by key and type, and what nobody asked
/// for is a mistake. Messages name file, line, key and what was expected. Internal to the room.

#include "stave/core/error.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <toml++/toml.h>

namespace stave {

class TomlSection {
 public:
  /// `path` is how a user would call the table: "rows", "final_use[2]"; empty for the file.
  /// @param page  the page of the documentation that lists the keys
  TomlSection(std::string file, std::string path, const toml::table& table,
              std::string page = "docs/format/description.md")
      : file_(std::move(file)), path_(std::move(path)), page_(std::move(page)), table_(&table) {}

  [[nodiscard]] std::string text(std::string_view key, std::string fallback = {});
  [[nodiscard]] std::string required_text(std::string_view key);
  /// A text, or a whole number as text: cells are named by either.
  [[nodiscard]] std::string text_or_number(std::string_view key, std::string fallback = {});
  [[nodiscard]] std::int64_t integer(std::string_view key, std::int64_t fallback,
                                     std::int64_t least, std::int64_t most);
  [[nodiscard]] bool boolean(std::string_view key, bool fallback);
  /// A list of texts; one text counts as a list of one.
  [[nodiscard]] std::vector<std::string> texts(std::string_view key);
  [[nodiscard]] std::map<std::string, std::string> text_map(std::string_view key);
  [[nodiscard]] std::optional<TomlSection> section(std::string_view key);
  /// [[key]] ... [[key]] ...
  [[nodiscard]] std::vector<TomlSection> sections(std::string_view key);
  /// Every key of this table as a section.
  [[nodiscard]] std::vector<std::pair<std::string, TomlSection>> all_sections();
  /// "FILE:LINE" of this table.
  [[nodiscard]] std::string at() const { return place(nullptr); }
  [[nodiscard]] const toml::node* find(std::string_view key);
  /// Every key of this table.
  [[nodiscard]] std::vector<std::string> keys() const;

  /// @throws Error bad_input  for the first key nobody asked for
  void finish() const;
  [[noreturn]] void refuse(std::string_view key, const std::string& expected) const;
  /// An error about what stands at the key, told with its place.
  [[noreturn]] void refuse(std::string_view key, const Error& error) const;

 private:
  [[nodiscard]] std::string place(const toml::node* node) const;
  [[nodiscard]] std::string full(std::string_view key) const;
  [[nodiscard]] std::string text_in(const toml::node& node, std::string_view key) const;

  std::string file_;
  std::string path_;
  std::string page_;
  const toml::table* table_;
  std::vector<std::string> known_;
};

/// @throws Error bad_input  on a mistake of syntax
[[nodiscard]] toml::table parse_toml(const std::string& file, std::string_view text,
                                     std::string_view page = "docs/format/description.md");

}  // namespace stave
