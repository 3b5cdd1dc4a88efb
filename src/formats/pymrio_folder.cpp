#include "stave/core/error.hpp"
#include "stave/formats/mrio.hpp"

#include <array>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "formats/pymrio_tables.hpp"
#include "formats/recognise.hpp"
#include "formats/shallow_json.hpp"

namespace stave {
namespace {

using reader::ExtensionFiles;
using reader::Input;
using reader::SystemFiles;

bool is_factor_input(const std::string& extension, const std::string& /*row*/) {
  const auto name = reader::folded(extension);
  return name.find("factor_input") != std::string::npos ||
         name.find("factor input") != std::string::npos || name == "va" ||
         name.find("value_added") != std::string::npos;
}

// The test system that pymrio ships has file names of its own.
struct OwnName {
  std::string_view extension, production, final_use;
};
constexpr auto test_extensions = std::to_array<OwnName>({
    {"factor_inputs", "factor_input.txt", ""},
    {"emissions", "emissions.txt", "FDemissions.txt"},
});

SystemFiles test_system(const Input& input, const std::string& prefix) {
  const auto& folder = *input.folder();
  const auto at = [&](std::string_view name) {
    const auto full = fmt::format("{}{}", prefix, name);
    return !name.empty() && folder.contains(full) ? full : std::string();
  };
  SystemFiles files{at("trade_flows_Z.txt"), false, at("finald_demand_Y.txt"), {}, {},
                    at("population.txt"),    {}};
  if (files.final_use.empty())
    throw Error(
        Errc::not_found,
        fmt::format("{}: finald_demand_Y.txt is missing beside trade_flows_Z.txt", input.name()));
  for (const auto& own : test_extensions)
    if (!at(own.production).empty())
      files.extensions.push_back(
          {std::string(own.extension), at(own.production), at(own.final_use), {}, false});
  return files;
}

nlohmann::json metadata(const Input& input, const std::string& prefix) {
  const auto name = prefix + "metadata.json";
  if (!input.folder()->contains(name)) return nlohmann::json::object();
  const auto source = input.folder()->text(name);
  auto json = shallow_json(source.name(), source.text());
  if (!json.is_object())
    throw Error(Errc::bad_input, fmt::format("{}: not a JSON object", source.name()));
  return json;
}

std::string text_of(const nlohmann::json& json, const char* key) {
  const auto found = json.find(key);
  return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

ChainInfo info_of(const nlohmann::json& meta, const Input& input, const ImportOptions& options) {
  const auto name = text_of(meta, "name");
  const auto description = text_of(meta, "description");
  ChainInfo info;
  int year = reader::year_in(description);
  if (year == 0) year = reader::year_in(input.file_name());
  reader::set_identity(info, options, name.empty() ? "pymrio" : name,
                       description.empty() ? "System saved by pymrio" : description, year);
  if (!description.empty()) info.title = description;
  info.classification = text_of(meta, "system");
  info.source = description.empty() ? "a system saved by pymrio" : description;
  if (const auto version = text_of(meta, "version"); !version.empty())
    info.source += ", version " + version;
  info.licence = "not stated in the files";
  return info;
}

}  // namespace

Chain read_pymrio_folder(const std::filesystem::path& path, const ImportOptions& options,
                         Progress& progress) {
  const Input input(path);
  if (const auto why = reader::why_not_pymrio_folder(input); !why.empty())
    throw Error(Errc::not_found, fmt::format("{}: {}", input.name(), why));
  const auto test = input.prefix_of("trade_flows_Z.txt");
  const auto prefix = test ? *test : *input.prefix_of("file_parameters.json");
  const auto files = test ? test_system(input, prefix) : reader::system_files(input, prefix);
  ChainParts parts;
  parts.info = info_of(metadata(input, prefix), input, options);
  reader::read_system(input, files, is_factor_input, parts, progress);
  reader::note_unknown_kinds(parts);
  return Chain(std::move(parts));
}

namespace reader {

std::string why_not_pymrio_folder(const Input& input) {
  if (!input.folder()) return "not a folder or zip";
  if (input.prefix_of("trade_flows_Z.txt")) return {};
  return input.prefix_of("file_parameters.json") ? "" : "no file_parameters.json in it";
}

}  // namespace reader
}  // namespace stave
