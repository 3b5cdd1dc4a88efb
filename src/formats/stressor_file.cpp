#include "stave/formats/stressor_file.hpp"

#include "stave/core/error.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <unordered_map>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "long_csv.hpp"

namespace stave {
namespace {

std::size_t require(const LongCsv& in, std::string_view column, const Classification& items) {
  const auto& label = in.required_text(column);
  if (const auto found = items.find(label)) return *found;
  std::vector<std::string> words;
  for (const auto& item : items.items())
    words.insert(words.end(), {item.code, item.name, item.name_zh});
  in.refuse(column, fmt::format("is not a {} of the chain", items.what()),
            did_you_mean(label, words), Errc::not_found);
}

// Keeps the rows of one year: the chain's, or the only one of the file.
class YearFilter {
 public:
  explicit YearFilter(int wanted) : wanted_(wanted) {}
  bool keeps(const LongCsv& in) {
    const int year = in.year();
    if (year == 0 || year == wanted_) return true;
    if (wanted_ == 0 && (only_ == 0 || only_ == year)) {
      only_ = year;
      return true;
    }
    if (wanted_ == 0)
      in.refuse("year", fmt::format("is a second year after {}", only_),
                "Give the chain a year when you import it, or split the file.");
    ++dropped_;
    return false;
  }
  [[nodiscard]] std::size_t dropped() const { return dropped_; }

 private:
  int wanted_;
  int only_ = 0;
  std::size_t dropped_ = 0;
};

/// The file, sorted into rows of F and F_Y.
class StressorReader {
 public:
  StressorReader(const Chain& chain, const std::filesystem::path& path)
      : chain_(chain),
        in_(path, {"stressor", "value", "unit"},
            {"stressor_zh", "region", "product", "node", "final_use", "year", "quality", "note"}),
        years_(chain.info().year) {
    for (const auto& row : chain.stressor_rows()) taken_.insert(row.name);
    for (std::size_t i = 0; i < chain.size(); ++i)
      node_of_.emplace(pair_key(chain.nodes()[i].region.at(), chain.nodes()[i].product.at()), i);
  }

  Chain read() {
    while (in_.next_row())
      if (years_.keeps(in_)) take_row();
    if (cells_.empty())
      throw Error(Errc::bad_input, fmt::format("{}: has no row for this chain", in_.file()),
                  years_.dropped() > 0
                      ? fmt::format("Its rows are of other years than {}.", chain_.info().year)
                      : "");
    return joined();
  }

 private:
  struct Cell {
    double value = 0;
    Quality quality = Quality::measured;
    std::size_t row = 0;
  };
  using Where = std::pair<std::size_t, std::size_t>;  ///< stressor, node or n + final-use column

  static std::size_t pair_key(std::size_t region, std::size_t product) {
    return (region << 32U) | product;
  }

  void take_row() {
    const auto stressor = stressor_of_row();
    const Where where{stressor, place_of_row()};
    const Cell cell{in_.number("value"), quality_of_row(), in_.row()};
    const auto found = cells_.emplace(where, cell);
    if (!found.second)
      in_.refuse("value", fmt::format("is a second value for the same cell, first in row {}",
                                      found.first->second.row));
  }

  std::size_t stressor_of_row() {
    const auto& name = in_.required_text("stressor");
    if (taken_.contains(name)) in_.refuse("stressor", "is a stressor the chain has already");
    const auto found = index_.emplace(name, rows_.size());
    if (found.second)
      rows_.push_back({name, in_.text("stressor_zh"), in_.required_text("unit"), Quality::measured,
                       in_.text("note")});
    auto& row = rows_[found.first->second];
    if (in_.text("unit") != row.unit)
      in_.refuse("unit", fmt::format("is a second unit of '{}', after '{}'", name, row.unit));
    if (row.note.empty()) row.note = in_.text("note");
    return found.first->second;
  }

  [[nodiscard]] Quality quality_of_row() const {
    const auto& word = in_.text("quality");
    for (const auto quality : {Quality::measured, Quality::estimated, Quality::illustrative})
      if (word == to_string(quality)) return quality;
    if (!word.empty()) in_.refuse("quality", "is none of measured, estimated, illustrative");
    return Quality::measured;
  }

  [[nodiscard]] std::size_t place_of_row() const {
    if (!in_.text("final_use").empty()) return chain_.size() + final_column_of_row();
    if (!in_.text("node").empty()) {
      if (const auto node = chain_.find_node(in_.text("node"))) return node->at();
      std::vector<std::string> ids;
      for (const auto& node : chain_.nodes()) ids.push_back(node.id);
      in_.refuse("node", "is not a node of the chain", did_you_mean(in_.text("node"), ids),
                 Errc::not_found);
    }
    const auto region = require(in_, "region", chain_.regions());
    const auto product = require(in_, "product", chain_.products());
    const auto found = node_of_.find(pair_key(region, product));
    if (found == node_of_.end())
      in_.refuse("product", fmt::format("is not made in '{}' in this chain", in_.text("region")),
                 "", Errc::not_found);
    return found->second;
  }

  [[nodiscard]] std::size_t final_column_of_row() const {
    if (!in_.text("product").empty() || !in_.text("node").empty())
      in_.refuse("final_use", "stands beside a product or node",
                 "A row is either of production or of final use.");
    const RegionId region(require(in_, "region", chain_.regions()));
    std::vector<std::string> categories;
    const auto& columns = chain_.final_columns();
    for (std::size_t k = 0; k < columns.size(); ++k) {
      if (columns[k].region != region) continue;
      if (columns[k].category == in_.text("final_use")) return k;
      categories.push_back(columns[k].category);
    }
    in_.refuse("final_use", fmt::format("is not a final use of '{}'", in_.text("region")),
               fmt::format("It has: {}.", fmt::join(categories, ", ")), Errc::not_found);
  }

  [[nodiscard]] Chain joined() const {
    auto parts = chain_.parts();
    const auto n = chain_.size();
    const auto f = chain_.final_columns().size();
    const auto before = parts.stressor_rows.size();
    const auto s = before + rows_.size();
    Matrix stressors(s, n);
    Matrix stressors_final(s, f);
    std::copy_n(parts.stressors.data(), parts.stressors.size(), stressors.data());
    std::copy_n(parts.stressors_final.data(), parts.stressors_final.size(), stressors_final.data());
    auto quality = quality_before(parts, s);
    parts.stressor_rows.insert(parts.stressor_rows.end(), rows_.begin(), rows_.end());
    for (const auto& [where, cell] : cells_) {
      const auto row = before + where.first;
      auto& worst = parts.stressor_rows[row].quality;
      worst = std::max(worst, cell.quality);
      if (where.second >= n) {
        stressors_final(row, where.second - n) = cell.value;
      } else {
        stressors(row, where.second) = cell.value;
        quality[row * n + where.second] = cell.quality;
      }
    }
    parts.stressors = std::move(stressors);
    parts.stressors_final = std::move(stressors_final);
    parts.stressor_quality = std::move(quality);
    add_notes(parts.info.notes);
    return Chain(std::move(parts));
  }

  [[nodiscard]] std::vector<Quality> quality_before(const ChainParts& parts, std::size_t s) const {
    std::vector<Quality> quality(s * chain_.size(), Quality::measured);
    for (std::size_t r = 0; r < parts.stressor_rows.size(); ++r)
      for (std::size_t i = 0; i < chain_.size(); ++i)
        quality[r * chain_.size() + i] = chain_.stressor_quality(r, NodeId(i));
    return quality;
  }

  void add_notes(std::vector<std::string>& notes) const {
    const auto file = std::filesystem::path(in_.file()).filename().string();
    for (std::size_t s = 0; s < rows_.size(); ++s) {
      const auto given = std::count_if(cells_.begin(), cells_.end(), [&](const auto& cell) {
        return cell.first.first == s && cell.first.second < chain_.size();
      });
      const auto missing = chain_.size() - static_cast<std::size_t>(given);
      if (missing > 0)
        notes.push_back(fmt::format("Stressor '{}': {} of {} nodes have no row in {} and count 0.",
                                    rows_[s].name, missing, chain_.size(), file));
    }
    if (years_.dropped() > 0)
      notes.push_back(fmt::format("{} rows of {} are of other years than {} and were left out.",
                                  years_.dropped(), file, chain_.info().year));
  }

  const Chain& chain_;
  LongCsv in_;
  YearFilter years_;
  std::set<std::string> taken_;
  std::unordered_map<std::size_t, std::size_t> node_of_;  ///< (region, product) -> node
  std::unordered_map<std::string, std::size_t> index_;    ///< stressor -> row
  std::vector<Stressor> rows_;
  std::map<Where, Cell> cells_;
};

}  // namespace

Chain with_stressors(const Chain& chain, const std::filesystem::path& path) {
  return StressorReader(chain, path).read();
}

Chain with_region_attributes(const Chain& chain, const std::filesystem::path& path) {
  LongCsv in(path, {"region", "name", "value", "unit"}, {"year"});
  YearFilter years(chain.info().year);
  constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
  std::vector<Attribute> added;
  while (in.next_row()) {
    if (!years.keeps(in)) continue;
    const auto& name = in.required_text("name");
    auto found = std::find_if(added.begin(), added.end(),
                              [&](const Attribute& a) { return a.name == name; });
    if (found == added.end())
      found = added.insert(added.end(), {name, in.text("unit"),
                                         std::vector<double>(chain.regions().size(), unknown)});
    if (found->unit != in.text("unit"))
      in.refuse("unit", fmt::format("is a second unit of '{}', after '{}'", name, found->unit));
    auto& value = found->values[require(in, "region", chain.regions())];
    if (!std::isnan(value)) in.refuse("value", "is a second value for the same region");
    value = in.number("value");
  }
  auto parts = chain.parts();
  for (auto& attribute : added) {
    std::erase_if(parts.region_attributes,
                  [&](const Attribute& a) { return a.name == attribute.name; });
    parts.region_attributes.push_back(std::move(attribute));
  }
  if (years.dropped() > 0)
    parts.info.notes.push_back(
        fmt::format("{} rows of {} are of other years than {} and were left out.", years.dropped(),
                    path.filename().string(), chain.info().year));
  return Chain(std::move(parts));
}

}  // namespace stave
