#include <algorithm>
#include <array>
#include <filesystem>
#include <utility>

#include <fmt/format.h>

#include "recipe_table.hpp"

namespace stave {
namespace {

/// A matrix of needs: rows are inputs, columns users; the first cell of each row is its label.
class RecipeMatrix {
 public:
  RecipeMatrix(const RecipeTable& table, RecipeLabels labels)
      : table_(table),
        labels_(std::move(labels)),
        rows_of_(labels_.products().size()),
        columns_of_(labels_.products().size()) {}

  ReadRecipe read() {
    for (std::size_t c = 1; c < table_.header.size(); ++c)
      place(columns_of_, table_.header[c], c, table_.header_line, c);
    for (std::size_t r = 0; r < table_.rows.size(); ++r) {
      const auto& row = table_.rows[r];
      place(rows_of_, row.cells[0], r, row.line, 0);
      for (std::size_t c = 1; c < row.cells.size(); ++c) needs_.push_back(table_.need(row, c));
    }
    refuse_too_many_pairs(table_, stated(rows_of_), stated(columns_of_));
    if (stated(rows_of_) == 0 || stated(columns_of_) == 0)
      throw Error(Errc::not_found,
                  fmt::format("{}: no {} is of a product of the chain", table_.file,
                              stated(rows_of_) == 0 ? "row" : "column"),
                  "A matrix of needs is labelled by the chain's product codes.");
    ReadRecipe read{shortest_recipe(), {}};
    add_notes(read.notes);
    return read;
  }

 private:
  /// [products] rows or columns of the file: one, or several merged by a concordance
  using Places = std::vector<std::vector<std::size_t>>;

  void place(Places& places, const std::string& label, std::size_t at, std::size_t line,
             std::size_t column) {
    for (const auto product : labels_.find(label, line, column)) {
      auto& known = places[product.at()];
      if (!known.empty() && !labels_.merges())
        table_.refuse(line, column, label,
                      fmt::format("is '{}' a second time, first in {} {}", code_of(product.at()),
                                  column == 0 ? "row" : "column",
                                  column == 0 ? table_.rows[known[0]].line : known[0] + 1));
      known.push_back(at);
    }
  }

  [[nodiscard]] const std::string& code_of(std::size_t product) const {
    return labels_.products()[product].code;
  }
  [[nodiscard]] static std::size_t stated(const Places& places) {
    return static_cast<std::size_t>(
        std::ranges::count_if(places, [](const auto& at) { return !at.empty(); }));
  }

  /// Of a pair: the weakest and the strongest of what the merged rows and columns say.
  [[nodiscard]] std::pair<Need, Need> needs_of(std::size_t k, std::size_t l) const {
    std::pair<Need, Need> range{Need::essential, Need::none};
    for (const auto r : rows_of_[k])
      for (const auto c : columns_of_[l]) {
        const auto need = needs_[r * (table_.header.size() - 1) + c - 1];
        range = {std::min(range.first, need), std::max(range.second, need)};
      }
    return range;
  }

  template <class F>
  void for_each_pair(F&& f) const {
    for (std::size_t k = 0; k < rows_of_.size(); ++k)
      for (std::size_t l = 0; !rows_of_[k].empty() && l < columns_of_.size(); ++l)
        if (!columns_of_[l].empty()) f(ProductId(k), ProductId(l), needs_of(k, l).second);
  }

  // Any rule may stand behind a matrix that states every pair: the one it departs from least.
  [[nodiscard]] Recipe shortest_recipe() const {
    Recipe best(labels_.products());
    if (stated(rows_of_) == rows_of_.size() && stated(columns_of_) == columns_of_.size()) {
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
    std::size_t differing = 0;
    for_each_pair([&](ProductId k, ProductId l, Need need) {
      ++count[static_cast<std::size_t>(need)];
      differing += needs_of(k.at(), l.at()).first != need ? 1U : 0U;
    });
    const auto file = std::filesystem::path(table_.file).filename().string();
    notes.push_back(
        fmt::format("Recipe: from the matrix {}: of the pairs of products it states {} are "
                    "essential, {} non-essential, {} none.",
                    file, count[2], count[1], count[0]));
    note_missing(notes, rows_of_, file, "row", "inputs");
    note_missing(notes, columns_of_, file, "column", "users");
    note_differing(notes, differing);
    labels_.note_unknown(notes);
  }

  void note_missing(std::vector<std::string>& notes, const Places& places, const std::string& file,
                    std::string_view what, std::string_view role) const {
    std::vector<std::string> missing;
    for (std::size_t k = 0; k < places.size(); ++k)
      if (places[k].empty()) missing.push_back(code_of(k));
    if (!missing.empty())
      notes.push_back(fmt::format(
          "Recipe: {} of {} products have no {} in {} ({}): as {} they "
          "follow {}.",
          missing.size(), places.size(), what, file, some_of(missing), role, goods_rule));
  }

  const RecipeTable& table_;
  RecipeLabels labels_;
  Places rows_of_;
  Places columns_of_;
  std::vector<Need> needs_;  ///< [rows x columns] of the file
};

}  // namespace

ReadRecipe read_recipe_matrix(const RecipeTable& table, RecipeLabels labels) {
  return RecipeMatrix(table, std::move(labels)).read();
}

}  // namespace stave
