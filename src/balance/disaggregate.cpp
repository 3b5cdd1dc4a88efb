#include "stave/balance/disaggregate.hpp"

#include "stave/core/aggregate.hpp"
#include "stave/core/error.hpp"
#include "stave/core/limit.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "balance/split_maker.hpp"

namespace stave {
namespace {

constexpr double written_shares = 1e-5;

void demand_parts(const Chain& chain, const SectorSplit& split) {
  if (split.parts.size() < 2)
    throw Error(Errc::bad_input, fmt::format("a sector is split into at least two parts, not {}",
                                             split.parts.size()));
  const auto& sector = chain.products()[split.sector];
  for (std::size_t k = 0; k < split.parts.size(); ++k) {
    const auto& code = split.parts[k].code;
    for (std::size_t other = 0; other < k; ++other)
      if (split.parts[other].code == code)
        throw Error(Errc::bad_input, fmt::format("part '{}' is named twice", code));
    const auto taken = chain.products().find(code);
    if (taken && (*taken != split.sector.at() || split.region))
      throw Error(Errc::bad_input,
                  fmt::format("part '{}' of '{}' has the code of a product the chain has", code,
                              sector.code),
                  "Give the parts codes of their own.");
  }
}

// [n] which makers are split. @throws Error not_found
std::vector<bool> split_makers(const Chain& chain, const SectorSplit& split) {
  std::vector<bool> found(chain.size());
  bool any = false;
  for (std::size_t i = 0; i < chain.size(); ++i) {
    const auto& node = chain.nodes()[i];
    found[i] = node.product == split.sector && (!split.region || node.region == *split.region);
    any = any || found[i];
  }
  if (!any)
    throw Error(
        Errc::not_found,
        fmt::format("nobody makes '{}'{} in this chain", chain.products()[split.sector].code,
                    split.region ? " in " + chain.regions()[*split.region].code : ""));
  return found;
}

// Written decimals of shares are made to sum to 1. @throws Error bad_input
void demand_shares(const Chain& chain, SectorSplit& split, const std::vector<bool>& is_split) {
  std::vector<bool> used(chain.regions().size());
  for (std::size_t i = 0; i < chain.size(); ++i)
    if (is_split[i]) used[chain.nodes()[i].region.at()] = true;
  for (std::size_t r = 0; r < used.size(); ++r) {
    if (!used[r]) continue;
    double sum = 0;
    for (std::size_t k = 0; k < split.parts.size(); ++k) {
      const double w = split.shares(k, r);
      if (!(w >= 0 && w <= 1))
        throw Error(Errc::bad_input, fmt::format("the share of '{}' in {} is {}, not from 0 to 1",
                                                 split.parts[k].code, chain.regions()[r].code, w));
      sum += w;
    }
    if (!(std::abs(sum - 1) <= written_shares))
      throw Error(Errc::bad_input,
                  fmt::format("the shares of the parts of '{}' in {} sum to {:.6g}, not to 1",
                              chain.products()[split.sector].code, chain.regions()[r].code, sum));
    for (std::size_t k = 0; k < split.parts.size(); ++k) split.shares(k, r) /= sum;
  }
  for (const auto* m : {&split.sales, &split.purchases, &split.between})
    for (const auto w : m->values())
      if (!(w >= 0) || !std::isfinite(w))
        throw Error(Errc::bad_input, fmt::format("a weight of {} is not 0 or more", w));
}

/// Where the nodes of the old chain go.
struct Places {
  std::vector<std::size_t> first;  ///< [n + 1] first new node of an old one
  std::vector<std::size_t> old;    ///< [n']
  std::vector<std::size_t> part;   ///< [n'] 0 where nothing is split
};

Places places_of(const std::vector<bool>& is_split, std::size_t parts) {
  Places places;
  for (std::size_t i = 0; i < is_split.size(); ++i) {
    places.first.push_back(places.old.size());
    for (std::size_t k = 0; k < (is_split[i] ? parts : 1); ++k) {
      places.old.push_back(i);
      places.part.push_back(k);
    }
  }
  places.first.push_back(places.old.size());
  return places;
}

/// Sales and purchases of every maker that is split, and the cells of the new chain.
class Splitting {
 public:
  Splitting(const Chain& chain, const SectorSplit& split, const std::vector<bool>& is_split,
            const Places& places, Progress& progress)
      : chain_(chain), split_(split), is_split_(is_split), places_(places), progress_(progress) {
    for (std::size_t i = 0; i < chain.size(); ++i) {
      if (!is_split[i]) continue;
      progress.check();
      sales_[i] = sales_of(i);
      purchases_[i] = purchases_of(i);
      iterations_ = std::max({iterations_, sales_[i].iterations, purchases_[i].iterations});
    }
  }

  [[nodiscard]] int iterations() const { return iterations_; }
  [[nodiscard]] std::vector<double> shares_of(std::size_t node) const {
    std::vector<double> share;
    for (std::size_t k = 0; k < split_.parts.size(); ++k)
      share.push_back(split_.shares(k, chain_.nodes()[node].region.at()));
    return share;
  }

  /// Calls put(i', j', value) for every flow of the new chain, old row by old row.
  void flows(auto&& put) const {
    for (std::size_t i = 0; i < chain_.size(); ++i)
      chain_.flows().for_each_in_row(i, [&](std::size_t j, double z) {
        if (is_split_[i] && is_split_[j]) return own_block(i, j, put);
        if (is_split_[i])
          return spread(sales_.at(i), j, [&](std::size_t k, double v) {
            put(places_.first[i] + k, places_.first[j], v);
          });
        if (is_split_[j])
          return spread(purchases_.at(j), i, [&](std::size_t k, double v) {
            put(places_.first[i], places_.first[j] + k, v);
          });
        put(places_.first[i], places_.first[j], z);
      });
  }
  [[nodiscard]] Matrix final_use() const {
    Matrix y(places_.old.size(), chain_.final_columns().size());
    for (std::size_t t = 0; t < y.rows(); ++t) {
      const auto i = places_.old[t];
      for (std::size_t k = 0; k < y.cols(); ++k)
        y(t, k) = is_split_[i] ? value_at(sales_.at(i), chain_.size() + k, places_.part[t])
                               : chain_.final_use()(i, k);
    }
    return y;
  }
  [[nodiscard]] Matrix primary() const {
    Matrix v(chain_.primary_rows().size(), places_.old.size());
    for (std::size_t p = 0; p < v.rows(); ++p)
      for (std::size_t t = 0; t < v.cols(); ++t) {
        const auto j = places_.old[t];
        v(p, t) = is_split_[j] ? value_at(purchases_.at(j), chain_.size() + p, places_.part[t])
                               : chain_.primary()(p, j);
      }
    return v;
  }

 private:
  [[nodiscard]] BalanceOptions labels(std::size_t node, bool sells) const {
    BalanceOptions options;
    options.row_label = [this, node, sells](std::size_t k) {
      return fmt::format("part '{}' of {}, its {},", split_.parts[k].code, chain_.nodes()[node].id,
                         sells ? "sales" : "purchases");
    };
    return options;
  }

  PartCells sales_of(std::size_t i) const {
    std::vector<std::size_t> place;
    std::vector<double> value;
    const auto add = [&](std::size_t at, double v) {
      if (v == 0) return;
      place.push_back(at);
      value.push_back(v);
    };
    chain_.flows().for_each_in_row(i, add);
    for (std::size_t k = 0; k < chain_.final_columns().size(); ++k)
      add(chain_.size() + k, chain_.final_use()(i, k));
    auto options = labels(i, true);
    options.column_label = [&](std::size_t c) {
      return fmt::format("what {} sells to {}", chain_.nodes()[i].id,
                         column_name(chain_, place[c]));
    };
    return split_cells(place, value, shares_of(i), split_.sales, options, progress_);
  }

  // Without primary inputs value added is what the column lacks, and it is left out again.
  PartCells purchases_of(std::size_t j) const {
    std::vector<std::size_t> place;
    std::vector<double> value;
    for (std::size_t i = 0; i < chain_.size(); ++i)
      if (const double z = chain_.flows().at(i, j); z != 0) {
        place.push_back(i);
        value.push_back(z);
      }
    const auto rows = chain_.primary_rows().size();
    for (std::size_t p = 0; p < std::max<std::size_t>(rows, 1); ++p) {
      const double v = rows > 0 ? chain_.primary()(p, j) : chain_.value_added()[j];
      if (v == 0) continue;
      place.push_back(chain_.size() + p);
      value.push_back(v);
    }
    auto options = labels(j, false);
    options.column_label = [&](std::size_t c) {
      return fmt::format("what {} buys from {}", chain_.nodes()[j].id,
                         place[c] < chain_.size() || rows > 0 ? row_name(chain_, place[c])
                                                              : std::string("value added"));
    };
    return split_cells(place, value, shares_of(j), split_.purchases, options, progress_);
  }

  static std::optional<std::size_t> find(const PartCells& cells, std::size_t place) {
    const auto at = std::ranges::lower_bound(cells.place, place);
    if (at == cells.place.end() || *at != place) return {};
    return static_cast<std::size_t>(at - cells.place.begin());
  }
  static double value_at(const PartCells& cells, std::size_t place, std::size_t part) {
    const auto c = find(cells, place);
    return c ? cells.value(part, *c) : 0;
  }
  static void spread(const PartCells& cells, std::size_t place, auto&& put) {
    const auto c = find(cells, place);
    for (std::size_t k = 0; k < cells.value.rows(); ++k) put(k, cells.value(k, *c));
  }

  void own_block(std::size_t i, std::size_t j, auto&& put) const {
    std::vector<double> sold;
    std::vector<double> bought;
    spread(sales_.at(i), j, [&](std::size_t, double v) { sold.push_back(v); });
    spread(purchases_.at(j), i, [&](std::size_t, double v) { bought.push_back(v); });
    auto options = labels(i, true);
    options.column_label = [&](std::size_t l) {
      return fmt::format("part '{}' of {}, its purchases,", split_.parts[l].code,
                         chain_.nodes()[j].id);
    };
    const auto block = split_between(sold, bought, split_.between, options, progress_);
    for (std::size_t k = 0; k < block.rows(); ++k)
      for (std::size_t l = 0; l < block.cols(); ++l)
        put(places_.first[i] + k, places_.first[j] + l, block(k, l));
  }

  const Chain& chain_;
  const SectorSplit& split_;
  const std::vector<bool>& is_split_;
  const Places& places_;
  Progress& progress_;
  std::map<std::size_t, PartCells> sales_;
  std::map<std::size_t, PartCells> purchases_;
  int iterations_ = 0;
};

FlowMatrix new_flows(const Splitting& splitting, std::size_t n, bool dense) {
  if (n > (dense ? limit::max_dense_nodes : limit::max_nodes))
    throw Error(Errc::too_large, fmt::format("splitting makes {} nodes", n));
  Matrix filled = dense ? Matrix(n, n) : Matrix();
  std::vector<Flow> links;
  splitting.flows([&](std::size_t i, std::size_t j, double v) {
    if (dense)
      filled(i, j) = v;
    else
      links.push_back({static_cast<std::int32_t>(i), static_cast<std::int32_t>(j), v});
  });
  return dense ? FlowMatrix(std::move(filled)) : FlowMatrix::from_flows(n, std::move(links));
}

/// The products of the new chain, and where those of the old one stand.
struct NewProducts {
  Classification products;
  std::vector<std::vector<std::size_t>> of;  ///< [old] what it has become, itself or the parts
  std::size_t first_part = 0;
};

NewProducts new_products(const Chain& chain, const SectorSplit& split, bool keeps_sector) {
  NewProducts result;
  std::vector<Item> items;
  for (std::size_t p = 0; p < chain.products().size(); ++p) {
    const auto& item = chain.products()[p];
    result.of.emplace_back();
    const bool sector = p == split.sector.at();
    if (!sector || keeps_sector) {
      result.of[p].push_back(items.size());
      items.push_back(item);
    }
    if (!sector) continue;
    result.first_part = items.size();
    for (auto part : split.parts) {
      part.kind = item.kind;
      part.parent = item.parent;
      result.of[p].push_back(items.size());
      items.push_back(std::move(part));
    }
  }
  result.products = Classification("product", std::move(items), chain.products().groups());
  return result;
}

Recipe new_recipe(const Recipe& old, const NewProducts& products) {
  auto recipe =
      old.is_default_rule() ? Recipe(products.products) : Recipe::uniform(old.uniform_need());
  for (const auto& [pair, need] : old.exceptions())
    for (const auto input : products.of[pair.first.at()])
      for (const auto user : products.of[pair.second.at()])
        recipe.set(ProductId(input), ProductId(user), need);
  return recipe;
}

std::vector<Node> new_nodes(const Chain& chain, const SectorSplit& split,
                            const std::vector<bool>& is_split, const Places& places,
                            const NewProducts& products) {
  std::vector<Node> nodes;
  for (std::size_t t = 0; t < places.old.size(); ++t) {
    const auto i = places.old[t];
    auto node = chain.nodes()[i];
    const auto k = places.part[t];
    if (is_split[i]) {
      node.product = ProductId(products.first_part + k);
      const auto plain =
          chain.regions()[node.region].code + "." + chain.products()[split.sector].code;
      const auto& code = split.parts[k].code;
      node.id =
          node.id == plain ? chain.regions()[node.region].code + "." + code : node.id + "." + code;
      if (!node.name.empty()) node.name += ": " + split.parts[k].name;
      if (!node.name_zh.empty())
        node.name_zh +=
            "：" + (split.parts[k].name_zh.empty() ? split.parts[k].name : split.parts[k].name_zh);
    } else {
      node.product = ProductId(products.of[node.product.at()].front());
    }
    nodes.push_back(std::move(node));
  }
  return nodes;
}

/// Amounts of makers by share.
class ByShare {
 public:
  ByShare(const Splitting& splitting, const std::vector<bool>& is_split, const Places& places) {
    for (std::size_t t = 0; t < places.old.size(); ++t) {
      const auto i = places.old[t];
      factor_.push_back(is_split[i] ? splitting.shares_of(i)[places.part[t]] : 1);
      old_.push_back(i);
    }
  }
  [[nodiscard]] std::vector<double> of(std::span<const double> values, bool amount) const {
    std::vector<double> result;
    for (std::size_t t = 0; t < old_.size() && !values.empty(); ++t)
      result.push_back(values[old_[t]] * (amount ? factor_[t] : 1));
    return result;
  }
  [[nodiscard]] Matrix of(const Matrix& rows) const {
    Matrix result(rows.rows(), old_.size());
    for (std::size_t r = 0; r < rows.rows(); ++r)
      std::ranges::copy(of(rows.row(r), true), result.row(r).begin());
    return result;
  }

 private:
  std::vector<double> factor_;
  std::vector<std::size_t> old_;
};

std::vector<Quality> new_quality(const Chain& chain, const std::vector<bool>& is_split,
                                 const Places& places) {
  std::vector<Quality> quality;
  for (std::size_t s = 0; s < chain.stressor_rows().size(); ++s)
    for (const auto i : places.old) {
      const auto old = chain.stressor_quality(s, NodeId(i));
      quality.push_back(is_split[i] ? std::max(old, Quality::estimated) : old);
    }
  return quality;
}

Chain new_chain(const Chain& chain, const SectorSplit& split, const std::vector<bool>& is_split,
                const Places& places, const Splitting& splitting) {
  bool keeps_sector = false;
  for (std::size_t i = 0; i < chain.size(); ++i)
    keeps_sector |= chain.nodes()[i].product == split.sector && !is_split[i];
  const auto products = new_products(chain, split, keeps_sector);
  const ByShare by_share(splitting, is_split, places);
  auto parts = chain.parts();
  parts.products = products.products;
  parts.nodes = new_nodes(chain, split, is_split, places, products);
  parts.flows = new_flows(splitting, places.old.size(), chain.flows().is_dense());
  parts.final_use = splitting.final_use();
  if (!parts.primary_rows.empty()) parts.primary = splitting.primary();
  if (!parts.stressor_rows.empty()) {
    parts.stressors = by_share.of(chain.stressors());
    parts.stressor_quality = new_quality(chain, is_split, places);
  }
  parts.reported_output = by_share.of(chain.reported_output(), true);
  for (auto& attribute : parts.node_attributes)
    attribute.values =
        by_share.of(attribute.values, default_merge(attribute, chain.info()) == Merge::sum);
  if (parts.recipe) parts.recipe = new_recipe(*parts.recipe, products);
  const auto& sector = chain.products()[split.sector];
  parts.info.notes.push_back(
      fmt::format("Product '{}' split into {} parts{}{}; stressors of the parts count as estimated",
                  sector.code, split.parts.size(),
                  split.region ? " in " + chain.regions()[*split.region].code : "",
                  split.sales.size() + split.purchases.size() + split.between.size() > 0
                      ? " by shares and weights, balanced"
                      : " by shares alone, so that they buy and sell alike"));
  return Chain(std::move(parts));
}

/// The largest miss among cells of a kind, of the largest of them.
struct Miss {
  double miss = 0;
  double size = 0;
  void add(double now, double old) {
    miss = std::max(miss, std::abs(now - old));
    size = std::max(size, std::abs(old));
  }
  [[nodiscard]] double relative() const { return size > 0 ? miss / size : miss; }
};

double flow_miss(const Chain& before, const Chain& after, const Places& places) {
  Miss miss;
  std::vector<double> row(before.size());
  for (std::size_t i = 0; i < before.size(); ++i) {
    std::ranges::fill(row, 0);
    for (auto t = places.first[i]; t < places.first[i + 1]; ++t)
      after.flows().for_each_in_row(t, [&](std::size_t j, double z) { row[places.old[j]] += z; });
    before.flows().for_each_in_row(i, [&](std::size_t j, double z) {
      miss.add(row[j], z);
      row[j] = 0;
    });
    for (const auto left : row) miss.add(left, 0);
  }
  return miss.relative();
}

// Rows of makers as columns (F, V), or as rows (Y).
double border_miss(const Matrix& before, const Matrix& after, const Places& places, bool by_row) {
  Miss miss;
  const auto n = places.first.size() - 1;
  const auto others = by_row ? before.cols() : before.rows();
  for (std::size_t i = 0; i < n && before.size() > 0; ++i)
    for (std::size_t k = 0; k < others; ++k) {
      double sum = 0;
      for (auto t = places.first[i]; t < places.first[i + 1]; ++t)
        sum += by_row ? after(t, k) : after(k, t);
      miss.add(sum, by_row ? before(i, k) : before(k, i));
    }
  return miss.relative();
}

double share_miss(const Chain& before, const Chain& after, const Places& places,
                  const Splitting& splitting, const std::vector<bool>& is_split) {
  double worst = 0;
  for (std::size_t t = 0; t < places.old.size(); ++t) {
    const auto i = places.old[t];
    const double x = before.output()[i];
    if (is_split[i] && x != 0)
      worst =
          std::max(worst, std::abs(after.output()[t] / x - splitting.shares_of(i)[places.part[t]]));
  }
  return worst;
}

}  // namespace

Disaggregation disaggregate(const Chain& chain, SectorSplit split, Progress& progress) {
  demand_parts(chain, split);
  const auto is_split = split_makers(chain, split);
  demand_shares(chain, split, is_split);
  const auto places = places_of(is_split, split.parts.size());
  const Splitting splitting(chain, split, is_split, places, progress);
  Disaggregation result{new_chain(chain, split, is_split, places, splitting), places.old,
                        splitting.iterations(), 0, 0};
  result.conserved =
      std::max({flow_miss(chain, result.chain, places),
                border_miss(chain.final_use(), result.chain.final_use(), places, true),
                border_miss(chain.primary(), result.chain.primary(), places, false),
                border_miss(chain.stressors(), result.chain.stressors(), places, false)});
  result.share_miss = share_miss(chain, result.chain, places, splitting, is_split);
  return result;
}

}  // namespace stave
