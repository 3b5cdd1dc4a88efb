#include "stave/core/error.hpp"
#include "stave/formats/mrio.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "formats/input.hpp"
#include "formats/labels.hpp"
#include "formats/recognise.hpp"

namespace stave {
namespace {

using reader::Input;
using reader::Label;

// Which of Eora's 26 sectors make goods; the others are services.
constexpr auto goods = std::to_array<std::string_view>(
    {"Agriculture", "Fishing", "Mining and Quarrying", "Food & Beverages",
     "Textiles and Wearing Apparel", "Wood and Paper",
     "Petroleum, Chemical and Non-Metallic Mineral Products", "Metal Products",
     "Electrical and Machinery", "Transport Equipment", "Other Manufacturing", "Recycling",
     "Electricity, Gas and Water"});
constexpr auto services = std::to_array<std::string_view>(
    {"Construction", "Maintenance and Repair", "Wholesale Trade", "Retail Trade",
     "Hotels and Restraurants", "Hotels and Restaurants", "Transport",
     "Post and Telecommunications", "Finacial Intermediation and Business Activities",
     "Financial Intermediation and Business Activities", "Public Administration",
     "Education, Health and Other Services", "Private Households", "Others",
     "Re-export & Re-import"});

Kind kind_of(const std::string& sector) {
  if (std::find(goods.begin(), goods.end(), sector) != goods.end()) return Kind::good;
  const bool service = std::find(services.begin(), services.end(), sector) != services.end();
  return service ? Kind::service : Kind::unknown;
}

// The table's own folder or zip, and indices.zip where the labels are not in it.
class EoraFiles {
 public:
  EoraFiles(const Input& input, int year) : input_(input) {
    const auto tables = input.members([](std::string_view base) {
      return base.starts_with("Eora26_") && base.ends_with("_bp_T.txt");
    });
    if (tables.empty())
      throw Error(Errc::not_found, fmt::format("{}: no Eora26_YYYY_bp_T.txt in it", input.name()),
                  "Only tables in basic prices (bp) are read.");
    const auto flows = reader::member_of_year(input, tables, year);
    stem_ = flows.substr(0, flows.size() - std::string_view("T.txt").size());
    const auto slash = flows.rfind('/');
    folder_ = slash == std::string::npos ? "" : flows.substr(0, slash + 1);
  }
  [[nodiscard]] int year() const { return reader::year_in(Input::base_name(stem_)); }
  [[nodiscard]] bool has(std::string_view block) const {
    return input_.folder()->contains(fmt::format("{}{}.txt", stem_, block));
  }
  [[nodiscard]] Source block(std::string_view name) const {
    return input_.folder()->text(fmt::format("{}{}.txt", stem_, name));
  }
  [[nodiscard]] Source labels(std::string_view block) const {
    const auto name = fmt::format("labels_{}.txt", block);
    if (input_.folder()->contains(folder_ + name)) return input_.folder()->text(folder_ + name);
    const bool is_folder = std::filesystem::is_directory(input_.path());
    const auto beside = (is_folder ? input_.path() : input_.path().parent_path()) / "indices.zip";
    if (!std::filesystem::exists(beside))
      throw Error(Errc::not_found, fmt::format("{}: {} is missing", input_.name(), name),
                  "Eora publishes the labels in indices.zip: put it beside the table.");
    const Input indices(beside);
    const auto prefix = indices.prefix_of(name);
    if (!prefix)
      throw Error(Errc::not_found, fmt::format("{}: {} is missing", indices.name(), name));
    return indices.folder()->text(*prefix + name);
  }

 private:
  const Input& input_;
  std::string stem_;    ///< "eora/Eora26_2010_bp_"
  std::string folder_;  ///< "eora/"
};

// "Region 1 <tab> reg1 <tab> Industries <tab> food": the code, the last cell; names by code.
std::vector<Label> region_labels(const Source& source, std::map<std::string, std::string>& names) {
  std::vector<Label> labels;
  DelimitedReader in(source, {.separator = '\t'});
  while (in.next_row()) {
    const auto cells = in.texts();
    if (cells.size() < 4)
      throw Error(Errc::bad_input,
                  fmt::format("{}:{}: {} cells, expected country, code, kind, sector", in.file(),
                              in.row(), cells.size()));
    labels.push_back({cells[1], cells[3]});
    names.emplace(cells[1], cells[0]);
  }
  return labels;
}

// "I-GHG-CO2 emissions (Gg) <tab> source": the unit stands in the last brackets of the first cell.
std::vector<Stressor> stressor_labels(const Source& source) {
  std::vector<Stressor> stressors;
  std::map<std::string, int> seen;
  for (const auto& cells : reader::read_texts(source, {.separator = '\t'})) {
    Stressor stressor;
    stressor.name = cells[0];
    const auto open = cells[0].rfind('(');
    const auto close = cells[0].rfind(')');
    if (open != std::string::npos && close != std::string::npos && close > open) {
      stressor.unit = cells[0].substr(open + 1, close - open - 1);
      stressor.name = cells[0].substr(0, cells[0].find_last_not_of(' ', open - 1) + 1);
    }
    if (cells.size() > 1) stressor.note = cells[1];
    ++seen[stressor.name];
    stressors.push_back(std::move(stressor));
  }
  for (auto& stressor : stressors)
    if (seen[stressor.name] > 1 && !stressor.note.empty()) stressor.name += ", " + stressor.note;
  return stressors;
}

ChainInfo eora_info(const EoraFiles& files, const ImportOptions& options) {
  ChainInfo info;
  reader::set_identity(info, options, "eora26", "Eora26 world input-output table", files.year());
  info.title_zh = fmt::format("Eora26 世界投入产出表 {}", info.year);
  info.currency = "USD";
  info.unit = "thousand USD";
  info.classification = "Eora26, 26 sectors";
  info.source =
      "Lenzen, Kanemoto, Moran, Geschke (2012), Environmental Science & Technology 46(15), "
      "8374-8381; Lenzen, Moran, Kanemoto, Geschke (2013), Economic Systems Research 25(1), 20-49; "
      "https://worldmrio.com";
  info.licence = "Eora terms of use: free for academic users, otherwise by licence";
  info.notes.emplace_back(
      "The files state no unit; Eora states thousand current USD (pymrio's label, million USD, is "
      "its open issue 175).");
  return info;
}

void name_labels(reader::LabelParts& labels, const std::map<std::string, std::string>& names,
                 std::vector<std::string>& notes) {
  for (auto& region : labels.regions) {
    const auto name = names.find(region.code);
    if (name != names.end() && region.name == region.code) region.name = name->second;
    if (region.code == "ROW")
      notes.emplace_back(
          "Region ROW is Eora's balancing item (statistical discrepancies); it is kept, so that "
          "rows and columns still balance.");
  }
  for (auto& product : labels.products) product.kind = kind_of(product.name);
}

void read_satellite(const EoraFiles& files, ChainParts& parts) {
  if (!files.has("Q")) {
    parts.info.notes.emplace_back("No satellite accounts: the file of Q is not there.");
    return;
  }
  const auto source = files.labels("Q");
  parts.stressor_rows = stressor_labels(source);
  const auto s = parts.stressor_rows.size();
  parts.stressors =
      reader::read_block(files.block("Q"), s, parts.nodes.size(), "labels_Q.txt and labels_T.txt");
  if (files.has("QY"))
    parts.stressors_final = reader::read_block(files.block("QY"), s, parts.final_columns.size(),
                                               "labels_Q.txt and labels_FD.txt");
}

}  // namespace

Chain read_eora26(const std::filesystem::path& path, const ImportOptions& options,
                  Progress& progress) {
  const Input input(path);
  if (!input.folder())
    throw Error(Errc::bad_input, fmt::format("{} is neither a folder nor a zip", input.name()));
  const EoraFiles files(input, options.year);
  ChainParts parts;
  parts.info = eora_info(files, options);
  std::map<std::string, std::string> names;
  const auto label_source = files.labels("T");
  const auto rows = region_labels(label_source, names);
  const auto columns = region_labels(files.labels("FD"), names);
  auto labels = reader::label_parts(rows, columns, label_source.name());
  name_labels(labels, names, parts.info.notes);
  reader::set_labels(parts, std::move(labels));
  const auto n = rows.size();
  progress.report("reading flows", 0.1);
  parts.flows = FlowMatrix(reader::read_block(files.block("T"), n, n, "labels_T.txt"));
  progress.check();
  progress.report("reading final use and inputs", 0.7);
  parts.final_use =
      reader::read_block(files.block("FD"), n, columns.size(), "labels_T.txt and labels_FD.txt");
  for (const auto& cells : reader::read_texts(files.labels("VA"), {.separator = '\t'}))
    parts.primary_rows.push_back({cells.back(), cells.back(), {}});
  parts.primary = reader::read_block(files.block("VA"), parts.primary_rows.size(), n,
                                     "labels_VA.txt and labels_T.txt");
  read_satellite(files, parts);
  return Chain(std::move(parts));
}

namespace reader {

std::string why_not_eora26(const Input& input) {
  if (!input.folder()) return "not a folder or zip";
  const auto tables = input.members([](std::string_view base) {
    return base.starts_with("Eora26_") && base.ends_with("_T.txt");
  });
  return tables.empty() ? "no Eora26_*_T.txt in it" : "";
}

}  // namespace reader
}  // namespace stave
