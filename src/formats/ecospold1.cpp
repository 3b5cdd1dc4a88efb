// EcoSpold 1 (Frischknecht and others 2007, ecoinvent report 1), also as openLCA writes it.

#include "stave/core/error.hpp"
#include "stave/formats/delimited.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "formats/inventory_reader.hpp"
#include "formats/xml_scanner.hpp"

namespace stave::reader {
namespace {

using Event = XmlScanner::Event;

/// An exchange as it stands in the file.
struct SpoldExchange {
  std::string name, unit, category, sub_category, number, location;
  double amount = 0;
  int uncertainty = 0;
  double deviation95 = 0, least = 0, most = 0, likeliest = 0;
  int input_group = 0;    ///< 1 .. 5
  int output_group = -1;  ///< 0 .. 4
};

class SpoldReader {
 public:
  SpoldReader(const Source& xml, const InventoryOptions& options, Inventory& inventory)
      : file_(xml.name()),
        scan_(xml.name(), xml.text()),
        options_(options),
        inventory_(inventory) {}

  void read() {
    std::size_t datasets = 0;
    for (auto event = scan_.next(); event != Event::done; event = scan_.next())
      if (event == Event::open && scan_.tag() == "dataset") {
        read_dataset();
        if (++datasets > most_activities)
          throw Error(Errc::too_large,
                      fmt::format("{}: more than {} processes", file_, datasets - 1));
      }
    tally_.tell("EcoSpold 1", datasets, inventory_);
  }

 private:
  [[noreturn]] void refuse(const std::string& what) const {
    throw Error(Errc::bad_input, fmt::format("{}: dataset {}: {}", file_, number_, what));
  }

  double number(std::string_view attribute, bool required = false) const {
    const auto text = scan_.attribute(attribute);
    if (text.empty() && !required) return 0;
    const auto value = parse_number(text);
    if (!value) refuse(fmt::format("{}: '{}' is not a number", attribute, text));
    return *value;
  }

  void read_dataset() {
    number_ = scan_.attribute("number");
    Activity activity;
    activity.id = number_;
    activity.place = fmt::format("{}: dataset {}", file_, number_);
    std::vector<SpoldExchange> exchanges;
    for (int depth = 1; depth > 0;) {
      const auto event = scan_.next();
      if (event == Event::text) continue;
      if (event == Event::close) {
        --depth;
        continue;
      }
      ++depth;
      if (scan_.tag() == "referenceFunction") activity.name = scan_.attribute("name");
      if (scan_.tag() == "geography") activity.region = scan_.attribute("location");
      if (scan_.tag() == "source" && activity.source.empty())
        activity.source = fmt::format("{} {}: {}", scan_.attribute("firstAuthor"),
                                      scan_.attribute("year"), scan_.attribute("title"));
      if (scan_.tag() == "exchange") {
        exchanges.push_back(read_exchange());
        --depth;
      }
    }
    finish(std::move(activity), exchanges);
  }

  SpoldExchange read_exchange() {
    SpoldExchange e;
    e.name = scan_.attribute("name");
    e.unit = scan_.attribute("unit");
    e.category = scan_.attribute("category");
    e.sub_category = scan_.attribute("subCategory");
    e.number = scan_.attribute("number");
    e.location = scan_.attribute("location");
    e.amount = number("meanValue", true);
    if (!std::isfinite(e.amount)) refuse(fmt::format("the amount of '{}' is no number", e.name));
    e.uncertainty = static_cast<int>(number("uncertaintyType"));
    e.deviation95 = number("standardDeviation95");
    e.least = number("minValue");
    e.most = number("maxValue");
    e.likeliest = number("mostLikelyValue");
    read_groups(e);
    if (e.input_group == 0 && e.output_group < 0)
      refuse(fmt::format("'{}' is neither input nor output", e.name));
    return e;
  }

  void read_groups(SpoldExchange& e) {
    std::string group;
    for (int depth = 1; depth > 0;) {
      const auto event = scan_.next();
      if (event == Event::open) {
        ++depth;
        group.clear();
      } else if (event == Event::text) {
        group += scan_.text();
      } else {
        if (scan_.tag() == "inputGroup") e.input_group = digit_of(group);
        if (scan_.tag() == "outputGroup") e.output_group = digit_of(group);
        --depth;
      }
    }
  }

  int digit_of(const std::string& text) const {
    const auto value = parse_number(text);
    if (!value || *value < 0 || *value > 5) refuse(fmt::format("group '{}'", text));
    return static_cast<int>(*value);
  }

  // Land use is an exchange with nature, whatever group a file gives it.
  static bool is_elementary(const SpoldExchange& e) {
    return e.input_group == 4 || e.output_group == 4 || e.category == "resource" ||
           e.category == "emission" || e.category.starts_with("Ecosystem Services") ||
           e.category == "land use";
  }

  void finish(Activity activity, const std::vector<SpoldExchange>& exchanges) {
    const auto has_reference = std::ranges::any_of(
        exchanges, [](const auto& e) { return e.output_group == 0 && e.amount > 0; });
    if (!has_reference) {
      ++tally_.zero_output;
      return;
    }
    for (const auto& e : exchanges)
      if (e.output_group == 0 && e.amount > 0) add_output(activity, e);
    for (const auto& e : exchanges) {
      ++tally_.exchanges;
      if (e.output_group == 2)
        add_output(activity, e);
      else if (is_elementary(e))
        add_emission(activity, e);
      else if (e.input_group != 0 || e.output_group == 3)
        add_input(activity, e);
    }
    share_co_products(activity, options_, tally_);
    if (inventory_.activities.size() >= most_activities)
      throw Error(Errc::too_large,
                  fmt::format("{}: more than {} activities", file_, most_activities));
    inventory_.activities.push_back(std::move(activity));
  }

  Amount amount_of(const Activity& activity, const SpoldExchange& e) {
    Amount amount{e.amount, -1};
    const auto name = fmt::format("{}: {}", activity.name, e.name);
    using Shape = Distribution::Shape;
    if (e.uncertainty == 1)
      add_distribution(inventory_, name, {Shape::lognormal, {e.amount, std::sqrt(e.deviation95)}},
                       amount, tally_);
    else if (e.uncertainty == 2)
      add_distribution(inventory_, name, {Shape::normal, {e.amount, e.deviation95 / 2}}, amount,
                       tally_);
    else if (e.uncertainty == 3)
      add_distribution(inventory_, name, {Shape::triangular, {e.least, e.likeliest, e.most}},
                       amount, tally_);
    else if (e.uncertainty == 4)
      add_distribution(inventory_, name, {Shape::uniform, {e.least, e.most}}, amount, tally_);
    return amount;
  }

  void add_output(Activity& activity, const SpoldExchange& e) {
    const bool there = std::ranges::any_of(
        activity.outputs, [&](const auto& output) { return output.product == e.name; });
    if (there || e.amount <= 0) {
      ++tally_.passed_over;
      return;
    }
    activity.outputs.push_back(
        {.product = e.name, .amount = amount_of(activity, e), .unit = e.unit, .code = e.number});
  }

  void add_emission(Activity& activity, const SpoldExchange& e) {
    auto compartment = e.category == "emission" ? e.sub_category : e.category;
    if (e.input_group != 0) compartment = "resource";
    activity.emissions.push_back({e.name, compartment, amount_of(activity, e), e.unit});
  }

  void add_input(Activity& activity, const SpoldExchange& e) {
    ActivityInput input{.product = e.name,
                        .amount = amount_of(activity, e),
                        .unit = e.unit,
                        .region = e.location,
                        .code = e.number};
    input.waste = e.output_group == 3 || e.amount < 0;
    if (e.output_group == 3) ++tally_.wastes;
    if (e.output_group != 3 && e.amount < 0) ++tally_.spared;
    activity.inputs.push_back(std::move(input));
  }

  std::string file_;
  XmlScanner scan_;
  InventoryOptions options_;
  Inventory& inventory_;
  ImportTally tally_;
  std::string number_;
};

}  // namespace

bool is_ecospold1(std::string_view text) {
  const auto head = text.substr(0, 2000);
  return head.find("<ecoSpold") != std::string_view::npos &&
         head.find("EcoSpold01") != std::string_view::npos;
}

void read_ecospold1(const Source& xml, const InventoryOptions& options, Inventory& inventory) {
  SpoldReader(xml, options, inventory).read();
}

}  // namespace stave::reader
