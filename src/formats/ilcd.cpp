// ILCD 1.1 (Joint Research Centre, European Platform on LCA): data sets of processes, flows, flow
// properties and unit groups, one XML file each, in a folder or zip.

#include "stave/core/error.hpp"
#include "stave/formats/delimited.hpp"
#include "stave/inventory/unit.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <map>
#include <set>
#include <unordered_map>

#include <fmt/format.h>

#include "formats/inventory_reader.hpp"
#include "formats/xml_scanner.hpp"

namespace stave::reader {
namespace {

constexpr UnpackLimit data_set_limit{.bytes = 64ULL << 20};
constexpr std::size_t uuid_length = 36;

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

struct IlcdExchange {
  std::string id, flow, name, direction, function, location, spread_kind;
  double mean = std::nan(""), resulting = std::nan("");
  double least = std::nan(""), most = std::nan(""), spread = std::nan("");
  bool by_variable = false;
  std::map<std::string, double> fractions;  ///< % by co-product
  [[nodiscard]] double amount() const { return std::isnan(resulting) ? mean : resulting; }
};

struct IlcdProcess {
  std::string id, location, year;
  Wording base, route, mix, owner;
  std::vector<std::string> references;
  std::vector<IlcdExchange> exchanges;
};

bool is_in_folder(std::string_view name, std::string_view folder) {
  const auto at = name.rfind(folder);
  return at != std::string_view::npos && (at == 0 || name[at - 1] == '/') &&
         name.find('/', at + folder.size()) == std::string_view::npos && name.ends_with(".xml");
}

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
  void add(const std::string& name) {
    auto id = uuid_in(name);
    if (id.empty())
      walk_data_set(
          package_.text(name, data_set_limit), [](const XmlPlace&, const XmlScanner&) {},
          [&](const XmlPlace& place) {
            if (place.at("UUID") && id.empty()) id = place.text;
          });
    files_[id] = name;
  }
  const Folder& package_;
  std::unordered_map<std::string, std::string> files_;
};

// ILCD writes "carbon dioxide (fossil)" where the sets of factors have "carbon dioxide, fossil".
std::string name_of_emission(const std::string& name) {
  for (const auto& [written, known] :
       {std::pair{"fossil", "fossil"}, std::pair{"biogenic", "biogenic"},
        std::pair{"land use change", "land transformation"}}) {
    const auto end = fmt::format(" ({})", written);
    if (name.ends_with(end))
      return fmt::format("{}, {}", name.substr(0, name.size() - end.size()), known);
  }
  return name;
}

double real_of(const Source& xml, const XmlPlace& place) {
  const auto value = parse_number(place.text);
  if (!value || !std::isfinite(*value))
    throw Error(Errc::bad_input, fmt::format("{}: {}: '{}' is not a number", xml.name(),
                                             place.path.back(), place.text));
  return *value;
}

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
  IlcdFlow read_flow(const std::string& id) {
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

  std::string read_unit(const std::string& property) {
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

  DataSetIndex flows_, properties_, groups_;
  std::unordered_map<std::string, IlcdFlow> known_flows_;
  std::unordered_map<std::string, std::string> known_units_;
};

void open_element(const XmlPlace& place, const XmlScanner& scan, IlcdProcess& process) {
  if (place.at("locationOfOperationSupplyOrProduction"))
    process.location = scan.attribute("location");
  if (place.at("exchange"))
    process.exchanges.emplace_back().id = scan.attribute("dataSetInternalID");
  if (process.exchanges.empty() || !place.in("exchange")) return;
  auto& e = process.exchanges.back();
  if (place.at("referenceToFlowDataSet")) e.flow = scan.attribute("refObjectId");
  if (!place.at("allocation")) return;
  const auto fraction = parse_number(scan.attribute("allocatedFraction"));
  e.fractions[scan.attribute("internalReferenceToCoProduct")] = fraction.value_or(std::nan(""));
}

void close_exchange_part(const Source& xml, const XmlPlace& place, IlcdExchange& e) {
  if (place.at("shortDescription") && place.in("referenceToFlowDataSet") && e.name.empty())
    e.name = place.text;
  if (place.at("exchangeDirection")) e.direction = place.text;
  if (place.at("functionType")) e.function = place.text;
  if (place.at("location")) e.location = place.text;
  if (place.at("referenceToVariable")) e.by_variable = !place.text.empty();
  if (place.at("uncertaintyDistributionType")) e.spread_kind = place.text;
  if (place.at("meanAmount")) e.mean = real_of(xml, place);
  if (place.at("resultingAmount")) e.resulting = real_of(xml, place);
  if (place.at("minimumAmount")) e.least = real_of(xml, place);
  if (place.at("maximumAmount")) e.most = real_of(xml, place);
  if (place.at("relativeStandardDeviation95In")) e.spread = real_of(xml, place);
}

void close_element(const Source& xml, const XmlPlace& place, IlcdProcess& process) {
  if (place.in("exchange")) return close_exchange_part(xml, place, process.exchanges.back());
  if (place.at("UUID") && process.id.empty()) process.id = place.text;
  if (place.in("dataSetInformation")) {
    if (place.at("baseName")) process.base.offer(place);
    if (place.at("treatmentStandardsRoutes")) process.route.offer(place);
    if (place.at("mixAndLocationTypes")) process.mix.offer(place);
  }
  if (place.at("referenceToReferenceFlow")) process.references.push_back(place.text);
  if (place.at("referenceYear")) process.year = place.text;
  if (place.at("shortDescription") && place.in("referenceToOwnershipOfDataSet"))
    process.owner.offer(place);
}

class IlcdReader {
 public:
  IlcdReader(const Folder& package, const InventoryOptions& options, Inventory& inventory)
      : package_(package), options_(options), inventory_(inventory), shelf_(package) {}

  void read() {
    std::size_t processes = 0;
    for (const auto& name : package_.names()) {
      if (!is_in_folder(name, "processes/")) continue;
      if (++processes > most_activities)
        throw Error(Errc::too_large,
                    fmt::format("{}: more than {} processes", package_.name(), most_activities));
      read_process(package_.text(name, data_set_limit));
    }
    tally_.tell("ILCD", processes, inventory_);
    tell_gaps();
  }

 private:
  void tell_gaps() {
    auto& notes = inventory_.notes;
    if (reminders_ > 0)
      notes.push_back(fmt::format(
          "{} exchanges are reminders by their own word (functionType) and are not counted.",
          reminders_));
    if (without_flow_ > 0)
      notes.push_back(
          fmt::format("{} exchanges name a flow whose data set, or unit, is not in the package: "
                      "inputs are listed as unlinked, outputs have no factor.",
                      without_flow_));
    if (several_shares_ > 0)
      notes.push_back(fmt::format(
          "{} processes allocate exchange by exchange; their co-products follow --co-products.",
          several_shares_));
    if (strange_units_ > 0)
      notes.push_back(fmt::format(
          "{} exchanges are in units that are not known here; they convert to themselves alone.",
          strange_units_));
  }

  [[noreturn]] void refuse(const Source& xml, const std::string& what,
                           const std::string& hint = {}) const {
    throw Error(Errc::bad_input, fmt::format("{}: {}", xml.name(), what), hint);
  }

  void read_process(const Source& xml) {
    IlcdProcess process;
    walk_data_set(
        xml,
        [&](const XmlPlace& place, const XmlScanner& scan) { open_element(place, scan, process); },
        [&](const XmlPlace& place) { close_element(xml, place, process); });
    if (process.id.empty()) refuse(xml, "has no UUID");
    Activity activity;
    activity.id = process.id;
    activity.name = process.base.text;
    for (const auto* more : {&process.route, &process.mix})
      if (!more->text.empty()) activity.name += "; " + more->text;
    activity.region = process.location;
    activity.source = process.owner.text.empty() || process.year.empty()
                          ? process.owner.text
                          : fmt::format("{}, {}", process.owner.text, process.year);
    activity.place = xml.name();
    check_exchanges(xml, process);
    add_exchanges(xml, process, activity);
    if (activity.outputs.empty()) {
      ++tally_.zero_output;
      return;
    }
    allocate(process, activity);
    inventory_.activities.push_back(std::move(activity));
  }

  void check_exchanges(const Source& xml, const IlcdProcess& process) const {
    for (const auto& e : process.exchanges) {
      if (std::isnan(e.amount()))
        refuse(xml, fmt::format("exchange {} ('{}') has no amount", e.id, e.name));
      if (std::isnan(e.resulting) && e.by_variable)
        refuse(xml, fmt::format("exchange {} ('{}') is a multiple of a parameter", e.id, e.name),
               "Export the data set with resulting amounts.");
      if (e.direction != "Input" && e.direction != "Output")
        refuse(xml, fmt::format("exchange {} ('{}'): direction '{}'; expected Input or Output",
                                e.id, e.name, e.direction));
    }
  }

  static bool is_reference(const IlcdProcess& process, const IlcdExchange& e) {
    return std::ranges::find(process.references, e.id) != process.references.end();
  }

  void add_exchanges(const Source& xml, const IlcdProcess& process, Activity& activity) {
    for (const auto& e : process.exchanges)
      if (is_reference(process, e)) {
        if (unit_of(e).empty())
          refuse(
              xml,
              fmt::format("the reference flow '{}' has no unit: {} is not among the flows, "
                          "or its flow property or unit group is missing",
                          e.name, e.flow),
              "Export the processes together with their flows, flow properties and unit groups.");
        add_output(activity, e);
      }
    for (const auto& e : process.exchanges) {
      ++tally_.exchanges;
      if (is_reference(process, e)) continue;
      if (e.function.ends_with("reminder flow")) {
        ++reminders_;
        continue;
      }
      add_exchange(activity, e);
    }
  }

  std::string name_of(const IlcdExchange& e) {
    const auto& flow = shelf_.flow(e.flow);
    return flow.name.empty() ? e.name : flow.name;
  }
  const std::string& unit_of(const IlcdExchange& e) { return shelf_.flow(e.flow).unit; }

  void add_exchange(Activity& activity, const IlcdExchange& e) {
    const auto& flow = shelf_.flow(e.flow);
    if (flow.unit.empty())
      ++without_flow_;
    else if (!find_unit(flow.unit))
      ++strange_units_;
    const bool input = e.direction == "Input";
    if (flow.type == "Elementary flow" || (flow.type.empty() && !input))
      return add_emission(activity, e, input);
    const bool waste = flow.type == "Waste flow";
    // A product that leaves, or a waste that is taken in, is what the process is there for.
    if (!flow.type.empty() && input == waste) return add_output(activity, e);
    ActivityInput taken{.product = name_of(e),
                        .amount = amount_of(activity, e),
                        .unit = flow.unit,
                        .region = e.location,
                        .code = e.flow};
    taken.waste = waste || taken.amount.value < 0;
    if (waste) ++tally_.wastes;
    if (!waste && taken.amount.value < 0) ++tally_.spared;
    activity.inputs.push_back(std::move(taken));
  }

  void add_emission(Activity& activity, const IlcdExchange& e, bool input) {
    const auto& flow = shelf_.flow(e.flow);
    std::string compartment = input ? "resource" : flow.category;
    if (!input)
      for (const auto* word : {"air", "water", "soil"})
        if (flow.category.find(word) != std::string::npos) {
          compartment = word;
          break;
        }
    activity.emissions.push_back(
        {name_of_emission(name_of(e)), compartment, amount_of(activity, e), flow.unit});
  }

  void add_output(Activity& activity, const IlcdExchange& e) {
    const auto name = name_of(e);
    const bool there = std::ranges::any_of(
        activity.outputs, [&](const auto& output) { return output.product == name; });
    if (there || e.amount() <= 0) {
      ++tally_.passed_over;
      return;
    }
    activity.outputs.push_back(
        {.product = name, .amount = amount_of(activity, e), .unit = unit_of(e), .code = e.flow});
    add_conversions(name, shelf_.flow(e.flow));
  }

  // Further flow properties of a product say what one reference unit is in another quantity.
  void add_conversions(const std::string& product, const IlcdFlow& flow) {
    if (!converted_.insert(product).second) return;
    for (const auto& other : flow.others) {
      const auto unit = shelf_.unit_of_property(other.id);
      if (!find_unit(unit) || unit_factor(flow.unit, unit) || other.value <= 0 ||
          flow.reference_value <= 0)
        continue;
      inventory_.conversions.push_back({product, flow.unit, unit,
                                        other.value / flow.reference_value,
                                        "flow properties of " + product});
    }
  }

  Amount amount_of(const Activity& activity, const IlcdExchange& e) {
    Amount amount{e.amount(), -1};
    const auto name = fmt::format("{}: {}", activity.name, name_of(e));
    using Shape = Distribution::Shape;
    const double v = amount.value;
    if (e.spread_kind == "log-normal")
      add_distribution(inventory_, name, {Shape::lognormal, {v, std::sqrt(e.spread)}}, amount,
                       tally_);
    else if (e.spread_kind == "normal")
      add_distribution(inventory_, name, {Shape::normal, {v, std::abs(v) * e.spread / 200}}, amount,
                       tally_);
    else if (e.spread_kind == "triangular")
      add_distribution(inventory_, name, {Shape::triangular, {e.least, v, e.most}}, amount, tally_);
    else if (e.spread_kind == "uniform")
      add_distribution(inventory_, name, {Shape::uniform, {e.least, e.most}}, amount, tally_);
    return amount;
  }

  // Shares the process states, where they are the same for all it takes in and gives off.
  void allocate(const IlcdProcess& process, Activity& activity) {
    if (activity.outputs.size() < 2) return;
    std::optional<std::map<std::string, double>> shares;
    bool same = true;
    for (const auto& e : process.exchanges) {
      if (e.fractions.empty()) continue;
      same = same && (!shares || *shares == e.fractions);
      shares = e.fractions;
    }
    double sum = 0;
    if (shares && same)
      for (const auto& e : process.exchanges) {
        const auto share = shares->find(e.id);
        const auto output = std::ranges::find(activity.outputs, e.flow, &ActivityOutput::code);
        if (share != shares->end() && output != activity.outputs.end())
          sum += output->share = share->second / 100;
      }
    if (std::abs(sum - 1) < 1e-4) {
      for (auto& output : activity.outputs) output.share /= sum;
      activity.allocation = AllocationRule::shares;
      tally_.co_products += activity.outputs.size() - 1;
      return;
    }
    if (shares) ++several_shares_;
    share_co_products(activity, options_, tally_);
  }

  const Folder& package_;
  InventoryOptions options_;
  Inventory& inventory_;
  FlowShelf shelf_;
  ImportTally tally_;
  std::set<std::string> converted_;
  std::size_t reminders_ = 0, without_flow_ = 0, several_shares_ = 0, strange_units_ = 0;
};

}  // namespace

bool is_ilcd_process(std::string_view text) {
  const auto head = text.substr(0, 4000);
  return head.find("processDataSet") != std::string_view::npos &&
         head.find("lca.jrc.it/ILCD/Process") != std::string_view::npos;
}

bool is_ilcd(const Folder& package) {
  const auto first = std::ranges::find_if(
      package.names(), [](const std::string& name) { return is_in_folder(name, "processes/"); });
  return first != package.names().end() &&
         is_ilcd_process(package.text(*first, data_set_limit).text());
}

void read_ilcd(const Folder& package, const InventoryOptions& options, Inventory& inventory) {
  IlcdReader(package, options, inventory).read();
}

}  // namespace stave::reader
