#pragma once
/// The advanced semiconductor chain of the Emerging Technology Observatory as a Chain, for tests
/// alone: its licence (CC BY-NC 4.0) keeps the figures out of the project.
///
///   product   every tool, material, process and the finished chip
///   node      a country that provides it; a process is run where its stage is (S2 fabrication, S3
///             packaging and testing); the finished chip has one node
///   flow      from every provider to every maker of what the input goes into: its share in
///             percent; a provider without a share counts 1, one called negligible 0.5
///   types     "X is a type of T" makes X an input of all that T goes into: each kind of tool is
///             needed. T itself is an input where somebody provides it.
///   recipe    every input is essential, tools too
///
/// Left out: designs and what they need, which the data do not join to fabrication, and kinds of
/// tools that nobody is named for.

#include "stave/core/chain.hpp"

#include <filesystem>

namespace stave::sample_test {

/// @throws Error not_found, bad_input when the files are not as described above
[[nodiscard]] Chain read_chip_chain(const std::filesystem::path& folder);

}  // namespace stave::sample_test
