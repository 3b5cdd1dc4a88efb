#include "described_chain.hpp"

#include "stave/core/error.hpp"
#include "stave/core/limit.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "described_items.hpp"
#include "described_labels.hpp"
#include "import_split.hpp"

namespace stave {
namespace {

class Builder {
 public:
  Builder(const NumericTable& table, const Description& d, ChainInfo info)
      : table_(table),
        d_(d),
        columns_(described_columns(table, d)),
        rows_(described_rows(table, d)) {
    parts_.info = std::move(info);
  }

  Chain build() {
    make_nodes();
    place_columns();
    fill_flows_and_final_use();
    fill_primary();
    fill_output();
    if (d_.derive_final_use) derive_final_use();
    if (d_.imports) tell_imports_apart(*d_.imports);
    balance();
    note_what_was_left_out();
    return Chain(std::move(parts_));
  }

 private:
  static constexpr std::size_t none = static_cast<std::size_t>(-1);

  [[nodiscard]] double value(std::size_t row, std::size_t column) const {
    const double v = table_.values(row, column);
    if (std::isfinite(v)) return v;
    throw Error(Errc::bad_input,
                fmt::format("{}:{}: column '{}': a value is missing where one is needed",
                            table_.file, table_.lines[row], columns_[column].shown),
                "Skip the row or column in the description, or write 0.");
  }

  static std::string key(const Label& label) { return label.region + '\0' + label.sector; }

  void make_nodes() {
    parts_.regions = described_regions(rows_, columns_, d_);
    parts_.products = described_products(rows_, d_);
    for (std::size_t r = 0; r < rows_.size(); ++r) {
      const auto& label = rows_[r];
      if (label.role != Role::flow) continue;
      const auto found = node_of_.emplace(key(label), node_row_.size());
      if (!found.second)
        throw Error(
            Errc::bad_input,
            fmt::format("{}:{}: label '{}' appears twice, first in row {}", table_.file,
                        table_.lines[r], label.shown, table_.lines[node_row_[found.first->second]]),
            "Every node needs a label of its own.");
      parts_.nodes.push_back({label.region + "." + label.sector, "", "",
                              RegionId(parts_.regions.require(label.region)),
                              ProductId(parts_.products.require(label.sector)), ""});
      node_row_.push_back(r);
    }
    if (node_row_.empty())
      throw Error(Errc::bad_input, fmt::format("{}: no row is a flow", table_.file));
    if (node_row_.size() > limit::max_dense_nodes)
      throw Error(Errc::too_large,
                  fmt::format("{}: {} nodes in a dense table; at most {}", table_.file,
                              node_row_.size(), limit::max_dense_nodes));
  }

  // Which node or final-use column each column of the file is.
  void place_columns() {
    target_.assign(columns_.size(), none);
    std::vector<bool> buys(parts_.nodes.size());
    std::unordered_map<std::string, std::size_t> final_of;
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      const auto& label = columns_[c];
      if (label.role == Role::final_use) {
        const auto& category = d_.final_use[label.rule].category;
        // Two columns of one region and category add up to one.
        const auto found = final_of.emplace(label.region + '\0' + category, final_of.size());
        target_[c] = found.first->second;
        if (found.second)
          parts_.final_columns.push_back(
              {RegionId(parts_.regions.require(label.region)), category});
      } else if (label.role == Role::flow) {
        target_[c] = node_of_column(c);
        if (buys[target_[c]])
          throw Error(Errc::bad_input, fmt::format("{}: column {}: label '{}' appears twice",
                                                   table_.file, shown_number(c), label.shown));
        buys[target_[c]] = true;
      }
    }
    refuse_rows_without_column(buys);
  }

  [[nodiscard]] std::size_t shown_number(std::size_t c) const { return c + d_.label_columns + 1; }

  [[nodiscard]] std::size_t node_of_column(std::size_t c) const {
    const auto& label = columns_[c];
    const auto found = node_of_.find(key(label));
    if (found != node_of_.end()) return found->second;
    std::vector<std::string> words;
    words.reserve(node_row_.size() + d_.final_use.size());
    for (const auto row : node_row_) words.push_back(rows_[row].shown);
    for (const auto& rule : d_.final_use) words.push_back(rule.column);
    throw Error(Errc::bad_input,
                fmt::format("{}: column {}: label '{}' is neither a row nor named in {}",
                            table_.file, shown_number(c), label.shown, d_.file),
                did_you_mean(label.shown, words));
  }

  // A whole region may only sell (imports in rows of their own); a single node may not.
  void refuse_rows_without_column(const std::vector<bool>& buys) const {
    std::vector<bool> region_buys(parts_.regions.size());
    for (std::size_t i = 0; i < buys.size(); ++i)
      if (buys[i]) region_buys[parts_.nodes[i].region.at()] = true;
    for (std::size_t i = 0; i < buys.size(); ++i)
      if (!buys[i] && region_buys[parts_.nodes[i].region.at()]) {
        std::vector<std::string> words;
        words.reserve(columns_.size());
        for (const auto& label : columns_) words.push_back(label.shown);
        const auto& row = rows_[node_row_[i]];
        throw Error(Errc::bad_input,
                    fmt::format("{}:{}: row '{}' has no column of the same label", table_.file,
                                table_.lines[node_row_[i]], row.shown),
                    did_you_mean(row.shown, words));
      }
  }

  void fill_flows_and_final_use() {
    const auto n = parts_.nodes.size();
    Matrix flows(n, n);
    parts_.final_use = Matrix(n, parts_.final_columns.size());
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t c = 0; c < columns_.size(); ++c) {
        if (columns_[c].role == Role::flow) flows(i, target_[c]) = value(node_row_[i], c);
        if (columns_[c].role == Role::final_use)
          parts_.final_use(i, target_[c]) +=
              d_.final_use[columns_[c].rule].sign * value(node_row_[i], c);
      }
    parts_.flows = FlowMatrix(std::move(flows));
  }

  void fill_primary() {
    const auto n = parts_.nodes.size();
    std::vector<std::size_t> at(d_.primary.size(), none);
    for (std::size_t p = 0; p < d_.primary.size(); ++p)
      if (!d_.primary[p].row.empty()) {
        at[p] = parts_.primary_rows.size();
        parts_.primary_rows.push_back(d_.primary[p].input);
      }
    parts_.primary = Matrix(parts_.primary_rows.size(), n);
    for (std::size_t r = 0; r < rows_.size(); ++r) {
      if (rows_[r].role != Role::primary) continue;
      const auto& rule = d_.primary[rows_[r].rule];
      for (std::size_t c = 0; c < columns_.size(); ++c)
        if (columns_[c].role == Role::flow)
          parts_.primary(at[rows_[r].rule], target_[c]) = rule.sign * value(r, c);
    }
  }

  [[nodiscard]] bool states_output(const Node& node) const {
    const auto& regions = d_.output_regions;
    return regions.empty() || std::find(regions.begin(), regions.end(),
                                        parts_.regions[node.region].code) != regions.end();
  }

  // As the source states it; of regions whose output it does not state, the sum of their sales.
  void fill_output() {
    const auto column = find_role(columns_, Role::output);
    const auto row = find_role(rows_, Role::output);
    if (column == none && row == none) return;
    const auto n = parts_.nodes.size();
    std::vector<double> output = parts_.flows.row_sums();
    for (std::size_t i = 0; i < n; ++i)
      for (const double y : parts_.final_use.row(i)) output[i] += y;
    for (std::size_t i = 0; i < n && column != none; ++i)
      if (states_output(parts_.nodes[i])) output[i] = value(node_row_[i], column);
    for (std::size_t c = 0; c < columns_.size() && column == none; ++c)
      if (columns_[c].role == Role::flow) output[target_[c]] = value(row, c);
    parts_.reported_output = std::move(output);
  }

  static std::size_t find_role(const std::vector<Label>& labels, Role role) {
    const auto found = std::find_if(labels.begin(), labels.end(),
                                    [&](const Label& label) { return label.role == role; });
    return found == labels.end() ? none : static_cast<std::size_t>(found - labels.begin());
  }

  // y = x - Z 1 - what final use is given. Who uses it is not known: the region that makes it.
  void derive_final_use() {
    const auto given = parts_.final_columns.size();
    std::vector<std::size_t> column(parts_.regions.size(), none);
    for (const auto& node : parts_.nodes) {
      if (column[node.region.at()] != none) continue;
      column[node.region.at()] = parts_.final_columns.size();
      parts_.final_columns.push_back({node.region, "final use"});
    }
    const auto sales = parts_.flows.row_sums();
    Matrix final_use(parts_.nodes.size(), parts_.final_columns.size());
    for (std::size_t i = 0; i < parts_.nodes.size(); ++i) {
      double rest = parts_.reported_output[i] - sales[i];
      for (std::size_t k = 0; k < given; ++k) {
        final_use(i, k) = parts_.final_use(i, k);
        rest -= parts_.final_use(i, k);
      }
      final_use(i, column[parts_.nodes[i].region.at()]) = rest;
    }
    parts_.final_use = std::move(final_use);
    parts_.info.notes.emplace_back(
        "Final use is derived as output less flows, and counted where it is made.");
  }

  void tell_imports_apart(const ImportRule& rule) {
    const auto column = find_role(columns_, Role::imports);
    std::vector<double> imports;
    imports.reserve(node_row_.size());
    for (const auto row : node_row_) imports.push_back(value(row, column));
    const RegionId supplier(parts_.regions.require(rule.region));
    if (rule.treatment == ImportRule::Treatment::final_use)
      subtract_imports(parts_, supplier, imports);
    else
      split_imports(parts_, supplier, imports);
  }

  // A region that only sells makes its output from what the table does not show.
  void balance() {
    for (const auto& rule : d_.primary) {
      if (rule.balance_region.empty()) continue;
      const RegionId region(parts_.regions.require(rule.balance_region));
      const auto rows = parts_.primary_rows.size();
      Matrix primary(rows + 1, parts_.nodes.size());
      std::copy_n(parts_.primary.data(), parts_.primary.size(), primary.data());
      auto rest = parts_.flows.row_sums();
      const auto bought = parts_.flows.column_sums();
      for (std::size_t i = 0; i < rest.size(); ++i) {
        if (parts_.nodes[i].region != region) continue;
        for (const double y : parts_.final_use.row(i)) rest[i] += y;
        for (std::size_t r = 0; r < rows; ++r) rest[i] -= primary(r, i);
        primary(rows, i) = rest[i] - bought[i];
      }
      parts_.primary = std::move(primary);
      parts_.primary_rows.push_back(rule.input);
      parts_.info.notes.push_back(
          fmt::format("Primary input '{}' is not in the table: it is what {} sells less what the "
                      "table shows it to buy.",
                      rule.input.code, parts_.regions[region].name));
    }
  }

  void note_what_was_left_out() {
    auto& notes = parts_.info.notes;
    std::vector<std::string> left;
    for (const auto& label : columns_)
      if (label.role == Role::skip) left.push_back(label.shown);
    if (!left.empty()) notes.push_back(fmt::format("Columns left out: {}.", fmt::join(left, ", ")));
    if (!d_.skip_rows.empty())
      notes.push_back(fmt::format("Rows left out: {}.", fmt::join(d_.skip_rows, ", ")));
    if (table_.empty_cells > 0)
      notes.push_back(fmt::format("{} empty cells were read as 0.", table_.empty_cells));
  }

  const NumericTable& table_;
  const Description& d_;
  std::vector<Label> columns_;
  std::vector<Label> rows_;
  ChainParts parts_;
  std::unordered_map<std::string, std::size_t> node_of_;
  std::vector<std::size_t> node_row_;  ///< [n] its row of the table
  std::vector<std::size_t> target_;    ///< [columns] node or final-use column
};

}  // namespace

Chain described_chain(const NumericTable& table, const Description& description, ChainInfo info) {
  return Builder(table, description, std::move(info)).build();
}

}  // namespace stave
