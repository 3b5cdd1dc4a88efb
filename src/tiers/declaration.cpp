#include "tiers/declaration.hpp"

#include <fmt/format.h>

#include "tiers/risk.hpp"

namespace stave {
namespace {

constexpr auto text_type = ColumnType::text;
constexpr auto whole = ColumnType::integer;
constexpr auto number = ColumnType::real;

Parameter depth(const std::string& name, const std::string& whose) {
  return {.name = name,
          .type = ParameterType::integer,
          .fallback = "2",
          .summary = "Tiers of " + whose,
          .min = 0,
          .max = 6};
}

std::vector<Parameter> tier_parameters() {
  return {
      {.name = "product",
       .type = ParameterType::product,
       .summary = "The product in the middle; without a region, all its makers everywhere"},
      {.name = "region",
       .type = ParameterType::region,
       .summary = "Only its makers in this region"},
      {.name = "node", .type = ParameterType::node, .summary = "One maker in the middle instead"},
      depth("up", "suppliers"),
      depth("down", "customers"),
      {.name = "boxes",
       .type = ParameterType::integer,
       .fallback = "8",
       .summary = "Boxes of a tier, the largest; all others are one more",
       .min = 1,
       .max = 50},
      {.name = "risk",
       .type = ParameterType::choice,
       .fallback = "on",
       .summary = fmt::format("What the loss of each box alone costs the middle; off by itself "
                              "in chains of more than {} makers",
                              most_makers_for_risk),
       .choices = {"on", "off"}}};
}

TableSpec box_table() {
  return {"boxes",
          "The chain in tiers; each tier adds up to 100 %",
          {{"tier", whole, {}, "0: the middle; -1, -2: its suppliers, theirs; 1, 2: customers"},
           {"box", whole, {}, "Place in its tier, 1 is the first"},
           {"name", text_type, {}, "Maker, final use of a region, or all others"},
           {"share", number, "%", "Of its tier"},
           {"loss", number, "%",
            "Of the middle's output, lost when this maker stops; empty unless the box is one maker "
            "and risk is on"},
           {"breaks",
            text_type,
            {},
            "yes: its loss alone makes the middle impossible; no; empty as loss"},
           {"value", number, {}, "Of what reaches the middle, or of what it sells; a year"},
           {"kind", text_type, {}, "maker, final use, or rest: all others of the tier"},
           {"node", text_type, {}, "Id of the node; empty unless the box is one maker"},
           {"region", text_type, {}, "Code of its region; empty for all others"},
           {"region_name", text_type, {}, "Name of its region; empty for all others"},
           {"product", text_type, {}, "Code of what it makes; empty unless a maker"},
           {"product_name", text_type, {}, "Name of what it makes"},
           {"makers", whole, {}, "Makers in the box"}}};
}

TableSpec link_table() {
  return {"links",
          "The links between boxes; those of a tier add up to 100 %",
          {{"tier", whole, {}, "Of the supplier; the customer is one further"},
           {"from_name", text_type, {}, "Maker, or all others of the tier"},
           {"to_name", text_type, {}, "Maker, final use of a region, or all others"},
           {"share", number, "%", "Of the links of its tier"},
           {"mark",
            text_type,
            {},
            "broken: losing the supplier alone stops the customer; empty where risk is off"},
           {"value", number, {}, "Of what reaches the middle, or of what it sells; a year"},
           {"from", whole, {}, "Box of the supplier, in its tier"},
           {"to", whole, {}, "Box of the customer, in the next tier"},
           {"from_region", text_type, {}, "Name of the supplier's region; empty for all others"},
           {"to_region", text_type, {}, "Name of the customer's region; empty for all others"}}};
}

TableSpec region_table() {
  return {"regions",
          "Where each tier is, all of it and not only the boxes",
          {{"tier", whole, {}, "As in the boxes"},
           {"region", text_type, {}, "Code of the region"},
           {"region_name", text_type, {}, "Name of the region"},
           {"value", number, {}, "Of makers there, and of final use there; a year"},
           {"share", number, "%", "Of its tier"},
           {"final_use", number, {}, "Of the value, what final use buys"}}};
}

Declaration declared_tiers() {
  Declaration d;
  d.name = "tiers";
  d.question = "Who supplies this product, and who uses it, tier by tier?";
  d.summary = fmt::format(
      "In the middle are all makers of a product in a region, all its makers everywhere when no "
      "region is given, or one node. Left of it are the tiers of suppliers: what it buys, what of "
      "that its suppliers bought before, and so on; right of it the tiers of customers and of "
      "final "
      "use: who buys from it, and what they pass on in proportion to what they sell. Of each tier "
      "the largest are boxes of their own and the rest is one box; every tier adds up. With risk "
      "on "
      "each maker that has a box is stopped alone: what that costs the middle through missing "
      "supplies, when others step in by market share, and whether it makes the middle impossible. "
      "Chains of more than {} makers, or {} links between them, leave risk out.",
      most_makers_for_risk, most_links_for_risk);
  d.needs = {"flows"};
  d.parameters = tier_parameters();
  d.tables = {box_table(), link_table(), region_table()};
  d.examples = {{"stave tiers nev --product cell_nmc --region CHN",
                 "Who stands behind China's battery cells, and who in front?"},
                {"stave tiers world-2011 --node DEU.c15 --up 4 --down 0 --boxes 12",
                 "Four tiers of suppliers behind Germany's transport equipment"}};
  d.papers = {
      "Miller, R. E., Blair, P. D. (2009). Input-Output Analysis: Foundations and Extensions. 2nd "
      "edition, sections 2.4 and 12.1.",
      "Diem, C., Borsos, A., Reisch, T., Kertesz, J. and Thurner, S. (2022). Quantifying "
      "firm-level "
      "economic systemic risk from nation-wide supply networks. Scientific Reports 12, 7719."};
  d.method = "tiers";
  return d;
}

}  // namespace

const Declaration& tiers_declaration() {
  static const Declaration declared = declared_tiers();
  return declared;
}

}  // namespace stave
