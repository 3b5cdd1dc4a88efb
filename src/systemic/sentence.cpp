#include "systemic/sentence.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace stave {
namespace {

constexpr double nearly_all = 0.995;    // from here on "all"
constexpr double hardly_any = 0.005;    // below it nothing is said
constexpr std::size_t steps_told = 10;  // the others stand in the table of steps

std::string share_words(double share) {
  return share >= nearly_all ? "all" : words::percent(share);
}

// "which the shock closed", "which the shock cut by 40 %", "which loses 12 %"
std::string fate(const LossTracer& tracer, const LossPart& part, const LossStep& next,
                 bool demand) {
  const double shock = (demand ? tracer.shock_up() : tracer.shock())[part.other.at()];
  if (next.cause != LossCause::shock)
    return demand ? fmt::format("which buys {} less", words::percent(next.loss))
                  : fmt::format("which loses {}", words::percent(next.loss));
  if (shock >= 1) return "which the shock closed";
  return fmt::format("which the shock cut by {}", words::percent(shock));
}

std::string source_words(const Chain& chain, const LossStep& step, const LossPart& part) {
  const auto name = node_name(chain, part.other);
  if (step.cause == LossCause::lost_demand)
    return fmt::format("{} of its sales go to {}", share_words(part.dependence), name);
  const auto input = step.cause == LossCause::essential_input ? chain.products()[step.input].name
                                                              : std::string("purchases");
  return fmt::format("{} of its {} come from {}", share_words(part.dependence), input, name);
}

// What stands in, and how much of the loss this one part is.
std::string beside(const LossStep& step, const LossPart& part) {
  std::string text;
  if (part.substituted > hardly_any)
    text += fmt::format("; other makers make up for {} of that", words::percent(part.substituted));
  if (part.part < nearly_all * step.loss)
    text += fmt::format("; that is {} of the loss", words::percent(part.part / step.loss));
  return text;
}

std::string looped(const LossPath& path, std::size_t k) {
  const auto& step = path.steps[k];
  double back = 0;
  for (const auto& part : step.parts)
    back += std::any_of(path.steps.begin(), path.steps.begin() + static_cast<std::ptrdiff_t>(k) + 1,
                        [&](const LossStep& s) { return s.node == part.other; })
                ? part.part
                : 0;
  if (back < hardly_any * step.loss) return {};
  return fmt::format(", and {} comes round from {}", words::percent(back / step.loss),
                     k == 0 ? "itself" : "those already named");
}

std::string ending(const LossPath& path, std::size_t told) {
  if (told < path.followed.size())
    return fmt::format(" From there it is {} more steps to the shock.",
                       path.followed.size() - told);
  return {};
}

}  // namespace

std::string node_name(const Chain& chain, NodeId id) {
  const auto& node = chain.node(id);
  if (!node.name.empty()) return node.name;
  const auto& product = chain.products()[node.product].name;
  if (chain.regions().size() < 2) return product;
  return fmt::format("{} in {}", product, chain.regions()[node.region].name);
}

std::string weight_words(const Weighting& weighting) {
  auto words = weighting.name;
  std::replace(words.begin(), words.end(), '_', ' ');
  return words;
}

std::string_view cause_words(LossCause cause) {
  switch (cause) {
    case LossCause::none:
      return "nothing";
    case LossCause::shock:
      return "the shock";
    case LossCause::essential_input:
      return "essential input";
    case LossCause::other_inputs:
      return "other inputs";
    case LossCause::lost_demand:
      break;
  }
  return "lost demand";
}

std::string path_in_words(const Chain& chain, const LossTracer& tracer, const LossPath& path) {
  const auto& first = path.steps.front();
  auto text = fmt::format("{} loses {}", node_name(chain, first.node), words::percent(first.loss));
  if (first.cause == LossCause::none) return text + ".";
  if (first.cause == LossCause::shock) return text + ": that is its own shock.";
  const bool demand = first.cause == LossCause::lost_demand;
  const std::size_t told = std::min(path.followed.size(), steps_told);
  text += ": ";
  for (std::size_t k = 0; k < told; ++k) {
    const auto& step = path.steps[k];
    const auto& part = step.parts[path.followed[k]];
    text += fmt::format("{}{}, {}{}{}.", k == 0 ? "" : " There, ", source_words(chain, step, part),
                        fate(tracer, part, path.steps[k + 1], demand), beside(step, part),
                        looped(path, k));
  }
  if (told == 0) text += "no way back to the shock was found.";
  return text + ending(path, told);
}

}  // namespace stave
