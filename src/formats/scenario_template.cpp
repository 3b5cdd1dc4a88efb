#include "stave/formats/scenario_file.hpp"

namespace stave {
namespace {

constexpr std::string_view text_of_template =
    R"(# A scenario: what happens to a chain, to whom, from which day, for how long.
#
#   stave shock CHAIN scenario.toml        play it day by day
#
# Days are counted from 0, which is a normal day. Makers are named by codes or names of the chain
# (stave info CHAIN --regions, --products); a list of them, or a group, may stand for one. Put a
# # before what you do not need; everything here is optional.
# docs/format/scenario.md explains each key.

name = "my-scenario"
title = "What happens, in a sentence"
source = "Illustrative: every figure here is an assumption"
days = 365                      # how long it is played, 1 to 36500

# A number may be written as a share (0.5), as a percentage in quotes ("50%"), or as what it may be:
#   { uniform = [0.2, 0.6] }                every value between as likely
#   { triangular = [0.2, 0.5, 0.6] }        low, likeliest, high
#   { normal = [0.4, 0.1] }                 mean, standard deviation
#   { choice = [0.2, 0.5, 1] }              one of these
# With name = "..." beside it, tables call it that.

# ---- Makers lose capacity -------------------------------------------------------------------
# Who: node, region, outside (regions that are not meant), product, enterprise, and
# where = "output > 1000 and inventory < 20" on the attributes of makers. All of them must hold.

[[capacity]]
name = "plants closed"
region = "REGION"
product = ["PRODUCT", "OTHER"]
start = 10                      # first day
duration = 30                   # days in full
share = { triangular = ["30%", "50%", "80%"], name = "plants closed" }
recovery = "linear"             # linear, exponential or s-curve
recovery_days = 60              # 0: back at once

[[capacity]]
name = "earthquake"             # capital is destroyed and made again
region = "REGION"
capital_lost = 5000             # money, in the unit of the chain; or share
capital_to_value_added = 4      # capital of a maker: so many times its yearly value added
start = 10
rebuild = { by = { PRODUCT = 0.7, OTHER = 0.3 }, days = 180 }

# ---- Goods do not get through ---------------------------------------------------------------

[[export_ban]]
region = "REGION"
product = "PRODUCT"
to = ["PARTNER"]                # only to these; without it, to nobody abroad
start = 10
duration = 90

[[cut]]
name = "port closed"            # from whom, to whom: the keys of [[capacity]]
from = { outside = "REGION" }
to = { region = "REGION" }      # with final_use = true, false or ["households"]
share = "40%"                   # of each flow
start = 10
duration = 21

[[delay]]
name = "the long way round"
from = { region = "PARTNER" }
to = { region = "REGION" }
days = 14                       # later than on a normal day
start = 10
duration = 60

# ---- Final use wants more or less -----------------------------------------------------------

[[demand]]
name = "households save"
product = "PRODUCT"             # whose goods
by = "REGION"                   # who wants them
category = "households"
change = "-20%"
start = 10
duration = 180

# ---- What is done about it ------------------------------------------------------------------

[[stock]]
name = "reserve released"
product = "PRODUCT"
to = { region = "REGION" }
amount = 100                    # money, all days together
start = 20
duration = 30

[[priority]]
name = "hospitals first"
product = "OTHER"               # these users are served before others
order = 0                       # classes 0 to 9, lower ones first; everybody else is in class 1
weight = 2                      # within a class

# ---- How it is played -----------------------------------------------------------------------

[model]
preset = "ario-psi"             # ario-psi, ario, inoue-todo or essential
psi = 0.8                       # share of the wanted stock below which an input binds
inventory_days = { uniform = [30, 90] }
inventory_days_of = { PRODUCT = 10, OTHER = "infinite" }
# inventory_attribute = "inventory"   # days by maker, where the chain has them
inventory_restore_days = 60     # days in which a gap in stock is ordered
overproduction_base = 1
overproduction_max = 1.25       # of normal capacity
overproduction_days = 365       # to get there
# production = "leontief"       # important-binds, important-half, critical-only, linear
# rationing = "proportional"    # final-last, low-order-first, low-order-first-final-last, priority
# orders = "capacity"           # habit
# stocks = "by-product"         # by-supplier
# random_inventories = false    # by-supplier: days drawn for each maker
# seed = 1

[ensemble]                      # many runs, with the numbers above drawn anew in each
draws = 100
seed = 1
sampling = "latin-hypercube"    # latin-hypercube, sobol or random
)";

}  // namespace

std::string_view scenario_template() { return text_of_template; }

}  // namespace stave
