#include "server/memory.hpp"

#include <algorithm>
#include <fstream>

#include <malloc.h>
#include <unistd.h>

namespace stave {
namespace {

std::uint64_t page_bytes() { return static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE)); }

}  // namespace

// statm: pages of the address space, pages present, pages present that belong to files.
std::uint64_t memory_held() {
  std::ifstream file("/proc/self/statm");
  std::uint64_t all = 0;
  std::uint64_t present = 0;
  std::uint64_t of_files = 0;
  file >> all >> present >> of_files;
  return file && present > of_files ? (present - of_files) * page_bytes() : 0;
}

std::uint64_t memory_of_machine() {
  const auto pages = ::sysconf(_SC_PHYS_PAGES);
  std::uint64_t bytes = pages > 0 ? static_cast<std::uint64_t>(pages) * page_bytes() : 0;
  std::ifstream share("/sys/fs/cgroup/memory.max");  // "max" where there is no bound
  std::uint64_t bound = 0;
  if (share >> bound && bound > 0) bytes = bytes == 0 ? bound : std::min(bytes, bound);
  return bytes;
}

void give_memory_back() { (void)::malloc_trim(0); }

}  // namespace stave
