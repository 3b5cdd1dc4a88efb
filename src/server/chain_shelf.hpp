#pragma once
/// The chains a server offers, by name, and those of them that are open.

#include "stave/core/progress.hpp"
#include "stave/store/store.hpp"

#include <cstdint>
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
  std::uint64_t file_bytes = 0;
  std::string modified;    ///< ISO 8601, UTC
  bool sample = false;     ///< it comes with Stave
  bool removable = false;  ///< a file in the folder of imports
};

struct ShelfOptions {
  std::vector<std::string> places;
  bool samples = true;
  std::size_t most_open = 4;
  std::filesystem::path imports;  ///< a folder that may be written; empty: none
};

/// Names are looked up, never made into paths.
class ChainShelf {
 public:
  /// @throws Error not_found a place that is neither a folder, a chain nor a sample
  explicit ChainShelf(ShelfOptions options);

  /// Looks into the folders again; what is unchanged is not read again.
  [[nodiscard]] std::vector<ShelfEntry> list();
  /// @throws Error not_found, naming near names
  [[nodiscard]] ShelfEntry require(const std::string& name);
  /// Opened once and shared; the one least recently asked for is closed when there are too many. A
  /// file that changed is opened again.
  /// @throws Error as load_chain
  [[nodiscard]] std::shared_ptr<const Chain> open(const std::string& name,
                                                  Progress& progress = no_progress());
  /// Another text once the chain's file is another, or this program is. @throws Error not_found
  [[nodiscard]] std::string identity(const std::string& name);

  /// Where imports are written: the folder that was said, else the first place that is one.
  /// @throws Refusal 403 there is none
  [[nodiscard]] std::filesystem::path imports() const;
  /// The file an import of that name is to be written to.
  /// @throws Refusal 400 no name of a file, 403 no folder, 409 taken and not to be replaced
  [[nodiscard]] std::filesystem::path place_for(const std::string& name, bool replace);
  /// @throws Error not_found; Refusal 403 not a file in the folder of imports
  void remove(const std::string& name);
  /// Lets go of the chains nobody works on.
  void close_all();

 private:
  using Stamp = std::filesystem::file_time_type;
  struct Book {
    std::mutex opening;
    Stamp stamp;
    std::shared_ptr<const Chain> chain;
  };
  struct Summarized {
    Stamp stamp;
    ShelfEntry entry;  ///< but for its name
  };
  void look();
  void add(const std::filesystem::path& path, bool sample);
  [[nodiscard]] Summarized summarized(const std::filesystem::path& path, bool sample) const;
  std::shared_ptr<Book> book_of(const std::filesystem::path& path);

  ShelfOptions options_;
  std::mutex mutex_;
  std::vector<ShelfEntry> entries_;
  std::map<std::filesystem::path, std::string> names_;  ///< a path keeps its name
  std::map<std::filesystem::path, Summarized> summaries_;
  std::list<std::pair<std::filesystem::path, std::shared_ptr<Book>>> open_;  ///< latest first
};

}  // namespace stave
