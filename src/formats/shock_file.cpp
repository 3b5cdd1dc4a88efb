#include "stave/formats/shock_file.hpp"

#include "stave/core/error.hpp"

#include <unordered_map>

#include <fmt/format.h>

#include "long_csv.hpp"
#include "maker_choice.hpp"

namespace stave {
namespace {

// Where the row says who is shocked.
std::string_view naming_column(const LongCsv& in) {
  for (const auto* column : {"node", "product", "region"})
    if (!in.text(column).empty()) return column;
  return in.has("product") ? "product" : in.has("region") ? "region" : "node";
}

NodeId named_node(const LongCsv& in, const Chain& chain) {
  try {
    return chain.require_node(in.text("node"));
  } catch (const Error& error) {
    in.refuse("node", "is not a node of this chain",
              error.hint().empty() ? "A node is its id, or REGION.PRODUCT." : error.hint(),
              error.code());
  }
}

std::vector<NodeId> shocked_nodes(const LongCsv& in, const Chain& chain) {
  const bool by_label = !in.text("region").empty() || !in.text("product").empty();
  if (!in.text("node").empty()) {
    if (by_label)
      in.refuse("node", "stands beside a region or product",
                "Name the node, or the region and product, not both.");
    return {named_node(in, chain)};
  }
  const auto column = naming_column(in);
  if (!by_label) in.refuse(column, "leaves open who is shocked", "Fill node, region or product.");
  const auto regions = members_of(chain.regions(), in, "region");
  const auto products = members_of(chain.products(), in, "product");
  std::vector<NodeId> found;
  for (std::size_t i = 0; i < chain.size(); ++i)
    if (regions[chain.nodes()[i].region.at()] && products[chain.nodes()[i].product.at()])
      found.emplace_back(i);
  if (found.empty())
    in.refuse(column, "has no maker in this chain where the row asks for one", {}, Errc::not_found);
  return found;
}

double share_in(const LongCsv& in, std::string_view column) {
  std::string_view text = in.required_text(column);
  const bool percent = text.ends_with('%');
  if (percent) text.remove_suffix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  const auto value = parse_number(text);
  if (!value) in.refuse(column, "is not a share", "Write 0.25 or 25%.");
  const double share = percent ? *value / 100 : *value;
  if (!(share >= 0 && share <= 1))
    in.refuse(column, "is not a share from 0 to 1 (or 0% to 100%)",
              !percent && *value > 1 && *value <= 100
                  ? fmt::format("Did you mean {}%?", in.text(column))
                  : std::string("A shock is the share lost."));
  return share;
}

/// Scenarios by name, and where each node was shocked first.
class ScenarioList {
 public:
  explicit ScenarioList(std::string fallback) : fallback_(std::move(fallback)) {}

  void add(const LongCsv& in, const Chain& chain, const MakerShock& shock) {
    const auto& name = in.has("scenario") ? in.required_text("scenario") : fallback_;
    const auto [found, fresh] = position_.try_emplace(name, scenarios_.size());
    if (fresh) {
      scenarios_.push_back({name, {}});
      rows_.emplace_back();
    }
    const auto [first, once] = rows_[found->second].try_emplace(shock.node.value, in.row());
    if (!once)
      in.refuse(naming_column(in),
                fmt::format("shocks {} a second time in scenario '{}', first in row {}",
                            chain.node(shock.node).id, name, first->second),
                "Give each node one share a scenario.");
    scenarios_[found->second].shocks.push_back(shock);
  }
  [[nodiscard]] std::vector<ShockScenario> take() { return std::move(scenarios_); }

 private:
  std::string fallback_;
  std::vector<ShockScenario> scenarios_;
  std::vector<std::unordered_map<std::int32_t, std::size_t>> rows_;
  std::unordered_map<std::string, std::size_t> position_;
};

}  // namespace

std::vector<ShockScenario> read_shocks(const Chain& chain, const std::filesystem::path& path) {
  LongCsv in(path, {"share"}, {"scenario", "node", "region", "product", "share_up"});
  if (!in.has("node") && !in.has("region") && !in.has("product"))
    throw Error(Errc::bad_input, fmt::format("{}:{}: no column says who is shocked", in.file(), 1),
                "Add a column node, region or product.");
  ScenarioList scenarios(path.stem().string());
  bool any = false;
  while (in.next_row()) {
    any = true;
    const double share = share_in(in, "share");
    const double share_up = in.text("share_up").empty() ? share : share_in(in, "share_up");
    for (const auto node : shocked_nodes(in, chain))
      scenarios.add(in, chain, {node, share, share_up});
  }
  if (!any)
    throw Error(Errc::bad_input, in.file() + ": has no rows below its header",
                "A row names a node, region or product, and the share it loses.");
  return scenarios.take();
}

}  // namespace stave
