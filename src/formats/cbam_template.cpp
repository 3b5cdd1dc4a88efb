#include "stave/formats/cbam_file.hpp"

namespace stave {
namespace {

// Figures of works, default values and benchmarks are made up, so that each result can be followed
// by hand; the mark-ups are those of Implementing Regulation (EU) 2025/2621.
constexpr std::string_view text_of_goods =
    R"(# Goods under the EU's carbon border adjustment. docs/format/cbam.md lists every key.
title = "A steel coil and a cement, illustrative numbers"
source = "made up, to show the format"
year = 2026                  # of import; or --year
price = 80                   # EUR per certificate (1 t CO2e); or --price

# The cross-sectoral correction factor of free allocation in that year.
[correction]
factor = 1
source = "made up; the Commission publishes it"

# Default values, t CO2e per t of the good, for what no supplier has stated. The figures here are
# made up: take those of your goods and countries from Implementing Regulation (EU) 2025/2621.
[[default]]
id = "pig iron, other countries"
direct = 2.1
indirect = 0.2
benchmark = 1.25             # free allocation of the EU for it, t CO2e per t
markup = { 2026 = "10%", 2027 = "20%", 2028 = "30%" }
source = "made up; mark-ups: Implementing Regulation (EU) 2025/2621"

[[default]]
id = "ferro-manganese"
direct = 1.6
indirect = 2.0
benchmark = 1.2
markup = { 2026 = "10%", 2027 = "20%", 2028 = "30%" }
source = "made up; mark-ups: Implementing Regulation (EU) 2025/2621"

[[default]]
id = "steel coil"
direct = 2.5
indirect = 0.4
benchmark = 1.35
markup = { 2026 = "10%", 2027 = "20%", 2028 = "30%" }
source = "made up; mark-ups: Implementing Regulation (EU) 2025/2621"

# A year of each production process: what it made, took in and gave off.
[[good]]
id = "crude steel"
sector = "iron and steel"
cn = "7206"
quality = "illustrative"
made = 1000000               # t over the period
benchmark = 0.05             # of this process alone; precursors bring their own
benchmark_source = "made up; take it from Implementing Regulation (EU) 2025/2620"
fuel = [
  { name = "natural gas", amount = 20000000, unit = "m3", ncv = 0.036, factor = 56.1, source = "made up; factor: IPCC 2006, table 2.2" },
]
process = [{ name = "lime", amount = 60, unit = "kt", factor = 0.02, source = "made up" }]
carbon = [
  { name = "scrap", amount = 150, unit = "kt", content = 0.002, source = "made up" },
  { name = "steel", amount = 1000, unit = "kt", content = 0.001, out = true, source = "made up" },
]
electricity = [{ amount = 120, unit = "GWh", factor = 0.6, source = "made up; t CO2e per MWh of the grid" }]
precursor = [
  { name = "pig iron", amount = 900, unit = "kt", supplier = "Works A", default = "pig iron, other countries", stated = { direct = 1.7, indirect = 0.1, benchmark = 1.25, source = "made up; statement of Works A" } },
  { name = "ferro-manganese", amount = 10, unit = "kt", supplier = "Smelter B", default = "ferro-manganese" },
]

[[good]]
id = "steel coil"
sector = "iron and steel"
cn = "7208"
quality = "illustrative"
made = 900000
default = "steel coil"       # what would count if it were declared by its default value
imported = 20000             # t a year into the EU
paid = 3                     # carbon price paid abroad, EUR per t of coil, after rebates
paid_source = "made up"
benchmark = 0.03
benchmark_source = "made up"
fuel = [
  { name = "blast furnace gas", amount = 500, unit = "TJ", factor = 260, source = "made up" },
  { name = "natural gas", amount = 1200, unit = "TJ", factor = 56.1, source = "made up; factor: IPCC 2006, table 2.2" },
]
waste_gas = [{ name = "gas given to a power station", amount = 300, unit = "TJ", factor = 56.1, out = true, source = "made up" }]
electricity = [{ amount = 90000, unit = "MWh", factor = 0.6, source = "made up" }]
precursor = [{ good = "crude steel", amount = 950, unit = "kt" }]

[[good]]
id = "clinker"
sector = "cement"
cn = "2523 10 00"
quality = "illustrative"
made = 700000
benchmark = 0.67
benchmark_source = "made up"
fuel = [
  { name = "coal", amount = 85, unit = "kt", ncv = 26, factor = 94.6, source = "made up; factor: IPCC 2006, table 2.2" },
  { name = "tyres", amount = 8, unit = "kt", ncv = 31, factor = 85, biomass = "27%", source = "made up" },
]
process = [{ name = "limestone", amount = 700, unit = "kt", factor = 0.525, source = "made up; t CO2 per t of clinker" }]
electricity = [{ amount = 45, unit = "GWh", factor = 0.6, source = "made up" }]

[[good]]
id = "cement"
sector = "cement"            # direct and indirect emissions count
cn = "2523 29 00"
quality = "illustrative"
made = 900000
imported = 15000
electricity = [{ amount = 36, unit = "GWh", factor = 0.6, source = "made up" }]
precursor = [{ good = "clinker", amount = 690, unit = "kt" }]
)";

}  // namespace

std::string_view cbam_template() { return text_of_goods; }

}  // namespace stave
