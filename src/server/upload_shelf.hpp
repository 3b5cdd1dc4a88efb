#pragma once
/// Files that were sent here to be imported: on disk, bounded, and gone after an hour.

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "server/chain_shelf.hpp"

namespace stave {

struct UploadLimits {
  std::uint64_t bytes = std::uint64_t{2} << 30;  ///< of one file; all together may have twice that
  std::size_t at_once = 4;                       ///< files that may be on their way
  std::chrono::seconds kept{3600};
};

/// One file in a folder of its own; both are gone with the last who holds it.
class HeldUpload {
 public:
  HeldUpload(std::filesystem::path folder, const std::string& file);
  ~HeldUpload();
  HeldUpload(const HeldUpload&) = delete;
  HeldUpload& operator=(const HeldUpload&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path folder_;
  std::filesystem::path path_;
};

/// The file's name as it may be used here: what comes after the last slash, and of that only what
/// is harmless. @throws Refusal 400 nothing is left
[[nodiscard]] std::string harmless_name(std::string_view name);

class UploadShelf {
 public:
  /// Beside the chains, so that a large file need not cross disks. The folder is made with the
  /// first upload; what another server left there when it was killed is removed then.
  UploadShelf(const ChainShelf& chains, UploadLimits limits);
  ~UploadShelf();
  UploadShelf(const UploadShelf&) = delete;
  UploadShelf& operator=(const UploadShelf&) = delete;

  struct Upload {
    std::string id;
    std::uint64_t bytes = 0;
  };
  /// Takes a file as it comes.
  /// @param receive  hands every piece to what it is given; false when the sender broke off
  /// @throws Refusal 400 a bad name, 403 no folder, 408 broken off, 411 no length, 413 too large,
  ///                 503 too many at once or too much in all, 507 no room on the disk
  using Sink = std::function<bool(const char*, std::size_t)>;
  [[nodiscard]] Upload take(std::string_view name, std::uint64_t bytes,
                            const std::function<bool(const Sink&)>& receive);
  /// Those files, in that order. @throws Error not_found
  using Held = std::vector<std::shared_ptr<const HeldUpload>>;
  [[nodiscard]] Held find(const std::vector<std::string>& ids);
  /// Takes them off the shelf: they are gone when nobody holds them.
  void forget(const std::vector<std::string>& ids);
  /// An empty folder for files that are imported together; gone with the last who holds it.
  [[nodiscard]] std::shared_ptr<const HeldUpload> folder();
  [[nodiscard]] const UploadLimits& limits() const { return limits_; }

 private:
  struct Kept {
    std::shared_ptr<const HeldUpload> file;
    std::uint64_t bytes = 0;
    std::chrono::steady_clock::time_point since;
  };
  struct Place;  ///< of one upload under way; given back when it ends
  void open_folder();
  void forget_old();
  [[nodiscard]] std::filesystem::path fresh(const std::string& id);

  const ChainShelf& chains_;
  UploadLimits limits_;
  std::mutex mutex_;
  std::filesystem::path folder_;  ///< empty until the first upload
  int lock_ = -1;
  std::map<std::string, Kept> kept_;
  std::size_t coming_ = 0;
  std::uint64_t coming_bytes_ = 0;
};

}  // namespace stave
