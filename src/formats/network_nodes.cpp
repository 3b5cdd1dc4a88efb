#include "formats/network_nodes.hpp"

#include "stave/core/error.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

#include <fmt/format.h>

namespace stave::reader {
namespace {

enum class Field { id, name, name_zh, region, product, enterprise, kind, number };

constexpr auto fields = std::to_array<std::pair<std::string_view, Field>>({
    {"id", Field::id},
    {"name", Field::name},
    {"name_zh", Field::name_zh},
    {"region", Field::region},
    {"product", Field::product},
    {"enterprise", Field::enterprise},
    {"kind", Field::kind},
});

Field field_of(const std::string& name) {
  for (const auto& [word, field] : fields)
    if (name == word) return field;
  return Field::number;
}

std::optional<Kind> kind_of(std::string_view word) {
  if (word.empty() || word == "unknown") return Kind::unknown;
  if (word == "good") return Kind::good;
  if (word == "service") return Kind::service;
  return {};
}

// Regions or products: their codes, with what regions.csv or products.csv says of them.
class Items {
 public:
  Items(const Folder& folder, const std::string& file, std::string what) : what_(std::move(what)) {
    if (!folder.contains(file)) return;
    NamedRows rows(folder.text(file), {"code"});
    while (rows.next()) {
      const auto kind = kind_of(rows.text("kind"));
      if (!kind) rows.refuse("kind", "is neither 'good' nor 'service'");
      Item item{rows.text("code"), rows.text("name"), rows.text("name_zh"), rows.text("parent"),
                *kind};
      if (static_cast<std::size_t>(codes_.add(item.code)) != items_.size())
        rows.refuse("code", "appears twice");
      items_.push_back(std::move(item));
    }
    listed_ = true;
  }

  std::int32_t use(const std::string& code, const DelimitedReader& in) {
    if (const auto known = codes_.find(code); known >= 0) return known;
    if (listed_)
      in.refuse(code, fmt::format("is no {0} of {0}s.csv", what_),
                did_you_mean(code, codes_.codes()));
    Item item{code, code, {}, {}, Kind::unknown};
    if (const auto country = country_name(code); what_ == "region" && !country.name.empty()) {
      item.name = country.name;
      item.name_zh = country.name_zh;
    }
    items_.push_back(std::move(item));
    return codes_.add(code);
  }

  void set_kind(std::int32_t at, Kind kind, std::string_view word, const DelimitedReader& in) {
    auto& known = items_[static_cast<std::size_t>(at)].kind;
    if (kind == Kind::unknown) return;
    if (known != Kind::unknown && known != kind)
      in.refuse(word, fmt::format("contradicts another row: product '{}' is a {}",
                                  items_[static_cast<std::size_t>(at)].code, to_string(known)));
    known = kind;
  }

  // Codes that only stand as parents of others become groups.
  Classification classification() {
    std::vector<Item> groups;
    CodeList parents;
    for (const auto& item : items_)
      if (!item.parent.empty() && codes_.find(item.parent) < 0 && parents.find(item.parent) < 0) {
        parents.add(item.parent);
        groups.push_back({item.parent, item.parent, {}, {}, Kind::unknown});
      }
    return Classification(what_, std::move(items_), std::move(groups));
  }

 private:
  std::string what_;
  CodeList codes_;
  std::vector<Item> items_;
  bool listed_ = false;
};

class NodeReader {
 public:
  NodeReader(const Folder& folder, const std::string& prefix, std::size_t max_nodes,
             ChainParts& parts)
      : in_(folder.text(prefix + "nodes.csv"), {.missing = {"", "NA"}}),
        regions_(folder, prefix + "regions.csv", "region"),
        products_(folder, prefix + "products.csv", "product"),
        max_nodes_(max_nodes),
        parts_(parts) {
    in_.next_row();
    auto header = in_.texts();
    for (const auto& cell : header) {
      const auto [name, unit] = network_column(cell);
      fields_.push_back(field_of(name));
      if (fields_.back() == Field::number) parts_.node_attributes.push_back({name, unit, {}});
    }
    if (std::find(fields_.begin(), fields_.end(), Field::id) == fields_.end())
      throw Error(Errc::bad_input, fmt::format("{}: no column 'id'", in_.file()),
                  did_you_mean("id", header));
    in_.name_columns(std::move(header));
  }

  NodeIndex read(Progress& progress) {
    while (in_.next_row()) {
      if (index_.size() >= max_nodes_)
        throw Error(Errc::too_large, fmt::format("{}: more than {} nodes", in_.file(), max_nodes_));
      read_row();
      if (in_.row() % 100'000 == 0) {
        progress.report("reading nodes",
                        static_cast<double>(in_.offset()) / static_cast<double>(in_.size()));
        progress.check();
      }
    }
    if (parts_.nodes.empty())
      throw Error(Errc::bad_input, fmt::format("{}: no node below the header", in_.file()));
    parts_.regions = regions_.classification();
    parts_.products = products_.classification();
    return std::move(index_);
  }

 private:
  void read_row() {
    Node node;
    std::string region = "ALL";
    std::string product;
    std::string kind_word;
    std::size_t attribute = 0;
    for (const auto field : fields_) read_cell(field, node, region, product, kind_word, attribute);
    in_.end_row();
    if (product.empty()) product = node.id;
    node.region = RegionId(regions_.use(region.empty() ? "ALL" : region, in_));
    node.product = ProductId(products_.use(product, in_));
    products_.set_kind(node.product.value, *kind_of(kind_word), kind_word, in_);
    parts_.nodes.push_back(std::move(node));
  }

  void read_cell(Field field, Node& node, std::string& region, std::string& product,
                 std::string& kind_word, std::size_t& attribute) {
    switch (field) {
      case Field::id:
        node.id = in_.text();
        if (node.id.empty()) in_.refuse("", "is empty, expected an id");
        if (static_cast<std::size_t>(index_.add(node.id)) != parts_.nodes.size())
          in_.refuse(node.id, "appears twice");
        break;
      case Field::name:
        node.name = in_.text();
        break;
      case Field::name_zh:
        node.name_zh = in_.text();
        break;
      case Field::region:
        region = in_.text();
        break;
      case Field::product:
        product = in_.text();
        break;
      case Field::enterprise:
        node.enterprise = in_.text();
        break;
      case Field::kind:
        kind_word = in_.text();
        if (!kind_of(kind_word)) in_.refuse(kind_word, "is neither 'good' nor 'service'");
        break;
      case Field::number:
        parts_.node_attributes[attribute++].values.push_back(in_.number());
        break;
    }
  }

  DelimitedReader in_;
  Items regions_;
  Items products_;
  std::size_t max_nodes_;
  ChainParts& parts_;
  std::vector<Field> fields_;
  NodeIndex index_;
};

}  // namespace

std::int32_t NodeIndex::require(const std::string& id, const DelimitedReader& in) const {
  const auto found = ids_.find(id);
  if (found >= 0) return found;
  // Among a million ids only those of like beginning and length are worth comparing.
  constexpr std::size_t most_candidates = 20'000;
  std::vector<std::string> candidates;
  for (const auto& known : ids_.codes())
    if (candidates.size() < most_candidates && !id.empty() && known.front() == id.front() &&
        known.size() + 2 >= id.size() && known.size() <= id.size() + 2)
      candidates.push_back(known);
  in.refuse(id, "is no id of nodes.csv", did_you_mean(id, candidates));
}

NetworkColumn network_column(const std::string& header) {
  const auto open = header.find('[');
  if (open == std::string::npos || !header.ends_with(']')) return {header, {}};
  const auto last = header.find_last_not_of(' ', open == 0 ? 0 : open - 1);
  return {header.substr(0, last + 1), header.substr(open + 1, header.size() - open - 2)};
}

NamedRows::NamedRows(const Source& source, std::initializer_list<std::string_view> required)
    : in_(source) {
  in_.next_row();
  header_ = in_.texts();
  in_.name_columns(header_);
  for (const auto name : required)
    if (!has(name))
      throw Error(Errc::bad_input, fmt::format("{}: no column '{}'", in_.file(), name),
                  did_you_mean(name, header_));
}

bool NamedRows::next() {
  if (!in_.next_row()) return false;
  cells_ = in_.texts();
  return true;
}

std::ptrdiff_t NamedRows::position(std::string_view column) const {
  const auto found = std::find(header_.begin(), header_.end(), column);
  return found == header_.end() ? -1 : found - header_.begin();
}

const std::string& NamedRows::text(std::string_view column) const {
  static const std::string none;
  const auto at = position(column);
  return at < 0 || static_cast<std::size_t>(at) >= cells_.size()
             ? none
             : cells_[static_cast<std::size_t>(at)];
}

double NamedRows::amount(std::string_view column, bool may_be_negative) const {
  const auto value = parse_number(text(column));
  if (!value) refuse(column, "is not a number", number_hint(text(column)));
  if (*value < 0 && !may_be_negative) refuse(column, "is negative");
  return *value;
}

void NamedRows::refuse(std::string_view column, std::string_view expected, std::string hint) const {
  throw Error(Errc::bad_input,
              cell_message({in_.file(), in_.row(), std::string(column)}, text(column), expected),
              std::move(hint));
}

NodeIndex read_nodes(const Folder& folder, const std::string& prefix, std::size_t max_nodes,
                     ChainParts& parts, Progress& progress) {
  return NodeReader(folder, prefix, max_nodes, parts).read(progress);
}

}  // namespace stave::reader
