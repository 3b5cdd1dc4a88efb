#include "cascade/sweep.hpp"

namespace stave {

// The sums of four targets stay in registers while the sources pass by.
STAVE_VECTORISED void accumulate(const LaneRow* lost, std::size_t count, const Targets& targets) {
  static_assert(fours == 2 && Targets::count == 4);
  const auto* a = targets.weight[0];
  const auto* b = targets.weight[1];
  const auto* c = targets.weight[2];
  const auto* d = targets.weight[3];
  Four a0{}, a1{}, b0{}, b1{}, c0{}, c1{}, d0{}, d1{};
  a0 = four(*targets.sum[0], 0), a1 = four(*targets.sum[0], 1);
  b0 = four(*targets.sum[1], 0), b1 = four(*targets.sum[1], 1);
  c0 = four(*targets.sum[2], 0), c1 = four(*targets.sum[2], 1);
  d0 = four(*targets.sum[3], 0), d1 = four(*targets.sum[3], 1);
  for (std::size_t s = 0; s < count; ++s) {
    const Four low = four(lost[s], 0);
    const Four high = four(lost[s], 1);
    a0 += a[s] * low, a1 += a[s] * high;
    b0 += b[s] * low, b1 += b[s] * high;
    c0 += c[s] * low, c1 += c[s] * high;
    d0 += d[s] * low, d1 += d[s] * high;
  }
  four(*targets.sum[0], 0) = a0, four(*targets.sum[0], 1) = a1;
  four(*targets.sum[1], 0) = b0, four(*targets.sum[1], 1) = b1;
  four(*targets.sum[2], 0) = c0, four(*targets.sum[2], 1) = c1;
  four(*targets.sum[3], 0) = d0, four(*targets.sum[3], 1) = d1;
}

}  // namespace stave
