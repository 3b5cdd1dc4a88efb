#pragma once
/// Capital that was destroyed: what is ordered to build it again, and what is still missing.

#include "stave/scenario/scenario.hpp"

#include <span>

#include "disruption/builders.hpp"

namespace stave {

class Reconstruction {
 public:
  /// @throws Error bad_input  nobody makes what is to rebuild
  Reconstruction(const Chain& chain, const Scenario& scenario);
  /// What is ordered of each maker today [n].
  void morning(int day);
  [[nodiscard]] const std::vector<double>& asked() const { return asked_; }
  /// @param share  [n] of it that is delivered
  void evening(std::span<const double> share);

  /// [capacity events] share of what was destroyed that is still missing, by node of the event.
  [[nodiscard]] const std::vector<std::vector<double>>& unbuilt() const { return unbuilt_; }
  [[nodiscard]] std::vector<double> remaining() const;  ///< of the events with rebuilding
  [[nodiscard]] double remaining(int day) const;        ///< of the events that have begun
  [[nodiscard]] double done() const { return done_; }   ///< delivered today
  /// |made + remaining - initial| / initial of all events together; made: as the makers say.
  [[nodiscard]] double miss() const;

 private:
  /// What one region orders of one product, and of whom.
  struct Pattern {
    std::vector<BuilderShare> makers;
    double ordered = 0;
    double delivered = 0;  ///< share of what is ordered
  };
  struct Part {
    std::size_t event = 0;  ///< of the capacity events
    std::size_t place = 0;  ///< of the event's nodes
    std::size_t pattern = 0;
    double cost = 0;
    double remaining = 0;
    double ordered = 0;
  };
  const Scenario& scenario_;
  std::vector<Pattern> patterns_;
  std::vector<Part> parts_;
  std::vector<double> asked_;
  std::vector<std::vector<double>> unbuilt_;
  double done_ = 0;  ///< as the makers say
  double made_ = 0;  ///< so far
};

}  // namespace stave
