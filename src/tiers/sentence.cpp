#include "tiers/sentence.hpp"

#include "stave/analysis/words.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace stave {
namespace {

std::string money(const Chain& chain, double value) {
  return words::amount(value, chain.info().unit);
}

// The three largest boxes of a tier.
std::vector<std::string> largest(const TierAnswer& a, int t) {
  const auto& tier = a.tiers.tier(t);
  std::vector<std::string> words;
  for (std::size_t b = 0; b < tier.boxes.size() && words.size() < 3; ++b)
    if (tier.boxes[b].kind != BoxKind::rest)
      words.push_back(fmt::format("{} ({})", box_name(a.chain, a.tiers, t, b),
                                  words::percent(tier.boxes[b].value / tier.total)));
  return words;
}

std::string makers_words(std::size_t makers) {
  return makers == 1 ? "one maker" : fmt::format("{} makers", makers);
}

Finding supplier_finding(const TierAnswer& a) {
  const auto& tier = a.tiers.tier(-1);
  if (!(tier.total > 0))
    return {fmt::format("{} buys nothing from other makers in this chain.", a.tiers.focus_name),
            Tone::plain};
  return {fmt::format("{} buys from {}, {} a year: most of it from {}.", a.tiers.focus_name,
                      makers_words(tier.makers), money(a.chain, tier.total),
                      words::listed(largest(a, -1))),
          Tone::plain};
}

// "all of it to 13 makers", "65 % of it to 707 makers and 35 % to final use"
std::string users_words(const Tier& tier) {
  double final_use = 0;
  for (const auto& region : tier.regions) final_use += region.final_use;
  if (tier.makers == 0) return "all of it to final use";
  if (!(final_use > 0)) return "all of it to " + makers_words(tier.makers);
  return fmt::format("{} of it to {} and {} to final use",
                     words::percent(1 - final_use / tier.total), makers_words(tier.makers),
                     words::percent(final_use / tier.total));
}

Finding customer_finding(const TierAnswer& a) {
  const auto& tier = a.tiers.tier(1);
  if (!(tier.total > 0))
    return {fmt::format("{} sells nothing in this chain.", a.tiers.focus_name), Tone::plain};
  return {fmt::format("{} sells {} a year, {}: most to {}.", a.tiers.focus_name,
                      money(a.chain, tier.total), users_words(tier), words::listed(largest(a, 1))),
          Tone::plain};
}

// Half or more from one region that makes nothing of the focus is a warning.
std::optional<Finding> region_finding(const TierAnswer& a) {
  const auto& tier = a.tiers.tier(-1);
  if (a.chain.regions().size() < 2 || !(tier.total > 0)) return std::nullopt;
  const auto own = [&](RegionId region) {
    return std::ranges::any_of(a.tiers.focus,
                               [&](NodeId f) { return a.chain.node(f).region == region; });
  };
  std::vector<std::string> words;
  double squares = 0;
  for (const auto& region : tier.regions) {
    const double share = region.value / tier.total;
    squares += share * share;
    if (words.size() < 3)
      words.push_back(
          fmt::format("{} in {}", words::percent(share), a.chain.regions()[region.region].name));
  }
  const auto& first = tier.regions.front();
  const bool hangs = first.value >= 0.5 * tier.total && !own(first.region);
  return Finding{
      fmt::format("Its direct suppliers by region: {}; as concentrated as {:.1f} regions "
                  "with equal shares.",
                  words::listed(words), 1 / squares),
      hangs ? Tone::warning : Tone::plain};
}

double loss_of(const FocusRisk& risk, NodeId maker) {
  const auto found = risk.loss.find(maker);
  return found == risk.loss.end() ? 0 : found->second;
}

bool in_focus(const TierAnswer& a, NodeId maker) {
  return std::ranges::find(a.tiers.focus, maker) != a.tiers.focus.end();
}

std::string worst_words(const TierAnswer& a) {
  std::optional<NodeId> worst;
  for (const auto& [maker, loss] : a.risk->loss)
    if (!in_focus(a, maker) && loss > 0 && (!worst || loss > loss_of(*a.risk, *worst)))
      worst = maker;
  if (!worst) return {};
  return fmt::format(
      " Of the other makers with a box, the stop of {} costs it most: {} of its output.",
      a.chain.label(*worst), words::percent(loss_of(*a.risk, *worst)));
}

Finding risk_finding(const TierAnswer& a) {
  auto singles = a.risk->singles;
  std::erase_if(singles, [&](NodeId maker) {
    return a.tiers.focus.size() == 1 && maker == a.tiers.focus.front();
  });
  if (singles.empty())
    return {fmt::format("No other maker's loss alone makes {} impossible.{}", a.tiers.focus_name,
                        worst_words(a)),
            Tone::good};
  std::stable_sort(singles.begin(), singles.end(),
                   [&](NodeId x, NodeId y) { return loss_of(*a.risk, x) > loss_of(*a.risk, y); });
  std::vector<std::string> names;
  for (std::size_t k = 0; k < std::min<std::size_t>(3, singles.size()); ++k)
    names.push_back(a.chain.label(singles[k]));
  const auto more = singles.size() - names.size();
  const auto who = more > 0 ? fmt::format("{} and {} more", fmt::join(names, "; "), more)
                            : fmt::format("{}", fmt::join(names, "; "));
  return {singles.size() == 1 ? fmt::format("The loss of {} alone would make {} impossible.", who,
                                            a.tiers.focus_name)
                              : fmt::format("{} makers would each alone make {} impossible: {}.",
                                            singles.size(), a.tiers.focus_name, who),
          Tone::alarm};
}

}  // namespace

std::vector<Finding> tier_findings(const TierAnswer& a) {
  std::vector<Finding> findings;
  if (a.tiers.up > 0) findings.push_back(supplier_finding(a));
  if (a.tiers.down > 0) findings.push_back(customer_finding(a));
  if (a.tiers.up > 0)
    if (auto finding = region_finding(a)) findings.push_back(*finding);
  if (a.risk) findings.push_back(risk_finding(a));
  if (findings.empty())
    findings.push_back({fmt::format("{} sells {} a year.", a.tiers.focus_name,
                                    money(a.chain, a.tiers.tier(0).total)),
                        Tone::plain});
  return findings;
}

std::vector<std::string> tier_notes(const TierAnswer& a) {
  std::vector<std::string> notes = {
      "What reaches the middle through a supplier is the supplier's purchases in proportion to "
      "what "
      "it sells; what its customers pass on is in proportion to their sales. A maker can have a "
      "box "
      "in several tiers, and the middle itself too."};
  if (a.tiers.clipped > 0)
    notes.push_back(fmt::format("Sales below zero (stock changes) are left out: {}.",
                                money(a.chain, a.tiers.clipped)));
  if (a.too_large)
    notes.push_back(fmt::format(
        "Risk was left out: the chain has {} makers and {} links between them, and it is followed "
        "up "
        "to {} and {}. `stave cascade` answers for one stop, `stave breakpoints` for what alone "
        "stops a product.",
        a.chain.size(), a.chain.flows().nonzeros(), most_makers_for_risk, most_links_for_risk));
  if (!a.risk) return notes;
  notes.push_back(fmt::format(
      "Loss: the maker stops for good, missing supplies are followed until no output falls by more "
      "than {:g} of normal in a round, and others step in by market share. Breaks: the middle has "
      "no "
      "supplier left of an essential input, however small (break points with threshold 0).",
      risk_eps));
  if (!a.chain.has_own_recipe())
    notes.emplace_back(
        "The chain brings no recipe: every good counts as essential to makers of goods, and losses "
        "are a worst case.");
  if (a.risk->not_converged > 0)
    notes.push_back(fmt::format("{} stops did not come to rest.", a.risk->not_converged));
  return notes;
}

}  // namespace stave
