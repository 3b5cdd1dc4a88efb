#pragma once
/// How long work tells where it is, and hears that it should stop.

#include <string_view>

namespace stave {

class Progress {
 public:
  Progress() = default;
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  virtual ~Progress() = default;
  /// @param stage what is being done, in words a user knows ("reading flows")
  /// @param done  share of this stage, 0 to 1
  /// May be called from any thread.
  virtual void report(std::string_view stage, double done);
  /// True once the user asked to stop.
  [[nodiscard]] virtual bool cancelled() const;
  /// @throws Error cancelled
  void check() const;
};

/// Says nothing and never stops.
[[nodiscard]] Progress& no_progress();

}  // namespace stave
