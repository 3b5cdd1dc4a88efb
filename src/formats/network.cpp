#include "stave/formats/network.hpp"

#include "stave/core/error.hpp"
#include "stave/formats/recipe_file.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "formats/network_nodes.hpp"
#include "formats/recognise.hpp"

namespace stave {
namespace {

using reader::CodeList;
using reader::Input;
using reader::NamedRows;
using reader::NodeIndex;

ChainInfo read_info(const Folder& folder, const std::string& prefix, const Input& input,
                    const ImportOptions& options) {
  std::map<std::string, std::string> said;
  const auto file = prefix + "meta.csv";
  if (folder.contains(file)) {
    NamedRows rows(folder.text(file), {"key", "value"});
    const std::vector<std::string> keys{"name", "title", "title_zh",       "year",   "currency",
                                        "unit", "note",  "classification", "source", "licence"};
    while (rows.next()) {
      const auto& key = rows.text("key");
      if (std::find(keys.begin(), keys.end(), key) == keys.end())
        rows.refuse("key", "is no key we know", did_you_mean(key, keys));
      if (key == "year") static_cast<void>(rows.amount("value"));
      said[key] = rows.text("value");
    }
  }
  ChainInfo info;
  const auto own_name = said["name"].empty() ? input.path().stem().string() : said["name"];
  const auto year = said["year"].empty() ? 0 : static_cast<int>(*parse_number(said["year"]));
  info.name = options.name.empty() ? own_name : options.name;
  info.title = said["title"].empty() ? info.name : said["title"];
  info.title_zh = said["title_zh"];
  info.year = options.year != 0 ? options.year : year;
  info.currency = said["currency"];
  info.unit = said["unit"].empty() ? "units as in the file" : said["unit"];
  info.classification = said["classification"];
  info.source = said["source"].empty() ? "not stated (no meta.csv)" : said["source"];
  info.licence = said["licence"].empty() ? "not stated" : said["licence"];
  if (!said["note"].empty()) info.notes.push_back(said["note"]);
  return info;
}

// Positions of from, to and value; other columns are skipped.
class LinkReader {
 public:
  LinkReader(const Source& source, const NodeIndex& index, std::size_t max_links)
      : in_(source, {.empty_is_zero = false}), index_(index), max_links_(max_links) {
    in_.next_row();
    auto header = in_.texts();
    for (const auto* name : {"from", "to", "value"}) {
      const auto found = std::find_if(header.begin(), header.end(), [&](const std::string& cell) {
        return reader::network_column(cell).name == name;
      });
      if (found == header.end())
        throw Error(Errc::bad_input, fmt::format("{}: no column '{}'", in_.file(), name),
                    did_you_mean(name, header));
      at_.push_back(static_cast<std::size_t>(found - header.begin()));
    }
    columns_ = header.size();
    in_.name_columns(std::move(header));
  }

  std::vector<Flow> read(Progress& progress) {
    std::vector<Flow> flows;
    while (in_.next_row()) {
      if (flows.size() >= max_links_)
        throw Error(Errc::too_large, fmt::format("{}: more than {} links", in_.file(), max_links_));
      const auto flow = read_row();
      if (flow.from == flow.to) ++loops_;
      if (flow.value == 0) {
        ++zeros_;
      } else {
        flows.push_back(flow);
      }
      if (in_.row() % 100'000 == 0) {
        progress.report("reading links",
                        static_cast<double>(in_.offset()) / static_cast<double>(in_.size()));
        progress.check();
      }
    }
    return flows;
  }

  [[nodiscard]] std::size_t loops() const { return loops_; }
  [[nodiscard]] std::size_t zeros() const { return zeros_; }

 private:
  Flow read_row() {
    Flow flow;
    for (std::size_t j = 0; j < columns_; ++j) {
      if (j == at_[0]) {
        flow.from = index_.require(in_.text(), in_);
      } else if (j == at_[1]) {
        flow.to = index_.require(in_.text(), in_);
      } else if (j == at_[2]) {
        flow.value = in_.number();
        if (flow.value < 0)
          in_.refuse(fmt::format("{}", flow.value), "is negative",
                     "A link says what `from` sells to `to`, at least 0.");
      } else {
        in_.skip();
      }
    }
    in_.end_row();
    return flow;
  }

  DelimitedReader in_;
  const NodeIndex& index_;
  std::size_t max_links_;
  std::size_t columns_ = 0;
  std::vector<std::size_t> at_;
  std::size_t loops_ = 0;
  std::size_t zeros_ = 0;
};

void read_links(const Source& source, const NodeIndex& index, const ImportOptions& options,
                ChainParts& parts, Progress& progress) {
  LinkReader reader(source, index, options.max_links);
  auto flows = reader.read(progress);
  const auto given = flows.size();
  parts.flows = FlowMatrix::from_flows(index.size(), std::move(flows));
  auto& notes = parts.info.notes;
  if (given == 0) notes.emplace_back("links.csv holds no link above 0: nobody sells to anybody.");
  if (const auto repeated = given - parts.flows.nonzeros(); repeated > 0)
    notes.push_back(fmt::format("{} links repeat a pair of nodes and were added up.", repeated));
  if (reader.loops() > 0)
    notes.push_back(
        fmt::format("{} links lead from a node to itself; they are kept.", reader.loops()));
  if (reader.zeros() > 0)
    notes.push_back(fmt::format("{} links of value 0 are left out.", reader.zeros()));
}

void read_recipe_beside(const Source& source, ChainParts& parts) {
  auto read = read_recipe(parts.products, source);
  parts.recipe = std::move(read.recipe);
  parts.info.notes.insert(parts.info.notes.end(), read.notes.begin(), read.notes.end());
}

struct LinkAmount {
  std::int32_t node;
  std::int32_t column;
  double value;
};

void read_final_use(const Source& source, const NodeIndex& index, ChainParts& parts) {
  NamedRows rows(source, {"node", "value"});
  CodeList columns;
  std::vector<LinkAmount> amounts;
  while (rows.next()) {
    const auto node = index.require(rows.text("node"), rows.reader());
    auto region = parts.nodes[static_cast<std::size_t>(node)].region;
    if (const auto& code = rows.text("region"); !code.empty()) {
      const auto known = parts.regions.find(code);
      if (!known) rows.refuse("region", "is no region of nodes.csv or regions.csv");
      region = RegionId(*known);
    }
    auto category = rows.text("category");
    if (category.empty()) category = "final use";
    const auto column = columns.add(fmt::format("{}\t{}", region.value, category));
    if (static_cast<std::size_t>(column) == parts.final_columns.size())
      parts.final_columns.push_back({region, reader::final_category(category)});
    amounts.push_back({node, column, rows.amount("value", true)});
  }
  constexpr std::size_t most_cells = 2'000'000'000;
  if (parts.nodes.size() > most_cells / std::max<std::size_t>(columns.size(), 1))
    throw Error(Errc::too_large, fmt::format("{} nodes x {} columns of final use",
                                             parts.nodes.size(), columns.size()));
  parts.final_use = Matrix(parts.nodes.size(), columns.size());
  for (const auto& a : amounts)
    parts.final_use(static_cast<std::size_t>(a.node), static_cast<std::size_t>(a.column)) +=
        a.value;
}

void read_primary(const Source& source, const NodeIndex& index, ChainParts& parts) {
  NamedRows rows(source, {"node", "value"});
  CodeList inputs;
  std::vector<LinkAmount> amounts;
  while (rows.next()) {
    const auto node = index.require(rows.text("node"), rows.reader());
    const auto& input = rows.text("input");
    amounts.push_back(
        {node, inputs.add(input.empty() ? "value added" : input), rows.amount("value", true)});
  }
  for (const auto& input : inputs.codes()) parts.primary_rows.push_back({input, input, {}});
  parts.primary = Matrix(inputs.size(), parts.nodes.size());
  for (const auto& a : amounts)
    parts.primary(static_cast<std::size_t>(a.column), static_cast<std::size_t>(a.node)) += a.value;
}

}  // namespace

Chain read_network(const std::filesystem::path& path, const ImportOptions& options,
                   Progress& progress) {
  const Input input(path);
  if (!input.folder())
    throw Error(Errc::bad_input, fmt::format("{} is neither a folder nor a zip", input.name()));
  const auto prefix = input.prefix_of("nodes.csv");
  if (!prefix || !input.folder()->contains(*prefix + "links.csv"))
    throw Error(Errc::not_found,
                fmt::format("{}: {} is missing", input.name(), prefix ? "links.csv" : "nodes.csv"));
  const auto& folder = *input.folder();
  const auto has = [&](const char* name) { return folder.contains(*prefix + name); };
  const auto file = [&](const char* name) { return folder.text(*prefix + name); };
  ChainParts parts;
  parts.info = read_info(folder, *prefix, input, options);
  const auto index = reader::read_nodes(folder, *prefix, options.max_nodes, parts, progress);
  read_links(file("links.csv"), index, options, parts, progress);
  parts.final_use = Matrix(parts.nodes.size(), 0);
  parts.primary = Matrix(0, parts.nodes.size());
  parts.stressors = Matrix(0, parts.nodes.size());
  if (has("recipe.csv")) read_recipe_beside(file("recipe.csv"), parts);
  if (has("final_use.csv")) read_final_use(file("final_use.csv"), index, parts);
  if (has("primary.csv")) read_primary(file("primary.csv"), index, parts);
  if (!has("final_use.csv"))
    parts.info.notes.emplace_back(
        "No final_use.csv: final use is empty, output is what the links carry.");
  return Chain(std::move(parts));
}

namespace reader {

std::string why_not_network(const Input& input) {
  if (!input.folder()) return "not a folder or zip";
  const auto prefix = input.prefix_of("nodes.csv");
  if (!prefix) return "no nodes.csv in it";
  return input.folder()->contains(*prefix + "links.csv") ? "" : "nodes.csv without links.csv";
}

}  // namespace reader
}  // namespace stave
