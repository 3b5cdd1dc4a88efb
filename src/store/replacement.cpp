#include "store/replacement.hpp"

#include "stave/core/error.hpp"

#include <atomic>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

namespace stave::store {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void throw_io(const fs::path& path, int code) {
  throw Error(Errc::io, fmt::format("{}: {}", path.string(), std::strerror(code)),
              code == ENOSPC ? "Free some space, or write to another disk." : "");
}

void force_to_disk(const fs::path& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) throw_io(path, errno);
  const bool failed = ::fsync(file) != 0;
  const int code = errno;
  ::close(file);
  if (failed && code != EINVAL) throw_io(path, code);  // EINVAL: nothing to force here
}

std::string prefix_of(const fs::path& target) {
  return fmt::format(".{}.stave-", target.filename().string());
}

// True for PREFIX PID - COUNT of a process that is gone.
bool is_left_behind(const std::string& name, const std::string& prefix) {
  if (!name.starts_with(prefix)) return false;
  int pid = 0;
  const auto* end = name.data() + name.size();
  const auto parsed = std::from_chars(name.data() + prefix.size(), end, pid);
  return parsed.ec == std::errc() && pid > 0 && parsed.ptr != end && *parsed.ptr == '-' &&
         ::kill(pid, 0) != 0 && errno == ESRCH;
}

void remove_quietly(const fs::path& path) {
  std::error_code ignored;
  fs::remove_all(path, ignored);
}

}  // namespace

Replacement::Replacement(const fs::path& target) : target_(fs::absolute(target)) {
  static std::atomic<unsigned> count = 0;
  const auto folder = target_.parent_path();
  if (!fs::is_directory(folder))
    throw Error(Errc::io, fmt::format("{}: the folder does not exist", folder.string()));
  const auto prefix = prefix_of(target_);
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder, ignored))
    if (is_left_behind(entry.path().filename().string(), prefix)) remove_quietly(entry.path());
  path_ = folder / fmt::format("{}{}-{}", prefix, ::getpid(), count++);
}

Replacement::~Replacement() {
  remove_quietly(path_);
  remove_quietly(path_.string() + ".wal");
}

void Replacement::put_in_place() {
  if (fs::is_directory(path_))
    for (const auto& entry : fs::recursive_directory_iterator(path_)) force_to_disk(entry.path());
  force_to_disk(path_);
  const bool swap = fs::is_directory(target_);
  auto failed = ::renameat2(AT_FDCWD, path_.c_str(), AT_FDCWD, target_.c_str(),
                            swap ? RENAME_EXCHANGE : 0U) != 0;
  if (failed) throw_io(target_, errno);
  force_to_disk(target_.parent_path());  // the old folder, if any, goes with this object
}

}  // namespace stave::store
