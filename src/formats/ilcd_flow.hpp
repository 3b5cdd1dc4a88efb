#pragma once
/// Data sets of ILCD beside its processes: flows, and the units their properties are measured in.
/// Internal to the room.

#include "stave/core/error.hpp"
#include "stave/formats/source.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "formats/xml_scanner.hpp"

namespace stave::reader {

inline constexpr UnpackLimit data_set_limit{.bytes = 64ULL << 20};

/// Where a walk through a data set stands.
struct XmlPlace {
  std::vector<std::string> path;
  std::string language;  ///< xml:lang of the element that ends
  std::string text;      ///< of the element that ends

  [[nodiscard]] bool at(std::string_view tag) const { return path.back() == tag; }
  [[nodiscard]] bool in(std::string_view tag) const {
    return std::ranges::find(path, tag) != path.end();
  }
};

/// Calls open(place, scanner) where an element starts, close(place) where one without elements
/// within it, or any other, ends.
template <class Open, class Close>
void walk_data_set(const Source& xml, Open&& open, Close&& close) {
  XmlScanner scan(xml.name(), xml.text());
  XmlPlace place;
  std::vector<std::string> languages;
  for (auto event = scan.next(); event != XmlScanner::Event::done; event = scan.next()) {
    if (event == XmlScanner::Event::text) {
      place.text += scan.text();
      continue;
    }
    if (event == XmlScanner::Event::open) {
      place.path.emplace_back(scan.tag());
      languages.push_back(scan.attribute("lang"));
      place.text.clear();
      open(place, scan);
      continue;
    }
    place.language = languages.back();
    const auto start = place.text.find_first_not_of(" \t\r\n");
    place.text.erase(0, std::min(start, place.text.size()));
    place.text.erase(place.text.find_last_not_of(" \t\r\n") + 1);
    close(place);
    place.text.clear();
    place.path.pop_back();
    languages.pop_back();
  }
}

/// A number of a data set. @throws Error bad_input  naming file and element
[[nodiscard]] double real_of(const Source& xml, const XmlPlace& place);
/// "processes/x.xml" is in "processes/", in whatever folder that is.
[[nodiscard]] bool is_in_folder(std::string_view name, std::string_view folder);

/// A name in several languages: English, else the first.
struct Wording {
  std::string text;
  bool english = false;
  void offer(const XmlPlace& place) {
    const bool now = place.language.empty() || place.language == "en";
    if (place.text.empty() || (!text.empty() && (english || !now))) return;
    text = place.text;
    english = now;
  }
};

struct IlcdProperty {
  std::string id;  ///< of the flow property data set
  double value = 1;
};

struct IlcdFlow {
  std::string name;
  std::string type;      ///< "Product flow" ...; empty where the data set is not there
  std::string category;  ///< "Emissions / Emissions to air"
  std::string unit;      ///< of the reference flow property
  std::vector<IlcdProperty> others;
  double reference_value = 1;
};

/// Data sets of one kind by id.
class DataSetIndex {
 public:
  DataSetIndex(const Folder& package, std::string_view folder) : package_(package) {
    for (const auto& name : package.names())
      if (is_in_folder(name, folder)) add(name);
  }
  [[nodiscard]] std::optional<Source> find(const std::string& id) const {
    const auto found = files_.find(id);
    if (found == files_.end()) return std::nullopt;
    return package_.text(found->second, data_set_limit);
  }

 private:
  void add(const std::string& name);
  const Folder& package_;
  std::unordered_map<std::string, std::string> files_;
};

/// Flows with their units, read when an exchange first needs them.
class FlowShelf {
 public:
  explicit FlowShelf(const Folder& package)
      : flows_(package, "flows/"),
        properties_(package, "flowproperties/"),
        groups_(package, "unitgroups/") {}

  const IlcdFlow& flow(const std::string& id) {
    const auto [at, fresh] = known_flows_.try_emplace(id);
    if (fresh) at->second = read_flow(id);
    return at->second;
  }
  /// Reference unit of a flow property; empty where its data sets are not there.
  const std::string& unit_of_property(const std::string& id) {
    const auto [at, fresh] = known_units_.try_emplace(id);
    if (fresh) at->second = read_unit(id);
    return at->second;
  }

 private:
  [[nodiscard]] IlcdFlow read_flow(const std::string& id);
  [[nodiscard]] std::string read_unit(const std::string& property) const;
  DataSetIndex flows_, properties_, groups_;
  std::unordered_map<std::string, IlcdFlow> known_flows_;
  std::unordered_map<std::string, std::string> known_units_;
};

}  // namespace stave::reader
