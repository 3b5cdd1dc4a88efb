#include "formats/gloria_files.hpp"

#include "stave/core/error.hpp"
#include "stave/formats/xlsx.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "formats/labels.hpp"
#include "formats/recognise.hpp"

namespace stave::reader {
namespace {

bool is_block(std::string_view base, const std::string& block) {
  return base.find(fmt::format("_{}-Results_", block)) != std::string_view::npos &&
         base.ends_with("_Markup001(full).csv");
}

std::vector<std::filesystem::path> entries(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> result;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    result.push_back(entry.path());
  std::sort(result.begin(), result.end());
  return result;
}

// The texts of a column by its head, down to the first empty cell.
std::vector<std::string> column(const Sheet& sheet, std::string_view head) {
  std::vector<std::string> result;
  for (std::size_t j = 0; j < sheet.columns(); ++j) {
    if (sheet.text(0, j) != head) continue;
    for (std::size_t i = 1; i < sheet.rows() && !sheet.is_empty(i, j); ++i)
      result.push_back(sheet.text(i, j));
    if (result.empty())
      throw Error(Errc::bad_input, fmt::format("{}: column '{}' is empty", sheet.name(), head));
    return result;
  }
  throw Error(Errc::bad_input, fmt::format("{}: no column '{}'", sheet.name(), head));
}

std::string unquoted(std::string text) {
  if (text.size() >= 2 && text.front() == '\'' && text.back() == '\'')
    text = text.substr(1, text.size() - 2);
  return text;
}

std::vector<Stressor> satellites(const Sheet& sheet) {
  const auto heads = column(sheet, "Sat_head_indicator");
  const auto names = column(sheet, "Sat_indicator");
  const auto units = column(sheet, "Sat_unit");
  if (heads.size() != names.size() || units.size() != names.size())
    throw Error(Errc::bad_input,
                fmt::format("{}: {} indicators with {} heads and {} units", sheet.name(),
                            names.size(), heads.size(), units.size()));
  std::vector<Stressor> result;
  for (std::size_t i = 0; i < names.size(); ++i)
    result.push_back({unquoted(names[i]), {}, units[i], Quality::measured, heads[i]});
  return result;
}

}  // namespace

GloriaFiles::GloriaFiles(const std::filesystem::path& path, int year) {
  places_.emplace_back(path);
  if (!places_.front().folder())
    throw Error(Errc::bad_input, fmt::format("{} is neither a folder nor a zip", path.string()));
  std::vector<std::filesystem::path> around;
  const auto folder = std::filesystem::is_directory(path) ? path : path.parent_path();
  const auto above = std::filesystem::absolute(path).parent_path();
  for (const auto& where : {folder.empty() ? above : folder, above})
    for (auto& entry : entries(where))
      if (entry.filename().string().starts_with("GLORIA_") &&
          !std::filesystem::equivalent(entry, path))
        around.push_back(std::move(entry));
  for (const auto& entry : around) {
    const auto name = entry.filename().string();
    if (ends_with_folded(name, ".xlsx") && name.starts_with("GLORIA_ReadMe") && readme_.empty())
      readme_ = entry;
    const bool tables = std::filesystem::is_directory(entry) || ends_with_folded(name, ".zip");
    if (tables) places_.emplace_back(entry);
  }
  if (readme_.empty())
    throw Error(Errc::not_found, fmt::format("{}: GLORIA_ReadMe_*.xlsx is missing", path.string()),
                "The labels of all rows and columns stand in it: put it beside the tables.");
  std::set<int> years;
  for (const auto& place : places_)
    for (const auto& name : place.members([](auto base) { return is_block(base, "T"); }))
      years.insert(year_in(Input::base_name(name)));
  if (years.empty())
    throw Error(Errc::not_found,
                fmt::format("{}: no *_T-Results_*_Markup001(full).csv", path.string()));
  if (year == 0 && years.size() > 1)
    throw Error(Errc::bad_input,
                fmt::format("{} holds the years {}", path.string(), fmt::join(years, ", ")),
                "Say which with --year.");
  year_ = year == 0 ? *years.begin() : year;
}

std::optional<Source> GloriaFiles::find(const std::string& block) const {
  for (const auto& place : places_) {
    const auto names = place.members(
        [&](std::string_view base) { return is_block(base, block) && year_in(base) == year_; });
    if (!names.empty()) return place.folder()->text(names.front());
  }
  return {};
}

Source GloriaFiles::open(const std::string& block) const {
  if (auto found = find(block)) return *found;
  throw Error(Errc::not_found, fmt::format("{}: no *_{}-Results_{}_*_Markup001(full).csv",
                                           places_.front().name(), block, year_));
}

GloriaLabels GloriaFiles::labels() const {
  const auto book = Workbook::open(readme_);
  GloriaLabels labels;
  const auto regions = book.sheet("Regions");
  const auto codes = column(regions, "Region_acronyms");
  const auto names = column(regions, "Region_names");
  if (codes.size() != names.size())
    throw Error(Errc::bad_input, fmt::format("{}: {} region codes but {} names", regions.name(),
                                             codes.size(), names.size()));
  for (std::size_t i = 0; i < codes.size(); ++i)
    labels.regions.push_back({codes[i], names[i], {}, {}, Kind::unknown});
  labels.sectors = column(book.sheet("Sectors"), "Sector_names");
  const auto categories = book.sheet("Value added and final demand");
  labels.value_added = column(categories, "Value_added_names");
  labels.final_uses = column(categories, "Final_demand_names");
  labels.satellites = satellites(book.sheet("Satellites"));
  return labels;
}

std::string why_not_gloria(const Input& input) {
  if (!input.folder()) return "not a folder or zip";
  const auto fits = input.members([](std::string_view base) {
    return is_block(base, "T") || (base.starts_with("GLORIA_MRIOs") && base.ends_with(".zip"));
  });
  return fits.empty() ? "no *_T-Results_*_Markup001(full).csv in it" : "";
}

}  // namespace stave::reader
