#pragma once
/// Regions and products: codes, names in two languages, and the tree they form.
///
/// The items that nodes refer to come first, indexed by RegionId or ProductId; groups above them
/// (a union of countries, a section of a classification) follow and are only parents.

#include "stave/core/id.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace stave {

enum class Kind { unknown, good, service };  ///< of a product; regions leave it unknown
[[nodiscard]] std::string_view to_string(Kind kind);

struct Item {
  std::string code;
  std::string name;     ///< English; the code where there is none
  std::string name_zh;  ///< Chinese, may be empty
  std::string parent;   ///< code of a group, may be empty
  Kind kind = Kind::unknown;
};

class Classification {
 public:
  Classification() = default;
  /// @param what   "region" or "product", for messages
  /// @param items  what nodes refer to, then
  /// @param groups their parents
  /// @throws Error bad_input on an empty or repeated code, an unknown parent or a ring of parents
  Classification(std::string what, std::vector<Item> items, std::vector<Item> groups = {});

  [[nodiscard]] const std::string& what() const { return what_; }
  [[nodiscard]] std::size_t size() const { return items_.size(); }
  [[nodiscard]] const Item& operator[](std::size_t i) const { return items_[i]; }
  template <class Tag>
  [[nodiscard]] const Item& operator[](Id<Tag> id) const {
    return items_[id.at()];
  }
  [[nodiscard]] const std::vector<Item>& items() const { return items_; }
  [[nodiscard]] const std::vector<Item>& groups() const { return groups_; }

  /// Position of a code, or of a name in either language; upper and lower case are the same.
  [[nodiscard]] std::optional<std::size_t> find(std::string_view code_or_name) const;
  /// @throws Error not_found, naming the nearest codes and names
  [[nodiscard]] std::size_t require(std::string_view code_or_name) const;
  /// The items below a group, or the item itself. @throws Error not_found
  [[nodiscard]] std::vector<std::size_t> members(std::string_view code_or_name) const;

 private:
  std::string what_;
  std::vector<Item> items_;
  std::vector<Item> groups_;
  std::unordered_map<std::string, std::size_t> index_;  ///< folded code or name -> position
};

/// Up to `most` of the words nearest to `word` in edit distance, nearest first; none that share
/// less than half their letters with it.
[[nodiscard]] std::vector<std::string> nearest(std::string_view word,
                                               const std::vector<std::string>& words,
                                               std::size_t most = 3);
/// "Did you mean 'a', 'b' or 'c'?", or nothing when there is none.
[[nodiscard]] std::string did_you_mean(std::string_view word,
                                       const std::vector<std::string>& words);

}  // namespace stave
