#include "stave/formats/priority_file.hpp"

#include "stave/core/error.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "long_csv.hpp"
#include "maker_choice.hpp"

namespace stave {
namespace {

void need_category(const LongCsv& in, const Chain& chain, const std::string& category) {
  std::vector<std::string> known;
  for (const auto& column : chain.final_columns()) known.push_back(column.category);
  if (category.empty() || std::find(known.begin(), known.end(), category) != known.end()) return;
  std::sort(known.begin(), known.end());
  known.erase(std::unique(known.begin(), known.end()), known.end());
  auto hint = did_you_mean(category, known);
  if (hint.empty()) hint = fmt::format("It has {}.", fmt::join(known, ", "));
  in.refuse("category", "is no category of final use of this chain", hint, Errc::not_found);
}

}  // namespace

std::vector<PriorityRow> read_priorities(const Chain& chain, const std::filesystem::path& path) {
  LongCsv in(path, {"weight"}, {"region", "product", "category"});
  std::vector<PriorityRow> rows;
  while (in.next_row()) {
    const double weight = in.number("weight");
    if (!(weight >= 0) || std::isinf(weight))
      in.refuse("weight", "is not a weight", "A weight is 0 or more; what no row names counts 1.");
    if (in.text("region").empty() && in.text("product").empty() && in.text("category").empty())
      in.refuse("weight", "stands alone: the row names nobody",
                "Fill region, product or category.");
    need_category(in, chain, in.text("category"));
    rows.push_back({weight, members_of(chain.regions(), in, "region"),
                    members_of(chain.products(), in, "product"), in.text("category")});
  }
  return rows;
}

}  // namespace stave
