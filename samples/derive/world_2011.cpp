#include "stave/core/aggregate.hpp"
#include "stave/core/error.hpp"
#include "stave/formats/import.hpp"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "emission.hpp"
#include "row.hpp"
#include "sample.hpp"

namespace stave::sample {

namespace {

/// A cell counts as estimated when more than this share of it was divided by output.
constexpr double most_divided = 0.1;

/// A country of the accounts: its region in the table, and whether its figures are an estimate.
struct Country {
  std::string region;
  Quality quality = Quality::measured;
};

std::map<std::string, Country, std::less<>> read_countries(const std::filesystem::path& path) {
  std::map<std::string, Country, std::less<>> countries;
  for (const auto& row : read_rows(path, {"from", "to", "quality"}))
    countries[row.at("from")] = {
        row.at("to"), row.at("quality") == "estimated" ? Quality::estimated : Quality::measured};
  return countries;
}

/// What the chain's CO2 row becomes, cell by cell.
struct Co2 {
  std::vector<double> value;
  std::vector<Quality> quality;
  std::vector<std::string> notes;
};

Co2 read_accounts(const Chain& chain, const Places& places) {
  const auto bridges = places.bridges / "world-2011";
  const auto countries = read_countries(bridges / "co2_regions.csv");
  const auto accounts = places.data / "world-co2-jrc" / "co2_long.csv.xz";
  std::vector<Emission> emissions;
  std::vector<bool> estimated(chain.regions().size());
  for (const auto& row : read_rows(accounts, {"country", "year", "sector", "co2_kt"})) {
    if (row.at("year") != "2011") continue;
    const auto country = countries.find(row.at("country"));
    if (country == countries.end()) row.refuse("country", "is not in co2_regions.csv");
    const auto& [region, quality] = country->second;
    emissions.push_back({region, row.at("sector"), row.number("co2_kt")});
    if (quality == Quality::estimated) estimated[chain.regions().require(region)] = true;
  }
  auto parts = spread(chain, emissions, read_bridge(bridges / "co2_sectors.csv"));
  Co2 co2{std::move(parts.value), std::vector<Quality>(chain.size(), Quality::measured), {}};
  for (std::size_t i = 0; i < chain.size(); ++i)
    if (parts.divided[i] > most_divided * co2.value[i] || estimated[chain.nodes()[i].region.at()])
      co2.quality[i] = Quality::estimated;
  co2.notes.push_back(fmt::format(
      "CO2 of industries whose sector has no output in the table went to the sector named: {}.",
      fmt::join(parts.moved, ", ")));
  return co2;
}

/// Regions without an account: per unit of output, the plain mean of the regions they are like.
void estimate_missing(const Chain& chain, const std::filesystem::path& path, Co2& co2) {
  std::map<std::string, std::vector<std::string>> like;
  for (const auto& row : read_rows(path, {"region", "like"}))
    like[row.at("region")].push_back(row.at("like"));
  for (const auto& [region, others] : like) {
    double total = 0;
    for (const auto id : chain.nodes_in(RegionId(chain.regions().require(region)))) {
      const auto& product = chain.products()[chain.node(id).product].code;
      double intensities = 0;
      int known = 0;
      for (const auto& other : others) {
        const auto node = chain.require_node(fmt::format("{}.{}", other, product)).at();
        if (!(chain.output()[node] > 0)) continue;
        intensities += co2.value[node] / chain.output()[node];
        ++known;
      }
      if (known > 0) co2.value[id.at()] = chain.output()[id.at()] * intensities / known;
      co2.quality[id.at()] = Quality::estimated;
      total += co2.value[id.at()];
    }
    co2.notes.push_back(fmt::format(
        "{} has no CO2 account here: each sector's output times the plain mean of the CO2 per "
        "unit of output of {} ({:.0f} kt in all).",
        chain.regions()[chain.regions().require(region)].name, fmt::join(others, ", "), total));
  }
}

Chain with_co2(const Chain& chain, const Places& places) {
  auto co2 = read_accounts(chain, places);
  estimate_missing(chain, places.bridges / "world-2011" / "co2_estimates.csv", co2);
  auto parts = chain.parts();
  parts.stressor_rows = {
      {"CO2", "二氧化碳", "kt", Quality::measured,
       "JRC accounts of 2011, 56 industries brought to 35 sectors; without direct emissions of "
       "households. Estimated: the Netherlands; the rest of the world; cells of which more than "
       "a tenth was divided by output."}};
  parts.stressors = Matrix(1, chain.size());
  std::ranges::copy(co2.value, parts.stressors.row(0).begin());
  parts.stressor_quality = std::move(co2.quality);
  std::ranges::move(co2.notes, std::back_inserter(parts.info.notes));
  return Chain(std::move(parts));
}

Concordance read_regions(const Places& places) {
  const auto folder = places.bridges / "world-2011";
  Concordance regions;
  regions.file = "samples/world-2011/regions.csv";
  for (const auto& row : read_rows(folder / "regions.csv", {"from", "to"}))
    regions.entries.push_back({row.at("from"), row.at("to"), 1, 0});
  for (const auto& row : read_rows(folder / "region_names.csv", {"code", "name", "name_zh"}))
    regions.targets.push_back({row.at("code"), row.at("name"), row.at("name_zh"), {}, {}});
  return regions;
}

void describe(ChainInfo& info) {
  info.name = "world-2011";
  info.title = "World input-output table 2011, 21 regions";
  info.title_zh = "2011年世界投入产出表（21个区域）";
  info.source =
      "WIOD, 2013 release: Timmer, Dietzenbacher, Los, Stehrer, de Vries (2015), An illustrated "
      "user guide to the World Input-Output Database, Review of International Economics 23, "
      "575-605. CO2: Corsatea et al. (2019), World Input-Output Database Environmental Accounts, "
      "update 2000-2016, JRC116234, doi:10.2760/024036.";
  info.licence =
      "WIOD: free use with citation; CO2: reuse policy of the European Commission, with citation";
  info.notes.emplace_back(
      "CO2 is that of production: the accounts at hand hold no direct emissions of households.");
  info.notes.emplace_back("No population at hand for 2011: no figures per head.");
}

}  // namespace

Chain derive_world_2011(const Places& places) {
  ImportOptions options;
  options.description = places.descriptions / "wiod2013.toml";
  options.year = 2011;
  const auto whole = import_chain(places.data / "wiod2013" / "wiot2011.csv.xz", options);
  const auto merged = aggregate(with_co2(whole, places), read_regions(places), {});
  if (merged.worst() > 1e-12)
    throw Error(Errc::bad_input, fmt::format("aggregation lost {:.3g} of a total", merged.worst()));
  auto parts = merged.chain.parts();
  describe(parts.info);
  return Chain(std::move(parts));
}

}  // namespace stave::sample
