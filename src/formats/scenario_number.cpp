#include "scenario_number.hpp"

#include "stave/core/error.hpp"
#include "stave/formats/delimited.hpp"

#include <cmath>

#include <fmt/format.h>

namespace stave {
namespace {

struct Form {
  std::string_view key;
  Distribution::Shape shape;
  std::size_t least_values;
  std::size_t most_values;
  std::string_view expected;
};
constexpr std::array<Form, 5> forms{{
    {"uniform", Distribution::Shape::uniform, 2, 2, "[low, high], the lower one first"},
    {"triangular", Distribution::Shape::triangular, 3, 3, "[low, likeliest, high], ascending"},
    {"normal", Distribution::Shape::normal, 2, 2, "[mean, standard deviation], the latter above 0"},
    {"lognormal", Distribution::Shape::lognormal, 2, 2,
     "[median, geometric standard deviation], the median above 0 and the latter above 1"},
    {"choice", Distribution::Shape::choice, 2, 1000, "a list of 2 to 1000 numbers"},
}};

std::string allowed(const NumberRule& rule) {
  auto text = std::string(rule.whole ? "a whole number" : rule.share ? "a share" : "a number");
  const bool boundless = rule.most == std::numeric_limits<double>::max();
  if (rule.least == std::numeric_limits<double>::lowest() && boundless) return text;
  if (boundless)
    return fmt::format("{} {} {}", text, rule.above_least ? "above" : "of at least", rule.least);
  return fmt::format("{} {} {} to {}", text, rule.above_least ? "above" : "from", rule.least,
                     rule.most);
}

bool fits(const NumberRule& rule, double value) {
  if (std::isinf(value) && value > 0) return rule.infinite;
  return std::isfinite(value) && value <= rule.most &&
         (rule.above_least ? value > rule.least : value >= rule.least) &&
         (!rule.whole || std::floor(value) == value);
}

std::string expected(const NumberRule& rule, const std::string& written, double value) {
  auto text = allowed(rule);
  if (rule.share && value > 1 && value <= 100 && !written.ends_with('%'))
    return fmt::format("{}; found {}: did you mean \"{}%\"?", text, written, written);
  if (rule.share) text += " or a percentage such as \"50%\"";
  if (rule.infinite) text += " or \"infinite\"";
  return fmt::format("{}; found {}", text, written);
}

std::string as_written(const toml::node& node) {
  if (const auto text = node.value_exact<std::string>()) return *text;
  if (const auto whole = node.value_exact<std::int64_t>()) return fmt::format("{}", *whole);
  if (const auto real = node.value_exact<double>()) return fmt::format("{}", *real);
  if (node.is_array()) return "a list";
  return node.is_table() ? "a table" : node.is_boolean() ? "true or false" : "a date";
}

std::optional<double> from_text(std::string_view text, const NumberRule& rule) {
  if (rule.infinite && text == "infinite") return std::numeric_limits<double>::infinity();
  const bool percent = rule.share && text.ends_with('%');
  if (!percent) return std::nullopt;
  text.remove_suffix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  const auto value = parse_number(text);
  return value ? std::optional(*value / 100) : std::nullopt;
}

std::optional<double> value_of(const toml::node& node, const NumberRule& rule) {
  if (const auto text = node.value_exact<std::string>()) return from_text(*text, rule);
  if (const auto whole = node.value_exact<std::int64_t>()) return static_cast<double>(*whole);
  return node.value_exact<double>();
}

bool ascending(const std::vector<double>& v) {
  for (std::size_t k = 1; k < v.size(); ++k)
    if (v[k] < v[k - 1]) return false;
  return true;
}

double in_range(TomlSection& section, std::string_view key, const toml::node& node,
                const NumberRule& rule) {
  const auto value = value_of(node, rule);
  if (!value || !fits(rule, *value))
    section.refuse(key, expected(rule, as_written(node), value.value_or(0)));
  return *value;
}

// What the list of a distribution holds must itself be allowed, but for a standard deviation.
Distribution distribution_of(TomlSection& section, const Form& form, const NumberRule& rule) {
  const auto* node = section.find(form.key);
  const auto* list = node->as_array();
  if (list == nullptr || list->size() < form.least_values || list->size() > form.most_values)
    section.refuse(form.key, std::string(form.expected));
  Distribution result{form.shape, {}};
  auto spread = rule;
  spread.least = 0;
  spread.most = std::numeric_limits<double>::max();
  spread.above_least = true;
  spread.whole = false;
  auto finite = rule;
  finite.infinite = false;
  for (const auto& item : *list) {
    const bool deviation = (form.shape == Distribution::Shape::normal ||
                            form.shape == Distribution::Shape::lognormal) &&
                           result.values.size() == 1;
    result.values.push_back(in_range(section, form.key, item, deviation ? spread : finite));
  }
  const bool ordered =
      form.shape == Distribution::Shape::uniform || form.shape == Distribution::Shape::triangular;
  if (ordered && !ascending(result.values)) section.refuse(form.key, std::string(form.expected));
  if (form.shape == Distribution::Shape::lognormal &&
      (result.values[0] <= 0 || result.values[1] <= 1))
    section.refuse(form.key, std::string(form.expected));
  return result;
}

const Form& form_of(TomlSection& inside, TomlSection& outside, std::string_view key) {
  const Form* found = nullptr;
  int named = 0;
  for (const auto& form : forms)
    if (inside.find(form.key) != nullptr) {
      found = &form;
      ++named;
    }
  if (named != 1)
    outside.refuse(
        key,
        "a number, or one of { uniform = [low, high] }, { triangular = [low, likeliest, "
        "high] }, { normal = [mean, deviation] }, { lognormal = [median, geometric deviation] "
        "} and { choice = [a, b, ...] }");
  return *found;
}

}  // namespace

NumberAt ScenarioNumbers::fix(double value) {
  fixed.push_back(value);
  return {fixed.size() - 1};
}

bool ScenarioNumbers::uncertain(NumberAt number) const { return std::isnan(fixed[number.place]); }

NumberAt ScenarioNumbers::read(TomlSection& section, std::string_view key, const std::string& of,
                               const NumberRule& rule, std::optional<double> fallback) {
  const auto* node = section.find(key);
  if (node == nullptr) {
    if (!fallback) section.refuse(key, allowed(rule));
    return fix(*fallback);
  }
  if (!node->is_table()) return fix(in_range(section, key, *node, rule));
  auto inside = *section.section(key);
  const auto& form = form_of(inside, section, key);
  const auto name = inside.text("name", fmt::format("{}: {}", of, key));
  const auto distribution = distribution_of(inside, form, rule);
  inside.finish();
  if (list.size() == most_uncertain_numbers)
    throw Error(Errc::too_large, fmt::format("more than {} numbers are uncertain", list.size()),
                "Settle those that matter least.");
  places.push_back(fixed.size());
  const double above = rule.above_least ? 1e-6 * std::max(1.0, std::abs(rule.least)) : 0;
  list.push_back({name, distribution, rule.least + above, rule.most, rule.whole});
  return fix(std::nan(""));
}

}  // namespace stave
