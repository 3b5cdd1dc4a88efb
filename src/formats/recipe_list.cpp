#include <algorithm>
#include <filesystem>
#include <map>

#include <fmt/format.h>

#include "recipe_table.hpp"

namespace stave {
namespace {

constexpr std::size_t no_column = std::numeric_limits<std::size_t>::max();

std::size_t header_position(const RecipeTable& table, std::string_view name) {
  const auto found = std::find(table.header.begin(), table.header.end(), name);
  return found == table.header.end() ? no_column
                                     : static_cast<std::size_t>(found - table.header.begin());
}

// An exported chain calls the user used_by.
std::size_t user_column(const RecipeTable& table) {
  const auto user = header_position(table, "user");
  return user == no_column ? header_position(table, "used_by") : user;
}

/// A list of pairs: input, user, need.
class RecipeList {
 public:
  RecipeList(const RecipeTable& table, RecipeLabels labels)
      : table_(table),
        labels_(std::move(labels)),
        input_(required("input", header_position(table, "input"))),
        user_(required("user", user_column(table))),
        need_(required("need", header_position(table, "need"))),
        recipe_(labels_.products()) {}

  ReadRecipe read() {
    for (const auto& row : table_.rows) read_row(row);
    if (stated_.empty() && !ruled_)
      throw Error(Errc::not_found,
                  fmt::format("{}: no row is of two products of the chain", table_.file),
                  "A recipe names products by the chain's codes.");
    auto notes = notes_on_pairs();
    const auto rule = recipe_;
    for (const auto& [pair, said] : stated_)  // what says no more than the rule is not kept
      if (said.need != rule.need(pair.first, pair.second))
        recipe_.set(pair.first, pair.second, said.need);
    return {std::move(recipe_), std::move(notes)};
  }

 private:
  struct Stated {
    Need need = Need::none;
    std::size_t line = 0;
    bool differing = false;
  };
  [[nodiscard]] std::size_t required(std::string_view name, std::size_t column) const {
    if (column != no_column) return column;
    const auto near = did_you_mean(name, table_.header);
    throw Error(Errc::bad_input,
                fmt::format("{}:{}: no column '{}'", table_.file, table_.header_line, name),
                near.empty() ? "A list of needs has the columns input, user and need." : near);
  }

  void read_row(const RecipeRow& row) {
    const auto need = table_.need(row, need_);
    if (row.cells[input_] == "*" || row.cells[user_] == "*") return set_rule(row, need);
    const auto inputs = labels_.find(row.cells[input_], row.line, input_);
    const auto users = labels_.find(row.cells[user_], row.line, user_);
    refuse_too_many_pairs(table_, inputs.size(), users.size());
    for (const auto input : inputs)
      for (const auto user : users) add({input, user}, need, row);
    refuse_too_many_pairs(table_, stated_.size(), 1);
  }

  void set_rule(const RecipeRow& row, Need need) {
    if (row.cells[input_] != row.cells[user_])
      table_.refuse(row.line, input_, row.cells[input_], "stands beside a product",
                    "'*' as input and as user is the rule for all pairs; there is none for some.");
    if (&row != &table_.rows.front())
      table_.refuse(row.line, input_, "*", "is the rule for all pairs, and stands first",
                    "Move the row to the top.");
    recipe_ = Recipe::uniform(need);
    ruled_ = true;
  }

  void add(Recipe::Pair pair, Need need, const RecipeRow& row) {
    const auto [first, fresh] = stated_.try_emplace(pair, Stated{need, row.line});
    if (fresh) return;
    if (labels_.merges()) {
      auto& said = first->second;
      said.differing = said.differing || said.need != need;
      said.need = std::max(said.need, need);
    } else {
      table_.refuse(row.line, need_, row.cells[need_],
                    fmt::format("is a second need of '{}' by makers of '{}', first in row {}",
                                code_of(pair.first), code_of(pair.second), first->second.line));
    }
  }

  [[nodiscard]] const std::string& code_of(ProductId product) const {
    return labels_.products()[product].code;
  }

  [[nodiscard]] std::vector<std::string> notes_on_pairs() const {
    const auto n = labels_.products().size();
    std::vector<bool> as_input(n);
    std::vector<bool> as_user(n);
    for (const auto& [pair, said] : stated_)
      as_input[pair.first.at()] = as_user[pair.second.at()] = true;
    const auto rule =
        ruled_ ? fmt::format("the rule of its first row: {}", to_string(recipe_.uniform_need()))
               : std::string(goods_rule);
    std::vector<std::string> notes{fmt::format(
        "Recipe: {} states {} of {} pairs of products; {} of {} products have no row as an input "
        "and {} none as a user. Other pairs follow {}.",
        std::filesystem::path(table_.file).filename().string(), stated_.size(), n * n,
        std::count(as_input.begin(), as_input.end(), false), n,
        std::count(as_user.begin(), as_user.end(), false), rule)};
    note_differing(notes, static_cast<std::size_t>(std::ranges::count_if(
                              stated_, [](const auto& pair) { return pair.second.differing; })));
    labels_.note_unknown(notes);
    return notes;
  }

  const RecipeTable& table_;
  RecipeLabels labels_;
  std::size_t input_;
  std::size_t user_;
  std::size_t need_;
  Recipe recipe_;
  bool ruled_ = false;
  std::map<Recipe::Pair, Stated> stated_;
};

}  // namespace

bool is_recipe_list(const RecipeTable& table) {
  const bool input = header_position(table, "input") != no_column;
  const bool user = user_column(table) != no_column;
  const bool need = header_position(table, "need") != no_column;
  return (input && user) || (input && need) || (user && need);
}

ReadRecipe read_recipe_list(const RecipeTable& table, RecipeLabels labels) {
  return RecipeList(table, std::move(labels)).read();
}

}  // namespace stave
