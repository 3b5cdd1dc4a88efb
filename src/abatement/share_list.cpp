// What a user says of the switches' shares.
#include "stave/abatement/abatement.hpp"
#include "stave/core/classification.hpp"
#include "stave/core/error.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

namespace stave {
namespace {

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

double share_in(std::string_view text, std::string_view item) {
  const bool percent = text.ends_with('%');
  const auto number = trimmed(percent ? text.substr(0, text.size() - 1) : text);
  double value = 0;
  const auto* end = number.data() + number.size();
  const auto [stop, error] = std::from_chars(number.data(), end, value);
  if (percent) value /= 100;
  if (error != std::errc() || stop != end || !(value >= 0 && value <= 1))
    throw Error(Errc::bad_input,
                fmt::format("--shares: '{}': '{}' is no share from 0 to 1", item, text),
                "NAME=SHARE, comma separated: --shares \"low-carbon steel=0.5, lighter body=0\".");
  return value;
}

std::size_t switch_named(const std::vector<Switch>& switches, std::string_view name) {
  std::vector<std::string> names;
  for (const auto& s : switches) names.push_back(s.name);
  const auto found = std::ranges::find(names, name);
  if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
  throw Error(Errc::not_found, fmt::format("--shares: there is no switch '{}'", name),
              did_you_mean(name, names));
}

}  // namespace

std::vector<double> shares_of(const std::vector<Switch>& switches, std::string_view text) {
  std::vector<double> shares;
  for (const auto& s : switches) shares.push_back(s.share);
  std::vector<bool> given(switches.size());
  for (std::size_t at = 0; at <= text.size();) {
    const auto comma = std::min(text.find(',', at), text.size());
    const auto item = trimmed(text.substr(at, comma - at));
    at = comma + 1;
    if (item.empty()) continue;
    const auto equals = std::min(item.rfind('='), item.size());
    const auto value = equals == item.size() ? std::string_view{} : item.substr(equals + 1);
    const auto k = switch_named(switches, trimmed(item.substr(0, equals)));
    if (given[k])
      throw Error(Errc::bad_input, fmt::format("--shares: '{}' is there twice", switches[k].name));
    given[k] = true;
    shares[k] = share_in(trimmed(value), item);
  }
  return shares;
}

}  // namespace stave
