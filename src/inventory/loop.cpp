#include "stave/inventory/product_system.hpp"

#include <algorithm>
#include <deque>

namespace stave {
namespace {

/// Who takes what: edges from a process to those that supply it.
struct SupplyGraph {
  std::vector<std::size_t> start;
  std::vector<std::size_t> supplier;

  explicit SupplyGraph(const ProductSystem& system) : start(system.size() + 1) {
    for (const auto& e : system.technosphere)
      if (e.row != e.column) ++start[static_cast<std::size_t>(e.column) + 1];
    for (std::size_t i = 1; i < start.size(); ++i) start[i] += start[i - 1];
    supplier.resize(start.back());
    auto next = start;
    for (const auto& e : system.technosphere)
      if (e.row != e.column)
        supplier[next[static_cast<std::size_t>(e.column)]++] = static_cast<std::size_t>(e.row);
  }
  [[nodiscard]] std::span<const std::size_t> of(std::size_t j) const {
    return {supplier.data() + start[j], start[j + 1] - start[j]};
  }
};

/// Tarjan (1972), without recursion.
class Components {
 public:
  explicit Components(const SupplyGraph& graph)
      : graph_(graph),
        order_(graph.start.size() - 1, unseen),
        low_(order_.size()),
        waiting_(order_.size()) {}

  std::vector<std::vector<std::size_t>> find() {
    for (std::size_t i = 0; i < order_.size(); ++i)
      if (order_[i] == unseen) visit(i);
    return std::move(found_);
  }

 private:
  static constexpr std::size_t unseen = static_cast<std::size_t>(-1);
  struct Frame {
    std::size_t node;
    std::size_t next = 0;
  };

  void enter(std::size_t node) {
    order_[node] = low_[node] = count_++;
    stack_.push_back(node);
    waiting_[node] = true;
    frames_.push_back({node});
  }

  void leave(std::size_t node) {
    frames_.pop_back();
    if (!frames_.empty())
      low_[frames_.back().node] = std::min(low_[frames_.back().node], low_[node]);
    if (low_[node] != order_[node]) return;
    std::vector<std::size_t> members;
    for (std::size_t member = unseen; member != node;) {
      member = stack_.back();
      stack_.pop_back();
      waiting_[member] = false;
      members.push_back(member);
    }
    std::sort(members.begin(), members.end());
    if (members.size() > 1) found_.push_back(std::move(members));
  }

  void visit(std::size_t root) {
    enter(root);
    while (!frames_.empty()) {
      auto& frame = frames_.back();
      const auto suppliers = graph_.of(frame.node);
      if (frame.next == suppliers.size()) {
        leave(frame.node);
        continue;
      }
      const auto other = suppliers[frame.next++];
      if (order_[other] == unseen)
        enter(other);
      else if (waiting_[other])
        low_[frame.node] = std::min(low_[frame.node], order_[other]);
    }
  }

  const SupplyGraph& graph_;
  std::vector<std::size_t> order_;
  std::vector<std::size_t> low_;
  std::vector<bool> waiting_;
  std::vector<std::size_t> stack_;
  std::vector<Frame> frames_;
  std::vector<std::vector<std::size_t>> found_;
  std::size_t count_ = 0;
};

}  // namespace

std::vector<std::vector<std::size_t>> loops(const ProductSystem& system) {
  const SupplyGraph graph(system);
  auto found = Components(graph).find();
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.size() > b.size(); });
  return found;
}

// The shortest ring through the loop's first member, by breadth first from it.
std::vector<std::size_t> way_round(const ProductSystem& system, std::span<const std::size_t> loop) {
  const SupplyGraph graph(system);
  constexpr auto unseen = static_cast<std::size_t>(-1);
  std::vector<bool> inside(system.size());
  for (const auto member : loop) inside[member] = true;
  std::vector<std::size_t> customer(system.size(), unseen);
  const auto first = loop.front();
  std::deque<std::size_t> queue{first};
  while (!queue.empty()) {
    const auto at = queue.front();
    queue.pop_front();
    for (const auto supplier : graph.of(at)) {
      if (supplier == first) {
        std::vector<std::size_t> way;
        for (auto step = at; step != unseen; step = step == first ? unseen : customer[step])
          way.push_back(step);
        // `way` goes from the supplied by `first` back to `first`: each supplies the next.
        std::rotate(way.begin(), way.end() - 1, way.end());
        return way;
      }
      if (!inside[supplier] || customer[supplier] != unseen) continue;
      customer[supplier] = at;
      queue.push_back(supplier);
    }
  }
  return {loop.begin(), loop.end()};
}

}  // namespace stave
