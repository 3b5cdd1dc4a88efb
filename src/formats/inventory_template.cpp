#include "stave/formats/inventory_file.hpp"

namespace stave {
namespace {

// Numbers are made up, so that every figure can be followed by hand.
constexpr std::string_view text_of_project =
    R"(# A product's inventory: what is made of what. docs/format/inventory.md lists every key.
title = "A bicycle of steel, illustrative numbers"
source = "made up, to show the format"
factors = "AR6"              # kg CO2e per kg, IPCC, 100 years; or "AR5", "none"
# missing_inputs = "list"    # leave out inputs that nobody makes, and list them
# import = ["parts.csv"]     # tables and databases beside this file

# What is asked.
[product]
product = "bicycle"
amount = 1
unit = "piece"

[[activity]]
id = "assembly"
region = "CHN"
source = "made up"
quality = "illustrative"
output = [{ product = "bicycle", amount = 1, unit = "piece" }]
input = [
  { product = "steel", amount = { triangular = [11, 12, 14] }, unit = "kg", component = "frame" },
  { product = "tyre", amount = 2, unit = "piece", component = "wheels" },
  { product = "electricity", amount = 20, unit = "kWh", component = "assembly" },
  { product = "lorry transport", amount = 15, unit = "tkm", component = "delivery" },
]

[[activity]]
id = "steelworks"
region = "CHN"
source = "made up"
quality = "illustrative"
allocation = "mass"          # or "economic" with prices, "energy", "shares", "substitution"
output = [
  { product = "steel", amount = 1, unit = "t" },
  { product = "slag", amount = 250, unit = "kg" },
]
input = [
  { product = "coal", amount = 0.6, unit = "t" },
  { product = "electricity", amount = 400, unit = "kWh" },
]
emission = [{ flow = "co2", amount = { lognormal = [1.9, 1.1] }, unit = "t" }]

[[activity]]
id = "coal mine"
region = "CHN"
source = "made up"
quality = "illustrative"
output = [{ product = "coal", amount = 1, unit = "t" }]
input = [                    # a loop: the mine takes steel and current, both made with its coal
  { product = "electricity", amount = 20, unit = "kWh" },
  { product = "steel", amount = 1, unit = "kg" },
]
emission = [{ flow = "ch4, fossil", amount = 5, unit = "kg" }]

[[activity]]
id = "coal power"
region = "CHN"
source = "made up"
quality = "illustrative"
output = [{ product = "coal electricity", amount = 1, unit = "kWh" }]
input = [{ product = "coal", amount = 0.4, unit = "kg" }]
emission = [{ flow = "co2", amount = { uniform = [0.8, 0.95] }, unit = "kg" }]

[[activity]]
id = "wind power"
region = "CHN"
source = "made up"
quality = "illustrative"
output = [{ product = "wind electricity", amount = 1, unit = "kWh" }]
input = [{ product = "steel", amount = 1, unit = "g" }]

# Current at the socket of a region: shares of its makers, and what is lost on the way.
[[mix]]
product = "electricity"
region = "CHN"
unit = "kWh"
shares = { "coal power" = 0.6, "wind power" = "40%" }
loss = 0.05
source = "made up"
quality = "illustrative"

[[activity]]
id = "tyre works"
region = "CHN"
source = "made up"
quality = "illustrative"
output = [{ product = "tyre", amount = 1, unit = "piece" }]
input = [{ product = "electricity", amount = 3, unit = "MJ" }]   # converted: 3.6 MJ are 1 kWh
emission = [{ flow = "co2", amount = 1.5, unit = "kg" }]

[[activity]]
id = "lorry"
source = "made up"
quality = "illustrative"
output = [{ product = "lorry transport", amount = 1, unit = "tkm" }]
emission = [{ flow = "co2", amount = 0.09, unit = "kg" }]

# A unit that no definition joins, per product:
# [[conversion]]
# product = "natural gas"
# from = "m3"
# to = "kg"
# factor = 0.74
# source = "..."

# A factor of one's own, where the set has none:
# [[factor]]
# flow = "sf6"
# value = 25200
# source = "..."

# What a supplier states (PACT 2 or 3), in place of the activities above:
# [[supplier]]
# file = "steel.json"
# product = "steel"

# For stave product --pact:
[pact]
company = "Example Bicycles"
company_ids = ["urn:company:example:bicycles"]
product_ids = ["urn:pact:example.com:product-id:bicycle"]
description = "A bicycle with a frame of steel"
mass = 14
period_start = "2025-01-01T00:00:00Z"
period_end = "2025-12-31T00:00:00Z"
country = "CN"
created = "2026-01-31T00:00:00Z"
)";

}  // namespace

std::string_view project_template() { return text_of_project; }

}  // namespace stave
