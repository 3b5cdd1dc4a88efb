#pragma once
/// Texts that were asked for lately, bounded in bytes: the one least recently asked for goes first.

#include <cstddef>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace stave {

class RememberedTexts {
 public:
  using Text = std::shared_ptr<const std::string>;
  explicit RememberedTexts(std::size_t most_bytes) : most_bytes_(most_bytes) {}

  /// Nothing where it is not known.
  [[nodiscard]] Text find(const std::string& key);
  /// What is larger than all may be together is not kept.
  void keep(const std::string& key, Text text);
  void forget();

 private:
  struct One {
    std::string key;
    Text text;
    [[nodiscard]] std::size_t bytes() const { return key.size() + text->size(); }
  };
  std::size_t most_bytes_;
  std::mutex mutex_;
  std::list<One> latest_;  ///< latest first
  std::map<std::string, std::list<One>::iterator> by_key_;
  std::size_t bytes_ = 0;
};

}  // namespace stave
