#pragma once
/// What the schema of PACT 3 asks of a ProductFootprint, as a table, and a validator of it.
///
/// The table states the required properties, types, enumerations, patterns and lengths of the
/// schemas ProductFootprint and CarbonFootprint in the OpenAPI document of the specification,
/// https://github.com/wbcsd/data-exchange-protocol, spec/v3/openapi.yaml (3.0.0). Checked against:
/// the standard's own examples, of which the valid ones pass and the invalid one does not.

#include <functional>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace stave::pact_schema {

using Json = nlohmann::json;

enum class Form {
  text,
  filled,
  uuid,
  moment,
  urn,
  uri,
  version,
  decimal,
  above_zero,
  zero_or_more,
  zero_or_less,
  country,
  subdivision,
  ar,
  boolean,
  object
};

struct Property {
  std::string name;
  Form form = Form::text;
  bool required = false;
  bool list = false;  ///< of that form, not empty, no item twice
  std::set<std::string> choices = {};
};

inline bool fits(Form form, const Json& value) {
  if (form == Form::boolean) return value.is_boolean();
  if (form == Form::object) return value.is_object();
  if (!value.is_string()) return false;
  static const std::map<Form, std::regex> patterns{
      {Form::filled, std::regex("[^]+")},
      {Form::uuid, std::regex("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")},
      {Form::moment, std::regex("\\d{4}-\\d{2}-\\d{2}[Tt]\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?"
                                "([Zz]|[+-]\\d{2}:\\d{2})")},
      {Form::urn, std::regex("[uU][rR][nN]:[^]*")},
      {Form::uri, std::regex("[A-Za-z][A-Za-z0-9+.-]*:[^]+")},
      {Form::version, std::regex("\\d+\\.\\d+\\.\\d+(-\\d{8})?")},
      {Form::decimal, std::regex("[+-]?\\d+(\\.\\d+)?")},
      {Form::above_zero, std::regex("[+]?(?=[0.]*[1-9])\\d+(\\.\\d+)?")},
      {Form::zero_or_more, std::regex("[+]?\\d+(\\.\\d+)?")},
      {Form::zero_or_less, std::regex("-\\d+(\\.\\d+)?|0+(\\.0+)?")},
      {Form::country, std::regex("[A-Z]{2}")},
      {Form::subdivision, std::regex("[A-Z]{2}-[A-Z0-9]{1,3}")},
      {Form::ar, std::regex("AR\\d+")}};
  const auto pattern = patterns.find(form);
  return pattern == patterns.end() || std::regex_match(value.get<std::string>(), pattern->second);
}

inline const std::vector<Property>& footprint_properties() {
  static const std::vector<Property> properties{
      {"id", Form::uuid, true},
      {"specVersion", Form::version, true},
      {"precedingPfIds", Form::uuid, false, true},
      {"created", Form::moment, true},
      {"status", Form::text, true, false, {"Active", "Deprecated"}},
      {"validityPeriodStart", Form::moment},
      {"validityPeriodEnd", Form::moment},
      {"companyName", Form::filled, true},
      {"companyIds", Form::urn, true, true},
      {"productDescription", Form::text, true},
      {"productIds", Form::urn, true, true},
      {"productClassifications", Form::urn, false, true},
      {"productNameCompany", Form::filled, true},
      {"comment", Form::text},
      {"pcf", Form::object, true},
      {"extensions", Form::object, false, true}};
  return properties;
}

inline const std::vector<Property>& carbon_properties() {
  static const std::vector<Property> properties{
      {"declaredUnitOfMeasurement",
       Form::text,
       true,
       false,
       {"liter", "kilogram", "cubic meter", "kilowatt hour", "megajoule", "ton kilometer",
        "square meter", "piece", "hour", "megabit second"}},
      {"declaredUnitAmount", Form::above_zero, true},
      {"productMassPerDeclaredUnit", Form::decimal, true},
      {"referencePeriodStart", Form::moment, true},
      {"referencePeriodEnd", Form::moment, true},
      {"geographyRegionOrSubregion", Form::text},
      {"geographyCountry", Form::country},
      {"geographyCountrySubdivision", Form::subdivision},
      {"boundaryProcessesDescription", Form::text},
      {"pcfExcludingBiogenicUptake", Form::decimal, true},
      {"pcfIncludingBiogenicUptake", Form::decimal, true},
      {"fossilCarbonContent", Form::zero_or_more, true},
      {"biogenicCarbonContent", Form::zero_or_more},
      {"recycledCarbonContent", Form::zero_or_more},
      {"fossilGhgEmissions", Form::zero_or_more, true},
      {"landUseChangeGhgEmissions", Form::zero_or_more},
      {"landCarbonLeakage", Form::zero_or_more},
      {"landManagementFossilGhgEmissions", Form::zero_or_more},
      {"landManagementBiogenicCO2Emissions", Form::zero_or_more},
      {"landManagementBiogenicCO2Removals", Form::zero_or_less},
      {"biogenicCO2Uptake", Form::zero_or_less},
      {"biogenicNonCO2Emissions", Form::zero_or_more},
      {"landAreaOccupation", Form::zero_or_more},
      {"aircraftGhgEmissions", Form::zero_or_more},
      {"packagingEmissionsIncluded", Form::boolean},
      {"packagingGhgEmissions", Form::zero_or_more},
      {"packagingBiogenicCarbonContent", Form::zero_or_more},
      {"outboundLogisticsGhgEmissions", Form::zero_or_more},
      {"technologicalCO2CaptureOrigin", Form::text},
      {"technologicalCO2Removals", Form::zero_or_more},
      {"ccsTechnologicalCO2CaptureIncluded", Form::boolean},
      {"ccsTechnologicalCO2Capture", Form::zero_or_less},
      {"ccuCarbonContent", Form::zero_or_more},
      {"ccuCalculationApproach", Form::text, false, false, {"Cut-off", "Credit"}},
      {"ccuCreditCertification", Form::uri},
      {"ipccCharacterizationFactors", Form::ar, true, true},
      {"crossSectoralStandards",
       Form::text,
       true,
       true,
       {"ISO14067", "ISO14083", "ISO14040-44", "GHGP-Product", "PEF", "PACT-1.0", "PACT-2.0",
        "PACT-3.0"}},
      {"productOrSectorSpecificRules", Form::object, false, true},
      {"exemptedEmissionsPercent", Form::decimal, true},
      {"exemptedEmissionsDescription", Form::text},
      {"allocationRulesDescription", Form::text},
      {"secondaryEmissionFactorSources", Form::object, false, true},
      {"primaryDataShare", Form::decimal},
      {"dqi", Form::object},
      {"verification", Form::object}};
  return properties;
}

inline std::string fault_of(const Property& property, const Json& value) {
  if (!fits(property.form, value))
    return fmt::format("{}: {} has not the form asked", property.name, value.dump());
  if (!property.choices.empty() && !property.choices.contains(value.get<std::string>()))
    return fmt::format("{}: {} is not among the choices", property.name, value.dump());
  return {};
}

inline std::vector<std::string> faults_of_list(const Property& property, const Json& value) {
  if (!value.is_array() || value.empty())
    return {fmt::format("{}: {} is no list of one or more", property.name, value.dump())};
  std::vector<std::string> faults;
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (auto fault = fault_of(property, value[i]); !fault.empty()) faults.push_back(fault);
    for (std::size_t k = 0; k < i; ++k)
      if (value[i] == value[k]) faults.push_back(property.name + ": an item stands twice");
  }
  return faults;
}

inline std::vector<std::string> faults_of_object(const std::vector<Property>& properties,
                                                 const Json& json) {
  std::vector<std::string> faults;
  for (const auto& property : properties) {
    const auto found = json.find(property.name);
    if (found == json.end()) {
      if (property.required) faults.push_back(property.name + " is missing");
      continue;
    }
    if (property.list) {
      const auto more = faults_of_list(property, *found);
      faults.insert(faults.end(), more.begin(), more.end());
    } else if (auto fault = fault_of(property, *found); !fault.empty()) {
      faults.push_back(fault);
    }
  }
  return faults;
}

/// Properties the schema does not know; it allows them, and we write none.
inline std::vector<std::string> unknown_in(const std::vector<Property>& properties,
                                           const Json& json) {
  std::vector<std::string> unknown;
  for (const auto& [key, value] : json.items()) {
    bool known = false;
    for (const auto& property : properties) known = known || property.name == key;
    if (!known) unknown.push_back(key);
  }
  return unknown;
}

/// Where a footprint departs from the schema; empty where it does not.
inline std::vector<std::string> faults(const Json& footprint) {
  auto all = faults_of_object(footprint_properties(), footprint);
  if (const auto pcf = footprint.find("pcf"); pcf != footprint.end() && pcf->is_object()) {
    const auto more = faults_of_object(carbon_properties(), *pcf);
    all.insert(all.end(), more.begin(), more.end());
  }
  return all;
}

}  // namespace stave::pact_schema
