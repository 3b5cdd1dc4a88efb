// openLCA's JSON-LD, schema 1 and 2 (GreenDelta, olca-schema).

#include "stave/core/error.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "formats/inventory_reader.hpp"
#include "formats/shallow_json.hpp"

namespace stave::reader {
namespace {

using Json = nlohmann::json;

std::string json_text(const Json& json, const char* key) {
  const auto found = json.find(key);
  return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}
// Version 1 says "input", version 2 "isInput".
bool json_flag(const Json& json, const char* first, const char* second) {
  for (const auto* key : {first, second})
    if (const auto found = json.find(key); found != json.end() && found->is_boolean())
      return found->get<bool>();
  return false;
}
double json_number(const Json& json, const char* key, double fallback) {
  const auto found = json.find(key);
  return found != json.end() && found->is_number() ? found->get<double>() : fallback;
}
const Json& json_member(const Json& json, const char* key) {
  static const Json nothing = Json::object();
  const auto found = json.find(key);
  return found != json.end() && found->is_object() ? *found : nothing;
}

class OlcaReader {
 public:
  OlcaReader(const Folder& package, const InventoryOptions& options, Inventory& inventory)
      : package_(package), options_(options), inventory_(inventory) {}

  void read() {
    std::size_t processes = 0;
    for (const auto& name : package_.names()) {
      if (name.find("processes/") == std::string::npos || !name.ends_with(".json")) continue;
      if (++processes > most_activities)
        throw Error(Errc::too_large,
                    fmt::format("{}: more than {} processes", package_.name(), most_activities));
      read_process(name, parsed(name));
    }
    tally_.tell("openLCA JSON-LD", processes, inventory_);
  }

 private:
  Json parsed(const std::string& name) const {
    const auto source = package_.text(name);
    auto json = shallow_json(source.name(), source.text());
    if (!json.is_object())
      throw Error(Errc::bad_input, fmt::format("{}: is no JSON object", source.name()),
                  "Export the package again.");
    return json;
  }

  // Of a flow of which an exchange says only the id.
  const Json& flow_of(const Json& exchange) {
    const auto& reference = json_member(exchange, "flow");
    if (reference.contains("flowType")) return reference;
    const auto id = json_text(reference, "@id");
    const auto [at, fresh] = flows_.try_emplace(id);
    if (fresh) {
      const auto name = prefix_ + "flows/" + id + ".json";
      at->second = package_.contains(name) ? parsed(name) : reference;
    }
    return at->second;
  }

  void read_process(const std::string& file, const Json& json) {
    prefix_ = file.substr(0, file.find("processes/"));
    Activity activity;
    activity.id = json_text(json, "@id");
    activity.name = json_text(json, "name");
    const auto& location = json_member(json, "location");
    activity.region =
        location.contains("code") ? json_text(location, "code") : json_text(location, "name");
    const auto& documentation = json_member(json, "processDocumentation");
    activity.source = json_text(json_member(documentation, "publication"), "name");
    activity.place = fmt::format("{}: {}", package_.name(), file);
    const auto exchanges = json.find("exchanges");
    if (exchanges == json.end() || !exchanges->is_array()) {
      ++tally_.zero_output;
      return;
    }
    for (const auto& e : *exchanges) add_reference(activity, e);
    if (activity.outputs.empty()) {
      ++tally_.zero_output;
      return;
    }
    for (const auto& e : *exchanges) add_exchange(activity, e);
    allocate(activity, json);
    inventory_.activities.push_back(std::move(activity));
  }

  static bool is_reference(const Json& e) {
    return json_flag(e, "quantitativeReference", "isQuantitativeReference");
  }

  Amount amount_of(const Activity& activity, const Json& e, const std::string& flow) {
    const auto found = e.find("amount");
    if (found == e.end() || !found->is_number() || !std::isfinite(found->get<double>()))
      throw Error(Errc::bad_input,
                  fmt::format("{}: the amount of '{}' is not a number", activity.place, flow));
    Amount amount{found->get<double>(), -1};
    const auto& u = json_member(e, "uncertainty");
    const auto kind = json_text(u, "distributionType");
    const auto name = fmt::format("{}: {}", activity.name, flow);
    using Shape = Distribution::Shape;
    if (kind.starts_with("LOG_NORMAL"))
      add_distribution(inventory_, name,
                       {Shape::lognormal,
                        {json_number(u, "geomMean", amount.value), json_number(u, "geomSd", 0)}},
                       amount, tally_);
    else if (kind.starts_with("NORMAL"))
      add_distribution(
          inventory_, name,
          {Shape::normal, {json_number(u, "mean", amount.value), json_number(u, "sd", 0)}}, amount,
          tally_);
    else if (kind.starts_with("TRIANGLE"))
      add_distribution(
          inventory_, name,
          {Shape::triangular,
           {json_number(u, "minimum", 0), json_number(u, "mode", 0), json_number(u, "maximum", 0)}},
          amount, tally_);
    else if (kind.starts_with("UNIFORM"))
      add_distribution(
          inventory_, name,
          {Shape::uniform, {json_number(u, "minimum", 0), json_number(u, "maximum", 0)}}, amount,
          tally_);
    return amount;
  }

  void add_output(Activity& activity, const Json& e) {
    const auto& flow = flow_of(e);
    const auto name = json_text(flow, "name");
    auto amount = amount_of(activity, e, name);
    // What a treatment takes in is what it is there for.
    if (amount.value < 0) amount = {-amount.value, -1};
    const bool there = std::ranges::any_of(
        activity.outputs, [&](const auto& output) { return output.product == name; });
    if (there || amount.value == 0) {
      ++tally_.passed_over;
      return;
    }
    const auto id = json_text(flow, "@id");
    activity.outputs.push_back({.product = name,
                                .amount = amount,
                                .unit = json_text(json_member(e, "unit"), "name"),
                                .code = id});
  }

  void add_reference(Activity& activity, const Json& e) {
    if (is_reference(e)) add_output(activity, e);
  }

  void add_exchange(Activity& activity, const Json& e) {
    ++tally_.exchanges;
    if (is_reference(e)) return;
    const auto& flow = flow_of(e);
    const auto type = json_text(flow, "flowType");
    const bool input = json_flag(e, "input", "isInput");
    const auto unit = json_text(json_member(e, "unit"), "name");
    const auto name = json_text(flow, "name");
    if (type == "ELEMENTARY_FLOW") {
      const auto category = compartment_of(flow, input);
      activity.emissions.push_back({name, category, amount_of(activity, e, name), unit});
      return;
    }
    if (!input && type == "PRODUCT_FLOW" && !json_flag(e, "avoidedProduct", "isAvoidedProduct"))
      return add_output(activity, e);
    ActivityInput taken{.product = name,
                        .amount = amount_of(activity, e, name),
                        .unit = unit,
                        .from = provider_of(e),
                        .code = json_text(flow, "@id")};
    if (json_flag(e, "avoidedProduct", "isAvoidedProduct")) {
      taken.amount = {-taken.amount.value, -1};
      ++tally_.spared;
    }
    if (type == "WASTE_FLOW") ++tally_.wastes;
    taken.waste = type == "WASTE_FLOW" || taken.amount.value < 0;
    activity.inputs.push_back(std::move(taken));
  }

  // A provider that the package does not hold is looked for by its product.
  std::string provider_of(const Json& e) const {
    const auto id = json_text(json_member(e, "defaultProvider"), "@id");
    return package_.contains(prefix_ + "processes/" + id + ".json") ? id : std::string();
  }

  static std::string compartment_of(const Json& flow, bool input) {
    if (input) return "resource";
    for (const auto* key : {"category", "categoryPath"}) {
      const auto found = flow.find(key);
      if (found == flow.end()) continue;
      std::string path;
      if (found->is_string()) path = found->get<std::string>();
      if (found->is_object()) path = json_text(*found, "name");
      if (found->is_array())
        for (const auto& part : *found)
          if (part.is_string()) path += "/" + part.get<std::string>();
      for (const auto* word : {"air", "water", "soil", "ground"})
        if (path.find(word) != std::string::npos) return word;
      if (!path.empty()) return path;
    }
    return "emission";
  }

  // Factors that the process states; else by the rule of the options.
  void allocate(Activity& activity, const Json& json) {
    if (activity.outputs.size() < 2) return;
    const auto factors = json.find("allocationFactors");
    if (factors != json.end() && factors->is_array()) {
      double sum = 0;
      for (const auto& f : *factors) {
        const auto id = json_text(json_member(f, "product"), "@id");
        if (f.contains("exchange")) continue;  // causal: exchange by exchange
        const auto method = json_text(f, "allocationType");
        const auto wished = json_text(json, "defaultAllocationMethod");
        if (!wished.empty() && !method.empty() && method != wished) continue;
        for (auto& output : activity.outputs)
          if (output.code == id) sum += output.share = json_number(f, "value", 0);
      }
      if (std::abs(sum - 1) < 1e-6) {
        tally_.co_products += activity.outputs.size() - 1;
        activity.allocation = AllocationRule::shares;
        return;
      }
    }
    share_co_products(activity, options_, tally_);
  }

  const Folder& package_;
  InventoryOptions options_;
  Inventory& inventory_;
  ImportTally tally_;
  std::string prefix_;
  std::map<std::string, Json> flows_;
};

}  // namespace

bool is_olca(const Folder& package) {
  return std::ranges::any_of(package.names(), [](const std::string& name) {
    return name.find("processes/") != std::string::npos && name.ends_with(".json");
  });
}

void read_olca(const Folder& package, const InventoryOptions& options, Inventory& inventory) {
  OlcaReader(package, options, inventory).read();
}

}  // namespace stave::reader
