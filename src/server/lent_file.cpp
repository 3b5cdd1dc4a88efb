#include "server/lent_file.hpp"

#include "stave/core/error.hpp"
#include "stave/report/report_writer.hpp"
#include "stave/store/sample.hpp"

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace stave {

FreshFolder::FreshFolder() {
  auto name = (std::filesystem::temp_directory_path() / "stave-run-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr)
    throw Error(Errc::io, "no folder for the run's files could be made", "Is the disk full?");
  path_ = name;
}

FreshFolder::~FreshFolder() {
  std::error_code none;
  std::filesystem::remove_all(path_, none);
}

namespace {

// The name of a scenario or inventory that comes with Stave may stand for what it holds.
bool is_sample(const std::string& text) {
  const auto named = [&](const auto& path) { return path.stem() == text; };
  return std::ranges::any_of(sample_scenarios(), named) ||
         std::ranges::any_of(sample_inventories(), named);
}

}  // namespace

LentFiles::LentFiles(const Declaration& declaration, const Arguments::Given& given)
    : given_(given) {
  bool filled_in = !declaration.file_template.empty();  // the first file is made from the template
  for (const auto& p : declaration.parameters) {
    if (p.type != ParameterType::input_file) continue;
    const bool has_template = std::exchange(filled_in, false);
    const auto found = given_.find(p.name);
    if (found == given_.end()) continue;
    if (has_template && is_sample(found->second)) continue;
    if (!folder_) folder_.emplace();
    // Named by the declaration, not by the request.
    const auto path = folder_->path() / (p.name + (has_template ? ".toml" : ".csv"));
    write_file(path, found->second);
    found->second = path.string();
  }
}

std::string LentFiles::without_paths(std::string text) const {
  if (!folder_) return text;
  const auto folder = folder_->path().string() + "/";
  for (auto at = text.find(folder); at != std::string::npos; at = text.find(folder, at))
    text.erase(at, folder.size());
  return text;
}

void LentFiles::hide_paths(Report& report) const {
  for (auto& [name, value] : report.provenance.parameters) value = without_paths(value);
  for (auto& note : report.provenance.notes) note = without_paths(note);
  for (auto& finding : report.findings) finding.text = without_paths(finding.text);
}

}  // namespace stave
