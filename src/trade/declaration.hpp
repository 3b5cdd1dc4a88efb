#pragma once
#include "stave/analysis/declaration.hpp"
#include "stave/trade/trade.hpp"

namespace stave {

[[nodiscard]] const Declaration& trade_declaration();
/// Name of the table that holds the terms of a method.
[[nodiscard]] std::string terms_table(TradeMethod method);

}  // namespace stave
