#include "stave/core/error.hpp"

#include <algorithm>
#include <set>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "formats/pymrio_tables.hpp"

namespace stave::reader {
namespace {

std::vector<double> row_totals(const Matrix& m) {
  std::vector<double> sums(m.rows());
  for (std::size_t i = 0; i < m.rows(); ++i)
    for (const double v : m.row(i)) sums[i] += v;
  return sums;
}

// x.txt: region, sector, value. In the order of `nodes`.
std::vector<double> read_output(const Source& source, const std::vector<Label>& nodes) {
  const auto table = read_labelled(source, 1);
  require_same_labels(row_labels(table), nodes, table.file, "row");
  if (table.values.cols() != 1)
    throw Error(Errc::bad_input, fmt::format("{}: {} columns of numbers, expected one", table.file,
                                             table.values.cols()));
  return {table.values.values().begin(), table.values.values().end()};
}

// Label cells joined -> unit, of a unit.txt whose last column is the unit.
std::unordered_map<std::string, std::string> read_units(const Source& source) {
  std::unordered_map<std::string, std::string> units;
  auto rows = read_texts(source);
  for (std::size_t r = 1; r < rows.size(); ++r) {
    auto unit = std::move(rows[r].back());
    rows[r].pop_back();
    units.emplace(fmt::format("{}", fmt::join(rows[r], "\t")), std::move(unit));
  }
  return units;
}

void set_unit(ChainParts& parts, const std::set<std::string>& units, const std::string& file) {
  if (units.size() > 1)
    throw Error(Errc::bad_input,
                fmt::format("{}: flows in several units ('{}', '{}' ...)", file, *units.begin(),
                            *std::next(units.begin())),
                "Only tables in one unit of money can be read.");
  if (units.empty()) return;
  const auto money = money_unit(*units.begin());
  parts.info.unit = money.unit;
  parts.info.currency = money.currency;
}

void set_unit_of_flows(ChainParts& parts, const Input& input, const SystemFiles& files,
                       const LabelledTable& flows) {
  std::set<std::string> units;
  if (!files.unit.empty()) {
    for (const auto& [label, unit] : read_units(input.folder()->text(files.unit)))
      units.insert(unit);
    set_unit(parts, units, files.unit);
    return;
  }
  for (const auto& row : flows.rows)
    if (row.size() > 2) units.insert(row[2]);
  set_unit(parts, units, flows.file);
}

// Rows of one extension: name, rest of the label, unit.
struct Row {
  std::string name, rest, unit;
};

std::vector<Row> rows_of(const Input& input, const ExtensionFiles& files,
                         const LabelledTable& table) {
  std::unordered_map<std::string, std::string> units;
  if (!files.unit.empty()) units = read_units(input.folder()->text(files.unit));
  std::vector<Row> rows;
  for (const auto& cells : table.rows) {
    auto labels = cells;
    Row row;
    if (files.unit.empty() && labels.size() > 1) {
      row.unit = labels.back();
      labels.pop_back();
    } else if (const auto unit = units.find(fmt::format("{}", fmt::join(labels, "\t")));
               unit != units.end()) {
      row.unit = unit->second;
    } else if (!files.unit.empty()) {
      throw Error(Errc::bad_input, fmt::format("{}: '{}' has no unit in {}", table.file,
                                               labels.empty() ? "" : labels.front(), files.unit));
    }
    if (labels.empty())
      throw Error(Errc::bad_input, fmt::format("{}: rows without labels", table.file));
    row.name = labels.front();
    labels.erase(labels.begin());
    row.rest = fmt::format("{}", fmt::join(labels, ", "));
    rows.push_back(std::move(row));
  }
  return rows;
}

// One extension as read; S already turned into F.
struct Extension {
  std::string name;
  std::vector<Row> rows;
  Matrix production;  ///< [rows x n]
  Matrix final_use;   ///< [rows x f], or empty
};

Matrix read_final_use(const Input& input, const ExtensionFiles& files,
                      const LabelledTable& production, const std::vector<Label>& columns) {
  auto table = read_labelled(input.folder()->text(files.final_use), 2);
  require_same_labels(table.columns, columns, table.file, "column");
  if (table.rows != production.rows)
    throw Error(Errc::bad_input,
                fmt::format("{}: its rows are not those of {}", table.file, production.file));
  return std::move(table.values);
}

void scale_columns(Matrix& m, const std::vector<double>& by) {
  for (std::size_t i = 0; i < m.rows(); ++i)
    for (std::size_t j = 0; j < m.cols(); ++j) m(i, j) *= by[j];
}

std::vector<double> column_totals(const Matrix& m) {
  std::vector<double> sums(m.cols());
  for (std::size_t i = 0; i < m.rows(); ++i)
    for (std::size_t j = 0; j < m.cols(); ++j) sums[j] += m(i, j);
  return sums;
}

std::vector<double> output_of(const ChainParts& parts) {
  auto x = parts.flows.row_sums();
  const auto y = row_totals(parts.final_use);
  for (std::size_t i = 0; i < x.size(); ++i) x[i] += y[i];
  return x;
}

Extension read_extension(const Input& input, const ExtensionFiles& files,
                         const std::vector<Label>& nodes, const std::vector<Label>& columns,
                         ChainParts& parts) {
  auto table = read_labelled(input.folder()->text(files.production), 2);
  require_same_labels(table.columns, nodes, table.file, "column");
  Extension extension{files.name, rows_of(input, files, table), {}, {}};
  if (!files.final_use.empty()) extension.final_use = read_final_use(input, files, table, columns);
  extension.production = std::move(table.values);
  if (files.coefficients) {
    scale_columns(extension.production, output_of(parts));
    if (extension.final_use.size() > 0)
      scale_columns(extension.final_use, column_totals(parts.final_use));
    parts.info.notes.push_back(fmt::format(
        "Extension '{}': totals derived from its coefficients, F = S diag(x).", files.name));
  }
  return extension;
}

struct Place {
  std::size_t extension, row;
};

void add_primary(ChainParts& parts, const std::vector<Extension>& extensions,
                 const std::vector<Place>& places) {
  parts.primary = Matrix(places.size(), parts.nodes.size());
  double on_final = 0;
  for (std::size_t k = 0; k < places.size(); ++k) {
    const auto& extension = extensions[places[k].extension];
    const auto row = places[k].row;
    parts.primary_rows.push_back({extension.rows[row].name, extension.rows[row].name, {}});
    std::copy_n(extension.production.row(row).begin(), parts.nodes.size(),
                parts.primary.row(k).begin());
    for (std::size_t j = 0; j < extension.final_use.cols(); ++j)
      on_final += extension.final_use(row, j);
  }
  if (on_final != 0)
    parts.info.notes.push_back(fmt::format(
        "Left out: primary inputs of final use, {:.6g} {} in total.", on_final, parts.info.unit));
}

void add_stressors(ChainParts& parts, const std::vector<Extension>& extensions,
                   const std::vector<Place>& places) {
  std::unordered_map<std::string, int> seen;
  for (const auto& [e, r] : places) ++seen[extensions[e].rows[r].name];
  parts.stressors = Matrix(places.size(), parts.nodes.size());
  const bool any_final = std::any_of(places.begin(), places.end(), [&](const Place& p) {
    return extensions[p.extension].final_use.size() > 0;
  });
  if (any_final) parts.stressors_final = Matrix(places.size(), parts.final_columns.size());
  for (std::size_t k = 0; k < places.size(); ++k) {
    const auto& extension = extensions[places[k].extension];
    const auto& row = extension.rows[places[k].row];
    // A name that repeats is told apart by the rest of its label and by its extension.
    auto name = row.name;
    if (seen[name] > 1 && !row.rest.empty()) name += ", " + row.rest;
    if (seen[row.name] > 1) name.insert(0, extension.name + ": ");
    const auto note = row.rest.empty() ? extension.name : extension.name + "; " + row.rest;
    parts.stressor_rows.push_back({name, {}, row.unit, Quality::measured, note});
    std::copy_n(extension.production.row(places[k].row).begin(), parts.nodes.size(),
                parts.stressors.row(k).begin());
    if (extension.final_use.size() > 0)
      std::copy_n(extension.final_use.row(places[k].row).begin(), parts.final_columns.size(),
                  parts.stressors_final.row(k).begin());
  }
}

void add_extensions(const std::vector<Extension>& extensions, IsPrimary is_primary,
                    ChainParts& parts) {
  std::vector<Place> primary;
  std::vector<Place> stressors;
  for (std::size_t e = 0; e < extensions.size(); ++e)
    for (std::size_t r = 0; r < extensions[e].rows.size(); ++r) {
      const auto& row = extensions[e].rows[r];
      const auto money = money_unit(row.unit);
      const bool same_money = !money.currency.empty() && money.unit == parts.info.unit;
      const bool of_value_added = same_money && is_primary(extensions[e].name, row.name);
      (of_value_added ? primary : stressors).push_back({e, r});
    }
  add_primary(parts, extensions, primary);
  add_stressors(parts, extensions, stressors);
}

void set_flows(ChainParts& parts, const Input& input, const SystemFiles& files,
               LabelledTable& flows, const std::vector<Label>& nodes, Progress& progress) {
  std::vector<double> x;
  if (!files.output.empty()) x = read_output(input.folder()->text(files.output), nodes);
  if (files.coefficients) {
    if (x.empty()) {
      x = solve_output(flows.values, row_totals(parts.final_use), progress);
      parts.info.notes.emplace_back(
          "Flows derived from coefficients: Z = A diag(x), with x = A x + y solved to 1e-13.");
    } else {
      parts.info.notes.push_back(
          fmt::format("Flows derived from coefficients: Z = A diag(x), x of {}.", files.output));
    }
    scale_columns(flows.values, x);
  }
  if (!files.output.empty()) parts.reported_output = std::move(x);
  parts.flows = FlowMatrix(std::move(flows.values));
}

void read_population(const Input& input, const SystemFiles& files, ChainParts& parts) {
  const auto table = read_labelled(input.folder()->text(files.population), 1);
  Attribute population{"population", "persons",
                       std::vector<double>(parts.regions.size(), std::nan(""))};
  for (std::size_t j = 0; j < table.columns.size(); ++j)
    population.values[parts.regions.require(table.columns[j].region)] = table.values(0, j);
  parts.region_attributes.push_back(std::move(population));
}

}  // namespace

void read_system(const Input& input, const SystemFiles& files, IsPrimary is_primary,
                 ChainParts& parts, Progress& progress) {
  progress.report("reading flows", 0);
  auto flows = read_labelled(input.folder()->text(files.flows), 2);
  const auto nodes = row_labels(flows);
  require_same_labels(flows.columns, nodes, flows.file, "column");
  progress.report("reading final use", 0.6);
  auto final_use = read_labelled(input.folder()->text(files.final_use), 2);
  require_same_labels(row_labels(final_use), nodes, final_use.file, "row");
  set_labels(parts, label_parts(nodes, final_use.columns, flows.file));
  parts.final_use = std::move(final_use.values);
  set_unit_of_flows(parts, input, files, flows);
  set_flows(parts, input, files, flows, nodes, progress);
  progress.report("reading extensions", 0.7);
  std::vector<Extension> extensions;
  for (const auto& extension : files.extensions) {
    progress.check();
    extensions.push_back(read_extension(input, extension, nodes, final_use.columns, parts));
  }
  add_extensions(extensions, is_primary, parts);
  if (!files.population.empty()) read_population(input, files, parts);
}

}  // namespace stave::reader
