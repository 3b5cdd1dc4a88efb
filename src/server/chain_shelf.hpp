#pragma once
/// The chains a server offers, by name, and those of them that are open.

#include "stave/core/progress.hpp"
#include "stave/store/store.hpp"

#include <filesystem>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace stave {

struct ShelfEntry {
  std::string name;  ///< of the file or folder, without .stave; with "-2" where one is taken
  ChainSummary summary;
};

/// Names are looked up, never made into paths.
class ChainShelf {
 public:
  /// @throws Error not_found a place that is neither a folder, a chain nor a sample
  ChainShelf(std::vector<std::string> places, bool with_samples, std::size_t most_open);

  /// Looks into the folders again; what is unchanged is not read again.
  [[nodiscard]] std::vector<ShelfEntry> list();
  /// @throws Error not_found, naming near names
  [[nodiscard]] ShelfEntry require(const std::string& name);
  /// Opened once and shared; the one least recently asked for is closed when there are too many. A
  /// file that changed is opened again.
  /// @throws Error as load_chain
  [[nodiscard]] std::shared_ptr<const Chain> open(const std::string& name,
                                                  Progress& progress = no_progress());

 private:
  using Stamp = std::filesystem::file_time_type;
  struct Book {
    std::mutex opening;
    Stamp stamp;
    std::shared_ptr<const Chain> chain;
  };
  struct Summarized {
    Stamp stamp;
    ChainSummary summary;
  };
  void look();
  void add(const std::filesystem::path& path);
  std::shared_ptr<Book> book_of(const std::filesystem::path& path);

  std::vector<std::string> places_;
  bool with_samples_;
  std::size_t most_open_;
  std::mutex mutex_;
  std::vector<ShelfEntry> entries_;
  std::map<std::filesystem::path, std::string> names_;  ///< a path keeps its name
  std::map<std::filesystem::path, Summarized> summaries_;
  std::list<std::pair<std::filesystem::path, std::shared_ptr<Book>>> open_;  ///< latest first
};

}  // namespace stave
