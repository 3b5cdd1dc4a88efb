#pragma once
/// Quick answers: computed while the asker waits, and remembered for the next one.

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "server/chain_shelf.hpp"
#include "server/question.hpp"
#include "server/remembered_text.hpp"

namespace stave {

/// A report as `stave ANALYSIS --json` prints it.
using ReportText = RememberedTexts::Text;

struct AnswerBookOptions {
  std::size_t workers = 2;
  std::size_t waiting = 32;                   ///< askers at a time
  std::size_t bytes = std::size_t{64} << 20;  ///< of answers remembered
  std::chrono::milliseconds patience{30'000};
  std::function<bool()> room;  ///< false: no memory is left for another; empty: always
};

/// Equal questions at the same time are answered once; work that nobody waits for any more stops.
class AnswerBook {
 public:
  AnswerBook(const std::vector<Analysis>& analyses, ChainShelf& shelf, AnswerBookOptions options);
  ~AnswerBook();
  AnswerBook(const AnswerBook&) = delete;
  AnswerBook& operator=(const AnswerBook&) = delete;

  /// @param gone  true once the asker does not wait any more
  /// @throws Error as the analysis does
  ///         Refusal 503 too_long: not answered in time; busy: too many wait
  [[nodiscard]] ReportText ask(const Question& question, const std::function<bool()>& gone);
  /// Forgets every answer.
  void forget();

 private:
  struct Asked {
    Question question;
    std::string key;
    std::size_t askers = 0;
    std::atomic<bool> stop = false;
    bool over = false;
    ReportText answer;
    std::exception_ptr failure;
  };
  class AskedProgress;

  [[nodiscard]] std::string key_of(const Question& question) const;
  [[nodiscard]] std::shared_ptr<Asked> join(const Question& question, const std::string& key);
  void leave(Asked& asked);
  void work();
  void answer(Asked& asked) const;

  const std::vector<Analysis>& analyses_;
  ChainShelf& shelf_;
  AnswerBookOptions options_;
  std::mutex mutex_;
  std::condition_variable wanted_;
  std::condition_variable over_;
  std::deque<std::shared_ptr<Asked>> queue_;
  std::map<std::string, std::shared_ptr<Asked>> under_way_;
  RememberedTexts remembered_;
  std::size_t askers_ = 0;
  bool closing_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace stave
