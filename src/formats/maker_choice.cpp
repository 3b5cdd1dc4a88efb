#include "maker_choice.hpp"

#include "stave/formats/delimited.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include <fmt/format.h>

namespace stave {
namespace {

// Keeps of `meant` those of whom `holds`.
template <class Holds>
void keep(std::vector<bool>& meant, const Holds& holds) {
  for (std::size_t i = 0; i < meant.size(); ++i)
    if (meant[i] && !holds(i)) meant[i] = false;
}

template <class Work>
auto at_key(const TomlSection& section, std::string_view key, const Work& work) {
  try {
    return work();
  } catch (const Error& error) {
    section.refuse(key, error);
  }
}

struct Comparison {
  std::vector<double> values;
  std::string sign;
  double bound = 0;
  [[nodiscard]] bool holds(std::size_t i) const {
    const double v = values[i];
    if (std::isnan(v)) return false;
    if (sign == "<") return v < bound;
    if (sign == "<=") return v <= bound;
    if (sign == ">") return v > bound;
    if (sign == ">=") return v >= bound;
    return (v == bound) == (sign != "!=");
  }
};

std::string_view trimmed(std::string_view text) {
  const auto from = text.find_first_not_of(' ');
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(' ') - from + 1);
}

[[noreturn]] void no_attribute(const Chain& chain, const std::string& name,
                               std::vector<std::string> names) {
  for (const auto& attribute : chain.node_attributes()) names.push_back(attribute.name);
  const auto near = did_you_mean(name, names);
  throw Error(Errc::not_found, fmt::format("the makers have no attribute '{}'", name),
              !near.empty()   ? near
              : names.empty() ? std::string()
                              : fmt::format("They have {}.", fmt::join(names, ", ")));
}

std::vector<double> attribute_values(const Chain& chain, const std::string& name) {
  if (const auto* attribute = chain.node_attribute(name)) return attribute->values;
  if (name == "output") return chain.output();
  if (name == "value_added") return chain.value_added();
  no_attribute(chain, name, {"output", "value_added"});
}

Comparison comparison(const Chain& chain, std::string_view text) {
  const auto from = text.find_first_of("<>=!");
  const auto to = from == std::string_view::npos ? from : text.find_first_not_of("<>=!", from);
  const auto bound =
      to == std::string_view::npos ? std::nullopt : parse_number(trimmed(text.substr(to)));
  if (from == std::string_view::npos || !bound)
    throw Error(Errc::bad_input, fmt::format("'{}' compares nothing with a number", trimmed(text)),
                "Write it as \"employees > 500\", or two of them with \"and\" between.");
  const std::string sign(text.substr(from, to - from));
  constexpr std::array<std::string_view, 7> signs{"<", "<=", ">", ">=", "=", "==", "!="};
  if (std::find(signs.begin(), signs.end(), sign) == signs.end())
    throw Error(Errc::bad_input, fmt::format("'{}' does not compare", sign),
                fmt::format("Use one of {}", fmt::join(signs, " ")));
  return {attribute_values(chain, std::string(trimmed(text.substr(0, from)))), sign, *bound};
}

std::vector<Comparison> comparisons(const Chain& chain, std::string_view text) {
  std::vector<Comparison> all;
  for (;;) {
    const auto end = text.find(" and ");
    all.push_back(comparison(chain, text.substr(0, end)));
    if (end == std::string_view::npos) return all;
    text.remove_prefix(end + 5);
  }
}

std::vector<NodeId> positions(const std::vector<bool>& meant) {
  std::vector<NodeId> nodes;
  for (std::size_t i = 0; i < meant.size(); ++i)
    if (meant[i]) nodes.emplace_back(i);
  return nodes;
}

}  // namespace

std::vector<bool> members_of(const Classification& items, const std::vector<std::string>& words) {
  std::vector<bool> members(items.size());
  for (const auto& word : words)
    for (const auto k : items.members(word)) members[k] = true;
  return members;
}

std::vector<bool> members_of(const Classification& items, const LongCsv& in,
                             std::string_view column) {
  const auto& word = in.text(column);
  if (word.empty()) return std::vector<bool>(items.size(), true);
  try {
    return members_of(items, {word});
  } catch (const Error& error) {
    in.refuse(column, fmt::format("is not a {} of this chain", items.what()), error.hint(),
              error.code());
  }
}

std::vector<bool> MakerChoice::regions(TomlSection& section, std::string_view key) const {
  const auto words = section.texts(key);
  if (words.empty()) return {};
  return at_key(section, key, [&] { return members_of(chain_->regions(), words); });
}

ProductId MakerChoice::product(TomlSection& section, std::string_view key) const {
  const auto word = section.required_text(key);
  return at_key(section, key, [&] { return ProductId(chain_->products().require(word)); });
}

std::string MakerChoice::attribute(TomlSection& section, std::string_view key) const {
  auto name = section.text(key);
  if (!name.empty() && chain_->node_attribute(name) == nullptr)
    at_key(section, key, [&] { return no_attribute(*chain_, name, {}); });
  return name;
}

bool MakerChoice::narrow_to_nodes(TomlSection& section, std::vector<bool>& meant) const {
  const auto words = section.texts("node");
  if (words.empty()) return false;
  std::vector<bool> named(chain_->size());
  at_key(section, "node", [&] {
    for (const auto& word : words) named[chain_->require_node(word).at()] = true;
  });
  keep(meant, [&](std::size_t i) { return named[i]; });
  return true;
}

bool MakerChoice::narrow_to_enterprises(TomlSection& section, std::vector<bool>& meant) const {
  const auto words = section.texts("enterprise");
  if (words.empty()) return false;
  std::vector<std::string> known;
  std::unordered_map<std::string, bool> named;
  for (const auto& node : chain_->nodes())
    if (!node.enterprise.empty() && named.try_emplace(node.enterprise, false).second)
      known.push_back(node.enterprise);
  for (const auto& word : words) {
    const auto found = named.find(word);
    if (found == named.end())
      section.refuse(
          "enterprise",
          Error(Errc::not_found,
                known.empty() ? std::string("this chain has no enterprises")
                              : fmt::format("enterprise '{}' is not in this chain", word),
                did_you_mean(word, known)));
    found->second = true;
  }
  keep(meant, [&](std::size_t i) {
    const auto found = named.find(chain_->nodes()[i].enterprise);
    return found != named.end() && found->second;
  });
  return true;
}

bool MakerChoice::narrow_by_attributes(TomlSection& section, std::vector<bool>& meant) const {
  const auto text = section.text("where");
  if (text.empty()) return false;
  for (const auto& one : at_key(section, "where", [&] { return comparisons(*chain_, text); }))
    keep(meant, [&](std::size_t i) { return one.holds(i); });
  return true;
}

bool MakerChoice::narrow(TomlSection& section, std::vector<bool>& meant) const {
  bool named = narrow_to_nodes(section, meant);
  named = narrow_to_enterprises(section, meant) || named;
  named = narrow_by_attributes(section, meant) || named;
  const auto products = section.texts("product");
  if (products.empty()) return named;
  const auto chosen =
      at_key(section, "product", [&] { return members_of(chain_->products(), products); });
  keep(meant, [&](std::size_t i) { return chosen[chain_->nodes()[i].product.at()]; });
  return true;
}

std::vector<NodeId> MakerChoice::makers(TomlSection& section, bool open) const {
  std::vector<bool> meant(chain_->size(), true);
  bool named = narrow(section, meant);
  for (const auto* key : {"region", "outside"}) {
    const auto chosen = regions(section, key);
    if (chosen.empty()) continue;
    named = true;
    const bool wanted = key == std::string_view("region");
    keep(meant, [&](std::size_t i) { return chosen[chain_->nodes()[i].region.at()] == wanted; });
  }
  if (!named && !open)
    section.refuse("region", "one or more of node, region, outside, product, enterprise and where");
  auto nodes = positions(meant);
  if (nodes.empty())
    section.refuse("region",
                   Error(Errc::not_found, "this chain has no maker of whom all this holds",
                         "stave info CHAIN --regions (--products) lists codes and names."));
  return nodes;
}

std::vector<std::size_t> MakerChoice::columns(TomlSection& section, std::string_view regions_key,
                                              std::string_view category_key) const {
  const auto chosen = regions(section, regions_key);
  const auto categories =
      category_key.empty() ? std::vector<std::string>() : section.texts(category_key);
  std::vector<std::string> known;
  for (const auto& column : chain_->final_columns()) known.push_back(column.category);
  for (const auto& category : categories)
    if (std::find(known.begin(), known.end(), category) == known.end())
      section.refuse(category_key,
                     Error(Errc::not_found, fmt::format("final use has no category '{}'", category),
                           did_you_mean(category, known)));
  std::vector<std::size_t> columns;
  for (std::size_t k = 0; k < known.size(); ++k) {
    const bool in_region = chosen.empty() || chosen[chain_->final_columns()[k].region.at()];
    const bool of_category = categories.empty() || std::find(categories.begin(), categories.end(),
                                                             known[k]) != categories.end();
    if (in_region && of_category) columns.push_back(k);
  }
  return columns;
}

// Final use of the regions the section names, when its key asks for it or only regions are named.
std::vector<std::size_t> MakerChoice::final_use(TomlSection& section, bool nodes_named) const {
  const auto* key = section.find("final_use");
  const bool listed = key != nullptr && !key->is_boolean();
  if (!listed && !section.boolean("final_use", !nodes_named)) return {};
  const auto inside = regions(section, "region");
  const auto outside = regions(section, "outside");
  std::vector<std::size_t> kept;
  for (const auto k : columns(section, "region", listed ? "final_use" : "")) {
    const auto region = chain_->final_columns()[k].region.at();
    if (outside.empty() || !outside[region]) kept.push_back(k);
  }
  return kept;
}

Buyers MakerChoice::buyers(TomlSection& section, bool open) const {
  bool nodes_named = false;
  for (const auto* key : {"node", "product", "enterprise", "where"})
    if (section.find(key) != nullptr) nodes_named = true;
  const bool named =
      nodes_named || section.find("region") != nullptr || section.find("outside") != nullptr;
  const bool final_use_named = section.find("final_use") != nullptr;
  Buyers buyers;
  buyers.columns = final_use(section, nodes_named);
  if (section.boolean("makers", named || !final_use_named)) buyers.nodes = makers(section, open);
  return buyers;
}

}  // namespace stave
