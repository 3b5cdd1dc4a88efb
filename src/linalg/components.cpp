#include "linalg/components.hpp"

#include <algorithm>

namespace stave {
namespace {

// Tarjan's depth-first search with its own stack, so that a long chain cannot overflow ours.
class Search {
 public:
  Search(const FlowMatrix& flows, std::span<const double> output)
      : flows_(flows), output_(output), order_(flows.size()), low_(flows.size()) {}

  std::vector<std::vector<std::int32_t>> run() {
    for (std::size_t i = 0; i < flows_.size(); ++i)
      if (order_[i] == 0) explore(static_cast<std::int32_t>(i));
    return std::move(found_);
  }

 private:
  struct Visit {
    std::int32_t node;
    std::size_t next;  // where in its row to go on
  };

  // The next user of `visit.node` at or after `visit.next`, or -1.
  std::int32_t next_user(Visit& visit) const {
    const auto i = static_cast<std::size_t>(visit.node);
    if (flows_.is_dense()) {
      const auto row = flows_.dense().row(i);
      while (visit.next < row.size()) {
        const auto j = visit.next++;
        if (row[j] != 0 && output_[j] != 0) return static_cast<std::int32_t>(j);
      }
      return -1;
    }
    const auto& s = flows_.sparse();
    const auto end = static_cast<std::size_t>(s.row_start[i + 1] - s.row_start[i]);
    while (visit.next < end) {
      const auto j = s.column[s.row_start[i] + visit.next++];
      if (output_[j] != 0) return j;
    }
    return -1;
  }

  void enter(std::int32_t node) {
    order_[node] = low_[node] = ++clock_;
    open_.push_back(node);
    path_.push_back({node, 0});
  }

  void explore(std::int32_t root) {
    enter(root);
    while (!path_.empty()) {
      const auto user = next_user(path_.back());
      const auto node = path_.back().node;
      if (user < 0) {
        path_.pop_back();
        if (!path_.empty()) low_[path_.back().node] = std::min(low_[path_.back().node], low_[node]);
        if (low_[node] == order_[node]) close(node);
      } else if (order_[user] == 0) {
        enter(user);
      } else {
        low_[node] = std::min(low_[node], order_[user]);  // a closed node's order is the largest
      }
    }
  }

  // `root` and all that was opened after it form a component.
  void close(std::int32_t root) {
    const auto first = std::find(open_.rbegin(), open_.rend(), root).base() - 1;
    std::vector<std::int32_t> group(first, open_.end());
    open_.erase(first, open_.end());
    for (const auto i : group) order_[i] = closed;
    const auto i = static_cast<std::size_t>(root);
    if (group.size() == 1 && (flows_.at(i, i) == 0 || output_[i] == 0)) return;
    std::ranges::sort(group);
    found_.push_back(std::move(group));
  }

  static constexpr std::uint32_t closed = UINT32_MAX;
  const FlowMatrix& flows_;
  std::span<const double> output_;
  std::vector<std::uint32_t> order_;  // of discovery; 0: not yet
  std::vector<std::uint32_t> low_;
  std::uint32_t clock_ = 0;
  std::vector<std::int32_t> open_;
  std::vector<Visit> path_;
  std::vector<std::vector<std::int32_t>> found_;
};

}  // namespace

std::vector<std::vector<std::int32_t>> cyclic_components(const FlowMatrix& flows,
                                                         std::span<const double> output) {
  return Search(flows, output).run();
}

}  // namespace stave
