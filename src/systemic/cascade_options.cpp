#include "systemic/cascade_options.hpp"

namespace stave {

CascadeOptions cascade_options(const Arguments& arguments) {
  const auto follow = arguments.has("follow") ? arguments.text("follow") : std::string("both");
  return {.market = arguments.text("market") == "on",
          .eps = arguments.real("eps"),
          .max_rounds = 10'000,
          .upstream = follow != "supplies",
          .downstream = follow != "orders",
          .glcascade_guard = arguments.text("compat") == "glcascade"};
}

}  // namespace stave
