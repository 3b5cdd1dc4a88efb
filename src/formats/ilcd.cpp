// ILCD 1.1 (Joint Research Centre, European Platform on LCA): data sets of processes, flows, flow
// properties and unit groups, one XML file each, in a folder or zip.

#include "stave/core/error.hpp"
#include "stave/formats/delimited.hpp"
#include "stave/inventory/unit.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include <fmt/format.h>

#include "formats/ilcd_flow.hpp"
#include "formats/inventory_reader.hpp"

namespace stave::reader {
namespace {

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
    else if (!e.spread_kind.empty() && e.spread_kind != "undefined")
      ++tally_.unsound;
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
