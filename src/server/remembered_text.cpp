#include "server/remembered_text.hpp"

namespace stave {

RememberedTexts::Text RememberedTexts::find(const std::string& key) {
  const std::scoped_lock lock(mutex_);
  const auto found = by_key_.find(key);
  if (found == by_key_.end()) return nullptr;
  latest_.splice(latest_.begin(), latest_, found->second);
  return latest_.front().text;
}

void RememberedTexts::keep(const std::string& key, Text text) {
  One one{key, std::move(text)};
  const std::scoped_lock lock(mutex_);
  if (one.bytes() > most_bytes_ || by_key_.contains(key)) return;
  bytes_ += one.bytes();
  latest_.push_front(std::move(one));
  by_key_[key] = latest_.begin();
  while (bytes_ > most_bytes_) {
    bytes_ -= latest_.back().bytes();
    by_key_.erase(latest_.back().key);
    latest_.pop_back();
  }
}

void RememberedTexts::forget() {
  const std::scoped_lock lock(mutex_);
  latest_.clear();
  by_key_.clear();
  bytes_ = 0;
}

}  // namespace stave
