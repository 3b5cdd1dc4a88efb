#pragma once
/// Embedded emissions of goods with precursors.
///
///   const EmbeddedSystem system(goods, 2026);
///   system.embedded()[g].direct;            // t CO2e per t of good g
///
///   AL_g     t of good g made over its period;  AttrEm_g  t CO2e its own process answers for
///   M_gi     t of precursor i that went into it
///   SEE_g = (AttrEm_g + sum_i M_gi SEE_i) / AL_g,  direct and indirect apart
///
/// With precursors that are goods of the same file this is (I - A) SEE = own + bought with
/// A(g, h) = M_gh / AL_g, solved at once: goods may need one another. The benchmarks of free
/// allocation add up the same way (Implementing Regulation (EU) 2025/2620).
///
/// Source: Implementing Regulation (EU) 2023/1773, annex III; Regulation (EU) 2023/956, annex IV.
/// Checked against: cbam/reference.cpp; a case worked by hand; the balance of each file.

#include "stave/formats/cbam_file.hpp"

#include <cstddef>
#include <memory>
#include <vector>

namespace stave {

class SparseSystem;

/// Per tonne of a good: t CO2e, and t CO2e of benchmarks.
struct EmbeddedValues {
  double direct = 0;
  double indirect = 0;
  double benchmark = 0;

  EmbeddedValues& operator+=(const EmbeddedValues& other);
};
[[nodiscard]] EmbeddedValues operator*(double factor, const EmbeddedValues& values);
[[nodiscard]] EmbeddedValues operator-(EmbeddedValues a, const EmbeddedValues& b);

/// What one stream adds to its good: t CO2e over the period.
[[nodiscard]] EmbeddedValues stream_emissions(const CbamStream& stream);

/// AttrEm: t CO2e over the period. Direct emissions below zero count zero (annex III).
struct AttributedEmissions {
  double direct = 0;
  double indirect = 0;
  bool cut_at_zero = false;
};
[[nodiscard]] AttributedEmissions attributed_emissions(const CbamGood& good);

/// Of one t of a precursor that is bought: the supplier's figure, else the default value of the
/// year with its mark-up. A benchmark nobody states counts zero.
[[nodiscard]] CbamFigure figure_of(const CbamGoods& goods, const CbamPrecursor& precursor,
                                   int year);
[[nodiscard]] EmbeddedValues values_of(const CbamFigure& figure);

class EmbeddedSystem {
 public:
  /// @throws Error not_productive  more of a good goes into others than is made, or goods need one
  ///               another and leave nothing; it names them
  EmbeddedSystem(const CbamGoods& goods, int year);

  /// SEE of every good; of those declared by default value that value, marked up.
  [[nodiscard]] const std::vector<EmbeddedValues>& embedded() const { return embedded_; }
  [[nodiscard]] const std::vector<EmbeddedValues>& own() const { return own_; }  ///< per t
  [[nodiscard]] const std::vector<EmbeddedValues>& bought() const { return bought_; }
  /// Position of the good a precursor names; goods.size() where it is bought.
  [[nodiscard]] std::size_t maker_of(const CbamPrecursor& precursor) const;
  /// How much good g carries more when one t of each other good carries one more: a row of
  /// (I - A)^-1. One solve.
  [[nodiscard]] std::vector<double> weights_of(std::size_t g) const;
  /// What every good carries when each carries so much of its own per t: (I - A)^-1 own. One solve.
  [[nodiscard]] std::vector<double> carried(const std::vector<double>& own) const;
  /// t of each good that go into others of the file.
  [[nodiscard]] const std::vector<double>& passed_on() const { return passed_on_; }
  /// What is attributed and bought, less what leaves the gate, over what is attributed and bought.
  [[nodiscard]] double imbalance() const;
  [[nodiscard]] double residual() const { return residual_; }  ///< of the solves
  /// One way round each group of goods that need one another, by position.
  [[nodiscard]] const std::vector<std::vector<std::size_t>>& loops() const { return loops_; }

 private:
  void fill();
  void refuse_overdrawn() const;
  void require_sound(const std::vector<double>& right, const std::vector<double>& values) const;
  void find_loops();
  void solve();

  const CbamGoods* goods_;
  std::shared_ptr<SparseSystem> solver_;
  int year_;
  std::map<std::string, std::size_t, std::less<>> position_;
  std::vector<EmbeddedValues> own_, bought_, embedded_;
  std::vector<double> passed_on_;
  std::vector<std::vector<std::size_t>> loops_;
  double residual_ = 0;
};

}  // namespace stave
