#include "cli/terminal_progress.hpp"

#include <algorithm>
#include <ostream>

#include <fmt/format.h>

#include "cli/interrupt.hpp"

namespace stave {
namespace {

constexpr auto quiet_time = std::chrono::milliseconds(500);
constexpr auto redraw_time = std::chrono::milliseconds(100);

std::string time_left(double seconds) {
  if (seconds < 90) return fmt::format("{:.0f} s left", std::max(1.0, seconds));
  if (seconds < 5400) return fmt::format("{:.0f} min left", seconds / 60);
  return fmt::format("{:.1f} h left", seconds / 3600);
}

}  // namespace

TerminalProgress::~TerminalProgress() { clear_line(); }

void TerminalProgress::report(std::string_view stage, double done) {
  if (!console_.err_is_terminal) return;
  const std::scoped_lock lock(mutex_);
  const auto now = Clock::now();
  if (stage != stage_) {
    stage_ = stage;
    stage_begun_ = now;
  }
  if (now - begun_ < quiet_time || now - shown_ < redraw_time) return;
  shown_ = now;
  const std::chrono::duration<double> spent = now - stage_begun_;
  const auto left = done > 0.02 ? ", " + time_left(spent.count() * (1 - done) / done) : "";
  clear_line();
  console_.err << fmt::format("{} {:.0f} %{}", stage_, 100 * std::clamp(done, 0.0, 1.0), left)
               << std::flush;
  dirty_ = true;
}

bool TerminalProgress::cancelled() const { return interrupted(); }

void TerminalProgress::clear_line() {
  if (dirty_) console_.err << "\r\033[K" << std::flush;
  dirty_ = false;
}

}  // namespace stave
