#pragma once
/// Losses and their paths as a reader of a report would say them.

#include "stave/analysis/words.hpp"
#include "stave/systemic/explanation.hpp"
#include "stave/systemic/systemic.hpp"

#include <string>

namespace stave {

/// "Chips in Taiwan"; a node with a name of its own by that; without the region where there is one.
[[nodiscard]] std::string node_name(const Chain& chain, NodeId node);
/// "output", "value added", "employment".
[[nodiscard]] std::string weight_words(const Weighting& weighting);
/// "essential input", "other inputs", "lost demand", "the shock", "nothing".
[[nodiscard]] std::string_view cause_words(LossCause cause);
/// "Cars in Germany loses 31 %: 80 % of its Chips comes from Chips in Taiwan, which the shock
/// closed."
[[nodiscard]] std::string path_in_words(const Chain& chain, const LossTracer& tracer,
                                        const LossPath& path);

}  // namespace stave
