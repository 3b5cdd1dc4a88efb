#pragma once
/// A run and all that is asked of it, as the tables, sentences and figures of the report need it.

#include "stave/analysis/analysis.hpp"
#include "stave/shock/shock.hpp"

namespace stave {

struct PlayedShock {
  const Chain& chain;
  const Scenario& scenario;
  const Simulation& simulation;
  const NormalDay& normal;
  Indicators indicators;
};

/// Nodes that lost value added, most first.
[[nodiscard]] std::vector<NodeId> worst_hit(const Simulation& simulation);
/// Products whose final use went without, most first: at most `most` of them.
[[nodiscard]] std::vector<ProductId> most_missed(const Simulation& simulation, std::size_t most);
/// Final use of a product's goods on a normal day [products].
[[nodiscard]] std::vector<double> normal_final_use(const Chain& chain);
[[nodiscard]] std::vector<double> column_of(const Matrix& matrix, std::size_t column);

/// A declared table in the money of the chain.
[[nodiscard]] Table money_table(const Chain& chain, std::string_view name);

[[nodiscard]] Table overview_table(const PlayedShock& played);
[[nodiscard]] Table indicator_list(const PlayedShock& played);
[[nodiscard]] Table node_list(const PlayedShock& played, std::size_t most);
[[nodiscard]] Table day_list(const PlayedShock& played);
/// @param by  "region", "product" or "node"
[[nodiscard]] Table course_list(const PlayedShock& played, std::string_view by);
[[nodiscard]] Table missed_products(const PlayedShock& played);
[[nodiscard]] Table missed_by_day(const PlayedShock& played);
[[nodiscard]] Table stocks_by_day(const PlayedShock& played);

/// "Chips in Taiwan", or the node's own name; "0.49 %"; "12,346".
[[nodiscard]] std::string maker_name(const Chain& chain, NodeId node);
[[nodiscard]] std::string percent_words(double share);
[[nodiscard]] std::string amount_words(double value);
/// What happened, as a paragraph.
[[nodiscard]] std::string account_of(const PlayedShock& played);
/// From the shock to a maker, as a sentence or more; empty where there is no path.
[[nodiscard]] std::string causes_in_words(const PlayedShock& played,
                                          const std::vector<CauseStep>& steps);

struct EnsembleTold {
  const std::vector<Draw>& draws;
  const std::vector<UncertainNumber>& numbers;
  int days = 0;
};
void add_ensemble(const PlayedShock& played, const EnsembleTold& ensemble, Report& report);

}  // namespace stave
