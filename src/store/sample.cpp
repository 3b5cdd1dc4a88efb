#include "stave/store/sample.hpp"

#include "stave/core/error.hpp"
#include "stave/store/store.hpp"

#include <algorithm>
#include <cstdlib>

#include <fmt/format.h>

namespace stave {
namespace {

namespace fs = std::filesystem;

fs::path sample_folder() {
  if (const char* chosen = std::getenv("STAVE_SAMPLES"); chosen != nullptr && *chosen != '\0')
    return chosen;
  std::error_code none;
  const auto program = fs::read_symlink("/proc/self/exe", none);
  const auto installed = program.parent_path().parent_path() / "share/stave/samples";
  return fs::is_directory(installed, none) ? installed : fs::path(STAVE_SOURCE_SAMPLES);
}

std::vector<fs::path> sample_paths() {
  std::vector<fs::path> paths;
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(sample_folder(), none))
    if (is_exported_folder(entry.path())) paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  return paths;
}

std::vector<std::string> known_names() {
  std::vector<std::string> names;
  for (const auto& path : sample_paths()) names.push_back(path.filename().string());
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(".", none))
    if (entry.path().extension() == ".stave") names.push_back(entry.path().filename().string());
  return names;
}

// samples/FOLDER/NAME.toml, by name.
std::vector<fs::path> sample_files(const char* folder) {
  std::vector<fs::path> paths;
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(sample_folder() / folder, none))
    if (entry.path().extension() == ".toml") paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  return paths;
}

fs::path resolve_file(std::string_view name_or_path, const std::vector<fs::path>& shipped,
                      std::string_view what, const char* hint) {
  fs::path path(name_or_path);
  std::error_code none;
  if (fs::exists(path, none)) return path;
  std::vector<std::string> names;
  for (const auto& file : shipped) {
    if (file.stem() == name_or_path) return file;
    names.push_back(file.stem().string());
  }
  for (const auto& entry : fs::directory_iterator(".", none))
    if (entry.path().extension() == ".toml") names.push_back(entry.path().filename().string());
  const auto near = did_you_mean(name_or_path, names);
  throw Error(
      Errc::not_found,
      fmt::format("'{}' is neither a file nor {} that comes with Stave", name_or_path, what),
      near.empty() ? hint : near);
}

}  // namespace

std::vector<Sample> samples() {
  std::vector<Sample> result;
  for (const auto& path : sample_paths())
    result.push_back({path.filename().string(), summarize_chain(path).info.title, path});
  return result;
}

std::optional<fs::path> sample_path(std::string_view name) {
  for (auto& path : sample_paths())
    if (path.filename() == name) return path;
  return std::nullopt;
}

std::vector<fs::path> sample_scenarios() { return sample_files("scenarios"); }

fs::path resolve_scenario(std::string_view name_or_path) {
  return resolve_file(name_or_path, sample_scenarios(), "a scenario",
                      "`stave shock --template > scenario.toml` makes one to fill in.");
}

std::vector<fs::path> sample_inventories() { return sample_files("inventories"); }

fs::path resolve_inventory(std::string_view name_or_path) {
  return resolve_file(name_or_path, sample_inventories(), "an inventory",
                      "`stave product --template > project.toml` makes one to fill in.");
}

fs::path resolve_chain(std::string_view name_or_path) {
  fs::path path(name_or_path);
  std::error_code none;
  if (fs::is_regular_file(path, none) || is_exported_folder(path)) return path;
  if (const auto sample = sample_path(name_or_path)) return *sample;
  if (fs::is_directory(path, none))
    throw Error(Errc::foreign_file,
                fmt::format("{}: holds neither chain.csv nor chain.parquet", name_or_path),
                "`stave import` turns tables of other formats into a chain.");
  const auto near = did_you_mean(name_or_path, known_names());
  throw Error(
      Errc::not_found,
      fmt::format("'{}' is neither a chain file, an exported folder nor a sample", name_or_path),
      near.empty() ? "`stave samples` lists the samples." : near);
}

Chain open_chain(std::string_view name_or_path, Progress& progress) {
  const auto path = resolve_chain(name_or_path);
  std::error_code none;
  return fs::is_directory(path, none) ? import_folder(path, progress) : load_chain(path, progress);
}

}  // namespace stave
