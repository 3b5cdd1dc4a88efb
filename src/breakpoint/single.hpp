#pragma once
/// Single points of failure of a net.

#include <vector>

#include "breakpoint/net.hpp"

namespace stave {

/// Marks nodes whose failure alone stops the target: the target itself, every node that is a source
/// and does, and of the others those found on the way.
///
/// A node is fatal if it is the only member left to a group of a fatal node; a node outside some
/// witness is not. What these two leave open is followed: a failure that meets a fatal node is
/// fatal, and of one that does not, all that follows is not fatal either, and what is left gives a
/// further witness.
///
/// Cost: O(links) a witness, and a witness for each refuted node that no other refutes.
[[nodiscard]] std::vector<char> fatal_nodes(const Net& net);

}  // namespace stave
