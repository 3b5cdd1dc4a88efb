#pragma once
/// Runs: asked for, waiting, running, ended; kept in a folder where there is one.

#include "stave/analysis/analysis.hpp"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "server/chain_shelf.hpp"

namespace stave {

enum class RunState { queued, running, done, failed, cancelled, interrupted };
[[nodiscard]] std::string_view to_string(RunState state);
[[nodiscard]] constexpr bool ended(RunState state) {
  return state != RunState::queued && state != RunState::running;
}

struct RunRequest {
  std::string chain;
  std::string analysis;
  Arguments::Given parameters;  ///< of a file parameter: what the file holds
};

struct RunTable {
  std::string name;
  std::string title;
  std::size_t rows = 0;
};

/// What is known of a run, at one moment.
struct RunView {
  std::uint64_t id = 0;
  RunRequest request;
  RunState state = RunState::queued;
  std::string asked;  ///< ISO 8601, UTC
  std::string begun;
  std::string over;
  std::string stage;                   ///< of a running one: what is being done
  double done = 0;                     ///< share of this stage, 0 to 1
  std::optional<double> seconds_left;  ///< of this stage
  std::string title;                   ///< of the report
  std::vector<RunTable> tables;        ///< of the report
  bool report = false;                 ///< there is one: also of a run stopped with a part done
  std::string code;                    ///< why it failed
  std::string message;
  std::string hint;
  std::uint64_t version = 0;  ///< grows with every change
};

struct RunBookOptions {
  std::filesystem::path folder;  ///< empty: in memory only
  std::size_t workers = 1;
  std::size_t queue = 16;
  std::size_t most_in_memory = 100;  ///< ended runs, when there is no folder
};

class RunBook {
 public:
  /// Reads the runs kept in the folder; one that had not ended is interrupted.
  /// @throws Error io  the folder cannot be written, or another server keeps its runs there
  RunBook(const std::vector<Analysis>& analyses, ChainShelf& shelf, RunBookOptions options);
  /// Stops what runs; it is then interrupted.
  ~RunBook();
  RunBook(const RunBook&) = delete;
  RunBook& operator=(const RunBook&) = delete;

  /// @throws Error not_found  no such chain or analysis
  ///               bad_input  an unknown parameter, a required one missing
  ///         Refusal 503      too many wait already
  [[nodiscard]] RunView add(const RunRequest& request);
  [[nodiscard]] std::vector<RunView> list() const;  ///< latest first
  /// @throws Error not_found
  [[nodiscard]] RunView view(std::uint64_t id) const;
  /// Asks a waiting or running one to stop. @throws Error not_found
  [[nodiscard]] RunView cancel(std::uint64_t id);
  /// Forgets an ended one and removes its files. @throws Error not_found; Refusal 409 not ended
  void remove(std::uint64_t id);
  /// As `stave ANALYSIS --json` prints it.
  /// @throws Error not_found; why it failed; Refusal 409 not ended
  [[nodiscard]] std::shared_ptr<const std::string> report(std::uint64_t id) const;
  /// Waits until the run changed since `version`, at most `time`.
  [[nodiscard]] RunView wait(std::uint64_t id, std::uint64_t version,
                             std::chrono::milliseconds time) const;
  [[nodiscard]] std::size_t workers() const { return options_.workers; }

 private:
  struct Run {
    RunView view;
    std::shared_ptr<const std::string> report;  ///< where there is no folder
    std::atomic<bool> stop = false;
  };
  class RunProgress;

  void read_folder();
  void work();
  void execute(Run& run);
  [[nodiscard]] Report compute(Run& run, Progress& progress);
  void finish(Run& run, RunState state, const Report& report);
  void fail(Run& run, RunState state, std::string_view code, const std::string& message,
            const std::string& hint);
  void keep(const RunView& view) const;
  void changed(Run& run);
  void forget_oldest();
  [[nodiscard]] Run& require(std::uint64_t id) const;
  [[nodiscard]] std::filesystem::path record_path(std::uint64_t id) const;
  [[nodiscard]] std::filesystem::path report_path(std::uint64_t id) const;

  const std::vector<Analysis>& analyses_;
  ChainShelf& shelf_;
  RunBookOptions options_;
  int lock_ = -1;
  mutable std::mutex mutex_;
  mutable std::condition_variable change_;
  std::condition_variable wanted_;
  std::map<std::uint64_t, std::shared_ptr<Run>> runs_;
  std::deque<std::shared_ptr<Run>> waiting_;
  std::uint64_t last_ = 0;
  bool closing_ = false;
  std::vector<std::thread> threads_;
};

/// The analysis of that name. @throws Error not_found, naming near names
[[nodiscard]] const Analysis& require_analysis_in(const std::vector<Analysis>& analyses,
                                                  const std::string& name);

}  // namespace stave
