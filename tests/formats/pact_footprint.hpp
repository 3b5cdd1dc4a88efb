#pragma once
/// A footprint to be written as PACT, with every property the standard asks for.

#include "stave/formats/pact.hpp"

namespace stave {

inline PactFootprint steel_footprint() {
  PactFootprint pf;
  pf.id = uuid_of("a product");
  pf.created = "2026-01-31T00:00:00Z";
  pf.company = "Example";
  pf.company_ids = {"urn:company:example:one"};
  pf.product_ids = {"urn:gtin:4712345060507"};
  pf.product = "steel";
  pf.description = "Steel \"S235\"";
  pf.unit = "kg";
  pf.mass = 1;
  pf.excluding_biogenic = 1.9;
  pf.including_biogenic = -0.25;
  pf.fossil = 1.8;
  pf.period_start = "2025-01-01T00:00:00Z";
  pf.period_end = "2025-12-31T00:00:00+01:00";
  pf.country = "DE";
  pf.factors = {"AR6"};
  pf.standards = {"ISO14067"};
  return pf;
}

}  // namespace stave
