#pragma once
/// How far two rankings agree.

#include <span>

namespace stave {

/// Spearman's rank correlation; ties share their mean rank. NaN for fewer than two values, or
/// where one side is all the same.
[[nodiscard]] double rank_correlation(std::span<const double> a, std::span<const double> b);

}  // namespace stave
