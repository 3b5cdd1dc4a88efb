#include "exposure/choke_point.hpp"

#include "stave/core/error.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>
#include <tuple>

#include <fmt/format.h>

namespace stave {
namespace {

/// What losses are weighed with: value added, not below zero; output where a chain has none.
std::vector<double> weights_of(const Chain& chain, std::vector<std::string>& notes) {
  auto weight = chain.value_added();
  double clipped = 0;
  for (double& v : weight) {
    if (v >= 0) continue;
    clipped -= v;
    v = 0;
  }
  const double total = std::accumulate(weight.begin(), weight.end(), 0.0);
  if (total <= 0) {
    notes.emplace_back("The chain has no value added: losses are weighed with output.");
    return chain.output();
  }
  if (clipped > 0)
    notes.push_back(fmt::format("Value added below zero counts as zero: {:.3g} {} of {:.6g}.",
                                clipped, chain.info().unit, total));
  return weight;
}

double sum_where(const std::vector<double>& values, const auto& keep) {
  double sum = 0;
  for (std::size_t i = 0; i < values.size(); ++i)
    if (keep(i)) sum += values[i];
  return sum;
}

/// Everything about f that each of its sources is held against.
struct Focus {
  const Chain& chain;
  RegionId f;
  std::vector<double> weight;         ///< [n] value added
  std::vector<std::uint8_t> in_f;     ///< [n]
  std::vector<double> sold;           ///< [n] flows to f's nodes
  std::vector<double> supplied;       ///< [n] the same and final use in f
  std::vector<double> use;            ///< [products] f's use
  std::vector<double> shelf;          ///< [products] value on f's shelves; empty: unknown
  std::vector<std::uint8_t> stocked;  ///< [n] days of stock are known

  Focus(const Chain& whole, RegionId focal, std::vector<std::string>& notes);
  void fill_shelves();
};

Focus::Focus(const Chain& whole, RegionId focal, std::vector<std::string>& notes)
    : chain(whole),
      f(focal),
      weight(weights_of(whole, notes)),
      in_f(whole.size()),
      sold(whole.size()),
      use(whole.products().size()) {
  for (std::size_t i = 0; i < chain.size(); ++i) in_f[i] = chain.nodes()[i].region == f ? 1 : 0;
  chain.flows().for_each([&](std::size_t i, std::size_t j, double z) {
    if (in_f[j] != 0) sold[i] += std::max(0.0, z);
  });
  supplied = sold;
  for (std::size_t c = 0; c < chain.final_columns().size(); ++c)
    if (chain.final_columns()[c].region == f)
      for (std::size_t i = 0; i < chain.size(); ++i) supplied[i] += chain.final_use()(i, c);
  for (std::size_t i = 0; i < chain.size(); ++i) use[chain.nodes()[i].product.at()] += supplied[i];
  fill_shelves();
}

// Stock of each product: days of a year's purchases by the nodes of f whose days are known.
void Focus::fill_shelves() {
  const auto* days = chain.node_attribute("inventory");
  if (days == nullptr) return;
  shelf.assign(use.size(), 0);
  stocked.assign(chain.size(), 0);
  for (std::size_t j = 0; j < chain.size(); ++j)
    stocked[j] = in_f[j] != 0 && std::isfinite(days->values[j]) ? 1 : 0;
  chain.flows().for_each([&](std::size_t i, std::size_t j, double z) {
    if (stocked[j] != 0) shelf[chain.nodes()[i].product.at()] += z * days->values[j];
  });
}

double days_of(const Focus& focus, std::size_t g) {
  if (focus.shelf.empty()) return unknown;
  double missing = 0;
  focus.chain.flows().for_each_in_row(g, [&](std::size_t j, double z) {
    if (focus.stocked[j] != 0) missing += z;
  });
  return missing > 0 ? focus.shelf[focus.chain.nodes()[g].product.at()] / missing : unknown;
}

std::vector<NextSource> next_sources(const Focus& focus, const Matrix& supply, const Node& source) {
  std::vector<NextSource> others;
  const std::size_t p = source.product.at();
  for (std::size_t r = 0; r < supply.rows(); ++r)
    if (r != focus.f.at() && r != source.region.at() && supply(r, p) > 0)
      others.push_back({RegionId(r), supply(r, p) / focus.use[p]});
  std::stable_sort(others.begin(), others.end(),
                   [](const auto& a, const auto& b) { return a.share > b.share; });
  others.resize(std::min<std::size_t>(others.size(), 2));
  return others;
}

double cover_of(const Focus& focus, const ChokePoint& point) {
  const auto* spare = focus.chain.node_attribute("spare_capacity");
  if (spare == nullptr || focus.supplied[point.source.at()] <= 0) return unknown;
  const auto product = focus.chain.node(point.source).product;
  double made = 0;
  for (std::size_t i = 0; i < focus.chain.size(); ++i)
    for (const auto& next : point.next) {
      const auto& node = focus.chain.nodes()[i];
      if (node.product == product && node.region == next.region && std::isfinite(spare->values[i]))
        made += spare->values[i] * focus.chain.output()[i];
    }
  return std::min(1.0, made / focus.supplied[point.source.at()]);
}

void explain(const Focus& focus, const RegionExposure& exposure, ChokePoint& point) {
  const std::size_t g = point.source.at();
  const auto& node = focus.chain.node(point.source);
  const std::size_t p = node.product.at();
  if (exposure.through.share.size() > 0) {
    point.look_through = exposure.through.share(g, focus.f.at());
    point.face = exposure.through.face(g, focus.f.at());
    point.high = std::max(point.loss, point.look_through);
  }
  const double use = focus.use[p];
  if (use > 0) {
    point.use_share = focus.supplied[g] / use;
    for (std::size_t r = 0; r < exposure.supply.rows(); ++r) {
      const double share = std::max(0.0, exposure.supply(r, p)) / use;
      point.herfindahl += share * share;
      if (r != focus.f.at()) point.foreign_share += share;
    }
    point.next = next_sources(focus, exposure.supply, node);
  }
  point.cover = cover_of(focus, point);
  point.days = days_of(focus, g);
}

void note_rounds(RegionExposure& exposure, const BatchResult& result) {
  for (const int rounds : result.rounds)
    exposure.most_rounds = std::max(exposure.most_rounds, rounds);
  exposure.not_converged += result.not_converged;
}

Matrix row_of(const Focus& focus, const auto& keep) {
  Matrix row(1, focus.chain.size());
  for (std::size_t i = 0; i < focus.chain.size(); ++i) row(0, i) = keep(i) ? focus.weight[i] : 0;
  return row;
}

// A source is alone when no other outside f sells the same product to f's nodes, cut or not.
void mark_alone(const Focus& focus, std::span<const NodeId> sellers,
                std::vector<ChokePoint>& points) {
  std::vector<int> count(focus.use.size());
  const auto product = [&](NodeId node) { return focus.chain.node(node).product.at(); };
  for (const auto seller : sellers) ++count[product(seller)];
  for (auto& point : points) point.alone = count[product(point.source)] == 1;
}

// By loss; where that is the same (none, mostly), by share of the use.
void largest_first(auto& sources) {
  std::stable_sort(sources.begin(), sources.end(), [](const auto& a, const auto& b) {
    return std::tie(a.loss, a.use_share) > std::tie(b.loss, b.use_share);
  });
}

// The largest by what they sell, in the order of the nodes; what is left out becomes a note.
std::vector<NodeId> largest_sources(std::vector<NodeId> sources, std::size_t most,
                                    const auto& sells, const std::string& what,
                                    RegionExposure& exposure) {
  if (most == 0 || sources.size() <= most) return sources;
  std::stable_sort(sources.begin(), sources.end(),
                   [&](NodeId a, NodeId b) { return sells(a.at()) > sells(b.at()); });
  double all = 0;
  double kept = 0;
  for (std::size_t s = 0; s < sources.size(); ++s)
    (s < most ? kept : all) += sells(sources[s].at());
  all += kept;
  exposure.notes.push_back(
      fmt::format("{}: the {} largest of {} were cut; they make {:.1f} % of what all of them sell.",
                  what, most, sources.size(), all > 0 ? 100 * kept / all : 0));
  sources.resize(most);
  std::sort(sources.begin(), sources.end());
  return sources;
}

void find_points(const Focus& focus, RegionExposure& exposure, const ExposureOptions& options,
                 Progress& progress) {
  std::vector<NodeId> sellers;
  for (std::size_t i = 0; i < focus.chain.size(); ++i)
    if (focus.in_f[i] == 0 && focus.sold[i] > 0) sellers.emplace_back(i);
  const auto sources = largest_sources(
      sellers, options.max_sources, [&](std::size_t i) { return focus.sold[i]; }, "Choke points",
      exposure);
  const auto weights = row_of(focus, [&](std::size_t i) { return focus.in_f[i] != 0; });
  const auto losses =
      supply_losses(focus.chain, sources, focus.in_f, weights.view(), options, progress);
  note_rounds(exposure, losses);
  for (std::size_t s = 0; s < sources.size(); ++s) {
    ChokePoint point{.source = sources[s], .loss = losses.at(s, 0).down};
    explain(focus, exposure, point);
    exposure.loss_above_share += point.loss > point.look_through ? 1 : 0;
    exposure.points.push_back(std::move(point));
  }
  mark_alone(focus, sellers, exposure.points);
  largest_first(exposure.points);
}

void add_demand(const Focus& focus, RegionExposure& exposure, ExposureOptions options,
                std::size_t detailed, Progress& progress) {
  options.upstream = true;
  std::vector<NodeId> sources;
  for (std::size_t k = 0; k < std::min(detailed, exposure.points.size()); ++k)
    sources.push_back(exposure.points[k].source);
  const auto weights = row_of(focus, [&](std::size_t i) { return focus.in_f[i] != 0; });
  const auto losses =
      supply_losses(focus.chain, sources, focus.in_f, weights.view(), options, progress);
  note_rounds(exposure, losses);
  for (std::size_t k = 0; k < sources.size(); ++k)
    exposure.points[k].loss_with_demand = losses.at(k, 0).both;
}

// Row 0: everyone outside f; row 1 + r: region r.
Matrix weights_of_others(const Focus& focus) {
  Matrix weights(1 + focus.chain.regions().size(), focus.chain.size());
  for (std::size_t i = 0; i < focus.chain.size(); ++i) {
    if (focus.in_f[i] != 0) continue;
    weights(0, i) = focus.weight[i];
    weights(1 + focus.chain.nodes()[i].region.at(), i) = focus.weight[i];
  }
  return weights;
}

/// Use of each product outside f, and f's share in it.
std::vector<double> use_outside(const Focus& focus) {
  std::vector<double> use(focus.use.size());
  for (std::size_t i = 0; i < focus.chain.size(); ++i)
    use[focus.chain.nodes()[i].product.at()] += focus.chain.output()[i] - focus.supplied[i];
  return use;
}

void find_staves(const Focus& focus, RegionExposure& exposure, const ExposureOptions& options,
                 Progress& progress) {
  const Chain& chain = focus.chain;
  std::vector<std::uint8_t> buyers(chain.size());
  for (std::size_t i = 0; i < buyers.size(); ++i) buyers[i] = focus.in_f[i] != 0 ? 0 : 1;
  const auto weights = weights_of_others(focus);
  auto sources = chain.nodes_in(focus.f);
  for (const auto source : sources)
    chain.flows().for_each_in_row(source.at(), [&](std::size_t j, double z) {
      exposure.sells_inputs = exposure.sells_inputs || (z > 0 && focus.in_f[j] == 0);
    });
  sources = largest_sources(
      std::move(sources), options.max_sources,
      [&](std::size_t i) { return chain.output()[i] - focus.supplied[i]; }, "Long staves",
      exposure);
  const auto losses = supply_losses(chain, sources, buyers, weights.view(), options, progress);
  note_rounds(exposure, losses);
  const auto outside = use_outside(focus);
  exposure.dependants.resize(chain.regions().size());
  for (std::size_t r = 0; r < exposure.dependants.size(); ++r)
    exposure.dependants[r].region = RegionId(r);
  for (std::size_t s = 0; s < sources.size(); ++s) {
    LongStave stave{.source = sources[s], .loss = losses.at(s, 0).down, .most_hit = focus.f};
    const double use = outside[chain.node(stave.source).product.at()];
    const std::size_t g = stave.source.at();
    stave.use_share = use > 0 ? (chain.output()[g] - focus.supplied[g]) / use : 0;
    for (std::size_t r = 0; r < exposure.dependants.size(); ++r) {
      const double loss = losses.at(s, 1 + r).down;
      if (loss > stave.most_hit_loss) stave.most_hit = RegionId(r), stave.most_hit_loss = loss;
      auto& dependant = exposure.dependants[r];
      if (loss > dependant.loss) dependant.worst = stave.source, dependant.loss = loss;
    }
    exposure.staves.push_back(stave);
  }
  largest_first(exposure.staves);
}

void look_past_the_first_tier(const Chain& chain, RegionExposure& exposure, Progress& progress) {
  try {
    exposure.through = look_through(chain, progress);
  } catch (const Error& error) {
    if (error.code() != Errc::not_productive && error.code() != Errc::no_convergence) throw;
    exposure.notes.push_back(fmt::format(
        "Look-through shares, and with them the upper ends, are missing: {}", error.what()));
    return;
  }
  exposure.reliance = by_supplying_region(chain, exposure.through.share);
  exposure.reliance_face = by_supplying_region(chain, exposure.through.face);
}

void rank_dependants(RegionExposure& exposure) {
  auto& dependants = exposure.dependants;
  std::erase_if(dependants, [&](const auto& d) { return d.region == exposure.f; });
  if (exposure.reliance.size() > 0)
    for (auto& d : dependants) {
      d.look_through = exposure.reliance(exposure.f.at(), d.region.at());
      d.face = exposure.reliance_face(exposure.f.at(), d.region.at());
    }
  std::stable_sort(dependants.begin(), dependants.end(), [](const auto& a, const auto& b) {
    if (a.look_through == b.look_through || std::isnan(a.look_through)) return a.loss > b.loss;
    return a.look_through > b.look_through;
  });
}

}  // namespace

RegionExposure region_exposure(const Chain& chain, RegionId f, const ExposureOptions& options,
                               bool demand, std::size_t detailed, Progress& progress) {
  require_cascade_size(chain.flows(), options);
  RegionExposure exposure{.f = f};
  const Focus focus(chain, f, exposure.notes);
  exposure.value_added = sum_where(focus.weight, [&](auto i) { return focus.in_f[i] != 0; });
  exposure.value_added_others = sum_where(focus.weight, [&](auto i) { return focus.in_f[i] == 0; });
  exposure.supply = supply_to(chain, f);
  look_past_the_first_tier(chain, exposure, progress);
  find_points(focus, exposure, options, progress);
  if (demand) add_demand(focus, exposure, options, detailed, progress);
  find_staves(focus, exposure, options, progress);
  rank_dependants(exposure);
  return exposure;
}

}  // namespace stave
