#pragma once
/// Two questions to the cascade: whose stop would cost the whole chain most (`stave systemic`), and
/// what would this shock cost, whom, and why (`stave cascade`).
///
///   w [n]   a weighting: output, value added, or a stressor such as employment
///   ESRI    sum w_i (1 - min(h_d_i, h_u_i)) / sum w, see stave/cascade/cascade.hpp
///
/// Source: Diem, Borsos, Reisch, Kertesz, Thurner (2022), Scientific Reports 12, 7719.
/// Checked against: six firms of the authors' program through both analyses
/// (tests/systemic/systemic_test.cpp, cascade_test.cpp).

#include "stave/analysis/analysis.hpp"
#include "stave/cascade/cascade.hpp"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace stave {

/// A chain as the cascade takes it: flows below zero count as zero, and what final use buys
/// cushions lost orders (revenue = the larger of output and sales to other nodes).
class ChainCascade {
 public:
  explicit ChainCascade(const Chain& chain);
  [[nodiscard]] const CascadeNetwork& network() const { return network_; }
  [[nodiscard]] std::size_t clipped() const { return clipped_; }  ///< flows below zero
  /// The same without the cushion: lost orders of nodes are all the orders there are.
  [[nodiscard]] CascadeNetwork without_final_use() const;
  [[nodiscard]] bool has_final_use() const { return final_use_; }

 private:
  std::shared_ptr<const FlowMatrix> flows_;  ///< a copy, where some flow is below zero
  CascadeNetwork network_;
  std::size_t clipped_ = 0;
  bool final_use_ = false;
};

/// What a loss is weighed by.
struct Weighting {
  std::string name;  ///< "output", "value_added", or the name of a stressor
  std::string unit;
  std::vector<double> values;  ///< [n], none negative
  std::size_t clipped = 0;     ///< nodes whose negative value counts as 0
};
/// @param names with commas: output, value_added, or stressors of the chain ("employment")
/// @throws Error not_found     a name that is none of them, with near names
///               bad_input     no name, or one twice
///               missing_part  a weighting without any positive value
[[nodiscard]] std::vector<Weighting> weightings(const Chain& chain, std::string_view names);

[[nodiscard]] Analysis systemic_analysis();
[[nodiscard]] Analysis cascade_analysis();

}  // namespace stave
