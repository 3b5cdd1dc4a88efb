#include "stave/core/error.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "formats/pymrio_tables.hpp"
#include "formats/shallow_json.hpp"

namespace stave::reader {
namespace {

// What one folder of tables holds: each table's file by its name ("Z" -> "Z.txt").
class TableNames {
 public:
  TableNames(const Folder& folder, std::string prefix)
      : folder_(folder), prefix_(std::move(prefix)) {
    const auto parameters = prefix_ + "file_parameters.json";
    if (!folder_.contains(parameters)) return;
    const auto source = folder_.text(parameters);
    json_ = shallow_json(source.name(), source.text());
    if (!json_.is_object())
      throw Error(Errc::bad_input, fmt::format("{}: not a JSON object", source.name()));
  }

  // The file of the first of these tables that is there, or nothing.
  [[nodiscard]] std::string find(std::initializer_list<const char*> tables) const {
    for (const auto* table : tables) {
      const auto stated = prefix_ + stated_name(table);
      if (folder_.contains(stated)) {
        if (stated.ends_with(".parquet") || stated.ends_with(".pkl"))
          throw Error(Errc::bad_input,
                      fmt::format("{}:{}: only text tables can be read", folder_.name(), stated),
                      "Save it again with pymrio's table_format='txt'.");
        return stated;
      }
    }
    return {};
  }

 private:
  [[nodiscard]] std::string stated_name(const std::string& table) const {
    const auto files = json_.find("files");
    if (files != json_.end() && files->is_object())
      if (const auto entry = files->find(table); entry != files->end() && entry->is_object())
        if (const auto name = entry->find("name"); name != entry->end() && name->is_string())
          return name->get<std::string>();
    return table + ".txt";
  }

  const Folder& folder_;
  std::string prefix_;
  nlohmann::json json_ = nlohmann::json::object();
};

ExtensionFiles extension_files(const Folder& folder, const std::string& prefix,
                               const std::string& name) {
  const TableNames names(folder, prefix + name + "/");
  ExtensionFiles files{name, names.find({"F"}), names.find({"F_Y", "F_hh", "FY"}),
                       names.find({"unit"}), false};
  if (files.production.empty()) {
    files.production = names.find({"S"});
    files.final_use = names.find({"S_Y", "SFY"});
    files.coefficients = true;
  }
  return files;
}

}  // namespace

SystemFiles system_files(const Input& input, const std::string& prefix) {
  const auto& folder = *input.folder();
  const TableNames names(folder, prefix);
  SystemFiles files;
  files.flows = names.find({"Z"});
  files.coefficients = files.flows.empty();
  if (files.coefficients) files.flows = names.find({"A"});
  files.final_use = names.find({"Y"});
  files.output = names.find({"x"});
  files.unit = names.find({"unit"});
  files.population = names.find({"population"});
  if (files.flows.empty() || files.final_use.empty())
    throw Error(Errc::not_found,
                fmt::format("{}: {} is missing", input.name(),
                            files.flows.empty() ? "Z.txt (or A.txt)" : "Y.txt"),
                "A folder of tables needs Z.txt or A.txt, and Y.txt.");
  std::set<std::string> below;
  for (const auto& name : folder.names()) {
    if (!name.starts_with(prefix)) continue;
    const auto slash = name.find('/', prefix.size());
    if (slash != std::string::npos) below.insert(name.substr(prefix.size(), slash - prefix.size()));
  }
  for (const auto& name : below) {
    auto extension = extension_files(folder, prefix, name);
    if (!extension.production.empty()) files.extensions.push_back(std::move(extension));
  }
  return files;
}

}  // namespace stave::reader
