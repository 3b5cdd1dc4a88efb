#include "stave/core/error.hpp"
#include "stave/formats/delimited.hpp"
#include "stave/formats/import.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "emission.hpp"
#include "sample.hpp"

namespace stave::sample {

namespace {

constexpr std::string_view co2_year = "2019";

std::string_view trimmed(std::string_view text) {
  const auto end = text.find_last_not_of(' ');
  return text.substr(0, end == text.npos ? 0 : end + 1);
}

/// The national inventory of one year [Mt]: a column a year, a row a sector, the total first.
std::vector<Emission> read_inventory(const std::filesystem::path& path) {
  DelimitedReader in(Source::open(path));
  in.next_row();
  in.name_columns(in.texts());
  const auto wanted = fmt::format("{}.0", co2_year);
  const auto column = std::ranges::find(in.columns(), wanted) - in.columns().begin();
  if (column == std::ssize(in.columns()))
    throw Error(Errc::bad_input, fmt::format("{}: no column '{}'", in.file(), wanted));
  std::vector<Emission> rows;
  double total = 0;
  while (in.next_row()) {
    const std::string sector(trimmed(in.text()));
    if (sector.empty()) continue;
    in.skip(static_cast<std::size_t>(column) - 1);
    const auto value = in.number();
    if (sector == "Total Consumption")
      total = value;
    else
      rows.push_back({"CHN", sector, value});
  }
  double sum = 0;
  for (const auto& row : rows) sum += row.value;
  if (!(std::abs(sum - total) <= 1e-9 * total))
    throw Error(Errc::bad_input, fmt::format("{}: the sectors of {} sum to {} Mt, not to {} Mt",
                                             in.file(), co2_year, sum, total));
  return rows;
}

/// Column of Y that holds China's households.
std::size_t household_column(const Chain& chain) {
  const auto& columns = chain.final_columns();
  const auto china = RegionId(chain.regions().require("CHN"));
  const auto found = std::ranges::find_if(columns, [&](const FinalUseColumn& column) {
    return column.region == china &&
           (column.category == "households" || column.category == "consumption");
  });
  if (found == columns.end())
    throw Error(Errc::missing_part, "the table of China has no column of consumption");
  return static_cast<std::size_t>(found - columns.begin());
}

Chain with_co2(const Chain& chain, const Places& places) {
  auto bridge = read_bridge(places.bridges / "china-2020" / "co2_sectors.csv");
  auto emissions =
      read_inventory(places.data / "china-co2" / "national_sector_scope1_1997_2019.csv");
  auto parts = chain.parts();
  parts.stressors_final = Matrix(1, chain.final_columns().size());
  auto& households = parts.stressors_final(0, household_column(chain));
  std::erase_if(emissions, [&](const Emission& row) {
    const auto rule = bridge.find(row.industry);
    if (rule == bridge.end() || rule->second.to.front() != "F_Y") return false;
    households += row.value;
    return true;
  });
  const auto co2 = spread(chain, emissions, bridge);
  parts.stressor_rows = {
      {"CO2", "二氧化碳", "Mt", Quality::estimated,
       "CEADs national inventory of 2019, the last year at hand, unchanged for the table of 2020; "
       "47 sectors brought to 42. Emissions inside China only: none stand against imports."}};
  parts.stressors = Matrix(1, chain.size());
  std::ranges::copy(co2.value, parts.stressors.row(0).begin());
  parts.stressor_quality.assign(chain.size(), Quality::estimated);
  return Chain(std::move(parts));
}

void describe(ChainInfo& info) {
  info.name = "china-2020";
  info.title = "China's input-output table 2020, 42 sectors, imports apart";
  info.title_zh = "2020年中国42部门投入产出表（国产与进口分列）";
  info.source =
      "National Bureau of Statistics of China, input-output table 2020 (42 sectors, imports "
      "apart), "
      "as collected in the R package ionet. CO2: CEADs, national inventory 1997-2019: Guan, Shan, "
      "Huang, Chen, Wang, Hubacek (2021), Assessment to China's recent emission pattern shifts, "
      "Earth's Future 9, e2021EF002241; Shan et al. (2018, 2020), Scientific Data 5, 170201; 7, "
      "54.";
  info.licence =
      "Official statistics of the National Bureau of Statistics; CEADs: free for the public and "
      "science, with citation";
  info.notes.emplace_back(
      "CO2 is of 2019, not of 2020: no inventory of 2020 was at hand, and nothing was scaled.");
  info.notes.emplace_back(
      "CO2 emitted abroad for what China imports is not counted: imported CO2 reads 0, and a "
      "consumption account is China's own emissions less those for its exports.");
  info.notes.emplace_back(
      "Direct CO2 of urban and rural households stands against final consumption, which holds "
      "government too: the table does not part them.");
}

}  // namespace

Chain derive_china_2020(const Places& places) {
  ImportOptions options;
  options.description = places.descriptions / "china-42.toml";
  options.year = 2020;
  const auto table = import_chain(places.data / "china-io" / "china_2020_42.csv", options);
  auto parts = with_co2(table, places).parts();
  describe(parts.info);
  return Chain(std::move(parts));
}

}  // namespace stave::sample
