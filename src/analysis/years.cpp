#include "stave/analysis/years.hpp"

#include "stave/core/error.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace stave {
namespace {

constexpr std::size_t most_named = 3;

std::set<std::string> codes_of(const Classification& items) {
  std::set<std::string> codes;
  for (const auto& item : items.items()) codes.insert(item.code);
  return codes;
}

// "c14, c15, c16 ... (35 in all)", of what only the first has.
std::string only_in(const std::set<std::string>& a, const std::set<std::string>& b) {
  std::vector<std::string> named;
  std::ranges::set_difference(a, b, std::back_inserter(named));
  const auto count = named.size();
  named.resize(std::min(count, most_named));
  return fmt::format("{}{}", fmt::join(named, ", "),
                     count > most_named ? fmt::format(" ... ({} in all)", count) : "");
}

void require_same_codes(const Chain& a, const Chain& b, const Classification& of_a,
                        const Classification& of_b, std::string_view what) {
  const auto in_a = codes_of(of_a);
  const auto in_b = codes_of(of_b);
  if (in_a == in_b) return;
  std::string differences;
  for (const auto& [name, only] :
       {std::pair{a.info().name, only_in(in_a, in_b)}, {b.info().name, only_in(in_b, in_a)}})
    if (!only.empty())
      differences += fmt::format("{}only {} has {}", differences.empty() ? "" : "; ", name, only);
  throw Error(Errc::bad_input,
              fmt::format("{} and {} do not have the same {}: {}", a.info().name, b.info().name,
                          what, differences),
              fmt::format("Bring both to one classification first, with a concordance (from,to): "
                          "stave aggregate CHAIN --{} CONCORDANCE.csv -o NAME.stave",
                          what));
}

bool told_apart(const std::vector<Chain>& chains) {
  std::set<int> years;
  for (const auto& chain : chains)
    if (chain.info().year == 0 || !years.insert(chain.info().year).second) return false;
  return true;
}

}  // namespace

void require_same_classification(const Chain& a, const Chain& b) {
  require_same_codes(a, b, a.regions(), b.regions(), "regions");
  require_same_codes(a, b, a.products(), b.products(), "products");
}

Years in_years(const Chain& chain, const std::vector<Chain>& others) {
  Years years{{chain}, {}};
  for (const auto& other : others) {
    require_same_classification(chain, other);
    years.chains.push_back(other);
  }
  const bool by_year = told_apart(years.chains);
  if (by_year) std::ranges::sort(years.chains, {}, [](const Chain& c) { return c.info().year; });
  for (const auto& one : years.chains) {
    const auto same = std::ranges::count(years.label, one.info().name);
    years.label.push_back(by_year    ? std::to_string(one.info().year)
                          : same > 0 ? fmt::format("{} ({})", one.info().name, same + 1)
                                     : one.info().name);
  }
  return years;
}

}  // namespace stave
