#include "abatement/template.hpp"

namespace stave {
namespace {

// Numbers are made up, so that every figure can be followed by hand.
constexpr std::string_view text_of_switches =
    R"(# A product's inventory and what could be switched. docs/format/inventory.md lists every key.
title = "A bicycle and what could be made otherwise, illustrative numbers"
source = "made up, to show the format"
factors = "AR6"

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
  { product = "steel", amount = 12, unit = "kg", component = "frame" },
  { product = "tyre", amount = 2, unit = "piece", component = "wheels" },
  { product = "electricity", amount = 20, unit = "kWh", region = "CHN", component = "assembly" },
  { product = "lorry transport", amount = 15, unit = "tkm", component = "delivery" },
]

[[activity]]
id = "blast furnace"
region = "CHN"
source = "made up"
quality = "illustrative"
output = [{ product = "steel", amount = 1, unit = "t" }]
input = [{ product = "electricity", amount = 400, unit = "kWh" }]
emission = [{ flow = "co2", amount = 2.0, unit = "t" }]

[[activity]]
id = "hydrogen steelworks"
region = "SWE"
source = "made up"
quality = "illustrative"
output = [{ product = "low-carbon steel", amount = 1, unit = "t" }]
input = [{ product = "electricity", amount = 3500, unit = "kWh" }]
emission = [{ flow = "co2", amount = 0.1, unit = "t" }]

[[activity]]
id = "aluminium recycler"
region = "CHN"
source = "made up"
quality = "illustrative"
output = [{ product = "recycled aluminium", amount = 1, unit = "kg" }]
input = [{ product = "electricity", amount = 1, unit = "kWh" }]
emission = [{ flow = "co2", amount = 0.5, unit = "kg" }]

[[activity]]
id = "coal power"
region = "CHN"
source = "made up"
quality = "illustrative"
output = [{ product = "electricity", amount = 1, unit = "kWh" }]
emission = [{ flow = "co2", amount = 0.9, unit = "kg" }]

[[activity]]
id = "hydropower"
region = "SWE"
source = "made up"
quality = "illustrative"
output = [{ product = "electricity", amount = 1, unit = "kWh" }]
emission = [{ flow = "co2", amount = 0.01, unit = "kg" }]

[[activity]]
id = "tyre works"
region = "CHN"
source = "made up"
quality = "illustrative"
output = [{ product = "tyre", amount = 1, unit = "piece" }]
emission = [{ flow = "co2", amount = 1.5, unit = "kg" }]

[[activity]]
id = "lorry"
source = "made up"
quality = "illustrative"
output = [{ product = "lorry transport", amount = 1, unit = "tkm" }]
emission = [{ flow = "co2", amount = 0.09, unit = "kg" }]

[[activity]]
id = "railway"
source = "made up"
quality = "illustrative"
output = [{ product = "rail transport", amount = 1, unit = "tkm" }]
emission = [{ flow = "co2", amount = 0.02, unit = "kg" }]

# What is paid now, where it is known. That of the product lets the report say what switches add.
[[price]]
product = "bicycle"
price = 180
unit = "piece"
currency = "EUR"
source = "made up"

[[price]]
product = "steel"
price = 600
unit = "t"
currency = "EUR"
source = "made up"

# Another supplier: the new maker, how much of the input is moved, what it costs.
[[switch]]
name = "low-carbon steel"
product = "steel"
to = "hydrogen steelworks"
in = ["assembly"]
share = 0.8                       # of the input; --shares goes before it
to_price = 850                    # for one unit of the new; the old is in [[price]]
unit = "t"
currency = "EUR"
kind = "supplier"                 # by itself told by what is moved
source = "made up"
quality = "illustrative"
from_node = "CHN.c12"             # who they are in a chain: --chain world-2011 --buyer CHN.c15
to_node = "DEU.c12"

# Another material: 0.55 kg of the new for one kg of the old.
[[switch]]
name = "frame of aluminium"
product = "steel"
to_product = "recycled aluminium"
in = ["assembly"]
ratio = 0.55
share = 0.2
premium = 1.1                     # in place of both prices: a kg moved costs so much more
unit = "kg"
currency = "EUR"
source = "made up"
quality = "illustrative"

# Another mix of electricity, by region of its maker.
[[switch]]
name = "assembly on hydropower"
product = "electricity"
from_region = "CHN"
to_region = "SWE"
in = ["assembly"]
premium = 0.03
unit = "kWh"
currency = "EUR"
source = "made up"
quality = "illustrative"

# Another route: 1.2 tkm by rail for one by road. What it costs is not known, and said.
[[switch]]
name = "rail in place of lorries"
product = "lorry transport"
to_product = "rail transport"
ratio = 1.2
source = "made up"
quality = "illustrative"

# Less of it: what is left. Used less first, the rest is moved.
[[switch]]
name = "lighter frame"
product = "steel"
in = ["assembly"]
factor = 0.9
fixed_cost = 2                    # for one bicycle, beside what the steel saves
currency = "EUR"
source = "made up"
quality = "illustrative"
)";

}  // namespace

std::string_view switch_template() { return text_of_switches; }

}  // namespace stave
