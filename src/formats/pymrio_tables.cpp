#include "formats/pymrio_tables.hpp"

#include "stave/core/error.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

namespace stave::reader {
namespace {

bool is_number(const std::string& cell) { return parse_number(cell).has_value(); }

bool all_empty_after(const std::vector<std::string>& row, std::size_t labels) {
  return std::all_of(row.begin() + static_cast<std::ptrdiff_t>(std::min(labels, row.size())),
                     row.end(), [](const std::string& cell) { return cell.empty(); });
}

// A row of the body: numbers in at least half of its cells, or in the last. A cell without a value
// must not make it a header.
bool is_body(const std::vector<std::string>& cells) {
  const auto found = static_cast<std::size_t>(std::count_if(cells.begin(), cells.end(), is_number));
  return cells.size() > 1 && (is_number(cells.back()) || 2 * found >= cells.size());
}

// The first row of the body; its leading non-numbers are labels.
struct Corner {
  std::size_t header_rows = 0;
  std::size_t label_columns = 0;
  bool index_names = false;  ///< the last header row names the label columns
};

Corner find_corner(const Source& source) {
  constexpr std::size_t most_header_rows = 6;
  DelimitedReader in(source);
  std::vector<std::string> above;
  for (std::size_t r = 0; r <= most_header_rows && in.next_row(); ++r) {
    auto cells = in.texts();
    if (r > 0 && is_body(cells)) {
      Corner corner{r, 0, false};
      while (corner.label_columns < cells.size() && !is_number(cells[corner.label_columns]))
        ++corner.label_columns;
      corner.index_names = all_empty_after(above, corner.label_columns);
      return corner;
    }
    above = std::move(cells);
  }
  throw Error(Errc::bad_input,
              fmt::format("{}: no row of numbers below a header among the first {} lines",
                          source.name(), most_header_rows + 1),
              "Expected header rows with regions and sectors, then labels and numbers.");
}

}  // namespace

LabelledTable read_labelled(const Source& source, std::size_t header_rows) {
  const auto corner = find_corner(source);
  TableLayout layout;
  layout.header_rows = corner.header_rows;
  layout.label_columns = corner.label_columns;
  auto table = read_table(source, layout);
  LabelledTable result{table.file, {}, std::move(table.labels), std::move(table.values)};
  const auto levels = corner.header_rows - (corner.index_names ? 1 : 0);
  if (levels == 0 || (header_rows != 0 && levels != header_rows))
    throw Error(Errc::bad_input,
                fmt::format("{}: {} header rows, expected {}", table.file, levels, header_rows));
  for (std::size_t j = corner.label_columns; j < table.header.front().size(); ++j)
    result.columns.push_back({table.header[0][j], levels > 1 ? table.header[1][j] : ""});
  return result;
}

std::vector<Label> row_labels(const LabelledTable& table) {
  std::vector<Label> labels;
  for (const auto& row : table.rows) {
    if (row.size() < 2)
      throw Error(Errc::bad_input, fmt::format("{}: rows need a region and a sector", table.file));
    labels.push_back({row[0], row[1]});
  }
  return labels;
}

MoneyUnit money_unit(std::string_view text) {
  const auto lower = folded(text);
  MoneyUnit money;
  for (const std::string_view currency : {"USD", "EUR", "CNY", "JPY", "GBP"})
    if (lower.find(folded(currency)) != std::string::npos) money.currency = currency;
  if (lower.find("us$") != std::string::npos) money.currency = "USD";
  if (money.currency.empty()) return {std::string(text), {}};
  const bool million = lower.starts_with("m.") || lower.starts_with("mill") ||
                       lower.starts_with("meur") || lower.starts_with("musd");
  const bool thousand =
      lower.starts_with("'000") || lower.starts_with("1000") || lower.starts_with("thousand");
  money.unit = fmt::format("{}{}",
                           million    ? "million "
                           : thousand ? "thousand "
                                      : "",
                           money.currency);
  if (!million && !thousand && folded(text) != folded(money.currency)) money.unit = text;
  return money;
}

std::vector<double> solve_output(const Matrix& a, const std::vector<double>& y,
                                 Progress& progress) {
  constexpr int most_rounds = 10'000;
  constexpr double tolerance = 1e-13;
  auto x = y;
  for (int round = 0; round < most_rounds; ++round) {
    std::vector<double> next(y);
    double largest = 0;
    double change = 0;
    for (std::size_t i = 0; i < a.rows(); ++i) {
      const auto row = a.row(i);
      double sum = 0;
      for (std::size_t j = 0; j < row.size(); ++j) sum += row[j] * x[j];
      next[i] += sum;
      largest = std::max(largest, std::abs(next[i]));
      change = std::max(change, std::abs(next[i] - x[i]));
    }
    x = std::move(next);
    if (!std::isfinite(largest)) break;
    if (change <= tolerance * largest) return x;
    progress.check();
  }
  throw Error(Errc::not_productive, "the coefficients A allow no output: x = A x + y has no end",
              "Is this file really A, and not Z?");
}

}  // namespace stave::reader
