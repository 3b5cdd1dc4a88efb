#include "stave/core/error.hpp"
#include "stave/formats/description.hpp"

#include <algorithm>
#include <cstdlib>

#include "file_pattern.hpp"
#include "grid.hpp"

namespace stave {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> description_folders() {
  std::vector<fs::path> folders;
  if (const char* share = std::getenv("STAVE_SHARE"))  // NOLINT(concurrency-mt-unsafe)
    folders.emplace_back(fs::path(share) / "descriptions");
  std::error_code failed;
  const auto program = fs::read_symlink("/proc/self/exe", failed);
  if (!failed)
    folders.emplace_back(program.parent_path().parent_path() / "share" / "stave" / "descriptions");
  folders.emplace_back(STAVE_SOURCE_DESCRIPTIONS);
  return folders;
}

std::vector<fs::path> toml_files(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code failed;
  for (auto it = fs::directory_iterator(folder, failed); !failed && it != fs::directory_iterator();
       it.increment(failed))
    if (it->path().extension() == ".toml") files.push_back(it->path());
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

std::vector<ShippedDescription> shipped_descriptions() {
  std::vector<ShippedDescription> found;
  for (const auto& folder : description_folders())
    for (const auto& path : toml_files(folder)) {
      const auto name = path.stem().string();
      const bool known = std::any_of(found.begin(), found.end(),
                                     [&](const auto& other) { return other.name == name; });
      if (!known) found.push_back({name, load_description(path).info.title, path});
    }
  return found;
}

std::optional<Description> recognise_description(const fs::path& path) {
  const auto name = path.filename().string();
  for (const auto& shipped : shipped_descriptions()) {
    auto description = load_description(shipped.path);
    if (!match_file(description.file_patterns, name)) continue;
    const auto header = header_of(path, description);
    const bool fits = std::all_of(
        description.header_cells.begin(), description.header_cells.end(), [&](const auto& cell) {
          return std::find(header.begin(), header.end(), cell) != header.end();
        });
    if (fits && !header.empty()) return description;
  }
  return std::nullopt;
}

}  // namespace stave
