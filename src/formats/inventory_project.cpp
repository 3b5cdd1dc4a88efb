#include "stave/core/classification.hpp"
#include "stave/core/error.hpp"
#include "stave/formats/inventory_file.hpp"
#include "stave/formats/pact.hpp"
#include "stave/inventory/switch.hpp"
#include "stave/inventory/unit.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "scenario_number.hpp"

namespace stave {
namespace {

constexpr auto inventory_page = "docs/format/inventory.md";
constexpr double no_least = std::numeric_limits<double>::lowest();

constexpr std::array<const char*, 14> pact_keys{"company",
                                                "company_ids",
                                                "product_ids",
                                                "product_name",
                                                "description",
                                                "comment",
                                                "boundary",
                                                "country",
                                                "period_start",
                                                "period_end",
                                                "created",
                                                "standards",
                                                "primary_data_share",
                                                "factors"};

/// Reads one project, table by table.
class ProjectReader {
 public:
  ProjectReader(TomlSection file, std::filesystem::path folder)
      : file_(std::move(file)), folder_(std::move(folder)) {}

  Inventory read(const std::string& stem) {
    inventory_.name = file_.text("name", stem);
    inventory_.title = file_.text("title", inventory_.name);
    inventory_.source = file_.text("source");
    read_factor_set();
    read_cut_off();
    read_asked();
    read_imports();
    for (auto& s : file_.sections("factor")) read_factor(s);
    for (auto& s : file_.sections("conversion")) read_conversion(s);
    for (auto& s : file_.sections("activity")) read_activity(s);
    for (auto& s : file_.sections("mix")) read_mix(s);
    for (auto& s : file_.sections("supplier")) read_supplier(s);
    for (auto& s : file_.sections("switch")) read_switch(s);
    for (auto& s : file_.sections("price")) read_price(s);
    inventory_.preferred = file_.text_map("prefer");
    read_pact_words();
    file_.finish();
    for (std::size_t k = 0; k < numbers_.list.size(); ++k)
      inventory_.uncertain.push_back(
          {numbers_.list[k].name, numbers_.list[k].distribution, numbers_.list[k].least});
    return std::move(inventory_);
  }

 private:
  void read_factor_set() {
    const auto set = file_.text("factors", "AR6");
    if (set == "none") return;
    const auto known = factor_set_names();
    if (std::ranges::count(known, set) == 0)
      file_.refuse("factors", fmt::format("\"{}\" or \"none\"", fmt::join(known, "\", \"")));
    inventory_.factor_set = set;
  }

  void read_cut_off() {
    const auto word = file_.text("missing_inputs");
    if (!word.empty() && word != "error" && word != "list")
      file_.refuse("missing_inputs", R"("error" or "list")");
    inventory_.cut_off = word == "list";
  }

  void read_asked() {
    auto section = file_.section("product");
    if (!section) return;
    FunctionalUnit asked;
    asked.product = section->required_text("product");
    asked.activity = section->text("activity");
    asked.unit = unit_of(*section, "unit", false);
    asked.amount = plain(*section, "amount", 1.0, {.above_least = true});
    section->finish();
    inventory_.asked = asked;
  }

  // Numbers --------------------------------------------------------------------------------------

  Amount amount(TomlSection& section, std::string_view key, const std::string& of,
                const NumberRule& rule, std::optional<double> fallback = std::nullopt) {
    const auto number = numbers_.read(section, key, of, rule, fallback);
    if (!numbers_.uncertain(number)) return {numbers_.fixed[number.place], -1};
    const auto k = numbers_.list.size() - 1;
    // Numbers of the imported files stand before those of the project.
    return {middle(numbers_.list[k].distribution),
            static_cast<std::int32_t>(imported_numbers_ + k)};
  }

  double plain(TomlSection& section, std::string_view key, std::optional<double> fallback,
               const NumberRule& rule) {
    const auto number = numbers_.read(section, key, "", rule, fallback);
    if (numbers_.uncertain(number)) section.refuse(key, "a number, not a distribution");
    return numbers_.fixed[number.place];
  }

  std::string unit_of(TomlSection& section, std::string_view key, bool required = true) {
    auto unit = required ? section.required_text(key) : section.text(key);
    if (!unit.empty() && !find_unit(unit))
      section.refuse(key, fmt::format("a unit; found \"{}\". {}", unit, unit_hint(unit)));
    return unit;
  }

  // Parts ----------------------------------------------------------------------------------------

  std::filesystem::path beside(TomlSection& section, std::string_view key,
                               const std::string& name) const {
    const std::filesystem::path path(name);
    if (name.empty() || path.filename() != path || name == "." || name == "..")
      section.refuse(key, "the name of a file beside this one, without a folder");
    return folder_ / path;
  }

  void read_imports() {
    for (const auto& name : file_.texts("import")) take_in(beside(file_, "import", name), {});
    for (auto& s : file_.sections("database")) {
      InventoryOptions options;
      const auto path = beside(s, "file", s.required_text("file"));
      const auto word = s.text("co_products", "none");
      const auto rule = find_allocation_rule(word);
      if (!rule || (*rule != AllocationRule::none && *rule != AllocationRule::mass))
        s.refuse("co_products", R"("none" or "mass")");
      options.co_products = *rule;
      s.finish();
      take_in(path, options);
    }
    imported_numbers_ = inventory_.uncertain.size();
  }

  void take_in(const std::filesystem::path& path, const InventoryOptions& options) {
    auto other = path.extension() == ".toml"
                     ? throw Error(Errc::bad_input,
                                   fmt::format("{}: a project takes in databases and tables, no "
                                               "other project",
                                               path.string()))
                     : read_inventory(path, options);
    const auto shift = static_cast<std::int32_t>(inventory_.uncertain.size());
    const auto moved = [&](Amount& a) {
      if (a.number >= 0) a.number += shift;
    };
    for (auto& activity : other.activities) {
      for (auto& o : activity.outputs) moved(o.amount);
      for (auto& i : activity.inputs) {
        moved(i.amount);
        moved(i.price);
      }
      for (auto& e : activity.emissions) moved(e.amount);
      inventory_.activities.push_back(std::move(activity));
    }
    std::ranges::move(other.uncertain, std::back_inserter(inventory_.uncertain));
    std::ranges::move(other.notes, std::back_inserter(inventory_.notes));
    // What a database lacks is not the project's mistake.
    inventory_.cut_off = inventory_.cut_off || other.cut_off;
  }

  void read_factor(TomlSection& s) {
    CharacterisationFactor factor;
    factor.flow = s.required_text("flow");
    factor.compartment = s.text("compartment");
    const auto unit = unit_of(s, "unit", false);
    if (!unit.empty()) factor.unit = unit;
    factor.amount = amount(s, "value", "factor of " + factor.flow, {.least = no_least});
    factor.source = s.required_text("source");
    s.finish();
    inventory_.factors.push_back(std::move(factor));
  }

  void read_conversion(TomlSection& s) {
    Conversion conversion;
    conversion.product = s.required_text("product");
    conversion.from = unit_of(s, "from");
    conversion.to = unit_of(s, "to");
    conversion.factor = plain(s, "factor", std::nullopt, {.above_least = true});
    conversion.source = s.required_text("source");
    s.finish();
    inventory_.conversions.push_back(std::move(conversion));
  }

  void read_activity(TomlSection& s) {
    Activity a;
    a.place = s.at();
    a.id = s.required_text("id");
    a.name = s.text("name", a.id);
    a.region = s.text("region");
    a.source = s.text("source");
    a.component = s.text("component");
    a.quality = quality_of(s);
    const auto rule = s.text("allocation", "none");
    const auto found = find_allocation_rule(rule);
    if (!found)
      s.refuse("allocation", R"("mass", "energy", "economic", "shares", "substitution" or "none")");
    a.allocation = *found;
    for (auto& o : s.sections("output")) a.outputs.push_back(read_output(o, a));
    for (auto& i : s.sections("input")) a.inputs.push_back(read_input(i, a));
    for (auto& e : s.sections("emission")) a.emissions.push_back(read_emission(e, a));
    s.finish();
    inventory_.activities.push_back(std::move(a));
  }

  static Quality quality_of(TomlSection& s) {
    const auto word = s.text("quality", "measured");
    if (word == "estimated") return Quality::estimated;
    if (word == "illustrative") return Quality::illustrative;
    if (word != "measured") s.refuse("quality", R"("measured", "estimated" or "illustrative")");
    return Quality::measured;
  }

  ActivityOutput read_output(TomlSection& s, const Activity& a) {
    ActivityOutput o;
    o.product = s.required_text("product");
    o.amount = amount(s, "amount", a.id + ": " + o.product, {.above_least = true}, 1.0);
    o.unit = unit_of(s, "unit");
    o.price = plain(s, "price", 0.0, {});
    o.energy = plain(s, "energy", 0.0, {});
    o.share = plain(s, "share", 0.0, {.most = 1, .share = true});
    s.finish();
    return o;
  }

  ActivityInput read_input(TomlSection& s, const Activity& a) {
    ActivityInput i;
    i.sector = s.text("sector");
    i.product = i.sector.empty() ? s.required_text("product") : s.text("product", i.sector);
    i.amount = amount(s, "amount", a.id + ": " + i.product, {});
    i.component = s.text("component");
    if (i.sector.empty()) {
      i.unit = unit_of(s, "unit");
      i.from = s.text("from");
      i.region = s.text("region");
    } else {
      i.unit = s.text("unit");
      i.price = amount(s, "price", a.id + ": " + i.product, {.above_least = true});
      i.currency = s.required_text("currency");
    }
    s.finish();
    return i;
  }

  Emission read_emission(TomlSection& s, const Activity& a) {
    Emission e;
    e.flow = s.required_text("flow");
    e.compartment = s.text("compartment", "air");
    e.amount = amount(s, "amount", a.id + ": " + e.flow, {.least = no_least});
    e.unit = unit_of(s, "unit");
    s.finish();
    return e;
  }

  // One unit at the socket, from so much of each maker, losses on the way included.
  void read_mix(TomlSection& s) {
    Activity a;
    a.place = s.at();
    const auto product = s.required_text("product");
    a.region = s.text("region");
    a.id = s.text("id", a.region.empty() ? "mix of " + product
                                         : fmt::format("mix of {} {}", product, a.region));
    a.name = s.text("name", product + " mix");
    a.source = s.required_text("source");
    a.quality = quality_of(s);
    const auto unit = unit_of(s, "unit");
    const double loss = plain(s, "loss", 0.0, {.most = 0.99, .share = true});
    const auto made_of = s.text("of", product);
    a.outputs.push_back({.product = product, .amount = {1, -1}, .unit = unit});
    double sum = 0;
    auto shares = s.section("shares");
    if (!shares) s.refuse("shares", "a table: { ACTIVITY = 0.6, OTHER = \"40%\" }");
    for (const auto& id : shares->keys()) {
      const double share = plain(*shares, id, std::nullopt, {.most = 1, .share = true});
      sum += share;
      a.inputs.push_back({.product = made_of_by(id, made_of),
                          .amount = {share / (1 - loss), -1},
                          .unit = unit,
                          .from = id,
                          .component = {}});
    }
    shares->finish();
    if (std::abs(sum - 1) > 1e-6)
      s.refuse("shares", fmt::format("shares that add up to 1; they add up to {}", sum));
    s.finish();
    inventory_.activities.push_back(std::move(a));
  }

  std::string made_of_by(const std::string& id, const std::string& otherwise) const {
    for (const auto& activity : inventory_.activities)
      if (activity.id == id && activity.outputs.size() == 1) return activity.outputs[0].product;
    return otherwise;
  }

  void read_supplier(TomlSection& s) {
    const auto path = beside(s, "file", s.required_text("file"));
    const auto wanted = s.text("id");
    auto footprints = read_pact(path);
    if (!wanted.empty()) std::erase_if(footprints, [&](const auto& pf) { return pf.id != wanted; });
    if (footprints.size() != 1)
      s.refuse("id",
               fmt::format("which of them: {} holds {} footprints{}", path.filename().string(),
                           footprints.size(), wanted.empty() ? "" : " of that id"));
    const auto& pf = footprints.front();
    const auto word = s.text("biogenic", "excluding");
    if (word != "excluding" && word != "including")
      s.refuse("biogenic", R"("excluding" or "including" (the uptake))");
    SupplierFootprint supplier;
    supplier.product = s.required_text("product");
    supplier.name = fmt::format("{}: {}", pf.company, pf.product);
    supplier.amount = {word == "including" ? pf.including_biogenic : pf.excluding_biogenic, -1};
    supplier.declared = pf.amount;
    supplier.unit = pf.unit;
    supplier.mass = pf.mass;
    supplier.users = s.texts("for");
    supplier.source = fmt::format("PACT {}, {}", pf.spec_version, pf.id);
    note_status(pf);
    s.finish();
    inventory_.suppliers.push_back(std::move(supplier));
  }

  void note_status(const PactFootprint& pf) {
    inventory_.notes.push_back(
        fmt::format("'{}' of {} as the supplier states it: {} kg CO2e per {} {} ({}){}.",
                    pf.product, pf.company, pf.excluding_biogenic, pf.amount, pf.unit, pf.id,
                    pf.status == "Active" ? "" : "; its status is " + pf.status));
  }

  std::optional<double> optional_number(TomlSection& s, std::string_view key,
                                        const NumberRule& rule) {
    if (s.find(key) == nullptr) return std::nullopt;
    return plain(s, key, std::nullopt, rule);
  }

  void read_switch(TomlSection& s) {
    Switch w;
    w.place = s.at();
    w.name = s.required_text("name");
    if (w.name.find_first_of(",=") != std::string::npos)
      s.refuse("name", "a name without comma and equals sign, by which --shares lists them");
    w.source = s.required_text("source");
    w.quality = quality_of(s);
    if (const auto word = s.text("kind"); !word.empty()) {
      w.kind = find_switch_kind(word);
      if (!w.kind) s.refuse("kind", R"("supplier", "material", "route", "energy" or "less")");
    }
    w.product = s.required_text("product");
    w.from = s.text("from");
    w.from_region = s.text("from_region");
    w.in = s.texts("in");
    read_new(s, w);
    w.unit = unit_of(s, "unit", false);
    w.to_unit = unit_of(s, "to_unit", false);
    w.share = plain(s, "share", 1.0, {.most = 1, .share = true});
    read_money(s, w);
    w.from_node = s.text("from_node");
    w.to_node = s.text("to_node");
    s.finish();
    inventory_.switches.push_back(std::move(w));
  }

  void read_new(TomlSection& s, Switch& w) {
    w.to = s.text("to");
    w.to_product = s.text("to_product");
    w.to_region = s.text("to_region");
    w.factor = optional_number(s, "factor", {});
    const bool anew = !w.to.empty() || !w.to_product.empty() || !w.to_region.empty();
    if (anew && w.factor)
      s.refuse("factor", "either factor (used less) or to, to_product, to_region with ratio");
    if (!anew && !w.factor)
      s.refuse("to", "what is taken instead: to, to_product or to_region; or factor: used less");
    if (w.kind && (*w.kind == SwitchKind::less) != w.factor.has_value())
      s.refuse("kind", w.factor ? R"("less": factor says what is left of the input)"
                                : R"(another kind: "less" goes with factor)");
    if (w.factor && s.find("ratio") != nullptr)
      s.refuse("ratio", "no ratio beside factor: nothing new is taken");
    w.ratio = plain(s, "ratio", 1.0, {.above_least = true});
  }

  void read_money(TomlSection& s, Switch& w) {
    w.price = optional_number(s, "price", {});
    w.to_price = optional_number(s, "to_price", {});
    w.premium = optional_number(s, "premium", {.least = no_least});
    w.fixed_cost = optional_number(s, "fixed_cost", {.least = no_least});
    w.currency = s.text("currency");
    if (w.premium && (w.price || w.to_price))
      s.refuse("premium", "either premium, or price and to_price");
    if ((w.price || w.to_price || w.premium || w.fixed_cost) && w.currency.empty())
      s.refuse("currency", "the currency of the switch's money, such as \"CNY\"");
  }

  void read_price(TomlSection& s) {
    ProductPrice p;
    p.place = s.at();
    p.product = s.required_text("product");
    p.from = s.text("from");
    p.region = s.text("region");
    p.price = plain(s, "price", std::nullopt, {});
    p.unit = unit_of(s, "unit");
    p.currency = s.required_text("currency");
    p.source = s.required_text("source");
    s.finish();
    inventory_.prices.push_back(std::move(p));
  }

  void read_pact_words() {
    auto section = file_.section("pact");
    if (!section) return;
    for (const auto* key : pact_keys)
      if (auto words = section->texts(key); !words.empty()) inventory_.pact[key] = std::move(words);
    if (section->find("mass") != nullptr)
      inventory_.pact["mass"] = {fmt::format("{}", plain(*section, "mass", 0.0, {}))};
    section->finish();
  }

  TomlSection file_;
  std::filesystem::path folder_;
  ScenarioNumbers numbers_;
  std::size_t imported_numbers_ = 0;
  Inventory inventory_;
};

}  // namespace

Inventory parse_project(const std::string& file, std::string_view text,
                        const std::filesystem::path& folder) {
  if (text.size() > most_scenario_bytes * 16)
    throw Error(Errc::too_large, fmt::format("{}: more than 64 MiB", file),
                "Put large inventories into a table and import it.");
  const auto table = parse_toml(file, text, inventory_page);
  return ProjectReader(TomlSection(file, "", table, inventory_page), folder)
      .read(std::filesystem::path(file).stem().string());
}

}  // namespace stave
