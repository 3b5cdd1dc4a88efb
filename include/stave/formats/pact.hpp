#pragma once
/// Product footprints as companies exchange them: PACT data exchange (Pathfinder) 2 and 3, JSON.
///
///   for (const auto& pf : read_pact("steel.json")) use(pf.excluding_biogenic / pf.amount);
///   write_file("car.json", to_pact_json(mine));
///
/// Source: WBCSD PACT, Technical Specifications for PCF Data Exchange 2.3 and 3.0.

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace stave {

struct PactFootprint {
  std::string id;            ///< a UUID
  std::string spec_version;  ///< "3.0.0"
  std::string created;       ///< ISO 8601, as all times
  std::string status = "Active";
  std::string company;
  std::vector<std::string> company_ids;  ///< URNs
  std::string description;
  std::vector<std::string> product_ids;  ///< URNs
  std::string product;
  std::string comment;
  std::string unit;               ///< as PACT writes it: "kilogram"
  double amount = 1;              ///< of the declared unit
  double mass = 0;                ///< kg per declared amount; 0 where not stated
  double excluding_biogenic = 0;  ///< kg CO2-equivalent per declared amount, uptake left out
  double including_biogenic = 0;
  double fossil = 0;
  double fossil_carbon = 0;  ///< kg C
  double exempted_percent = 0;
  std::string period_start;
  std::string period_end;
  std::string country;  ///< ISO 3166-1, two letters; or empty
  std::string boundary;
  std::string allocation;
  std::vector<std::string> factors;    ///< "AR6"
  std::vector<std::string> standards;  ///< "ISO14067" ...
  double primary_data_share = -1;      ///< %; below 0: not stated
};

/// Of one footprint, a response with one or a list, or an event.
/// @throws Error bad_input  no JSON; an error response; a property that is missing, of the wrong
///               type or form (a number that is no string, a date that is none), naming file,
///               footprint and property
[[nodiscard]] std::vector<PactFootprint> read_pact(const std::filesystem::path& path);
[[nodiscard]] std::vector<PactFootprint> parse_pact(const std::string& file, std::string_view text);

/// One ProductFootprint of version 3.0.0. What it writes, parse_pact accepts, and the published
/// schema (tests/formats/pact_schema.hpp).
/// @throws Error bad_input  a country that is no code of two capital letters, a standard the schema
///                          does not know, an id or standard that stands twice
[[nodiscard]] std::string to_pact_json(const PactFootprint& footprint);

/// "kilogram" for "kg"; empty where PACT has no such unit.
[[nodiscard]] std::string pact_unit(std::string_view unit);

/// A UUID that depends on the text alone (version 8 of RFC 9562).
[[nodiscard]] std::string uuid_of(std::string_view text);

}  // namespace stave
