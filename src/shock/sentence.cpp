#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "shock/told.hpp"

namespace stave {
namespace {

constexpr std::size_t names_told = 3;
constexpr double rounding = 1e-14;  // of a sum of days

std::string with_commas(double value) {
  auto digits = fmt::format("{:.0f}", std::abs(value));
  for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3)
    digits.insert(static_cast<std::size_t>(at), ",");
  return (value < 0 && digits != "0" ? "-" : "") + digits;
}

std::string money(const Chain& chain, double value) {
  return chain.info().unit.empty() ? amount_words(value)
                                   : amount_words(value) + " " + chain.info().unit;
}

std::string events_in_words(const Scenario& scenario) {
  std::vector<std::string> names;
  const auto add = [&](const auto& events) {
    for (const auto& event : events)
      if (std::find(names.begin(), names.end(), event.name) == names.end())
        names.push_back(event.name);
  };
  add(scenario.capacity);
  add(scenario.links);
  add(scenario.demand);
  add(scenario.delays);
  add(scenario.stocks);
  const auto told = std::min(names.size(), names_told);
  auto text = fmt::format(
      "{}", fmt::join(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(told), ", "));
  return told == names.size() ? text : fmt::format("{} and {} more", text, names.size() - told);
}

std::string fall_in_words(const PlayedShock& played) {
  const auto& it = played.indicators;
  if (1 - it.least_output < 1e-9) return " Output never falls.";
  auto text = fmt::format(" Output falls to {} of a normal day's on day {}",
                          percent_words(it.least_output), it.least_day);
  if (it.least_output >= 0.95) return text + ".";
  if (it.back_after)
    return text + fmt::format(" and stays above 95 % from {} days after the shock began on.",
                              *it.back_after);
  return text + " and is not back at 95 % on the last day.";
}

std::string loss_in_words(const PlayedShock& played) {
  const auto& it = played.indicators;
  if (std::abs(it.value_added_lost_share) < rounding)
    return fmt::format(" Over {} days no value added is lost.", played.simulation.days.size());
  auto text = fmt::format(" Over {} days {} of value added is lost, {} of what they would give",
                          played.simulation.days.size(), money(played.chain, it.value_added_lost),
                          percent_words(it.value_added_lost_share));
  if (it.value_added_lost < 0)
    text = fmt::format(" Over {} days {} more value added is made", played.simulation.days.size(),
                       money(played.chain, -it.value_added_lost));
  if (it.loss_multiplier && it.value_added_lost > 0)
    text += fmt::format(", {} times what the makers that lost capacity lose themselves",
                        amount_words(*it.loss_multiplier));
  return text + ".";
}

std::string unmet_in_words(const PlayedShock& played) {
  const auto& it = played.indicators;
  if (!it.short_after) return " Final use gets all it wants.";
  const auto when = *it.short_after == 0
                        ? std::string("on the day the shock begins")
                        : fmt::format("{} days after the shock began", *it.short_after);
  auto text =
      fmt::format(" Final use first goes short {}; in all {} of what it wants is not served", when,
                  percent_words(it.unmet_share));
  const auto missed = most_missed(played.simulation, 1);
  if (!missed.empty()) {
    const auto unmet = column_of(played.simulation.unmet_by_product, missed.front().at());
    double total = 0;
    for (const double u : unmet) total += u;
    const double wanted =
        normal_final_use(played.chain)[missed.front().at()] * static_cast<double>(unmet.size());
    text += fmt::format(", most of all {}", played.chain.products()[missed.front()].name);
    if (wanted > 0) text += fmt::format(" ({} of it)", percent_words(total / wanted));
  }
  return text + ".";
}

std::string step_in_words(const PlayedShock& played, const CauseStep& step) {
  const auto& chain = played.chain;
  const auto& course = played.simulation.nodes[step.node.at()];
  const auto name = maker_name(chain, step.node);
  const auto worst = course.least_day < 0
                         ? std::string()
                         : fmt::format(" (at worst {} of normal, day {})",
                                       percent_words(course.least_output), course.least_day);
  switch (step.kind) {
    case CauseStep::Kind::capacity:
      return fmt::format("on day {} {} loses capacity ({}){}", step.day, name, step.event, worst);
    case CauseStep::Kind::cut:
      return fmt::format(
          "{} of the {} that {} buys is kept away or late ({}); it runs short from "
          "day {}{}",
          percent_words(step.dependence), chain.products()[step.input].name, name, step.event,
          step.day, worst);
    case CauseStep::Kind::input: {
      auto text = fmt::format("{} runs short of {} from day {}", name,
                              chain.products()[step.input].name, step.day);
      if (step.from)
        text += fmt::format(", {} of which comes from there", percent_words(step.dependence));
      return text + worst;
    }
    case CauseStep::Kind::fewer_orders:
      break;
  }
  auto text = fmt::format("{} has fewer orders from day {}", name, step.day);
  if (step.from)
    text += fmt::format(", {} of its sales going there", percent_words(step.dependence));
  if (!step.event.empty()) text += fmt::format(" ({})", step.event);
  return text + worst;
}

}  // namespace

std::string maker_name(const Chain& chain, NodeId id) {
  const auto& node = chain.node(id);
  if (!node.name.empty()) return node.name;
  const auto& product = chain.products()[node.product].name;
  if (chain.regions().size() < 2) return product;
  return fmt::format("{} in {}", product, chain.regions()[node.region].name);
}

std::string percent_words(double share) {
  const double value = 100 * share;
  if (std::abs(value) >= 99.95 || std::abs(value) < 100 * rounding)
    return fmt::format("{:.0f} %", value);
  if (std::abs(value) >= 1) return fmt::format("{:.1f} %", value);
  return fmt::format("{:.2g} %", value);
}

std::string amount_words(double value) {
  return std::abs(value) >= 100 ? with_commas(value) : fmt::format("{:.3g}", value);
}

std::string account_of(const PlayedShock& played) {
  const auto& title = played.scenario.title;
  auto text = title + (title.ends_with('.') ? "" : ".");
  const auto events = events_in_words(played.scenario);
  text += events.empty() ? " The scenario has no event."
                         : fmt::format(" From day {}: {}.", day_it_begins(played.scenario), events);
  return text + fall_in_words(played) + loss_in_words(played) + unmet_in_words(played);
}

std::string causes_in_words(const PlayedShock& played, const std::vector<CauseStep>& steps) {
  std::string text;
  for (std::size_t k = 0; k < steps.size(); ++k) {
    auto sentence = step_in_words(played, steps[k]);
    if (k == 0)
      sentence.front() =
          static_cast<char>(std::toupper(static_cast<unsigned char>(sentence.front())));
    text += (k == 0 ? "" : "; ") + sentence;
  }
  return text.empty() ? text : text + ".";
}

}  // namespace stave
