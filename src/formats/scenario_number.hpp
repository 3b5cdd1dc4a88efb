#pragma once
/// The numbers of a scenario file: plain, a percentage in quotes, or a distribution. Internal to
/// the room.

#include "stave/formats/scenario_file.hpp"

#include <limits>

#include "toml_section.hpp"

namespace stave {

/// What a key allows.
struct NumberRule {
  double least = 0;
  double most = std::numeric_limits<double>::max();
  bool above_least = false;  ///< the least itself is not allowed
  bool whole = false;
  bool share = false;     ///< "50%" may stand for 0.5
  bool infinite = false;  ///< "infinite" is allowed
};

/// Where a number stands among those of the file; what it is comes with a draw.
struct NumberAt {
  std::size_t place = 0;
  [[nodiscard]] double in(const std::vector<double>& numbers) const { return numbers[place]; }
};

class ScenarioNumbers {
 public:
  /// @param of  what the number belongs to, for its name: "port of Shanghai"
  /// @throws Error bad_input
  NumberAt read(TomlSection& section, std::string_view key, const std::string& of,
                const NumberRule& rule, std::optional<double> fallback);
  [[nodiscard]] bool uncertain(NumberAt number) const;

  std::vector<double> fixed;        ///< NaN where uncertain
  std::vector<std::size_t> places;  ///< of the uncertain ones
  std::vector<UncertainNumber> list;

 private:
  NumberAt fix(double value);
};

}  // namespace stave
