#include "breakpoint/single.hpp"

#include <algorithm>

#include "breakpoint/spread.hpp"
#include "breakpoint/witness.hpp"

namespace stave {
namespace {

class SinglePoints {
 public:
  explicit SinglePoints(const Net& net)
      : net_(net), spread_(net), witness_(net), fatal_(net.nodes()), open_(net.nodes()) {}

  std::vector<char> find() {
    for (std::size_t i = 0; i < net_.nodes(); ++i) open_[i] = net_.source[i] >= 0;
    grow(0);
    for (std::size_t i = 0; i < net_.nodes(); ++i)
      if (open_[i]) left_.push_back(static_cast<std::int32_t>(i));
    bound();
    while (!left_.empty()) {
      const auto node = left_.back();
      left_.pop_back();
      if (open_[at(node)]) decide(node);
    }
    return std::move(fatal_);
  }

 private:
  // Members that a group of a fatal node cannot lose are fatal.
  void grow(std::int32_t node) {
    std::vector<std::int32_t> queue;
    const auto mark = [&](std::int32_t fatal) {
      if (fatal_[at(fatal)]) return;
      fatal_[at(fatal)] = 1;
      open_[at(fatal)] = 0;
      queue.push_back(fatal);
    };
    mark(node);
    for (std::size_t next = 0; next < queue.size(); ++next) {
      const auto user = at(queue[next]);
      for (auto g = at(net_.group_start[user]); g < at(net_.group_start[user + 1]); ++g)
        for (auto k = at(net_.member_start[g]); k < at(net_.member_start[g + 1]); ++k)
          if (net_.weight[k] > net_.slack[g]) mark(net_.member[k]);
    }
  }

  // Intersects witnesses, each avoiding what is still open, while one closes an eighth of it.
  void bound() {
    std::size_t before = 0;
    for (std::uint64_t salt = 0; salt < 2 || left_.size() < before - before / 8; ++salt) {
      before = left_.size();
      narrow(salt);
    }
  }

  void narrow(std::uint64_t salt) {
    witness_.build(spread_, open_, salt);
    std::erase_if(left_, [&](std::int32_t node) {
      if (!witness_.holds(node)) open_[at(node)] = 0;
      return !open_[at(node)];
    });
  }

  void decide(std::int32_t node) {
    open_[at(node)] = 0;
    if (spread_.follow(node, fatal_)) {
      spread_.clear();
      grow(node);
      return;
    }
    for (const auto follows : spread_.trail()) open_[at(follows)] = 0;
    // A witness costs much more than to follow most failures: it has to be earned.
    followed_ += spread_.trail().size();
    if (followed_ >= witness_.nodes().size()) {
      followed_ = 0;
      narrow(at(node));
    }
    spread_.clear();
  }

  const Net& net_;
  Spread spread_;
  Witness witness_;
  std::vector<char> fatal_;
  std::vector<char> open_;          // [nodes] sources not decided yet
  std::vector<std::int32_t> left_;  // those of them to look at
  std::size_t followed_ = 0;        // nodes, since the last witness
};

}  // namespace

std::vector<char> fatal_nodes(const Net& net) { return SinglePoints(net).find(); }

}  // namespace stave
