#include "recipe_table.hpp"

#include "stave/formats/xlsx.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

namespace stave {
namespace {

std::optional<Need> need_in(std::string cell) {
  for (auto& c : cell) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (c == '-' || c == ' ') c = '_';
  }
  const auto number = parse_number(cell);
  for (const auto need : {Need::none, Need::non_essential, Need::essential})
    if (cell == to_string(need) || (number && *number == static_cast<double>(need))) return need;
  return {};
}

void require_rows(const RecipeTable& table) {
  if (table.rows.empty())
    throw Error(Errc::bad_input, table.file + ": has no rows below its header",
                "A recipe is a matrix of inputs by users, or a list with the columns input, user "
                "and need.");
}

RecipeTable table_of(const Sheet& sheet) {
  RecipeTable table;
  table.file = sheet.name();
  const auto cells = [&](std::size_t row) {
    std::vector<std::string> texts;
    for (std::size_t c = 0; c < sheet.columns(); ++c) texts.push_back(sheet.text(row, c));
    return texts;
  };
  for (std::size_t r = 0; r < sheet.rows(); ++r) {
    if (sheet.is_empty_row(r)) continue;
    if (table.header.empty()) {
      table.header_line = r + 1;
      table.header = cells(r);
    } else {
      table.rows.push_back({r + 1, cells(r)});
    }
  }
  require_rows(table);
  return table;
}

}  // namespace

void RecipeTable::refuse(std::size_t line, std::size_t column, std::string_view value,
                         std::string_view expected, std::string hint, Errc code) const {
  const bool named = line != header_line && !header[column].empty();
  const auto name = named ? header[column] : fmt::format("{}", column + 1);
  throw Error(code, cell_message({file, line, name}, value, expected), std::move(hint));
}

Need RecipeTable::need(const RecipeRow& row, std::size_t column) const {
  if (const auto need = need_in(row.cells[column])) return *need;
  refuse(row.line, column, row.cells[column], "is not a need",
         "Write 2 or essential, 1 or non-essential, 0 or none.");
}

RecipeTable recipe_table(const Source& text) {
  DelimitedReader in(text);
  RecipeTable table;
  table.file = in.file();
  in.next_row();
  table.header_line = in.row();
  table.header = in.texts();
  in.name_columns(table.header);
  while (in.next_row()) {
    table.rows.push_back({in.row(), in.texts()});
    in.end_row();
  }
  require_rows(table);
  return table;
}

RecipeTable recipe_table(const std::filesystem::path& path) {
  const auto bytes = Source::open_bytes(path);
  if (is_zip(bytes.text()) && Folder(bytes).contains("xl/workbook.xml"))
    return table_of(Workbook::of(bytes).sheet());
  return recipe_table(Source::open(path));
}

RecipeLabels::RecipeLabels(const Classification& products, const RecipeTable& table,
                           const RecipeOptions& options)
    : products_(products), table_(table), skip_unknown_(options.skip_unknown) {
  for (const auto* items : {&products.items(), &products.groups()})
    for (const auto& item : *items)
      words_.insert(words_.end(), {item.code, item.name, item.name_zh});
  take(options.concordance);
}

void RecipeLabels::take(const Concordance& concordance) {
  for (const auto& entry : concordance.entries) {
    const auto found = products_of(entry.to);
    if (found.empty())
      throw Error(Errc::not_found,
                  cell_message({concordance.file, entry.row, "to"}, entry.to,
                               "is not a product of the chain"),
                  did_you_mean(entry.to, words_));
    auto& all = concordance_[entry.from];
    for (const auto product : found)
      if (std::find(all.begin(), all.end(), product) == all.end()) all.push_back(product);
  }
  if (!merges()) return;
  words_.clear();
  for (const auto& [label, found] : concordance_) words_.push_back(label);
}

std::vector<ProductId> RecipeLabels::products_of(const std::string& label) const {
  if (const auto item = products_.find(label)) return {ProductId(*item)};
  std::vector<ProductId> below;
  try {
    for (const auto item : products_.members(label)) below.emplace_back(item);
  } catch (const Error&) {
    return {};
  }
  return below;
}

std::vector<ProductId> RecipeLabels::find(const std::string& label, std::size_t line,
                                          std::size_t column) {
  if (label.empty()) table_.refuse(line, column, label, "is empty, expected a product");
  const auto known = concordance_.find(label);
  auto found = merges() ? (known == concordance_.end() ? std::vector<ProductId>{} : known->second)
                        : products_of(label);
  if (!found.empty()) return found;
  if (!skip_unknown_) refuse_unknown(label, line, column);
  if (std::find(unknown_.begin(), unknown_.end(), label) == unknown_.end())
    unknown_.push_back(label);
  return {};
}

void RecipeLabels::refuse_unknown(const std::string& label, std::size_t line,
                                  std::size_t column) const {
  const auto near = did_you_mean(label, words_);
  table_.refuse(
      line, column, label, merges() ? "is not in the concordance" : "is not a product of the chain",
      near.empty() ? "--recipe-skip-unknown leaves such products out." : near, Errc::not_found);
}

void RecipeLabels::note_unknown(std::vector<std::string>& notes) const {
  if (unknown_.empty()) return;
  notes.push_back(fmt::format(
      "Recipe: {} names {} products {} ({}); what it says of them is left out.",
      std::filesystem::path(table_.file).filename().string(), unknown_.size(),
      merges() ? "the concordance does not have" : "the chain does not have", some_of(unknown_)));
}

void note_differing(std::vector<std::string>& notes, std::size_t pairs) {
  if (pairs != 0)
    notes.push_back(fmt::format(
        "Recipe: of {} pairs of products the merged codes say different things; the strongest need "
        "is taken.",
        pairs));
}

std::string some_of(const std::vector<std::string>& words) {
  constexpr std::size_t most = 5;
  std::string text;
  for (std::size_t i = 0; i < std::min(most, words.size()); ++i)
    text += (i == 0 ? "" : ", ") + words[i];
  if (words.size() > most) text += fmt::format(" and {} more", words.size() - most);
  return text;
}

void refuse_too_many_pairs(const RecipeTable& table, std::size_t inputs, std::size_t users) {
  constexpr std::size_t most = 50'000'000;
  if (users != 0 && inputs > most / users)
    throw Error(Errc::too_large,
                fmt::format("{}: states {} x {} pairs of products, at most {} fit in a recipe",
                            table.file, inputs, users, most),
                "A list of the pairs that differ from one rule is shorter: *,*,none first.");
}

}  // namespace stave
