#pragma once
/// The slow, obvious twin: every term straight from its equation, with the inverses of every
/// exporter made one by one. Tests compare the fast way with it.

#include "stave/trade/trade.hpp"

namespace stave::reference {

/// The same terms as stave::decompose_exports. KWW by exporter and sector only where its equations
/// say so: see kww_by_exporter. O(R n^3) operations.
[[nodiscard]] Decomposition decompose_exports(const TradeTable& table, TradeMethod method);

/// The nine terms of Koopman, Wang and Wei by exporter [R x 9], from their own equation (which
/// knows no partners), not from Wang, Wei and Zhu's.
[[nodiscard]] Matrix kww_by_exporter(const TradeTable& table);

}  // namespace stave::reference
