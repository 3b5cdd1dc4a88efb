#pragma once
/// Runs: asked for, waiting, running, ended; kept in a folder where there is one.

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "server/chain_shelf.hpp"
#include "server/question.hpp"

namespace stave {

enum class RunState { queued, running, done, failed, cancelled, interrupted };
[[nodiscard]] std::string_view to_string(RunState state);
[[nodiscard]] constexpr bool ended(RunState state) {
  return state != RunState::queued && state != RunState::running;
}

struct RunTable {
  std::string name;
  std::string title;
  std::size_t rows = 0;
};

/// What is known of a run, at one moment.
struct RunView {
  std::uint64_t id = 0;
  std::string name;  ///< that its asker gave it
  Question question;
  RunState state = RunState::queued;
  std::string asked;  ///< ISO 8601, UTC
  std::string begun;
  std::string over;
  std::optional<double> seconds;       ///< it took, once ended
  std::string identity;                ///< of the chain it was asked of
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
  std::size_t most_in_memory = 100;      ///< ended runs, when there is no folder
  std::chrono::milliseconds longest{0};  ///< that a run may take; 0: any
  std::uint64_t memory = 0;              ///< that the process may hold for a run to begin; 0: any
  std::function<void()> release;         ///< gives back memory that can be spared
};

/// Work that is no analysis of a chain: an import.
using RunWork = std::function<Report(Progress&)>;

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
  [[nodiscard]] RunView add(const Question& question, const std::string& name = {});
  /// The same for work of another kind; the question says what it is shown as.
  [[nodiscard]] RunView add(const Question& question, RunWork work);
  /// The latest run, done or under way, of an equal question about the chain as it is now.
  [[nodiscard]] std::optional<RunView> equal(const Question& question);
  [[nodiscard]] std::vector<RunView> list() const;  ///< latest first
  /// @throws Error not_found
  [[nodiscard]] RunView view(std::uint64_t id) const;
  [[nodiscard]] RunView rename(std::uint64_t id, const std::string& name);
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
  /// A run that waits or lasts asks that chain. @throws Refusal 409 it does
  void require_unused(const std::string& chain) const;
  [[nodiscard]] const RunBookOptions& options() const { return options_; }

 private:
  enum class Stop { no, asked, time, memory };
  struct Run {
    RunView view;
    RunWork work;                               ///< empty: the question is an analysis
    std::shared_ptr<const std::string> report;  ///< where there is no folder
    std::atomic<Stop> stop = Stop::no;
    std::chrono::steady_clock::time_point begun;
  };
  struct Failure {
    std::string code;
    std::string message;
    std::string hint;
  };
  class RunProgress;

  void read_folder();
  [[nodiscard]] RunView enter(const std::shared_ptr<Run>& run);
  void work();
  [[nodiscard]] bool room();
  [[nodiscard]] bool over_memory() const;
  [[nodiscard]] bool newest(const Run& run) const;
  void execute(Run& run);
  [[nodiscard]] Report compute(Run& run, Progress& progress);
  [[nodiscard]] RunState end_of(const Run& run) const;
  [[nodiscard]] Failure limit_reached(Stop stop) const;
  void finish(Run& run, const Report& report);
  void fail(Run& run, RunState state, const Failure& why);
  void close(Run& run, RunState state);
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
  std::size_t running_ = 0;
  std::uint64_t last_ = 0;
  bool closing_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace stave
