#include "described_labels.hpp"

#include "stave/core/classification.hpp"
#include "stave/core/error.hpp"

#include <algorithm>
#include <charconv>
#include <functional>

#include <fmt/format.h>

#include "grid.hpp"

namespace stave {
namespace {

// Which cell of a label a rule means: by its number from 1, or by the header above it.
std::size_t cell_index(const std::string& wanted, std::size_t count,
                       const std::vector<std::string>& headers, const Description& d) {
  std::size_t number = 0;
  const char* end = wanted.data() + wanted.size();
  const auto result = std::from_chars(wanted.data(), end, number);
  if (result.ec == std::errc() && result.ptr == end && number >= 1 && number <= count)
    return number - 1;
  const auto found = std::find(headers.begin(), headers.end(), wanted);
  if (found != headers.end()) return static_cast<std::size_t>(found - headers.begin());
  throw Error(Errc::bad_input,
              fmt::format("{}: '{}' is none of the {} label cells", d.file, wanted, count),
              did_you_mean(wanted, headers));
}

class Splitter {
 public:
  Splitter(const LabelRule& rule, std::size_t cells, const std::vector<std::string>& headers,
           const Description& d)
      : rule_(rule), sector_(cell_index(rule.sector, cells, headers, d)) {
    if (!rule.region.empty()) region_ = cell_index(rule.region, cells, headers, d);
    for (const auto& [label, code] : rule.region_codes) known_regions_.push_back(label);
  }

  [[nodiscard]] const std::string& sector_cell(const std::vector<std::string>& cells) const {
    return cells[sector_];
  }

  // Region and sector of a label; the sector alone when nothing tells the region.
  void split(const std::vector<std::string>& cells, Label& label) {
    label.sector = cells[sector_];
    label.region = rule_.fixed_region;
    if (!rule_.separator.empty()) {
      const auto at = label.sector.find(rule_.separator);
      if (at == std::string::npos) return;
      label.region = label.sector.substr(0, at);
      label.sector.erase(0, at + rule_.separator.size());
    } else if (!rule_.region.empty()) {
      if (rule_.fill && cells[region_].empty()) {
        label.region = last_;
      } else {
        label.region = last_ = cells[region_];
      }
    }
  }

  // What has to hold of a flow: both parts, and a region the rule knows.
  void require_parts(const std::string& place, Label& label) const {
    if (label.region.empty() || label.sector.empty())
      throw Error(
          Errc::bad_input,
          fmt::format("{}: label '{}' does not split into region and sector", place, label.shown),
          rule_.separator.empty() ? "Skip it in the description if it is no flow."
                                  : fmt::format("'{}' is to stand between them. Skip it in "
                                                "the description if it is no flow.",
                                                rule_.separator));
  }

  void apply_codes(const std::string& place, Label& label, bool strict) const {
    if (rule_.region_codes.empty() || label.region.empty()) return;
    const auto found = rule_.region_codes.find(label.region);
    if (found != rule_.region_codes.end()) {
      label.region = found->second;
    } else if (strict) {
      throw Error(
          Errc::bad_input,
          fmt::format("{}: region '{}' is not one the description names", place, label.region),
          did_you_mean(label.region, known_regions_));
    }
  }

 private:
  const LabelRule& rule_;
  std::size_t sector_;
  std::size_t region_ = 0;
  std::string last_;
  std::vector<std::string> known_regions_;
};

std::string shown(const std::vector<std::string>& cells) {
  std::string result;
  for (const auto& cell : cells)
    if (!cell.empty()) result += (result.empty() ? "" : ".") + cell;
  return result;
}

bool is_called(const std::vector<std::string>& cells, const Label& label, const std::string& name) {
  return !name.empty() && (label.sector == name || has_label(cells, {name}));
}

[[noreturn]] void refuse_unmatched(const Description& d, const std::string& what,
                                   const std::string& wanted, const std::vector<Label>& labels,
                                   const std::string& file) {
  std::vector<std::string> words;
  for (const auto& label : labels) {
    words.push_back(label.shown);
    words.push_back(label.sector);
  }
  throw Error(Errc::bad_input,
              fmt::format("{}: no {} '{}', which {} asks for", file, what, wanted, d.file),
              did_you_mean(wanted, words));
}

}  // namespace

std::vector<Label> described_columns(const NumericTable& table, const Description& d) {
  Splitter splitter(d.columns, d.header_rows, {}, d);
  std::vector<Label> labels;
  std::vector<bool> used(d.final_use.size());
  bool output = d.output_column.empty();
  bool imports = !d.imports;
  for (std::size_t c = d.label_columns; c < table.header[0].size(); ++c) {
    const auto cells = column_cells(table, c);
    const auto place = fmt::format("{}: column {}", table.file, c + 1);
    Label label;
    label.shown = shown(cells);
    splitter.split(cells, label);
    const auto rule = std::find_if(d.final_use.begin(), d.final_use.end(), [&](const auto& r) {
      return is_called(cells, label, r.column);
    });
    if (has_label(cells, d.skip_columns)) {
      label.role = Role::skip;
    } else if (is_called(cells, label, d.output_column)) {
      label.role = Role::output;
      output = true;
    } else if (d.imports && is_called(cells, label, d.imports->column)) {
      label.role = Role::imports;
      imports = true;
    } else if (rule != d.final_use.end()) {
      label.role = Role::final_use;
      label.rule = static_cast<std::size_t>(rule - d.final_use.begin());
      splitter.apply_codes(place, label, rule->region.empty());
      if (!rule->region.empty()) label.region = rule->region;
      splitter.require_parts(place, label);
      used[label.rule] = true;
    } else {
      label.role = Role::flow;
      splitter.require_parts(place, label);
      splitter.apply_codes(place, label, true);
    }
    labels.push_back(std::move(label));
  }
  for (std::size_t i = 0; i < used.size(); ++i)
    if (!used[i]) refuse_unmatched(d, "column", d.final_use[i].column, labels, table.file);
  if (!output) refuse_unmatched(d, "column", d.output_column, labels, table.file);
  if (!imports) refuse_unmatched(d, "column", d.imports->column, labels, table.file);
  return labels;
}

std::vector<Label> described_rows(const NumericTable& table, const Description& d) {
  const auto& last_header = table.header.back();
  const std::vector<std::string> headers(
      last_header.begin(), last_header.begin() + static_cast<std::ptrdiff_t>(d.label_columns));
  Splitter splitter(d.rows, d.label_columns, headers, d);
  const auto name_cell = [&](const std::string& wanted) {
    return wanted.empty() ? d.label_columns : cell_index(wanted, d.label_columns, headers, d);
  };
  const auto name = name_cell(d.rows.name);
  const auto name_zh = name_cell(d.rows.name_zh);
  std::vector<Label> labels;
  std::vector<bool> used(d.primary.size());
  bool output = d.output_row.empty();
  for (std::size_t r = 0; r < table.labels.size(); ++r) {
    const auto& cells = table.labels[r];
    const auto place = fmt::format("{}:{}", table.file, table.lines[r]);
    Label label;
    label.shown = shown({splitter.sector_cell(cells)});
    splitter.split(cells, label);
    if (name < cells.size()) label.name = cells[name];
    if (name_zh < cells.size()) label.name_zh = cells[name_zh];
    const auto rule = std::find_if(d.primary.begin(), d.primary.end(),
                                   [&](const auto& p) { return is_called(cells, label, p.row); });
    if (is_called(cells, label, d.output_row)) {
      label.role = Role::output;
      output = true;
    } else if (rule != d.primary.end()) {
      label.role = Role::primary;
      label.rule = static_cast<std::size_t>(rule - d.primary.begin());
      if (used[label.rule])
        throw Error(Errc::bad_input,
                    fmt::format("{}: primary input '{}' appears twice", place, rule->row));
      used[label.rule] = true;
    } else {
      label.role = Role::flow;
      splitter.require_parts(place, label);
      splitter.apply_codes(place, label, true);
    }
    labels.push_back(std::move(label));
  }
  for (std::size_t i = 0; i < used.size(); ++i)
    if (!used[i] && !d.primary[i].row.empty())
      refuse_unmatched(d, "row", d.primary[i].row, labels, table.file);
  if (!output) refuse_unmatched(d, "row", d.output_row, labels, table.file);
  return labels;
}

}  // namespace stave
