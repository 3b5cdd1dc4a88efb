#include "stave/core/progress.hpp"

#include "stave/core/error.hpp"

namespace stave {

void Progress::report(std::string_view /*stage*/, double /*done*/) {}
bool Progress::cancelled() const { return false; }

void Progress::check() const {
  if (cancelled()) throw Error(Errc::cancelled, "stopped");
}

Progress& no_progress() {
  static Progress silent;
  return silent;
}

}  // namespace stave
