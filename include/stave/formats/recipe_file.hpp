#pragma once
/// Which inputs are essential to whom, from a survey of experts: a matrix, or a long list.
///
///   "",01,02,10        input,user,need
///   01,2,0,2           01,10,essential
///   02,0,2,1           02,10,non-essential
///
///   E [inputs x users]  2 or "essential", 1 or "non-essential", 0 or "none"
///
/// In a matrix rows are inputs and columns their users; in a list the columns may stand in any
/// order, and a first row "*,*,none" is the rule for all pairs that follow no other row. A product
/// is named by its code or name, or by a group of the chain: then all products below it are meant.
/// Text (also .gz, .xz, in a zip archive) or the first sheet of a workbook.
///
/// Source of such surveys: Pichler, Pangallo, del Rio-Chanona, Lafond, Farmer (2022), Journal of
/// Economic Dynamics and Control 144, 104527. Checked against: the two matrices of that survey, at
/// two and at four digits of NACE 2 (tests/formats/recipe_file_test.cpp).

#include "stave/core/aggregate.hpp"
#include "stave/core/chain.hpp"
#include "stave/formats/source.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace stave {

struct RecipeOptions {
  bool skip_unknown = false;  ///< leave out what is of products the chain does not have
  /// The file has product codes of its own: which products of the chain each stands for. Where
  /// several say something of one pair the strongest need is taken, and a note says how often they
  /// differ. Weights are not used.
  Concordance concordance = {};
};

struct ReadRecipe {
  Recipe recipe;
  std::vector<std::string> notes;  ///< each opens with "Recipe: "
};

/// Pairs the file does not state follow the default rule, or the row "*,*,NEED" of a list; the
/// notes say of how many products that is true.
/// Cost: O(cells + pairs log pairs); at most 50 million pairs.
/// @throws Error bad_input  a need that is none of the words above, a product named twice, no rows,
///                          a ragged row: with file, row, column and value
///               not_found  a product the chain does not have, or the concordance does not name,
///                          naming near ones
///               too_large  more pairs
[[nodiscard]] ReadRecipe read_recipe(const Classification& products,
                                     const std::filesystem::path& path,
                                     const RecipeOptions& options = {});
[[nodiscard]] ReadRecipe read_recipe(const Classification& products, const Source& text,
                                     const RecipeOptions& options = {});

/// The same chain with that recipe in place of its own, if it had one; notes on the old one go.
/// @throws Error as read_recipe
[[nodiscard]] Chain with_recipe(const Chain& chain, const std::filesystem::path& path,
                                const RecipeOptions& options = {});

}  // namespace stave
