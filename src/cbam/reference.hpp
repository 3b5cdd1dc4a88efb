#pragma once
/// The slow twin of EmbeddedSystem: dense Gauss elimination with row exchange. Internal to the
/// room, for its tests.

#include "stave/cbam/embedded.hpp"

namespace stave::reference {

/// SEE of every good. @throws std::logic_error when there is none
[[nodiscard]] std::vector<EmbeddedValues> embedded(const CbamGoods& goods, int year);

}  // namespace stave::reference
