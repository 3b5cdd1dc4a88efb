#include <algorithm>
#include <array>
#include <filesystem>

#include <fmt/format.h>

#include "recipe_table.hpp"

namespace stave {
namespace {

constexpr std::size_t unstated = std::numeric_limits<std::size_t>::max();

/// A matrix of needs: rows are inputs, columns users; the first cell of each row is its label.
class RecipeMatrix {
 public:
  RecipeMatrix(const RecipeTable& table, RecipeLabels labels)
      : table_(table),
        labels_(std::move(labels)),
        row_of_(labels_.products().size(), unstated),
        column_of_(labels_.products().size(), unstated) {}

  ReadRecipe read() {
    for (std::size_t c = 1; c < table_.header.size(); ++c)
      place(column_of_, table_.header[c], c, table_.header_line, c);
    for (std::size_t r = 0; r < table_.rows.size(); ++r) {
      const auto& row = table_.rows[r];
      place(row_of_, row.cells[0], r, row.line, 0);
      for (std::size_t c = 1; c < row.cells.size(); ++c) needs_.push_back(table_.need(row, c));
    }
    refuse_too_many_pairs(table_, stated(row_of_), stated(column_of_));
    if (stated(row_of_) == 0 || stated(column_of_) == 0)
      throw Error(Errc::not_found,
                  fmt::format("{}: no {} is of a product of the chain", table_.file,
                              stated(row_of_) == 0 ? "row" : "column"),
                  "A matrix of needs is labelled by the chain's product codes.");
    ReadRecipe read{shortest_recipe(), {}};
    add_notes(read.notes);
    return read;
  }

 private:
  using Places = std::vector<std::size_t>;  ///< [products] row or column of the file

  void place(Places& places, const std::string& label, std::size_t at, std::size_t line,
             std::size_t column) {
    for (const auto product : labels_.find(label, line, column)) {
      auto& known = places[product.at()];
      if (known != unstated)
        table_.refuse(line, column, label,
                      fmt::format("is '{}' a second time, first in {} {}", code_of(product.at()),
                                  column == 0 ? "row" : "column",
                                  column == 0 ? table_.rows[known].line : known + 1));
      known = at;
    }
  }

  [[nodiscard]] const std::string& code_of(std::size_t product) const {
    return labels_.products()[product].code;
  }
  [[nodiscard]] static std::size_t stated(const Places& places) {
    return places.size() -
           static_cast<std::size_t>(std::count(places.begin(), places.end(), unstated));
  }

  template <class F>
  void for_each_pair(F&& f) const {
    for (std::size_t k = 0; k < row_of_.size(); ++k)
      for (std::size_t l = 0; row_of_[k] != unstated && l < column_of_.size(); ++l)
        if (column_of_[l] != unstated)
          f(ProductId(k), ProductId(l),
            needs_[row_of_[k] * (table_.header.size() - 1) + column_of_[l] - 1]);
  }

  // Any rule may stand behind a matrix that states every pair: the one it departs from least.
  [[nodiscard]] Recipe shortest_recipe() const {
    Recipe best(labels_.products());
    if (stated(row_of_) == row_of_.size() && stated(column_of_) == column_of_.size()) {
      auto fewest = departures(best);
      for (const auto need : {Need::none, Need::non_essential, Need::essential}) {
        const auto rule = Recipe::uniform(need);
        const auto count = departures(rule);
        if (count >= fewest) continue;
        fewest = count;
        best = rule;
      }
    }
    const auto rule = best;
    for_each_pair([&](ProductId k, ProductId l, Need need) {
      if (need != rule.need(k, l)) best.set(k, l, need);
    });
    return best;
  }

  [[nodiscard]] std::size_t departures(const Recipe& rule) const {
    std::size_t count = 0;
    for_each_pair(
        [&](ProductId k, ProductId l, Need need) { count += need != rule.need(k, l) ? 1U : 0U; });
    return count;
  }

  void add_notes(std::vector<std::string>& notes) const {
    std::array<std::size_t, 3> count{};
    for_each_pair(
        [&](ProductId, ProductId, Need need) { ++count[static_cast<std::size_t>(need)]; });
    const auto file = std::filesystem::path(table_.file).filename().string();
    notes.push_back(
        fmt::format("Recipe: from the matrix {}: of the pairs of products it states {} are "
                    "essential, {} non-essential, {} none.",
                    file, count[2], count[1], count[0]));
    note_missing(notes, row_of_, file, "row", "inputs");
    note_missing(notes, column_of_, file, "column", "users");
    labels_.note_unknown(notes);
  }

  void note_missing(std::vector<std::string>& notes, const Places& places, const std::string& file,
                    std::string_view what, std::string_view role) const {
    std::vector<std::string> missing;
    for (std::size_t k = 0; k < places.size(); ++k)
      if (places[k] == unstated) missing.push_back(code_of(k));
    if (!missing.empty())
      notes.push_back(fmt::format(
          "Recipe: {} of {} products have no {} in {} ({}): as {} they "
          "follow {}.",
          missing.size(), places.size(), what, file, some_of(missing), role, goods_rule));
  }

  const RecipeTable& table_;
  RecipeLabels labels_;
  Places row_of_;
  Places column_of_;
  std::vector<Need> needs_;  ///< [rows x columns] of the file
};

}  // namespace

ReadRecipe read_recipe_matrix(const RecipeTable& table, RecipeLabels labels) {
  return RecipeMatrix(table, std::move(labels)).read();
}

}  // namespace stave
