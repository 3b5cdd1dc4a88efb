#pragma once
/// The csv files of samples/nev and the minerals data of the USGS, read and checked.

#include "stave/core/chain.hpp"

#include <optional>
#include <string>
#include <vector>

#include "sample.hpp"

namespace stave::sample {

/// products.csv: what a product is, and how its users buy it.
struct NevProduct {
  bool home = false;          ///< made in every region that uses it, sold nowhere else
  double home_factor = 1;     ///< a maker's pull on buyers of its own region; 1: none
  double inventory_days = 0;  ///< of purchases, held by its makers
  double co2 = 0;             ///< kt per million USD of output, before the region's factor
};

/// inputs.csv: what goes into a product, per USD of it.
struct NevInput {
  ProductId product;
  ProductId input;
  double cost_share = 0;
  bool essential = true;
  std::string group;  ///< inputs of one group stand in for one another; empty: none does
};

/// Who makes how much of a product. A product with a substitute group is made in lines, each with
/// one input of the group.
struct NevProvider {
  ProductId product;
  std::optional<ProductId> line;
  RegionId region;
  double share = 0;  ///< of the world's output; of the region's for a product made at home
  std::optional<double> tons;  ///< output of 2024 by the USGS, where the share comes from it
};

struct NevTables {
  Classification regions;
  Classification products;             ///< grouped by stage
  std::vector<double> region_co2;      ///< [regions] factor on the CO2 of products
  std::vector<NevProduct> product;     ///< [products]
  std::vector<NevInput> inputs;        ///< in the order of the file
  std::vector<NevProvider> providers;  ///< shares of a product sum to 1
  std::vector<double> demand;          ///< [regions] share of the cars bought
  std::vector<std::string> withheld;   ///< "lithium raw material: United States", no figure stated
};

/// @throws Error not_found  a region or product that regions.csv or products.csv does not have
///               bad_input  a missing column, a number that is none, shares that do not sum to 100,
///                          a country the concordance lacks, a quality other than those of a chain
[[nodiscard]] NevTables read_nev_tables(const Places& places);

}  // namespace stave::sample
