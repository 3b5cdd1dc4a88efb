#include "stave/analysis/declaration.hpp"

#include "stave/core/error.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

namespace stave {
namespace {

std::string range_of(const Parameter& p) {
  if (p.min && p.max) return fmt::format("from {} to {}", *p.min, *p.max);
  if (p.min) return fmt::format("of at least {}", *p.min);
  if (p.max) return fmt::format("of at most {}", *p.max);
  return {};
}

double number(const Parameter& p, const std::string& text) {
  const bool whole = p.type == ParameterType::integer;
  double value = 0;
  const auto* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  const bool reads = error == std::errc() && stop == end && std::isfinite(value);
  const bool fits = reads && (!whole || (std::floor(value) == value && std::abs(value) < 1e15)) &&
                    value >= p.min.value_or(value) && value <= p.max.value_or(value);
  if (!fits)
    throw Error(
        Errc::bad_input,
        fmt::format("--{}: '{}' is not {}{}{}", p.name, text, whole ? "a whole number" : "a number",
                    range_of(p).empty() ? "" : " ", range_of(p)),
        p.fallback.empty() ? "" : fmt::format("The default is {}.", p.fallback));
  return value;
}

void check_choice(const Parameter& p, const std::string& text) {
  if (std::find(p.choices.begin(), p.choices.end(), text) != p.choices.end()) return;
  throw Error(Errc::bad_input, fmt::format("--{}: '{}' is not one of its choices", p.name, text),
              fmt::format("Choose from {}.", fmt::join(p.choices, ", ")));
}

double truth(const Parameter& p, const std::string& text) {
  if (text == "true" || text == "on" || text == "yes" || text == "1") return 1;
  if (text == "false" || text == "off" || text == "no" || text == "0") return 0;
  throw Error(Errc::bad_input, fmt::format("--{}: '{}' is neither on nor off", p.name, text));
}

bool same_but_for_case(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [&](char l, char r) { return lower(l) == lower(r); });
}

// The name as it stands, else whatever its case.
std::size_t stressor_position(const Chain& chain, const std::string& text) {
  std::vector<std::string> names;
  for (const auto& row : chain.stressor_rows()) names.push_back(row.name);
  auto found = std::find(names.begin(), names.end(), text);
  if (found == names.end())
    found = std::find_if(names.begin(), names.end(),
                         [&](const auto& name) { return same_but_for_case(name, text); });
  if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
  throw Error(Errc::not_found, fmt::format("stressor '{}' is not in this chain", text),
              names.empty() ? "The chain has no stressors. Add some with: stave import CHAIN "
                              "--stressors FILE.csv"
                            : did_you_mean(text, names));
}

std::vector<Chain> opened(const Parameter& p, const std::string& text, const ChainOpener& open) {
  if (!open)
    throw Error(Errc::missing_part,
                fmt::format("--{}: other chains cannot be opened here", p.name));
  std::vector<Chain> chains;
  for (const auto& name : chain_names(text)) chains.push_back(open(name));
  return chains;
}

void reject_unknown(const Declaration& declaration, const Arguments::Given& given) {
  for (const auto& [name, text] : given) {
    std::vector<std::string> names;
    for (const auto& p : declaration.parameters) names.push_back(p.name);
    if (std::find(names.begin(), names.end(), name) == names.end())
      throw Error(Errc::bad_input,
                  fmt::format("'{}' has no parameter '{}'", declaration.name, name),
                  did_you_mean(name, names));
  }
}

// Of an analysis that does without a chain.
void require_chain(const Declaration& declaration, const Parameter& p, const Chain& chain) {
  const bool of_chain = p.type == ParameterType::region || p.type == ParameterType::product ||
                        p.type == ParameterType::node || p.type == ParameterType::stressor;
  if (!declaration.chain_optional || !of_chain || chain.size() > 0) return;
  throw Error(
      Errc::missing_part,
      fmt::format("--{} names a {} of a chain, and no chain was given", p.name, to_string(p.type)),
      "Name it: --chain world-2011.");
}

}  // namespace

std::vector<std::string> chain_names(const std::string& text) {
  std::vector<std::string> names;
  for (std::size_t at = 0; at <= text.size();) {
    const auto comma = std::min(text.find(',', at), text.size());
    const auto first = text.find_first_not_of(' ', at);
    if (first < comma) {
      const auto last = text.find_last_not_of(' ', comma - 1);
      names.push_back(text.substr(first, last - first + 1));
    }
    at = comma + 1;
  }
  return names;
}

std::string_view to_string(ParameterType type) {
  switch (type) {
    case ParameterType::text:
      return "text";
    case ParameterType::integer:
      return "integer";
    case ParameterType::real:
      return "number";
    case ParameterType::flag:
      return "on/off";
    case ParameterType::choice:
      return "choice";
    case ParameterType::region:
      return "region";
    case ParameterType::product:
      return "product";
    case ParameterType::node:
      return "node";
    case ParameterType::stressor:
      return "stressor";
    case ParameterType::chains:
      return "chains";
    case ParameterType::input_file:
    case ParameterType::kept_file:
      break;
  }
  return "file";
}

Arguments::Arguments(const Declaration& declaration, const Given& given, const Chain& chain,
                     const ChainOpener& open) {
  reject_unknown(declaration, given);
  for (const auto& p : declaration.parameters) {
    const auto found = given.find(p.name);
    const auto text = found == given.end() ? p.fallback : found->second;
    if (text.empty()) {
      if (p.required)
        throw Error(Errc::bad_input, fmt::format("'{}' needs --{}", declaration.name, p.name),
                    p.summary);
      continue;
    }
    require_chain(declaration, p, chain);
    switch (p.type) {
      case ParameterType::text:
      case ParameterType::input_file:
      case ParameterType::kept_file:
        break;
      case ParameterType::integer:
      case ParameterType::real:
        numbers_[p.name] = number(p, text);
        break;
      case ParameterType::flag:
        numbers_[p.name] = truth(p, text);
        break;
      case ParameterType::choice:
        check_choice(p, text);
        break;
      case ParameterType::region:
        positions_[p.name] = chain.regions().require(text);
        break;
      case ParameterType::product:
        positions_[p.name] = chain.products().require(text);
        break;
      case ParameterType::node:
        positions_[p.name] = chain.require_node(text).at();
        break;
      case ParameterType::stressor:
        positions_[p.name] = stressor_position(chain, text);
        break;
      case ParameterType::chains:
        chains_[p.name] = opened(p, text, open);
        break;
    }
    values_[p.name] = text;
  }
}

bool Arguments::has(std::string_view name) const { return values_.contains(name); }
const std::string& Arguments::text(std::string_view name) const {
  return values_.find(name)->second;
}
double Arguments::real(std::string_view name) const { return numbers_.find(name)->second; }
std::int64_t Arguments::integer(std::string_view name) const {
  return static_cast<std::int64_t>(real(name));
}
bool Arguments::flag(std::string_view name) const {
  const auto found = numbers_.find(name);
  return found != numbers_.end() && found->second != 0;
}
RegionId Arguments::region(std::string_view name) const {
  return RegionId(positions_.find(name)->second);
}
ProductId Arguments::product(std::string_view name) const {
  return ProductId(positions_.find(name)->second);
}
NodeId Arguments::node(std::string_view name) const {
  return NodeId(positions_.find(name)->second);
}
std::size_t Arguments::stressor(std::string_view name) const {
  return positions_.find(name)->second;
}
const std::vector<Chain>& Arguments::chains(std::string_view name) const {
  static const std::vector<Chain> none;
  const auto found = chains_.find(name);
  return found == chains_.end() ? none : found->second;
}

}  // namespace stave
