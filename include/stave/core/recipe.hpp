#pragma once
/// Which input products makers of a product cannot do without.

#include "stave/core/classification.hpp"
#include "stave/core/id.hpp"

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

namespace stave {

/// The number is the E[k, l] of Diem et al. (2022).
enum class Need : std::uint8_t { none = 0, non_essential = 1, essential = 2 };
[[nodiscard]] std::string_view to_string(Need need);

/// E [products x products]: row = input product, column = using product. A rule for all pairs and
/// a list of pairs that differ from it, so that a chain of 100,000 products costs no square.
class Recipe {
 public:
  /// Default: goods are essential to goods, everything else is non-essential. Products whose kind
  /// is unknown count as goods.
  explicit Recipe(const Classification& products);
  Recipe() = default;
  /// The same need for every pair.
  [[nodiscard]] static Recipe uniform(Need need);

  void set(ProductId input, ProductId user, Need need);
  [[nodiscard]] Need need(ProductId input, ProductId user) const;

  using Pair = std::pair<ProductId, ProductId>;  ///< (input, user)
  [[nodiscard]] const std::map<Pair, Need>& exceptions() const { return exceptions_; }
  /// True when the goods rule, not one need for all, stands behind the exceptions.
  [[nodiscard]] bool is_default_rule() const { return !uniform_; }
  [[nodiscard]] Need uniform_need() const { return uniform_need_; }

 private:
  std::vector<bool> good_;
  bool uniform_ = true;
  Need uniform_need_ = Need::essential;
  std::map<Pair, Need> exceptions_;
};

}  // namespace stave
