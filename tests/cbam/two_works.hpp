#pragma once
// Goods worked by hand.
#include "stave/formats/cbam_file.hpp"

#include <string>

namespace stave::works {

// Clinker, 1,000 t: 100 t of coal at 25 GJ/t and 95 t/TJ are 237.5 t, limestone 500 t; current
// 60 MWh at 0.5 are 30 t.   direct .7375, indirect .03
// Cement, 1,250 t, of 1,000 t of clinker and 50 MWh:   direct 737.5 / 1250 = .59, indirect
// (30 + 25) / 1250 = .044; benchmark .6 * 1000 / 1250 = .48
inline const std::string cement = R"(
price = 50
[[good]]
id = "clinker"
sector = "cement"
made = 1000
benchmark = 0.6
benchmark_source = "made up"
fuel = [{ name = "coal", amount = 100, unit = "t", ncv = 25, factor = 95, source = "made up" }]
process = [{ name = "limestone", amount = 1, unit = "kt", factor = 0.5, source = "made up" }]
electricity = [{ amount = 60000, unit = "kWh", factor = 0.5, source = "made up" }]
[[good]]
id = "cement"
sector = "cement"
made = 1250
imported = 500
paid = 2
paid_source = "made up"
benchmark = 0
benchmark_source = "made up"
electricity = [{ amount = 50, factor = 0.5, source = "made up" }]
precursor = [{ good = "clinker", amount = 1, unit = "kt" }]
)";

// Steel, 1,000 t, gives off 200 t itself; 900 t of pig iron at 1.5 as its supplier says (default
// 2.0, marked up 2.2), 10 t of alloy by default value, 3.0, marked up 3.3.
//   direct .2 + .9 * 1.5 + .01 * 3.3 = 1.583; benchmark .9 * 1.2 = 1.08
inline const std::string steel = R"(
price = 100
[[default]]
id = "pig iron"
direct = 2
indirect = 0.3
benchmark = 1.2
markup = { 2026 = "10%", 2027 = "20%" }
source = "made up"
[[default]]
id = "alloy"
direct = 3
markup = "10%"
source = "made up"
[[default]]
id = "steel"
direct = 3
benchmark = 1
source = "made up"
[[good]]
id = "steel"
sector = "iron and steel"
made = 1000
imported = 100
default = "steel"
emission = [{ amount = 200, source = "measured" }]
precursor = [
  { name = "pig iron", amount = 900, supplier = "A", default = "pig iron", stated = { direct = 1.5, indirect = 0.1, benchmark = 1.2, source = "A" } },
  { name = "alloy", amount = 10, supplier = "B", default = "alloy" },
]
)";

// a = (90 + 10 b) / 100, b = (30 + 20 a) / 50: both 1.
inline const std::string loop = R"(
price = 1
[[good]]
id = "a"
sector = "hydrogen"
made = 100
emission = [{ amount = 90, source = "s" }]
precursor = [{ good = "b", amount = 10 }]
[[good]]
id = "b"
sector = "fertilisers"
made = 50
emission = [{ amount = 30, source = "s" }]
precursor = [{ good = "a", amount = 20 }]
)";

}  // namespace stave::works
