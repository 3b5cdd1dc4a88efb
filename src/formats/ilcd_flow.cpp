#include "formats/ilcd_flow.hpp"

#include "stave/formats/delimited.hpp"

#include <cctype>
#include <cmath>

#include <fmt/format.h>

namespace stave::reader {
namespace {

constexpr std::size_t uuid_length = 36;

// "2f4a...-....xml", "2f4a..._01.00.000.xml", "Steel_2f4a...xml": the id in a file's name.
std::string uuid_in(std::string_view name) {
  const auto slash = name.rfind('/');
  const auto base = slash == std::string_view::npos ? name : name.substr(slash + 1);
  for (std::size_t at = 0; at + uuid_length <= base.size(); ++at) {
    const auto part = base.substr(at, uuid_length);
    bool fits = true;
    for (std::size_t k = 0; k < uuid_length && fits; ++k) {
      const bool dash = k == 8 || k == 13 || k == 18 || k == 23;
      const auto c = static_cast<unsigned char>(part[k]);
      fits = dash ? c == '-' : std::isxdigit(c) != 0;
    }
    if (fits) return std::string(part);
  }
  return {};
}

}  // namespace

bool is_in_folder(std::string_view name, std::string_view folder) {
  const auto at = name.rfind(folder);
  return at != std::string_view::npos && (at == 0 || name[at - 1] == '/') &&
         name.find('/', at + folder.size()) == std::string_view::npos && name.ends_with(".xml");
}

double real_of(const Source& xml, const XmlPlace& place) {
  const auto value = parse_number(place.text);
  if (!value || !std::isfinite(*value))
    throw Error(Errc::bad_input, fmt::format("{}: {}: '{}' is not a number", xml.name(),
                                             place.path.back(), place.text));
  return *value;
}

void DataSetIndex::add(const std::string& name) {
  auto id = uuid_in(name);
  if (id.empty())
    walk_data_set(
        package_.text(name, data_set_limit), [](const XmlPlace&, const XmlScanner&) {},
        [&](const XmlPlace& place) {
          if (place.at("UUID") && id.empty()) id = place.text;
        });
  files_[id] = name;
}
IlcdFlow FlowShelf::read_flow(const std::string& id) {
  IlcdFlow flow;
  const auto xml = flows_.find(id);
  if (!xml) return flow;
  Wording base, route, mix;
  std::string reference;
  std::map<std::string, IlcdProperty> properties;
  std::string now;
  walk_data_set(
      *xml,
      [&](const XmlPlace& place, const XmlScanner& scan) {
        if (place.at("flowProperty")) now = scan.attribute("dataSetInternalID");
        if (place.at("referenceToFlowPropertyDataSet"))
          properties[now].id = scan.attribute("refObjectId");
      },
      [&](const XmlPlace& place) {
        if (place.at("baseName")) base.offer(place);
        if (place.at("treatmentStandardsRoutes")) route.offer(place);
        if (place.at("mixAndLocationTypes")) mix.offer(place);
        if (place.at("typeOfDataSet")) flow.type = place.text;
        if (place.at("category") && place.in("elementaryFlowCategorization"))
          flow.category += (flow.category.empty() ? "" : " / ") + place.text;
        if (place.at("referenceToReferenceFlowProperty")) reference = place.text;
        if (place.at("meanValue") && place.in("flowProperty"))
          properties[now].value = real_of(*xml, place);
      });
  flow.name = base.text;
  for (const auto* more : {&route, &mix})
    if (!more->text.empty()) flow.name += "; " + more->text;
  for (const auto& [internal, property] : properties) {
    if (internal != reference) {
      flow.others.push_back(property);
      continue;
    }
    flow.unit = unit_of_property(property.id);
    flow.reference_value = property.value;
  }
  return flow;
}

std::string FlowShelf::read_unit(const std::string& property) const {
  std::string group;
  if (const auto xml = properties_.find(property))
    walk_data_set(
        *xml,
        [&](const XmlPlace& place, const XmlScanner& scan) {
          if (place.at("referenceToReferenceUnitGroup")) group = scan.attribute("refObjectId");
        },
        [](const XmlPlace&) {});
  std::string reference, now;
  std::map<std::string, std::string> units;
  if (const auto xml = groups_.find(group))
    walk_data_set(
        *xml,
        [&](const XmlPlace& place, const XmlScanner& scan) {
          if (place.at("unit")) now = scan.attribute("dataSetInternalID");
        },
        [&](const XmlPlace& place) {
          if (place.at("referenceToReferenceUnit")) reference = place.text;
          if (place.at("name") && place.in("unit")) units[now] = place.text;
        });
  return units[reference];
}

}  // namespace stave::reader
