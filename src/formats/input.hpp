#pragma once
/// What a user points at: one file, or a folder or zip archive of several.

#include "stave/formats/delimited.hpp"
#include "stave/formats/import.hpp"
#include "stave/formats/source.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stave::reader {

class Input {
 public:
  /// @throws Error not_found when there is nothing at `path`
  explicit Input(std::filesystem::path path);

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  /// The last part of the path: what a year or a database's name is looked for in.
  [[nodiscard]] std::string file_name() const { return path_.filename().string(); }
  [[nodiscard]] std::string name() const { return path_.string(); }  ///< for messages
  /// Nothing for a single file. An xlsx file counts as a file.
  [[nodiscard]] const std::optional<Folder>& folder() const { return folder_; }
  /// Members whose last part satisfies `wanted`, in the order of their names.
  template <class F>
  [[nodiscard]] std::vector<std::string> members(F&& wanted) const {
    std::vector<std::string> result;
    if (folder_)
      for (const auto& name : folder_->names())
        if (wanted(base_name(name))) result.push_back(name);
    return result;
  }
  [[nodiscard]] static std::string_view base_name(std::string_view member);
  /// "IOT_2011_pxp/" of "IOT_2011_pxp/Z.txt"; the shortest when several have that last part.
  [[nodiscard]] std::optional<std::string> prefix_of(std::string_view last_part) const;

 private:
  std::filesystem::path path_;
  std::optional<Folder> folder_;
};

/// Lower case, ASCII only.
[[nodiscard]] std::string folded(std::string_view text);
[[nodiscard]] bool ends_with_folded(std::string_view text, std::string_view lower_case_end);

/// The one of `members` that is of `year` by its name; the only one when there is one.
/// @throws Error bad_input, listing the years, when the choice is open
[[nodiscard]] std::string member_of_year(const Input& input,
                                         const std::vector<std::string>& members, int year);

/// The numbers of a file without labels, which must be rows x cols.
/// @throws Error bad_input naming both sizes and where the labels come from
[[nodiscard]] Matrix read_block(const Source& source, std::size_t rows, std::size_t cols,
                                const std::string& labels);

/// All rows of a small text table. @throws Error as DelimitedReader
[[nodiscard]] std::vector<std::vector<std::string>> read_texts(const Source& source,
                                                               DelimitedOptions options = {});

/// The chain's name, year and title from what the database gives and the user overrides.
void set_identity(ChainInfo& info, const ImportOptions& options, std::string_view database,
                  std::string_view title, int year);

}  // namespace stave::reader
