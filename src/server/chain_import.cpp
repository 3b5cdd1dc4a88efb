#include "server/chain_import.hpp"

#include "stave/core/error.hpp"
#include "stave/formats/import.hpp"
#include "stave/store/store.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace stave {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_notes = 20;  // among the findings; all are in the provenance

// "/srv/chains/.stave-uploads-1/3f.../a.csv:7: ..." -> "a.csv:7: ..."
std::string without(std::string text, const std::string& folder) {
  for (auto at = text.find(folder); at != std::string::npos; at = text.find(folder, at))
    text.erase(at, folder.size());
  return text;
}

class PathHider {
 public:
  PathHider(const UploadShelf::Held& files, const fs::path& together) {
    for (const auto& file : files) folders_.push_back(file->path().parent_path().string() + "/");
    if (!together.empty()) folders_.push_back(together.string() + "/");
    if (!together.empty()) folders_.push_back(together.string());
  }
  [[nodiscard]] std::string operator()(std::string text) const {
    for (const auto& folder : folders_) text = without(std::move(text), folder);
    return text;
  }

 private:
  std::vector<std::string> folders_;
};

struct Ordered {
  fs::path path;  ///< a file, or a folder of files
  ImportOptions options;
};

// Copies that take no room: the files lie on the same disk.
void put_together(const std::vector<fs::path>& files, const fs::path& folder) {
  std::set<std::string> names;
  for (const auto& file : files) {
    if (!names.insert(file.filename().string()).second)
      throw Error(Errc::bad_input,
                  fmt::format("two of the files are called '{}'", file.filename().string()));
    std::error_code failed;
    fs::create_hard_link(file, folder / file.filename(), failed);
    if (failed) fs::copy_file(file, folder / file.filename());
  }
}

Ordered read_order(const ImportOrder& order, const UploadShelf::Held& files,
                   const fs::path& together) {
  Ordered read{.path = {}, .options = {.format = order.format, .name = order.name}};
  std::vector<fs::path> tables;
  for (const auto& file : files) {
    if (files.size() > 1 && file->path().extension() == ".toml" && read.options.description.empty())
      read.options.description = file->path();
    else
      tables.push_back(file->path());
  }
  read.path = tables.front();
  if (tables.size() == 1) return read;
  put_together(tables, together);
  read.path = together;
  return read;
}

Report checked(const std::vector<Analysis>& analyses, const Chain& chain, Progress& progress) {
  const auto check = std::ranges::find(
      analyses, "check", [](const auto& analysis) { return analysis.declaration.name; });
  if (check != analyses.end()) return run(*check, chain, {}, progress);
  Report report;
  report.provenance.chain = chain.info().name;
  report.provenance.version = version();
  report.provenance.notes = chain.info().notes;
  return report;
}

void say_imported(Report& report, const Chain& chain) {
  std::vector<Finding> said{
      {fmt::format("Imported as {}: {} nodes ({} regions, {} products), {} flows, {} stressors.",
                   chain.info().name, chain.size(), chain.regions().size(), chain.products().size(),
                   chain.flows().nonzeros(), chain.stressor_rows().size())}};
  const auto& notes = chain.info().notes;
  for (std::size_t i = 0; i < std::min(notes.size(), most_notes); ++i) said.push_back({notes[i]});
  report.findings.insert(report.findings.begin(), said.begin(), said.end());
  report.title = fmt::format("Import of {}", chain.info().name);
}

void hide_paths(Report& report, const PathHider& hidden) {
  for (auto& finding : report.findings) finding.text = hidden(finding.text);
  for (auto& note : report.provenance.notes) note = hidden(note);
  report.provenance.source = hidden(report.provenance.source);
}

// Notes that name a file here would lead nowhere in the chain that is kept.
Chain without_paths(const Chain& chain, const PathHider& hidden) {
  auto parts = chain.parts();
  for (auto& note : parts.info.notes) note = hidden(note);
  parts.info.source = hidden(parts.info.source);
  return Chain(std::move(parts));
}

}  // namespace

Report import_uploads(const std::vector<Analysis>& analyses, const ImportOrder& order,
                      const UploadShelf::Held& files, const fs::path& together,
                      const std::function<fs::path()>& place, Progress& progress) {
  const auto target = place();
  const PathHider hidden(files, together);
  try {
    const auto ordered = read_order(order, files, together);
    const auto chain = without_paths(import_chain(ordered.path, ordered.options, progress), hidden);
    auto report = checked(analyses, chain, progress);
    progress.check();
    save_chain(chain, place(), progress);
    say_imported(report, chain);
    hide_paths(report, hidden);
    return report;
  } catch (const Error& e) {
    throw Error(e.code(), without(hidden(e.what()), target.parent_path().string() + "/"),
                hidden(e.hint()));
  }
}

}  // namespace stave
