#pragma once
/// How much memory this process holds, and how much this computer has.

#include <cstdint>

namespace stave {

/// Bytes in use that belong to no file; 0 where the system does not say.
[[nodiscard]] std::uint64_t memory_held();
/// Bytes of this computer, or of the share of it this process may have; 0 where unknown.
[[nodiscard]] std::uint64_t memory_of_machine();
/// Gives back to the system what is free.
void give_memory_back();

}  // namespace stave
