#include "stave/core/large_pages.hpp"

#include <memory>

#include <sys/mman.h>

namespace stave {

void advise_large_pages(void* p, std::size_t bytes) {
  if (bytes < 4 * large_page) return;
  if (std::align(large_page, large_page, p, bytes) != nullptr)
    ::madvise(p, bytes / large_page * large_page, MADV_HUGEPAGE);
}

}  // namespace stave
