#pragma once
/// One line on the terminal that says what is being done and how long it may still take.

#include "stave/cli/program.hpp"
#include "stave/core/progress.hpp"

#include <chrono>
#include <mutex>
#include <string>

namespace stave {

/// Silent unless stderr is a terminal, and for work that ends within half a second. Stops on
/// Ctrl-C.
class TerminalProgress : public Progress {
 public:
  explicit TerminalProgress(const Console& console) : console_(console) {}
  ~TerminalProgress() override;
  void report(std::string_view stage, double done) override;
  [[nodiscard]] bool cancelled() const override;

 private:
  using Clock = std::chrono::steady_clock;
  void clear_line();

  const Console& console_;
  std::mutex mutex_;
  Clock::time_point begun_ = Clock::now();
  Clock::time_point shown_ = {};
  Clock::time_point stage_begun_ = begun_;
  std::string stage_;
  bool dirty_ = false;
};

}  // namespace stave
