#pragma once
/// Where the parts of one list go in another: what a concordance says, as numbers.

#include "stave/core/aggregate.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace stave {

struct Share {
  std::size_t target = 0;
  double weight = 1;
};

/// of(i): the targets of item i and the share of it each gets; they sum to 1.
class Shares {
 public:
  /// Everything stays where it is.
  [[nodiscard]] static Shares identity(std::size_t n);
  /// Appends the shares of the next item.
  void add(std::span<const Share> shares);

  [[nodiscard]] std::size_t size() const { return start_.size() - 1; }
  [[nodiscard]] std::span<const Share> of(std::size_t i) const {
    return std::span(shares_).subspan(start_[i], start_[i + 1] - start_[i]);
  }
  /// The other way: for each of `targets`, its members in ascending order (`target` is a member).
  [[nodiscard]] Shares members(std::size_t targets) const;
  /// True when item i, and nothing else, goes whole to one target, for every i.
  [[nodiscard]] bool only_renames(std::size_t targets) const;

 private:
  std::vector<std::size_t> start_{0};
  std::vector<Share> shares_;
};

/// A concordance read against a classification.
struct Mapping {
  Classification targets;
  Shares shares;      ///< of each item of the classification
  bool same = false;  ///< nothing changes
};
/// @throws Error as `aggregate` does of entries
[[nodiscard]] Mapping read_concordance(const Classification& items, const Concordance& concordance);

/// The recipe of merged products. See `aggregate` for the rule.
[[nodiscard]] Recipe merged_recipe(const Chain& chain, const Mapping& products);

}  // namespace stave
