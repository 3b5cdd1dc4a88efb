#include "diagnosis/opening_sentence.hpp"

#include "stave/analysis/words.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace stave {
namespace {

std::string region_name(const Opening& o) { return o.chain.regions()[o.question.region].name; }

std::string product_name(const Opening& o, std::size_t k) {
  return o.chain.products()[o.products[k].product].name;
}

double share_of_output(const Opening& o) {
  double sum = 0;
  for (const auto& product : o.products) sum += product.output;
  return sum / o.region_output;
}

std::string main_products_words(const Opening& o) {
  return o.products.size() == 1
             ? fmt::format("{}'s only product", region_name(o))
             : fmt::format("{}'s {} largest products", region_name(o), o.products.size());
}

Finding no_single_finding(const Opening& o) {
  const auto left = o.question.threshold > 0
                        ? fmt::format("{} or more of every essential input would be left",
                                      words::percent(o.question.threshold))
                        : std::string("every essential input has another supplier, however small");
  return {fmt::format("No single loss stops {}{} ({} of its output): {}.",
                      o.products.size() > 1 ? "any of " : "", main_products_words(o),
                      words::percent(share_of_output(o)), left),
          Tone::good};
}

std::string source_words(const Opening& o, const SinglePoint& point) {
  return fmt::format("{} (stops {}, {} of the output)",
                     o.system->source_names[static_cast<std::size_t>(point.source)],
                     point.products.size() == 1 ? product_name(o, point.products.front())
                                                : fmt::format("{} of them", point.products.size()),
                     words::percent(point.output_share));
}

Finding single_finding(const Opening& o) {
  if (o.points.empty()) return no_single_finding(o);
  const auto outside =
      std::ranges::count_if(o.points, [](const SinglePoint& point) { return point.outside; });
  std::vector<std::string> names;
  for (std::size_t k = 0; k < std::min<std::size_t>(3, o.points.size()); ++k)
    names.push_back(source_words(o, o.points[k]));
  return {fmt::format("{}, {} outside the region: each alone would stop some of {}: {}{}.",
                      o.points.size() == 1
                          ? "One single point of failure"
                          : fmt::format("{} single points of failure", o.points.size()),
                      outside == 0 ? "none" : fmt::format("{}", outside), main_products_words(o),
                      fmt::join(names, "; "), o.points.size() > names.size() ? " ..." : ""),
          outside > 0 ? Tone::alarm : Tone::warning};
}

Finding systemic_finding(const Opening& o) {
  const auto& closed = o.systemic.closed;
  const auto& first = closed.front();
  auto text = fmt::format(
      "Most systemic: if {} stopped, {} of all output would be lost, {} of the region's own",
      o.chain.label(first.node), words::percent(first.esri), words::percent(first.region_loss));
  std::vector<std::string> names;
  for (std::size_t k = 1; k < std::min<std::size_t>(3, closed.size()); ++k)
    names.push_back(
        fmt::format("{} ({})", o.chain.label(closed[k].node), words::percent(closed[k].esri)));
  if (!names.empty()) text += fmt::format("; next come {}", fmt::join(names, " and "));
  return {text + ".", first.esri >= 0.05 ? Tone::alarm : Tone::warning};
}

// Losses within a tenth of the largest.
std::ptrdiff_t alike(const std::vector<double>& losses) {
  const double most = *std::max_element(losses.begin(), losses.end());
  return std::ranges::count_if(losses, [&](double loss) { return loss >= 0.9 * most; });
}

Finding tier_finding(const Opening& o) {
  const auto& focus = o.products[o.focus];
  const auto name = product_name(o, o.focus);
  const auto count = [&](auto has) { return std::ranges::count_if(o.tiers.links, has); };
  const auto stuck = count([](const TierLink& link) { return link.stuck; });
  const auto broken = count([](const TierLink& link) { return link.broken; });
  const auto are = [](std::ptrdiff_t n) {
    return n == 0 ? std::string("none is") : n == 1 ? "one is" : fmt::format("{} are", n);
  };
  const auto marks = fmt::format("of {} links in the chain drawn around it {} stuck and {} broken",
                                 o.tiers.links.size(), are(stuck), are(broken));
  if (!focus.worst)
    return {fmt::format("No choke point costs a main product of {} anything; {} is its largest, "
                        "and {}.",
                        region_name(o), name, marks),
            Tone::plain};
  return {fmt::format("Most stuck of {}: {} would lose {} of its value added without {}; {}.",
                      main_products_words(o), name, words::percent(focus.loss),
                      o.chain.label(*focus.worst), marks),
          focus.loss >= 0.01 ? Tone::alarm : Tone::warning};
}

// "22 of 42 stops would cost about the same, half or more of all output".
std::string alike_words(const std::vector<double>& losses, std::string_view who,
                        std::string_view of_what) {
  return fmt::format("{} of {} {} about the same, half or more of {}", alike(losses), losses.size(),
                     who, of_what);
}

// Without a recipe the default one lets every loss of a good run through the whole table.
std::optional<Finding> saturation_finding(const Opening& o) {
  if (o.chain.has_own_recipe()) return std::nullopt;
  std::vector<double> stops;
  for (const auto& maker : o.systemic.closed) stops.push_back(maker.esri);
  std::vector<double> cuts;
  for (const auto& product : o.products) cuts.push_back(product.loss);
  std::vector<std::string> words;
  if (saturated(cuts))
    words.push_back(alike_words(cuts, "main products would lose to their worst choke point",
                                "their value added"));
  if (saturated(stops))
    words.push_back(alike_words(stops, "stops of makers would cost", "all output"));
  if (words.empty()) return std::nullopt;
  return Finding{
      fmt::format("{}: their order says little. The chain brings no recipe, so every good counts "
                  "as essential to makers of goods, and one missing input stops nearly everything. "
                  "Read these losses as a worst case; a recipe would tell them apart.",
                  fmt::join(words, ", and ")),
      Tone::warning};
}

}  // namespace

bool saturated(const std::vector<double>& losses) {
  return !losses.empty() && *std::max_element(losses.begin(), losses.end()) >= 0.5 &&
         alike(losses) >= 3;
}

std::vector<Finding> opening_findings(const Opening& o) {
  std::vector<Finding> findings = {single_finding(o)};
  if (!o.systemic.closed.empty()) findings.push_back(systemic_finding(o));
  findings.push_back(tier_finding(o));
  if (auto finding = saturation_finding(o)) findings.push_back(*finding);
  return findings;
}

std::vector<Figure> opening_figures(const Opening& o) {
  std::vector<Figure> figures;
  if (!o.points.empty())
    figures.push_back({"bars",
                       "single_points",
                       "What alone would stop main products",
                       "Part of the region's output that each source stops when it alone is lost",
                       {{"label", "source"}, {"value", "output_stopped"}, {"color", "where"}},
                       10});
  figures.push_back({"bars",
                     "systemic",
                     fmt::format("Whose stop in {} would cost most", region_name(o)),
                     "Share of the whole chain's output lost, the maker's own included",
                     {{"label", "maker"}, {"value", "esri"}},
                     10});
  figures.push_back(
      {"tiers",
       "tier_links",
       fmt::format("The chain around {}'s {}", region_name(o), product_name(o, o.focus)),
       "Suppliers on the left, customers on the right; heights are values. Left of the product: "
       "what it buys, and what of that its suppliers bought before. Right: what it sells, and what "
       "its customers pass on. Shares of each tier add up to 100 %.",
       {{"tier", "tier"},
        {"supplier", "supplier"},
        {"customer", "customer"},
        {"value", "value"},
        {"supplier_region", "supplier_region"},
        {"customer_region", "customer_region"},
        {"mark", "link"}},
       0});
  return figures;
}

std::vector<std::string> opening_notes(const Opening& o) {
  std::vector<std::string> notes;
  notes.push_back(fmt::format(
      "Main products are the {} largest of {} by output, {} of it. Single points of failure were "
      "looked for behind these alone; a maker stops when {} of an essential input is left "
      "(--threshold).",
      o.products.size(), region_name(o), words::percent(share_of_output(o)),
      o.question.threshold > 0 ? fmt::format("less than {}", words::percent(o.question.threshold))
                               : std::string("nothing")));
  notes.push_back(
      o.systemic.closed.size() < o.systemic.makers
          ? fmt::format("Systemic makers: the {} largest of {} were closed, {} of the region's "
                        "output; a smaller one is not seen. `stave systemic` closes all.",
                        o.systemic.closed.size(), o.systemic.makers,
                        words::percent(o.systemic.output_share))
          : fmt::format("Systemic makers: all {} of the region were closed, each alone.",
                        o.systemic.makers));
  if (o.systemic.not_converged > 0)
    notes.push_back(fmt::format("{} closures did not come to rest.", o.systemic.not_converged));
  notes.emplace_back(
      "Tiers: what reaches the product through a supplier is the supplier's purchases in "
      "proportion to what it sells; what its customers pass on is in proportion to their sales.");
  if (o.tiers.clipped > 0)
    notes.push_back(fmt::format("Tiers leave out sales below zero (stock changes): {:.3g} {}.",
                                o.tiers.clipped, o.chain.info().unit));
  return notes;
}

}  // namespace stave
