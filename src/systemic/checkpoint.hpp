#pragma once
/// Finished stops kept in a file while a long run goes on, so that another run can go on from them.
///
/// The file: 32 bytes (magic, key of the question, weights), then a record a finished stop: rule,
/// stop, rounds, and three losses a weight. Records are only ever appended; one that was cut off is
/// not read. The key stands for the network, the weights, the stops and the rules of the cascade.

#include "stave/cascade/cascade_all.hpp"

#include <chrono>
#include <cstdio>
#include <memory>
#include <mutex>
#include <string>

namespace stave {

class Checkpoint {
 public:
  /// @throws Error bad_input  the file is not of this question;  io  it cannot be read or written
  Checkpoint(std::string path, std::uint64_t key, std::size_t weights);
  Checkpoint(const Checkpoint&) = delete;
  Checkpoint& operator=(const Checkpoint&) = delete;
  ~Checkpoint();
  /// What the file knows of a rule. @returns how many stops
  std::size_t load(std::uint32_t rule, BatchResult& result) const;
  /// From any thread; written at least every few seconds.
  void add(std::uint32_t rule, std::size_t stop, const BatchResult& result);

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  [[nodiscard]] std::size_t record_size() const { return 4 + 3 * weights_; }
  void read(std::uint64_t key);
  void write_out();

  std::string path_;
  std::size_t weights_;
  std::vector<std::uint64_t> known_;  ///< records
  std::vector<std::uint64_t> buffer_;
  std::unique_ptr<std::FILE, Close> file_;
  std::chrono::steady_clock::time_point written_ = std::chrono::steady_clock::now();
  std::mutex mutex_;
};

/// A key of everything that decides the result of closing these nodes.
class QuestionKey {
 public:
  void add(std::uint64_t word) {
    key_ = (key_ ^ word) * 0x100000001b3ULL;
    key_ ^= key_ >> 29U;
  }
  void add(double value);
  void add(const CascadeNetwork& network);
  void add(const CascadeOptions& options);
  [[nodiscard]] std::uint64_t key() const { return key_; }

 private:
  std::uint64_t key_ = 0xcbf29ce484222325ULL;
};

}  // namespace stave
