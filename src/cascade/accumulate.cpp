#include "cascade/sweep.hpp"

namespace stave {
namespace {

// Four doubles; the compiler makes one AVX or two SSE operations of it.
using Four [[gnu::vector_size(32), gnu::may_alias]] = double;

[[gnu::always_inline]] inline Four* fours(LaneRow* row) {
  return reinterpret_cast<Four*>(row->at.data());
}

[[gnu::always_inline]] inline void accumulate_lanes(const LaneRow* lost, std::size_t count,
                                                    const TargetPair& t) {
  static_assert(lanes == 16);
  Four* a = fours(t.first);
  Four* b = fours(t.second);
  Four a0 = a[0], a1 = a[1], a2 = a[2], a3 = a[3];
  Four b0 = b[0], b1 = b[1], b2 = b[2], b3 = b[3];
  for (std::size_t s = 0; s < count; ++s) {
    const auto* l = reinterpret_cast<const Four*>(lost[s].at.data());
    const double wa = t.first_weight[s];
    const double wb = t.second_weight[s];
    a0 += wa * l[0];
    a1 += wa * l[1];
    a2 += wa * l[2];
    a3 += wa * l[3];
    b0 += wb * l[0];
    b1 += wb * l[1];
    b2 += wb * l[2];
    b3 += wb * l[3];
  }
  a[0] = a0, a[1] = a1, a[2] = a2, a[3] = a3;
  b[0] = b0, b[1] = b1, b[2] = b2, b[3] = b3;
}

#if defined(__x86_64__)
[[gnu::target("avx2")]] void accumulate_avx2(const LaneRow* lost, std::size_t count,
                                             const TargetPair& targets) {
  accumulate_lanes(lost, count, targets);
}
const bool has_avx2 = __builtin_cpu_supports("avx2") != 0;
#endif

}  // namespace

void accumulate(const LaneRow* lost, std::size_t count, const TargetPair& targets) {
#if defined(__x86_64__)
  if (has_avx2) {
    accumulate_avx2(lost, count, targets);
    return;
  }
#endif
  accumulate_lanes(lost, count, targets);
}

}  // namespace stave
