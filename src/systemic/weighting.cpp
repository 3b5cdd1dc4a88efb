#include "stave/core/error.hpp"
#include "stave/systemic/systemic.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace stave {
namespace {

std::vector<std::string> words_of(std::string_view list) {
  std::vector<std::string> words;
  while (!list.empty()) {
    const auto comma = std::min(list.find(','), list.size());
    auto word = list.substr(0, comma);
    list.remove_prefix(std::min(comma + 1, list.size()));
    while (word.starts_with(' ')) word.remove_prefix(1);
    while (word.ends_with(' ')) word.remove_suffix(1);
    if (!word.empty()) words.emplace_back(word);
  }
  return words;
}

[[noreturn]] void refuse_weighting(const Chain& chain, const std::string& name) {
  std::vector<std::string> known = {"output", "value_added"};
  for (const auto& row : chain.stressor_rows()) known.push_back(row.name);
  auto hint = did_you_mean(name, known);
  if (hint.empty()) hint = fmt::format("This chain can weigh by {}.", fmt::join(known, ", "));
  if (chain.stressor_rows().empty())
    hint += " Stressors such as employment are added with: stave import CHAIN --stressors FILE.csv";
  throw Error(Errc::not_found, fmt::format("--weights: '{}' is no weight of this chain", name),
              hint);
}

Weighting weighting(const Chain& chain, const std::string& name) {
  if (name == "output") return {name, chain.info().unit, chain.output()};
  if (name == "value_added") return {name, chain.info().unit, chain.value_added()};
  const auto& rows = chain.stressor_rows();
  for (std::size_t s = 0; s < rows.size(); ++s)
    if (rows[s].name == name) {
      const auto row = chain.stressors().row(s);
      return {name, rows[s].unit, {row.begin(), row.end()}};
    }
  refuse_weighting(chain, name);
}

}  // namespace

std::vector<Weighting> weightings(const Chain& chain, std::string_view names) {
  std::vector<Weighting> all;
  for (const auto& name : words_of(names)) {
    if (std::any_of(all.begin(), all.end(), [&](const auto& w) { return w.name == name; }))
      throw Error(Errc::bad_input, fmt::format("--weights: '{}' is named twice", name));
    auto w = weighting(chain, name);
    double sum = 0;
    for (auto& value : w.values) {
      if (!(value >= 0)) {
        ++w.clipped;
        value = 0;
      }
      sum += value;
    }
    if (!(sum > 0))
      throw Error(Errc::missing_part,
                  fmt::format("--weights: '{}' is zero or unknown everywhere in {}", name,
                              chain.info().name));
    all.push_back(std::move(w));
  }
  if (all.empty())
    throw Error(Errc::bad_input, "--weights: names no weight",
                "Write output, or output,value_added.");
  return all;
}

}  // namespace stave
