#include "stave/generator/firms.hpp"

#include "stave/core/error.hpp"
#include "stave/core/limit.hpp"
#include "stave/core/random.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include <fmt/format.h>

namespace stave {
namespace {

constexpr double size_tail = 1.06;
constexpr double customer_tail = 1.26;
constexpr double supplier_tail = 1.35;

enum Stream : std::uint64_t {
  firm_size,
  firm_industry,
  link_buyer,
  link_input,
  link_seller,
  link_value,
  recipe_mix
};

// Draws an index with probability proportional to its weight, by bisection of the running sum.
class Urn {
 public:
  void add(std::int32_t item, double weight) {
    items_.push_back(item);
    sums_.push_back((sums_.empty() ? 0 : sums_.back()) + weight);
  }
  [[nodiscard]] bool empty() const { return items_.empty(); }
  [[nodiscard]] std::int32_t draw(double uniform) const {
    const auto found = std::upper_bound(sums_.begin(), sums_.end(), uniform * sums_.back());
    return items_[std::min(static_cast<std::size_t>(found - sums_.begin()), items_.size() - 1)];
  }

 private:
  std::vector<std::int32_t> items_;
  std::vector<double> sums_;
};

struct Firms {
  std::vector<double> size;
  std::vector<std::int32_t> industry;
};

Firms draw_firms(const FirmOptions& o) {
  Urn industries;
  for (std::size_t k = 0; k < o.industries; ++k)
    industries.add(static_cast<std::int32_t>(k), 1.0 / static_cast<double>(k + 1));
  Firms firms;
  for (std::size_t i = 0; i < o.firms; ++i) {
    firms.size.push_back(std::pow(1 - random_uniform(o.seed, firm_size, i), -1 / size_tail));
    // The first firms fill every industry once, so that none is empty.
    firms.industry.push_back(i < o.industries
                                 ? static_cast<std::int32_t>(i)
                                 : industries.draw(random_uniform(o.seed, firm_industry, i)));
  }
  return firms;
}

// Which industries an industry buys from: about a tenth of them, itself among them.
std::vector<Urn> input_mixes(const FirmOptions& o) {
  std::vector<Urn> mixes(o.industries);
  for (std::size_t user = 0; user < o.industries; ++user)
    for (std::size_t input = 0; input < o.industries; ++input) {
      const auto pair = user * o.industries + input;
      const double u = random_uniform(o.seed, recipe_mix, 2 * pair);
      if (user == input || u < std::max(0.1, 2.0 / static_cast<double>(o.industries)))
        mixes[user].add(static_cast<std::int32_t>(input),
                        random_uniform(o.seed, recipe_mix, 2 * pair + 1) + 0.05);
    }
  return mixes;
}

double lognormal(std::uint64_t seed, std::uint64_t index) {
  const double u = 1 - random_uniform(seed, link_value, 2 * index);
  const double angle = 2 * std::numbers::pi * random_uniform(seed, link_value, 2 * index + 1);
  return std::exp(std::sqrt(-2 * std::log(u)) * std::cos(angle));
}

// Who may buy from whom, ready to draw links one by one.
class LinkLaw {
 public:
  LinkLaw(const FirmOptions& o, const Firms& firms)
      : options_(o), firms_(firms), mixes_(input_mixes(o)), sellers_(o.industries) {
    for (std::size_t i = 0; i < o.firms; ++i) {
      const auto firm = static_cast<std::int32_t>(i);
      buyers_.add(firm, std::pow(firms.size[i], size_tail / supplier_tail));
      sellers_[at(firms.industry[i])].add(firm, std::pow(firms.size[i], size_tail / customer_tail));
    }
  }

  [[nodiscard]] Flow draw(std::uint64_t index) const {
    const auto uniform = [&](Stream s) { return random_uniform(options_.seed, s, index); };
    const auto buyer = buyers_.draw(uniform(link_buyer));
    const auto input = mixes_[at(firms_.industry[at(buyer)])].draw(uniform(link_input));
    const auto seller = sellers_[at(input)].draw(uniform(link_seller));
    const double sizes = firms_.size[at(seller)] * firms_.size[at(buyer)];
    return {seller, buyer, std::sqrt(sizes) * lognormal(options_.seed, index)};
  }

 private:
  static std::size_t at(std::int32_t i) { return static_cast<std::size_t>(i); }
  const FirmOptions& options_;
  const Firms& firms_;
  std::vector<Urn> mixes_;
  std::vector<Urn> sellers_;
  Urn buyers_;
};

// Repeated draws are one link with their values summed, so that more are drawn until there are
// enough, or until a small network is nearly full.
std::vector<Flow> draw_links(const FirmOptions& o, const Firms& firms) {
  const LinkLaw law(o, firms);
  std::vector<Flow> links;
  std::uint64_t index = 0;
  constexpr int most_rounds = 12;
  for (int round = 0; round < most_rounds && links.size() < o.links; ++round) {
    for (auto missing = o.links - links.size(); missing > 0; --missing)
      if (const auto link = law.draw(index++); link.from != link.to) links.push_back(link);
    std::stable_sort(links.begin(), links.end(), [](const Flow& a, const Flow& b) {
      return std::pair(a.from, a.to) < std::pair(b.from, b.to);
    });
    std::size_t kept = 0;
    for (const auto& link : links)
      if (kept > 0 && links[kept - 1].from == link.from && links[kept - 1].to == link.to)
        links[kept - 1].value += link.value;
      else
        links[kept++] = link;
    links.resize(kept);
  }
  return links;
}

void check_options(const FirmOptions& o) {
  if (o.firms < 2 || o.industries < 1 || o.industries > o.firms)
    throw Error(Errc::bad_input,
                fmt::format("{} firms in {} industries make no network", o.firms, o.industries),
                "Ask for two firms or more, and at most one industry a firm.");
  if (o.firms > limit::max_nodes || o.links > limit::max_links || o.industries > 10'000)
    throw Error(
        Errc::too_large,
        fmt::format("{} firms with {} links in {} industries", o.firms, o.links, o.industries),
        fmt::format("At most {} firms, {} links, 10000 industries.", limit::max_nodes,
                    limit::max_links));
}

void name_firms(const FirmOptions& o, const Firms& firms, ChainParts& parts) {
  parts.regions =
      Classification("region", {{.code = "ALL", .name = "The whole network", .name_zh = "全网"}});
  std::vector<Item> products;
  for (std::size_t k = 0; k < o.industries; ++k)
    products.push_back({.code = fmt::format("I{:03}", k + 1),
                        .name = fmt::format("Industry {}", k + 1),
                        .name_zh = fmt::format("行业{}", k + 1),
                        .kind = 5 * k < 3 * o.industries ? Kind::good : Kind::service});
  parts.products = Classification("product", std::move(products));
  for (std::size_t i = 0; i < o.firms; ++i) {
    const auto id = fmt::format("F{:07}", i + 1);
    parts.nodes.push_back({.id = id,
                           .name = fmt::format("Firm {}", i + 1),
                           .region = RegionId(0),
                           .product = ProductId(firms.industry[i]),
                           .enterprise = id});
  }
}

}  // namespace

Chain generate_firms(const FirmOptions& options) {
  check_options(options);
  const auto firms = draw_firms(options);
  ChainParts parts;
  parts.info = {
      .name = "firms",
      .title = fmt::format("Generated network of {} firms, seed {}", options.firms, options.seed),
      .title_zh = fmt::format("生成的{}家企业网络", options.firms),
      .currency = "",
      .unit = "units of money",
      .classification = fmt::format("{} made-up industries", options.industries),
      .source =
          "Generated by Stave after the laws of firm size (Axtell 2001) and degree "
          "(Fujiwara and Aoyama 2010).",
      .licence = "Apache-2.0",
      .notes = {"Illustrative: every firm and every flow is made up by rule."}};
  name_firms(options, firms, parts);
  parts.flows = FlowMatrix::from_flows(options.firms, draw_links(options, firms));
  // Final use tops sales up to the size the law gives, and is at least a tenth of it.
  const auto sales = parts.flows.row_sums();
  parts.final_columns = {{RegionId(0), "final use"}};
  parts.final_use = Matrix(options.firms, 1);
  for (std::size_t i = 0; i < options.firms; ++i)
    parts.final_use(i, 0) =
        std::max(firms.size[i] - sales[i], 0.1 * std::max(sales[i], firms.size[i]));
  return Chain(std::move(parts));
}

}  // namespace stave
