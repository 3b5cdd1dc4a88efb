#pragma once
/// Witnesses: sets of nodes that suffice for a target to work.

#include <cstdint>
#include <span>
#include <vector>

#include "breakpoint/failure.hpp"

namespace stave {

/// Scratch space for building witnesses of one system, again and again.
class WitnessBuilder {
 public:
  WitnessBuilder(const BreakpointSystem& system, std::span<const std::int32_t> target)
      : system_(system),
        target_(target.begin(), target.end()),
        held_(system.nodes()),
        source_held_(system.sources()),
        taken_(system.member.size()) {}

  /// Sources of a set of working nodes that holds a target node and, for every essential input of
  /// each of its nodes, enough suppliers. Lost sources that miss it cannot stop the target.
  /// @param avoid [sources] take suppliers of other sources where there is a choice
  /// @param salt  another salt makes other choices between equals
  [[nodiscard]] std::vector<std::int32_t> sources(const Failure& failure,
                                                  const std::vector<char>& avoid,
                                                  std::uint64_t salt);

 private:
  void hold(std::int32_t node);
  void support(const Failure& failure, std::int32_t group, const std::vector<char>& avoid,
               std::uint64_t salt);
  [[nodiscard]] int cost(std::int32_t node, const std::vector<char>& avoid) const;

  const BreakpointSystem& system_;
  std::vector<std::int32_t> target_;
  std::vector<char> held_;
  std::vector<char> source_held_;
  std::vector<std::uint32_t> taken_;  // [links] stamp of the witness that counts it
  std::uint32_t stamp_ = 0;
  std::vector<std::int32_t> nodes_;
  std::vector<std::int32_t> sources_;
};

}  // namespace stave
