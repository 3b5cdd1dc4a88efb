#pragma once
/// The cells of a recipe file, and what they mean in a chain. Internal to the room.

#include "stave/core/error.hpp"
#include "stave/formats/delimited.hpp"
#include "stave/formats/recipe_file.hpp"

#include <limits>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace stave {

struct RecipeRow {
  std::size_t line = 0;
  std::vector<std::string> cells;  ///< as many as the header has
};

struct RecipeTable {
  std::string file;
  std::size_t header_line = 1;
  std::vector<std::string> header;
  std::vector<RecipeRow> rows;

  /// "FILE:LINE: column 'COLUMN': 'VALUE' EXPECTED"
  [[noreturn]] void refuse(std::size_t line, std::size_t column, std::string_view value,
                           std::string_view expected, std::string hint = {},
                           Errc code = Errc::bad_input) const;
  /// @throws Error bad_input  naming the words a need may be
  [[nodiscard]] Need need(const RecipeRow& row, std::size_t column) const;
};

/// @throws Error bad_input  no rows, or one of another length than the header
[[nodiscard]] RecipeTable recipe_table(const Source& text);
[[nodiscard]] RecipeTable recipe_table(const std::filesystem::path& path);

/// The products of a chain by the labels of a file, and the labels it does not know. With a
/// concordance the labels are those of `from`.
class RecipeLabels {
 public:
  RecipeLabels(const Classification& products, const RecipeTable& table,
               const RecipeOptions& options);
  /// By code or name, or all below a group; none for a label that is left out.
  /// @throws Error not_found  naming near ones, unless such labels are to be left out
  [[nodiscard]] std::vector<ProductId> find(const std::string& label, std::size_t line,
                                            std::size_t column);
  [[nodiscard]] const Classification& products() const { return products_; }
  /// Several labels may stand for one product: the strongest of their needs counts.
  [[nodiscard]] bool merges() const { return !concordance_.empty(); }
  /// What was left out, or nothing.
  void note_unknown(std::vector<std::string>& notes) const;

 private:
  void take(const Concordance& concordance);
  /// Item or group members of that name; none where there is neither.
  [[nodiscard]] std::vector<ProductId> products_of(const std::string& label) const;
  [[noreturn]] void refuse_unknown(const std::string& label, std::size_t line,
                                   std::size_t column) const;
  const Classification& products_;
  const RecipeTable& table_;
  bool skip_unknown_;
  std::map<std::string, std::vector<ProductId>, std::less<>> concordance_;
  std::vector<std::string> words_;    ///< codes and names, for near ones
  std::vector<std::string> unknown_;  ///< each once
};

/// Notes that labels merged into one pair of products say different things of it.
void note_differing(std::vector<std::string>& notes, std::size_t pairs);
/// "a, b, c and 4 more"
[[nodiscard]] std::string some_of(const std::vector<std::string>& words);
/// @throws Error too_large
void refuse_too_many_pairs(const RecipeTable& table, std::size_t inputs, std::size_t users);

inline constexpr std::string_view goods_rule =
    "the default rule: goods, and products of unknown kind, are essential to goods, all else is "
    "non-essential";

[[nodiscard]] bool is_recipe_list(const RecipeTable& table);
[[nodiscard]] ReadRecipe read_recipe_list(const RecipeTable& table, RecipeLabels labels);
[[nodiscard]] ReadRecipe read_recipe_matrix(const RecipeTable& table, RecipeLabels labels);

}  // namespace stave
