#pragma once
#include "trade/answer.hpp"

namespace stave::trade {

/// Sentences about what the tables show.
[[nodiscard]] std::vector<Finding> findings_of(const TradeAnswer& answer);
[[nodiscard]] std::vector<Figure> figures_of(const TradeAnswer& answer);

}  // namespace stave::trade
