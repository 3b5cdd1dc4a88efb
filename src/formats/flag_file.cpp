#include "stave/formats/flag_file.hpp"

#include "stave/core/error.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "long_csv.hpp"
#include "maker_choice.hpp"

namespace stave {
namespace {

void need_enterprise(const LongCsv& in, const Chain& chain) {
  const auto& word = in.text("enterprise");
  if (word.empty()) return;
  std::vector<std::string> known;
  for (const auto& node : chain.nodes())
    if (!node.enterprise.empty()) known.push_back(node.enterprise);
  if (std::ranges::find(known, word) != known.end()) return;
  in.refuse("enterprise", "is not an enterprise of this chain",
            known.empty() ? "The chain has no enterprises: it is no network of firms."
                          : did_you_mean(word, known),
            Errc::not_found);
}

std::string item_name(const Classification& items, const std::string& word) {
  const auto found = items.find(word);
  return found ? items[*found].name : word;
}

std::string flag_name(const LongCsv& in, const Chain& chain) {
  std::vector<std::string> words;
  if (!in.text("region").empty()) words.push_back(item_name(chain.regions(), in.text("region")));
  if (!in.text("product").empty()) words.push_back(item_name(chain.products(), in.text("product")));
  if (!in.text("enterprise").empty()) words.push_back(in.text("enterprise"));
  return fmt::format("{}", fmt::join(words, ", "));
}

std::vector<NodeId> flagged_makers(const LongCsv& in, const Chain& chain) {
  const auto regions = members_of(chain.regions(), in, "region");
  const auto products = members_of(chain.products(), in, "product");
  need_enterprise(in, chain);
  const auto& enterprise = in.text("enterprise");
  std::vector<NodeId> makers;
  for (std::size_t i = 0; i < chain.size(); ++i) {
    const auto& node = chain.nodes()[i];
    if (regions[node.region.at()] && products[node.product.at()] &&
        (enterprise.empty() || node.enterprise == enterprise))
      makers.emplace_back(i);
  }
  return makers;
}

}  // namespace

std::vector<Flag> read_flags(const Chain& chain, const std::filesystem::path& path) {
  LongCsv in(path, {}, {"region", "product", "enterprise", "reason"});
  std::vector<Flag> flags;
  while (in.next_row()) {
    const auto name = flag_name(in, chain);
    if (name.empty())
      in.refuse("reason", "stands alone: the row names nobody",
                "Fill region, product or enterprise.");
    flags.push_back({name, in.text("reason"), in.row(), flagged_makers(in, chain)});
  }
  if (flags.empty())
    throw Error(Errc::bad_input, in.file() + ": has no rows below its header",
                "A row names a region, a product or an enterprise: region,product,enterprise,"
                "reason");
  return flags;
}

}  // namespace stave
