#include "stave/analysis/report.hpp"

#include <algorithm>
#include <stdexcept>

namespace stave {

std::string_view to_string(Tone tone) {
  switch (tone) {
    case Tone::good:
      return "good";
    case Tone::warning:
      return "warning";
    case Tone::alarm:
      return "alarm";
    case Tone::plain:
      break;
  }
  return "plain";
}

const Table& Report::table(std::string_view name) const {
  const auto found =
      std::find_if(tables.begin(), tables.end(), [&](const Table& t) { return t.name() == name; });
  if (found == tables.end())
    throw std::logic_error("report '" + analysis + "' has no table '" + std::string(name) + "'");
  return *found;
}

}  // namespace stave
