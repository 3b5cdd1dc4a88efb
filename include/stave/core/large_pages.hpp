#pragma once
/// Large pages for large arrays: fewer entries in the processor's table of pages, fewer faults
/// while an array is filled. Only advice: where the system has none, nothing changes.

#include <cstddef>
#include <cstdlib>
#include <new>

namespace stave {

inline constexpr std::size_t large_page = std::size_t{2} << 20;

/// Asks for large pages where `bytes` from p on hold several.
void advise_large_pages(void* p, std::size_t bytes);

/// For std::vector: arrays that stand on large pages where that pays.
template <class T>
struct LargePageAllocator {
  using value_type = T;
  LargePageAllocator() = default;
  template <class U>
  LargePageAllocator(const LargePageAllocator<U>&) {}  // NOLINT: allocators convert
  T* allocate(std::size_t n) {
    const auto bytes = n * sizeof(T);
    const auto unit = bytes < 4 * large_page ? std::size_t{64} : large_page;
    void* p = std::aligned_alloc(unit, (bytes + unit - 1) / unit * unit);
    if (p == nullptr) throw std::bad_alloc();
    advise_large_pages(p, bytes);
    return static_cast<T*>(p);
  }
  void deallocate(T* p, std::size_t) { std::free(p); }
  template <class U>
  bool operator==(const LargePageAllocator<U>&) const {
    return true;
  }
};

}  // namespace stave
