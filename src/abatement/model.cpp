#include "stave/abatement/abatement.hpp"
#include "stave/core/error.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

namespace stave {
namespace {

constexpr std::size_t most_makers =
    2'000;  // a dense system of that size is solved for each choice of shares
constexpr double unknown_cost = std::numeric_limits<double>::quiet_NaN();

}  // namespace

/// What one switch does to inputs that move together.
struct GroupMove {
  std::size_t which = 0;
  std::size_t to = 0;  // among the rows touched; not of one that uses less
  bool less = false;
  double factor = 1;
  double ratio = 1;
  double extra = 0;
  double paid = 0;
};

/// Inputs of one row that the same switches move in the same way.
struct MoveGroup {
  std::size_t row = 0;         // among the rows touched
  double amount = 0;           // sum u s
  std::vector<double> behind;  // [r] sum u X(j, :)
  std::vector<GroupMove> moves;
};

namespace {

bool same_money(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }

bool same_move(const GroupMove& a, const GroupMove& b) {
  return a.which == b.which && a.to == b.to && a.ratio == b.ratio && same_money(a.extra, b.extra) &&
         same_money(a.paid, b.paid);
}

/// A small dense system, by elimination with pivots.
class SmallSystem {
 public:
  explicit SmallSystem(std::size_t n) : n_(n), m_(n * n), b_(n) {
    for (std::size_t i = 0; i < n; ++i) m_[i * n + i] = 1;
  }
  double& at(std::size_t i, std::size_t j) { return m_[i * n_ + j]; }
  double& b(std::size_t i) { return b_[i]; }

  /// Into b. @returns false where the determinant is not above 0
  bool solve() {
    bool positive = true;
    for (std::size_t k = 0; k < n_; ++k) {
      const auto pivot = pivot_of(k);
      if (pivot != k) {
        for (std::size_t j = 0; j < n_; ++j) std::swap(at(k, j), at(pivot, j));
        std::swap(b_[k], b_[pivot]);
        positive = !positive;
      }
      if (std::abs(at(k, k)) < 1e-14) return false;
      positive = positive == (at(k, k) > 0);
      for (std::size_t i = k + 1; i < n_; ++i) eliminate(i, k);
    }
    for (std::size_t k = n_; k-- > 0;) {
      for (std::size_t j = k + 1; j < n_; ++j) b_[k] -= at(k, j) * b_[j];
      b_[k] /= at(k, k);
    }
    return positive;
  }

 private:
  std::size_t pivot_of(std::size_t k) {
    auto pivot = k;
    for (std::size_t i = k + 1; i < n_; ++i)
      if (std::abs(at(i, k)) > std::abs(at(pivot, k))) pivot = i;
    return pivot;
  }
  void eliminate(std::size_t i, std::size_t k) {
    const double factor = at(i, k) / at(k, k);
    if (factor == 0) return;
    for (std::size_t j = k; j < n_; ++j) at(i, j) -= factor * at(k, j);
    b_[i] -= factor * b_[k];
  }

  std::size_t n_;
  std::vector<double> m_;
  std::vector<double> b_;
};

/// L and sum of a_k of a group.
struct Left {
  double less = 1;
  double moved = 0;
};

Left left_of(const MoveGroup& group, std::span<const double> shares) {
  Left left;
  for (const auto& move : group.moves) {
    if (move.less)
      left.less *= 1 - shares[move.which] * (1 - move.factor);
    else
      left.moved += shares[move.which];
  }
  return left;
}

bool touches(const MoveGroup& group, std::span<const double> shares) {
  return std::ranges::any_of(group.moves, [&](const auto& m) { return shares[m.which] != 0; });
}

}  // namespace

struct SwitchModel::State {
  std::size_t switches = 0;
  double before = 0;
  std::vector<double> behind_rows;  // l_E [r]
  std::vector<MoveGroup> groups;
  std::vector<double> fixed;
  std::vector<bool> costed;
  std::vector<std::string> names;
};

namespace {

/// Gathers the inputs that move together, and what the solves with T say of them.
class ModelBuilder {
 public:
  ModelBuilder(const FootprintSystem& system, const Footprint& before,
               std::span<const LinkedSwitch> switches)
      : system_(system), before_(before), switches_(switches) {}

  std::vector<MoveGroup> groups() {
    std::map<std::size_t, std::vector<GroupMove>> by_entry;
    for (std::size_t k = 0; k < switches_.size(); ++k)
      for (const auto& input : switches_[k].inputs)
        by_entry[input.entry].push_back(move_of(k, input));
    for (const auto& [e, moves] : by_entry) members_of(e, moves).push_back(e);
    if (rows_.size() > most_makers)
      throw Error(Errc::too_large,
                  fmt::format("the switches take from and turn to {} makers; at most {} are moved "
                              "together",
                              rows_.size(), most_makers),
                  "Say whose product a switch moves (from, from_region), or for whom (in).");
    solve_rows();
    for (std::size_t g = 0; g < groups_.size(); ++g) sum_up(g);
    return std::move(groups_);
  }

  std::vector<double> behind_rows() const {
    std::vector<double> behind;
    for (const auto row : rows_) behind.push_back(system_.intensities()[row]);
    return behind;
  }

 private:
  std::size_t row_of(std::int32_t process) {
    const auto row = static_cast<std::size_t>(process);
    const auto found = std::ranges::find(rows_, row);
    if (found != rows_.end()) return static_cast<std::size_t>(found - rows_.begin());
    rows_.push_back(row);
    return rows_.size() - 1;
  }

  GroupMove move_of(std::size_t k, const MovedInput& input) {
    const auto& s = switches_[k];
    const bool less = s.to < 0;
    return {k, less ? 0 : row_of(s.to), less, s.factor, input.ratio, input.extra, input.paid};
  }

  std::vector<std::size_t>& members_of(std::size_t e, const std::vector<GroupMove>& moves) {
    const auto row = row_of(system_.system().technosphere[e].row);
    for (std::size_t g = 0; g < groups_.size(); ++g)
      if (groups_[g].row == row && std::ranges::equal(groups_[g].moves, moves, same_move))
        return members_[g];
    groups_.push_back({.row = row, .behind = {}, .moves = moves});
    members_.emplace_back();
    return members_.back();
  }

  // T X = E, column by column.
  void solve_rows() {
    auto solver = system_.solver();
    std::vector<double> unit(system_.size());
    for (const auto row : rows_) {
      unit[row] = 1;
      columns_.push_back(solver.solve(unit).values);
      unit[row] = 0;
    }
  }

  void sum_up(std::size_t g) {
    auto& group = groups_[g];
    group.behind.assign(rows_.size(), 0);
    for (const auto e : members_[g]) {
      const auto& entry = system_.system().technosphere[e];
      const auto j = static_cast<std::size_t>(entry.column);
      group.amount -= entry.value * before_.runs[j];
      for (std::size_t r = 0; r < rows_.size(); ++r)
        group.behind[r] -= entry.value * columns_[r][j];
    }
  }

  const FootprintSystem& system_;
  const Footprint& before_;
  std::span<const LinkedSwitch> switches_;
  std::vector<std::size_t> rows_;
  std::vector<std::vector<double>> columns_;
  std::vector<MoveGroup> groups_;
  std::vector<std::vector<std::size_t>> members_;
};

/// The rows that the switches in place touch.
std::vector<std::size_t> rows_touched(const std::vector<MoveGroup>& groups,
                                      std::span<const double> shares) {
  std::vector<std::size_t> rows;
  for (const auto& group : groups) {
    if (!touches(group, shares)) continue;
    rows.push_back(group.row);
    for (const auto& move : group.moves)
      if (!move.less && shares[move.which] != 0) rows.push_back(move.to);
  }
  std::sort(rows.begin(), rows.end());
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  return rows;
}

// One group's part of W' X and W' s, in the rows touched.
void add_group(const MoveGroup& group, std::span<const double> shares,
               const std::vector<std::size_t>& rows, SmallSystem& system) {
  const auto left = left_of(group, shares);
  const auto add = [&](std::size_t row, double weight) {
    if (weight == 0) return;
    const auto i = static_cast<std::size_t>(std::ranges::lower_bound(rows, row) - rows.begin());
    for (std::size_t j = 0; j < rows.size(); ++j) system.at(i, j) += weight * group.behind[rows[j]];
    system.b(i) += weight * group.amount;
  };
  double kept = 1 - left.less * (1 - left.moved);
  for (const auto& move : group.moves) {
    if (move.less || shares[move.which] == 0) continue;
    if (move.to == group.row)
      kept -= left.less * shares[move.which] * move.ratio;  // from itself to itself
    else
      add(move.to, -left.less * shares[move.which] * move.ratio);
  }
  add(group.row, std::abs(kept) < 1e-15 ? 0 : kept);
}

// What the switches cost for so much of a group's input.
void add_cost(const MoveGroup& group, double amount, std::span<const double> shares,
              std::vector<double>& cost) {
  double less = 1;
  for (const auto& move : group.moves) {
    if (!move.less || shares[move.which] == 0) continue;
    cost[move.which] += less * shares[move.which] * amount * move.extra;
    less *= 1 - shares[move.which] * (1 - move.factor);
  }
  for (const auto& move : group.moves)
    if (!move.less && shares[move.which] != 0)
      cost[move.which] += less * shares[move.which] * amount * move.extra;
}

}  // namespace

double SwitchOutcome::total_cost() const {
  double sum = 0;
  for (const double c : cost) sum += c;
  return sum;
}

SwitchModel::SwitchModel(const FootprintSystem& system, const Footprint& before,
                         std::span<const LinkedSwitch> switches, double amount) {
  if (switches.size() > most_switches)
    throw Error(
        Errc::too_large,
        fmt::format("{} switches; at most {} are compared at once", switches.size(), most_switches),
        "Leave some out.");
  auto state = std::make_unique<State>();
  ModelBuilder builder(system, before, switches);
  state->groups = builder.groups();
  state->behind_rows = builder.behind_rows();
  state->switches = switches.size();
  state->before = before.score;
  for (const auto& s : switches) {
    state->fixed.push_back(s.fixed * amount);
    state->costed.push_back(s.costed);
    state->names.push_back(s.name);
  }
  state_ = std::move(state);
}

SwitchModel::~SwitchModel() = default;
SwitchModel::SwitchModel(SwitchModel&&) noexcept = default;
SwitchModel& SwitchModel::operator=(SwitchModel&&) noexcept = default;

std::size_t SwitchModel::size() const { return state_->switches; }
double SwitchModel::before() const { return state_->before; }

SwitchOutcome SwitchModel::at(std::span<const double> shares) const {
  const auto& s = *state_;
  const auto rows = rows_touched(s.groups, shares);
  SmallSystem system(rows.size());
  for (const auto& group : s.groups)
    if (touches(group, shares)) add_group(group, shares, rows, system);
  if (!system.solve()) {
    std::string names;
    for (std::size_t k = 0; k < s.switches; ++k)
      if (shares[k] != 0) names += (names.empty() ? "'" : ", '") + s.names[k] + "'";
    throw Error(Errc::not_productive,
                fmt::format("with {} a loop takes as much as it makes, or "
                            "more",
                            names),
                "Say with in = [...] whose input is moved: not that of the new maker's own "
                "suppliers.");
  }
  SwitchOutcome outcome{s.before, std::vector<double>(s.switches)};
  for (std::size_t i = 0; i < rows.size(); ++i)
    outcome.score -= s.behind_rows[rows[i]] * system.b(i);
  for (const auto& group : s.groups) {
    if (!touches(group, shares)) continue;
    double amount = group.amount;
    for (std::size_t i = 0; i < rows.size(); ++i) amount -= group.behind[rows[i]] * system.b(i);
    add_cost(group, amount, shares, outcome.cost);
  }
  for (std::size_t k = 0; k < s.switches; ++k) {
    if (shares[k] == 0) continue;
    outcome.cost[k] = s.costed[k] ? outcome.cost[k] + shares[k] * s.fixed[k] : unknown_cost;
  }
  return outcome;
}

double SwitchModel::paid(std::span<const double> shares) const {
  double sum = 0;
  for (const auto& group : state_->groups) {
    double price = 0;
    bool moved = false;
    for (const auto& move : group.moves)
      if (shares[move.which] != 0 && (!moved || std::isnan(price))) {
        price = move.paid;
        moved = true;
      }
    sum += price * group.amount;
  }
  return sum;
}

}  // namespace stave
