#include "systemic/round_list.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "systemic/loss_list.hpp"
#include "systemic/sentence.hpp"

namespace stave {
namespace {

// Of one maker, on either side. Before the shock all is normal.
double largest_fall(const FollowedShock& followed) {
  const auto& now = followed.result;
  double fall = 0;
  for (std::size_t i = 0; i < now.h_d.size(); ++i) {
    const double down = now.rounds == 0 ? 1 : followed.before.h_d[i];
    const double up = now.rounds == 0 ? 1 : followed.before.h_u[i];
    fall = std::max({fall, down - now.h_d[i], up - now.h_u[i]});
  }
  return fall;
}

}  // namespace

RoundList::RoundList(const RoundQuestion& question, Table& rounds, Table& totals)
    : question_(question), rounds_(&rounds), totals_(&totals), told_(question.listed.size()) {}

void RoundList::add(const FollowedShock& followed) {
  const auto& now = followed.result;
  const bool last = now.converged || now.rounds >= question_.max_rounds;
  if (now.rounds > most_rounds_listed && !last) return;
  add_nodes(now);
  add_totals(followed);
}

void RoundList::add_nodes(const CascadeResult& now) {
  const auto& chain = question_.chain;
  for (std::size_t k = 0; k < told_.size(); ++k) {
    const auto id = question_.listed[k];
    const Side side = {now.h_d[id.at()], now.h_u[id.at()]};
    if (side.down == told_[k].down && side.up == told_[k].up) continue;
    told_[k] = side;
    const auto& node = chain.node(id);
    rounds_->add_row({question_.scenario, static_cast<std::int64_t>(now.rounds),
                      node_name(chain, id), 100 * loss_of(now, id.at()), 100 * (1 - side.down),
                      100 * (1 - side.up), node.id, chain.regions()[node.region].code,
                      chain.products()[node.product].code});
  }
}

void RoundList::add_totals(const FollowedShock& followed) {
  const auto& now = followed.result;
  std::int64_t hit = 0;
  for (std::size_t i = 0; i < question_.own.size(); ++i)
    hit += question_.own[i] == 0 && loss_of(now, i) > question_.eps ? 1 : 0;
  const double fall = largest_fall(followed);
  for (const auto& weight : question_.weights)
    totals_->add_row({question_.scenario, weight.name, static_cast<std::int64_t>(now.rounds),
                      100 * systemic_risk(now, weight.values).both, hit, 100 * fall});
}

std::string rounds_note(const Table& scenarios, std::size_t listed) {
  std::int64_t most = 0;
  for (const auto rounds : scenarios.integers("rounds")) most = std::max(most, rounds);
  auto note = fmt::format(
      "Rounds hold the {} makers listed of each scenario (--top), each in the rounds in which its "
      "loss changed; totals hold all makers. A round is a step of the cascade and no span of time.",
      listed);
  if (most > most_rounds_listed)
    note += fmt::format(" Of {} rounds the first {} and the last are listed.", most,
                        most_rounds_listed);
  return note;
}

}  // namespace stave
