#pragma once
/// The one model: who makes what, where, from what, for whom.
///
///   n nodes, f final-use columns, v primary-input rows, s stressors; all arrays share the node
///   order Z   [n x n]  flows, value sold by row node to column node per year Y   [n x f]  final
///   use, by using region and category V   [v x n]  primary inputs F   [s x n]  stressors of
///   production;  F_Y [s x f] of final use x   [n]      output, Z 1 + Y 1
///
/// A Chain is made from ChainParts, checked once, and never changes; copies share their arrays.

#include "stave/core/classification.hpp"
#include "stave/core/flow_matrix.hpp"
#include "stave/core/id.hpp"
#include "stave/core/matrix.hpp"
#include "stave/core/recipe.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace stave {

struct Node {
  std::string id;       ///< unique; "CHN.c14" in a table, the enterprise's id in a network
  std::string name;     ///< may be empty: the label is then made of region and product
  std::string name_zh;  ///< may be empty
  RegionId region;
  ProductId product;
  std::string enterprise;  ///< networks only
};

struct FinalUseColumn {
  RegionId region;       ///< who uses
  std::string category;  ///< "households", "government", "capital", "inventories", "exports" ...
};

struct PrimaryInput {
  std::string code;
  std::string name;
  std::string name_zh;
};

enum class Quality : std::uint8_t { measured, estimated, illustrative };
[[nodiscard]] std::string_view to_string(Quality quality);

struct Stressor {
  std::string name;
  std::string name_zh;
  std::string unit;  ///< "kt", "TJ", "1000 persons"
  Quality quality = Quality::measured;
  std::string note;  ///< source, method of an estimate
};

/// A numeric column beside the nodes or the regions; NaN where unknown.
struct Attribute {
  std::string name;  ///< "inventory", "spare_capacity", "latitude", "population" ...
  std::string unit;  ///< "days", "share", "degree", "persons"
  std::vector<double> values;
};

/// What a chain says of itself. Units are words, as users write them.
struct ChainInfo {
  std::string name;   ///< short, as in a file name: "world-2011"
  std::string title;  ///< "World input-output table 2011"
  std::string title_zh;
  int year = 0;                ///< 0 when unknown
  std::string currency;        ///< ISO 4217: "USD"
  std::string unit;            ///< of every flow: "million USD"
  std::string classification;  ///< "WIOD 2013, 35 industries (NACE 1)"
  std::string source;          ///< citation
  std::string licence;
  std::vector<std::string> notes;  ///< everything derived, clipped, dropped or estimated on the way
};

/// What a Chain is made of. Empty parts are allowed where a chain has none.
struct ChainParts {
  ChainInfo info;
  Classification regions;
  Classification products;
  std::vector<Node> nodes;
  FlowMatrix flows;                           ///< Z
  std::vector<FinalUseColumn> final_columns;  ///< [f]
  Matrix final_use;                           ///< Y [n x f]
  std::vector<PrimaryInput> primary_rows;     ///< [v]
  Matrix primary;                             ///< V [v x n]
  std::vector<Stressor> stressor_rows;        ///< [s]
  Matrix stressors;                           ///< F [s x n]
  Matrix stressors_final;                     ///< F_Y [s x f], or empty
  std::vector<Quality> stressor_quality;      ///< [s * n] of each cell of F, or empty: as the row
  std::vector<double> reported_output;        ///< [n] as the source states it, or empty
  std::vector<Attribute> node_attributes;     ///< values [n]
  std::vector<Attribute> region_attributes;   ///< values [regions]
  std::optional<Recipe> recipe;               ///< none: the default rule
};

class Chain {
 public:
  /// Checks every shape and label. Values are taken as they are: `check` reports on them.
  /// @throws Error bad_input  arrays that do not fit each other, repeated node ids, unknown regions
  ///               too_large  more nodes than limits::max_nodes
  explicit Chain(ChainParts parts);

  [[nodiscard]] std::size_t size() const { return parts_->nodes.size(); }  ///< n
  [[nodiscard]] const ChainInfo& info() const { return parts_->info; }
  [[nodiscard]] const Classification& regions() const { return parts_->regions; }
  [[nodiscard]] const Classification& products() const { return parts_->products; }
  [[nodiscard]] const std::vector<Node>& nodes() const { return parts_->nodes; }
  [[nodiscard]] const Node& node(NodeId id) const { return parts_->nodes[id.at()]; }
  [[nodiscard]] const FlowMatrix& flows() const { return parts_->flows; }
  [[nodiscard]] const std::vector<FinalUseColumn>& final_columns() const {
    return parts_->final_columns;
  }
  [[nodiscard]] const Matrix& final_use() const { return parts_->final_use; }
  [[nodiscard]] const std::vector<PrimaryInput>& primary_rows() const {
    return parts_->primary_rows;
  }
  [[nodiscard]] const Matrix& primary() const { return parts_->primary; }
  [[nodiscard]] const std::vector<Stressor>& stressor_rows() const { return parts_->stressor_rows; }
  [[nodiscard]] const Matrix& stressors() const { return parts_->stressors; }
  [[nodiscard]] const Matrix& stressors_final() const { return parts_->stressors_final; }
  [[nodiscard]] Quality stressor_quality(std::size_t stressor, NodeId node) const;
  [[nodiscard]] const std::vector<double>& reported_output() const {
    return parts_->reported_output;
  }
  [[nodiscard]] const std::vector<Attribute>& node_attributes() const {
    return parts_->node_attributes;
  }
  [[nodiscard]] const std::vector<Attribute>& region_attributes() const {
    return parts_->region_attributes;
  }
  /// The attribute of that name, or nullptr.
  [[nodiscard]] const Attribute* node_attribute(std::string_view name) const;
  [[nodiscard]] const Attribute* region_attribute(std::string_view name) const;
  [[nodiscard]] const Recipe& recipe() const { return recipe_; }
  [[nodiscard]] bool has_own_recipe() const { return parts_->recipe.has_value(); }
  [[nodiscard]] const ChainParts& parts() const { return *parts_; }

  /// x [n] = Z 1 + Y 1.
  [[nodiscard]] const std::vector<double>& output() const { return derived_->output; }
  /// 1' Z [n], what each node buys.
  [[nodiscard]] const std::vector<double>& intermediate_inputs() const {
    return derived_->intermediate_inputs;
  }
  /// [n] column sums of V; without V, output less intermediate inputs.
  [[nodiscard]] const std::vector<double>& value_added() const { return derived_->value_added; }

  [[nodiscard]] std::vector<NodeId> nodes_in(RegionId region) const;
  [[nodiscard]] std::optional<NodeId> find_node(std::string_view id) const;
  /// By id, or as "REGION.PRODUCT". @throws Error not_found, naming near ids
  [[nodiscard]] NodeId require_node(std::string_view id) const;
  /// "China: Electrical and optical equipment", or the node's own name.
  [[nodiscard]] std::string label(NodeId id) const;
  /// Y summed over the categories of a region: [n x regions].
  [[nodiscard]] Matrix final_use_by_region() const;

 private:
  struct Derived {
    std::vector<double> output;
    std::vector<double> intermediate_inputs;
    std::vector<double> value_added;
    std::unordered_map<std::string, std::int32_t> node_index;
  };
  std::shared_ptr<const ChainParts> parts_;
  std::shared_ptr<const Derived> derived_;
  Recipe recipe_;
};

}  // namespace stave
