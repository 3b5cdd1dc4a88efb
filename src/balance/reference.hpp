#pragma once
/// The slow, obvious twins: the textbook loops on a dense table, a fixed number of rounds.

#include "stave/core/matrix.hpp"

#include <vector>

namespace stave::reference {

/// Rows multiplied to their targets, then columns, again and again.
[[nodiscard]] Matrix ras(Matrix table, const std::vector<double>& rows,
                         const std::vector<double>& columns, int rounds);

/// r and s of Junius and Oosterhaven as improved by Lenzen, Wood and Gallego, from P and N written
/// out.
[[nodiscard]] Matrix gras(const Matrix& table, const std::vector<double>& rows,
                          const std::vector<double>& columns, int rounds);

}  // namespace stave::reference
