#include "stave/formats/recipe_file.hpp"

#include "recipe_table.hpp"

namespace stave {
namespace {

ReadRecipe recipe_of_table(const Classification& products, const RecipeTable& table,
                           const RecipeOptions& options) {
  RecipeLabels labels(products, table, options);
  return is_recipe_list(table) ? read_recipe_list(table, std::move(labels))
                               : read_recipe_matrix(table, std::move(labels));
}

}  // namespace

ReadRecipe read_recipe(const Classification& products, const std::filesystem::path& path,
                       const RecipeOptions& options) {
  return recipe_of_table(products, recipe_table(path), options);
}

ReadRecipe read_recipe(const Classification& products, const Source& text,
                       const RecipeOptions& options) {
  return recipe_of_table(products, recipe_table(text), options);
}

Chain with_recipe(const Chain& chain, const std::filesystem::path& path,
                  const RecipeOptions& options) {
  auto read = read_recipe(chain.products(), path, options);
  auto parts = chain.parts();
  auto& notes = parts.info.notes;
  std::erase_if(notes, [](const std::string& note) { return note.starts_with("Recipe: "); });
  if (chain.has_own_recipe())
    notes.emplace_back("Recipe: it replaces the one the chain had before.");
  notes.insert(notes.end(), read.notes.begin(), read.notes.end());
  parts.recipe = std::move(read.recipe);
  return Chain(std::move(parts));
}

}  // namespace stave
