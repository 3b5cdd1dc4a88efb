#pragma once
/// How orders of the factors become effects, and the lists effects are told for.

#include "stave/linalg/leontief.hpp"

#include <cstdint>
#include <vector>

#include "change/year.hpp"

namespace stave {

/// One or many orders in which factor k changes after the factors in `before`.
struct Turn {
  std::uint32_t before = 0;  ///< bits of the factors that have changed
  double weight = 0;         ///< share of the orders
};
/// [K] by factor: its turns, weights summing to 1.
[[nodiscard]] std::vector<std::vector<Turn>> turns_of(ChangeMethod method, std::size_t factors);

/// q of the items of a list, in every state that a turn asks for.
class StateSums {
 public:
  StateSums(std::size_t factors, std::size_t items);
  [[nodiscard]] std::vector<double>& of(std::uint32_t state) { return values_[state]; }
  [[nodiscard]] ChangeParts parts(const std::vector<std::vector<Turn>>& turns) const;
  /// The items added up by group.
  [[nodiscard]] StateSums grouped(const std::vector<std::int32_t>& group, std::size_t groups) const;

 private:
  std::size_t factors_;
  std::size_t items_;
  std::vector<std::vector<double>> values_;  ///< [2^K][items]
};

/// An empty list of effects, deviations unknown.
[[nodiscard]] ChangeParts empty_parts(std::size_t factors, std::size_t items);
/// Sums of effects by group; deviations unknown.
[[nodiscard]] ChangeParts grouped(const ChangeParts& parts, const std::vector<std::int32_t>& group,
                                  std::size_t groups);
/// Largest |sum of effects - change| of an item.
[[nodiscard]] double imbalance_of(const ChangeParts& parts);

/// By polar means or all orders.
void change_by_orders(const YearPair& years, const ChangeOptions& options, Change& result,
                      Progress& progress);
/// By logarithmic means.
void change_by_logarithms(const YearPair& years, const ChangeOptions& options, Change& result,
                          Progress& progress);

/// The Leontief system of a year, its regions as blocks.
[[nodiscard]] LeontiefSystem system_of(const YearPair& years, const FlowMatrix& flows,
                                       std::span<const double> output);

}  // namespace stave
