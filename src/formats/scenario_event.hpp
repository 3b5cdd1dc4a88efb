#pragma once
/// The events of a scenario file, each from its TOML table. Internal to the room.

#include "stave/formats/scenario_file.hpp"

#include "maker_choice.hpp"
#include "scenario_number.hpp"

namespace stave {

inline constexpr int most_scenario_days = 36'500;

/// Each reader puts its part into `parts`: what it does to a scenario once the numbers are settled.
class ScenarioEvents {
 public:
  using Values = std::vector<double>;
  using Part = std::function<void(const Values&, SettledScenario&)>;
  ScenarioEvents(const Chain& chain, ScenarioNumbers& numbers, std::vector<Part>& parts)
      : chain_(chain), who_(chain), numbers_(numbers), parts_(parts) {}

  void read_model(TomlSection& section);
  void read_capacity(TomlSection& section, const std::string& name);
  void read_export_ban(TomlSection& section, const std::string& name);
  void read_cut(TomlSection& section, const std::string& name);
  void read_demand(TomlSection& section, const std::string& name);
  void read_delay(TomlSection& section, const std::string& name);
  void read_stock(TomlSection& section, const std::string& name);
  void read_priority(TomlSection& section, const std::string& name);

 private:
  /// Makers with value added, their sum, and the numbers of [[capacity]].
  struct Capacity;
  struct TimingAt;
  struct Builders;
  struct Ends {
    std::vector<NodeId> from;
    Buyers to;
  };
  [[nodiscard]] Ends ends(TomlSection& section);
  [[nodiscard]] Capacity capacity(TomlSection& section, const std::string& name);
  [[nodiscard]] TimingAt timing(TomlSection& section, const std::string& name);
  [[nodiscard]] Builders builders(TomlSection& section, const std::string& name);
  void read_inventory_days(TomlSection& section);
  [[nodiscard]] NumberAt number(TomlSection& section, std::string_view key, const std::string& name,
                                const NumberRule& rule, std::optional<double> fallback = {}) {
    return numbers_.read(section, key, name, rule, fallback);
  }

  const Chain& chain_;
  MakerChoice who_;
  ScenarioNumbers& numbers_;
  std::vector<Part>& parts_;
};

}  // namespace stave
