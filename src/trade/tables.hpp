#pragma once
#include "trade/answer.hpp"

namespace stave::trade {

/// The declared tables, in their order; of the terms only the method's own.
/// @throws Error too_large more than 2,000,000 rows of terms
[[nodiscard]] std::vector<Table> tables_of(const TradeAnswer& answer);

}  // namespace stave::trade
