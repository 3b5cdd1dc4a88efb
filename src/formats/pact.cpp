#include "stave/formats/pact.hpp"

#include "stave/core/error.hpp"
#include "stave/core/random.hpp"
#include "stave/formats/delimited.hpp"
#include "stave/formats/source.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "formats/shallow_json.hpp"

namespace stave {
namespace {

using PactJson = nlohmann::ordered_json;

struct PactUnit {
  std::string_view pact;
  std::string_view unit;
};
constexpr std::array pact_units{
    PactUnit{"kilogram", "kg"},     PactUnit{"liter", "l"},
    PactUnit{"cubic meter", "m3"},  PactUnit{"kilowatt hour", "kWh"},
    PactUnit{"megajoule", "MJ"},    PactUnit{"ton kilometer", "tkm"},
    PactUnit{"square meter", "m2"}, PactUnit{"piece", "piece"},
    PactUnit{"hour", "h"},          PactUnit{"megabit second", "Mbit s"},
};

// Numbers as the standard writes them: an optional sign, digits, a point.
bool is_decimal(std::string_view text) {
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) text.remove_prefix(1);
  const auto digits = [](std::string_view part) {
    return !part.empty() && std::ranges::all_of(part, [](char c) { return c >= '0' && c <= '9'; });
  };
  const auto point = text.find('.');
  return point == std::string_view::npos
             ? digits(text)
             : digits(text.substr(0, point)) && digits(text.substr(point + 1));
}

bool digits_at(std::string_view text, std::size_t from, std::size_t count) {
  for (std::size_t i = from; i < from + count; ++i)
    if (i >= text.size() || text[i] < '0' || text[i] > '9') return false;
  return true;
}

int value_of_digits(std::string_view text, std::size_t from, std::size_t count) {
  int value = 0;
  for (std::size_t i = from; i < from + count; ++i) value = 10 * value + (text[i] - '0');
  return value;
}

int days_in(int year, int month) {
  constexpr std::array days{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return days.at(static_cast<std::size_t>(month - 1)) + (leap && month == 2 ? 1 : 0);
}

// RFC 3339: 2024-01-31T09:32:20Z, with a fraction or an offset.
bool is_date_time(std::string_view t) {
  if (t.size() < 20 || !digits_at(t, 0, 4) || t[4] != '-' || !digits_at(t, 5, 2) || t[7] != '-' ||
      !digits_at(t, 8, 2) || (t[10] != 'T' && t[10] != 't') || !digits_at(t, 11, 2) ||
      t[13] != ':' || !digits_at(t, 14, 2) || t[16] != ':' || !digits_at(t, 17, 2))
    return false;
  const int month = value_of_digits(t, 5, 2);
  const int day = value_of_digits(t, 8, 2);
  if (month < 1 || month > 12 || day < 1 || day > days_in(value_of_digits(t, 0, 4), month))
    return false;
  if (value_of_digits(t, 11, 2) > 23 || value_of_digits(t, 14, 2) > 59 ||
      value_of_digits(t, 17, 2) > 60)
    return false;
  auto rest = t.substr(19);
  if (rest.starts_with('.')) {
    rest.remove_prefix(1);
    const auto end = rest.find_first_not_of("0123456789");
    if (end == 0 || end == std::string_view::npos) return false;
    rest.remove_prefix(end);
  }
  if (rest == "Z" || rest == "z") return true;
  return rest.size() == 6 && (rest[0] == '+' || rest[0] == '-') && digits_at(rest, 1, 2) &&
         rest[3] == ':' && digits_at(rest, 4, 2);
}

bool is_uuid(std::string_view text) {
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? text[i] != '-' : std::isxdigit(static_cast<unsigned char>(text[i])) == 0)
      return false;
  }
  return true;
}

bool is_urn(std::string_view text) {
  if (!text.starts_with("urn:")) return false;
  const auto colon = text.find(':', 4);
  return colon != std::string_view::npos && colon > 4 && colon + 1 < text.size();
}

/// One footprint, property by property.
class PactReader {
 public:
  PactReader(std::string place, const PactJson& json) : place_(std::move(place)), json_(json) {}

  PactFootprint read() {
    pf_.spec_version = text(json_, "specVersion");
    v3_ = pf_.spec_version.starts_with("3.");
    if (!v3_ && !pf_.spec_version.starts_with("2."))
      refuse("specVersion", fmt::format("is \"{}\"; versions 2 and 3 are read", pf_.spec_version));
    read_head();
    const auto& pcf = object(json_, "pcf");
    read_unit(pcf);
    read_amounts(pcf);
    read_period(pcf);
    read_scope(pcf);
    check_numbers(pcf, "pcf");
    return pf_;
  }

 private:
  [[noreturn]] void refuse(const std::string& property, const std::string& what,
                           const std::string& hint = {}) const {
    throw Error(Errc::bad_input, fmt::format("{}: '{}' {}", place_, property, what), hint);
  }

  const PactJson* find(const PactJson& in, const std::string& key) const {
    const auto at = in.find(key);
    return at == in.end() || at->is_null() ? nullptr : &*at;
  }
  const PactJson& need(const PactJson& in, const std::string& key) const {
    const auto* found = find(in, key);
    if (found == nullptr)
      refuse(key, fmt::format("is missing; version {} demands it", pf_.spec_version));
    return *found;
  }
  const PactJson& object(const PactJson& in, const std::string& key) const {
    const auto& found = need(in, key);
    if (!found.is_object()) refuse(key, "is no object");
    return found;
  }
  std::string text(const PactJson& in, const std::string& key) const {
    const auto& found = need(in, key);
    if (!found.is_string()) refuse(key, fmt::format("is {}; expected a string", found.dump()));
    return found.get<std::string>();
  }
  std::string text_or_nothing(const PactJson& in, const std::string& key) const {
    return find(in, key) == nullptr ? std::string() : text(in, key);
  }
  std::string filled(const PactJson& in, const std::string& key) const {
    auto value = text(in, key);
    if (value.empty()) refuse(key, "is empty");
    return value;
  }
  double decimal(const PactJson& in, const std::string& key) const {
    const auto& found = need(in, key);
    if (!found.is_string())
      refuse(key, fmt::format("is {}; numbers are strings in this format", found.dump()),
             fmt::format("Write \"{}\": \"{}\".", key, found.dump()));
    const auto value = found.get<std::string>();
    if (!is_decimal(value)) refuse(key, fmt::format("is \"{}\"; expected a decimal number", value));
    return *parse_number(value);
  }
  std::string moment(const PactJson& in, const std::string& key) const {
    const auto value = text(in, key);
    if (!is_date_time(value))
      refuse(key, fmt::format("is \"{}\"; expected a date and time", value),
             "As in 2024-01-31T00:00:00Z, two digits each for month and day.");
    return value;
  }
  std::vector<std::string> list(const PactJson& in, const std::string& key, bool urns) const {
    const auto& found = need(in, key);
    if (!found.is_array() || found.empty()) refuse(key, "is no list of one or more strings");
    std::vector<std::string> values;
    for (const auto& item : found) {
      if (!item.is_string()) refuse(key, fmt::format("holds {}; expected strings", item.dump()));
      auto value = item.get<std::string>();
      if (urns && !is_urn(value)) refuse(key, fmt::format("holds \"{}\", which is no URN", value));
      values.push_back(std::move(value));
    }
    return values;
  }

  void read_head() {
    pf_.id = text(json_, "id");
    if (!is_uuid(pf_.id)) refuse("id", fmt::format("is \"{}\"; expected a UUID", pf_.id));
    place_ += ": " + pf_.id;
    pf_.created = moment(json_, "created");
    if (find(json_, "updated") != nullptr) static_cast<void>(moment(json_, "updated"));
    pf_.status = text(json_, "status");
    if (pf_.status != "Active" && pf_.status != "Deprecated")
      refuse("status", fmt::format("is \"{}\"; expected Active or Deprecated", pf_.status));
    for (const auto* key : {"validityPeriodStart", "validityPeriodEnd"})
      if (find(json_, key) != nullptr) static_cast<void>(moment(json_, key));
    if (find(json_, "precedingPfIds") != nullptr)
      for (const auto& id : list(json_, "precedingPfIds", false))
        if (!is_uuid(id))
          refuse("precedingPfIds", fmt::format("holds \"{}\", which is no UUID", id));
    pf_.company = filled(json_, "companyName");
    pf_.company_ids = list(json_, "companyIds", true);
    pf_.description = text(json_, "productDescription");
    pf_.product_ids = list(json_, "productIds", true);
    pf_.product = filled(json_, "productNameCompany");
    pf_.comment = text_or_nothing(json_, "comment");
    if (!v3_) static_cast<void>(text(json_, "productCategoryCpc"));
    if (!v3_ && !need(json_, "version").is_number_integer())
      refuse("version", fmt::format("is {}; expected a whole number", json_["version"].dump()));
  }

  void read_unit(const PactJson& pcf) {
    const std::string key = v3_ ? "declaredUnitOfMeasurement" : "declaredUnit";
    const auto name = text(pcf, key);
    for (const auto& unit : pact_units)
      if (unit.pact == name) pf_.unit = unit.unit;
    if (pf_.unit.empty()) {
      std::vector<std::string_view> known;
      for (const auto& unit : pact_units) known.push_back(unit.pact);
      refuse(key, fmt::format("is \"{}\", which is no unit of the standard", name),
             fmt::format("Units are {}.", fmt::join(known, ", ")));
    }
    const std::string amount = v3_ ? "declaredUnitAmount" : "unitaryProductAmount";
    pf_.amount = decimal(pcf, amount);
    if (!(pf_.amount > 0)) refuse(amount, fmt::format("is {}; expected more than 0", pf_.amount));
    if (v3_ || find(pcf, "productMassPerDeclaredUnit") != nullptr)
      pf_.mass = decimal(pcf, "productMassPerDeclaredUnit");
    if (pf_.mass < 0)
      refuse("productMassPerDeclaredUnit", fmt::format("is {}; a mass is 0 or more", pf_.mass));
    if (!v3_ && pf_.mass == 0 && pf_.unit == "kg") pf_.mass = pf_.amount;
  }

  void read_amounts(const PactJson& pcf) {
    pf_.excluding_biogenic =
        decimal(pcf, v3_ ? "pcfExcludingBiogenicUptake" : "pCfExcludingBiogenic");
    if (v3_ || find(pcf, "pCfIncludingBiogenic") != nullptr)
      pf_.including_biogenic =
          decimal(pcf, v3_ ? "pcfIncludingBiogenicUptake" : "pCfIncludingBiogenic");
    else
      pf_.including_biogenic = pf_.excluding_biogenic;
    pf_.fossil = decimal(pcf, "fossilGhgEmissions");
    pf_.fossil_carbon = decimal(pcf, "fossilCarbonContent");
    for (const auto* key : {"fossilGhgEmissions", "fossilCarbonContent"})
      if (decimal(pcf, key) < 0) refuse(key, "is below 0");
  }

  void read_period(const PactJson& pcf) {
    pf_.period_start = moment(pcf, "referencePeriodStart");
    pf_.period_end = moment(pcf, "referencePeriodEnd");
    if (pf_.period_end < pf_.period_start)
      refuse("referencePeriodEnd", "lies before referencePeriodStart");
    int places = 0;
    for (const auto* key :
         {"geographyCountry", "geographyCountrySubdivision", "geographyRegionOrSubregion"})
      places += find(pcf, key) != nullptr ? 1 : 0;
    if (places > 1)
      refuse("pcf",
             "names more than one of geographyCountry, geographyCountrySubdivision and "
             "geographyRegionOrSubregion");
    pf_.country = text_or_nothing(pcf, "geographyCountry");
  }

  void read_scope(const PactJson& pcf) {
    pf_.boundary = text_or_nothing(pcf, "boundaryProcessesDescription");
    pf_.allocation = text_or_nothing(pcf, "allocationRulesDescription");
    if (v3_) {
      pf_.factors = list(pcf, "ipccCharacterizationFactors", false);
      pf_.standards = list(pcf, "crossSectoralStandards", false);
    } else {
      if (find(pcf, "ipccCharacterizationFactorsSources") != nullptr)
        pf_.factors = list(pcf, "ipccCharacterizationFactorsSources", false);
      else
        pf_.factors = {text(pcf, "characterizationFactors")};
      pf_.standards = list(pcf, "crossSectoralStandardsUsed", false);
    }
    for (const auto& factor : pf_.factors)
      if (!factor.starts_with("AR") || !digits_at(factor, 2, factor.size() - 2) ||
          factor.size() < 3)
        refuse("ipccCharacterizationFactors",
               fmt::format("holds \"{}\"; expected AR5, AR6 ...", factor));
    if (v3_) pf_.exempted_percent = decimal(pcf, "exemptedEmissionsPercent");
    if (v3_ && find(pcf, "primaryDataShare") != nullptr)
      pf_.primary_data_share = decimal(pcf, "primaryDataShare");
  }

  // Version 3 writes every number as a string; version 2 the emissions and contents.
  void check_numbers(const PactJson& in, const std::string& path) const {
    for (const auto& [key, value] : in.items()) {
      const auto name = fmt::format("{}.{}", path, key);
      if (v3_ && value.is_number())
        refuse(name, fmt::format("is {}; numbers are strings in this format", value.dump()),
               fmt::format("Write \"{}\": \"{}\".", key, value.dump()));
      const bool emissions = key.ends_with("Emissions") || key.ends_with("CarbonContent") ||
                             key.ends_with("Withdrawal") || key.ends_with("Uptake");
      if (emissions && !value.is_null()) static_cast<void>(decimal(in, key));
      if (value.is_object()) check_numbers(value, name);
      if (key.ends_with("At") && value.is_string()) static_cast<void>(moment(in, key));
    }
  }

  std::string place_;
  const PactJson& json_;
  PactFootprint pf_;
  bool v3_ = true;
};

// Of a response ("data"), an event ("data.pfs"), a list, or one by itself.
std::vector<PactJson> footprints_in(const std::string& file, const PactJson& json) {
  if (json.is_array()) return {json.begin(), json.end()};
  if (!json.is_object()) throw Error(Errc::bad_input, file + ": is no JSON object");
  if (const auto data = json.find("data"); data != json.end()) return footprints_in(file, *data);
  if (const auto pfs = json.find("pfs"); pfs != json.end()) return footprints_in(file, *pfs);
  if (json.contains("code") && json.contains("message"))
    throw Error(Errc::bad_input,
                fmt::format("{}: is an error response: {} ({})", file, json["message"].dump(),
                            json["code"].dump()),
                "Ask the supplier for the footprint again.");
  return {json};
}

}  // namespace

std::vector<PactFootprint> parse_pact(const std::string& file, std::string_view text) {
  const auto json = shallow_json<PactJson>(file, text);
  if (json.is_discarded())
    throw Error(Errc::bad_input, fmt::format("{}: is no JSON, or cut short", file));
  const auto parts = footprints_in(file, json);
  if (parts.empty()) throw Error(Errc::bad_input, fmt::format("{}: holds no footprint", file));
  std::vector<PactFootprint> footprints;
  for (const auto& part : parts) {
    if (!part.is_object())
      throw Error(Errc::bad_input, fmt::format("{}: a footprint is no object", file));
    footprints.push_back(PactReader(file, part).read());
  }
  return footprints;
}

std::vector<PactFootprint> read_pact(const std::filesystem::path& path) {
  const auto source = Source::open(path);
  return parse_pact(source.name(), source.text());
}

std::string pact_unit(std::string_view unit) {
  for (const auto& known : pact_units)
    if (known.unit == unit) return std::string(known.pact);
  return {};
}

std::string uuid_of(std::string_view text) {
  std::array<std::uint64_t, 2> bits{0x243f6a8885a308d3, 0x13198a2e03707344};
  for (std::size_t i = 0; i < text.size(); ++i)
    for (std::uint64_t k = 0; k < 2; ++k)
      bits.at(k) = random_bits(bits.at(k), k, static_cast<unsigned char>(text[i]));
  bits[0] = (bits[0] & ~0xf000ULL) | 0x8000ULL;
  bits[1] = (bits[1] & ~(3ULL << 62)) | (2ULL << 62);
  const auto hex = fmt::format("{:016x}{:016x}", bits[0], bits[1]);
  return fmt::format("{}-{}-{}-{}-{}", hex.substr(0, 8), hex.substr(8, 4), hex.substr(12, 4),
                     hex.substr(16, 4), hex.substr(20));
}

namespace {

// Without an exponent, which the standard does not know.
std::string decimal_text(double value) {
  auto text = fmt::format("{:.12f}", value);
  while (text.ends_with('0')) text.pop_back();
  if (text.ends_with('.')) text.pop_back();
  return text == "-0" ? "0" : text;
}

PactJson pcf_of(const PactFootprint& pf) {
  PactJson pcf{{"declaredUnitOfMeasurement", pact_unit(pf.unit)},
               {"declaredUnitAmount", decimal_text(pf.amount)},
               {"productMassPerDeclaredUnit", decimal_text(pf.mass)},
               {"referencePeriodStart", pf.period_start},
               {"referencePeriodEnd", pf.period_end}};
  if (!pf.country.empty()) pcf["geographyCountry"] = pf.country;
  if (!pf.boundary.empty()) pcf["boundaryProcessesDescription"] = pf.boundary;
  pcf["pcfExcludingBiogenicUptake"] = decimal_text(pf.excluding_biogenic);
  pcf["pcfIncludingBiogenicUptake"] = decimal_text(pf.including_biogenic);
  pcf["fossilGhgEmissions"] = decimal_text(pf.fossil);
  pcf["fossilCarbonContent"] = decimal_text(pf.fossil_carbon);
  pcf["ipccCharacterizationFactors"] = pf.factors;
  pcf["crossSectoralStandards"] = pf.standards;
  pcf["exemptedEmissionsPercent"] = decimal_text(pf.exempted_percent);
  pcf["packagingEmissionsIncluded"] = false;
  if (!pf.allocation.empty()) pcf["allocationRulesDescription"] = pf.allocation;
  if (pf.primary_data_share >= 0) pcf["primaryDataShare"] = decimal_text(pf.primary_data_share);
  return pcf;
}

constexpr std::array<std::string_view, 8> pact_standards{"ISO14067",     "ISO14083", "ISO14040-44",
                                                         "GHGP-Product", "PEF",      "PACT-1.0",
                                                         "PACT-2.0",     "PACT-3.0"};

[[noreturn]] void refuse_word(const std::string& what, const std::string& hint) {
  throw Error(Errc::bad_input, "PACT 3: " + what, hint);
}

void require_no_twins(std::vector<std::string> words, std::string_view property) {
  std::ranges::sort(words);
  const auto twin = std::ranges::adjacent_find(words);
  if (twin != words.end())
    refuse_word(fmt::format("{}: '{}' stands twice", property, *twin), "Leave one of them out.");
}

// What the schema asks of words that are not computed.
void check_words(const PactFootprint& pf) {
  const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (!pf.country.empty() &&
      (pf.country.size() != 2 || !std::ranges::all_of(pf.country, is_capital)))
    refuse_word(fmt::format("country '{}' is no code of two capital letters", pf.country),
                "ISO 3166-1 alpha-2, such as CN or DE.");
  for (const auto& standard : pf.standards)
    if (std::ranges::find(pact_standards, standard) == pact_standards.end())
      refuse_word(fmt::format("'{}' is no standard it knows", standard),
                  fmt::format("One or more of {}.", fmt::join(pact_standards, ", ")));
  require_no_twins(pf.company_ids, "company_ids");
  require_no_twins(pf.product_ids, "product_ids");
  require_no_twins(pf.standards, "standards");
}

}  // namespace

std::string to_pact_json(const PactFootprint& pf) {
  check_words(pf);
  PactJson json{{"id", pf.id},
                {"specVersion", "3.0.0"},
                {"created", pf.created},
                {"status", pf.status},
                {"companyName", pf.company},
                {"companyIds", pf.company_ids},
                {"productDescription", pf.description},
                {"productIds", pf.product_ids},
                {"productNameCompany", pf.product}};
  if (!pf.comment.empty()) json["comment"] = pf.comment;
  json["pcf"] = pcf_of(pf);
  return json.dump(2);
}

}  // namespace stave
