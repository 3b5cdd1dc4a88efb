#include "stave/formats/concordance_file.hpp"

#include "stave/core/error.hpp"

#include <unordered_map>

#include "long_csv.hpp"

namespace stave {
namespace {

Kind kind_of(const LongCsv& in) {
  const auto& kind = in.text("kind");
  if (kind.empty()) return Kind::unknown;
  if (kind != "good" && kind != "service") in.refuse("kind", "is neither good nor service");
  return kind == "good" ? Kind::good : Kind::service;
}

// A target may say its name in every row or in one; it may not say two.
void merge(const LongCsv& in, std::string_view column, std::string& known) {
  const auto& said = in.text(column);
  if (said.empty() || said == known) return;
  if (!known.empty()) in.refuse(column, "is a second name: '" + known + "' came first");
  known = said;
}

}  // namespace

Concordance read_concordance(const std::filesystem::path& path) {
  LongCsv in(path, {"from", "to"}, {"weight", "name", "name_zh", "kind"});
  Concordance result;
  result.file = in.file();
  const bool describes_targets = in.has("name") || in.has("name_zh") || in.has("kind");
  std::unordered_map<std::string, std::size_t> target_of;
  while (in.next_row()) {
    const auto weight = in.text("weight").empty() ? 1.0 : in.number("weight");
    result.entries.push_back({in.required_text("from"), in.required_text("to"), weight, in.row()});
    if (!describes_targets) continue;
    const auto found = target_of.emplace(in.text("to"), result.targets.size());
    if (found.second) result.targets.push_back({in.text("to"), "", "", "", Kind::unknown});
    auto& target = result.targets[found.first->second];
    merge(in, "name", target.name);
    merge(in, "name_zh", target.name_zh);
    const auto kind = kind_of(in);
    if (kind != Kind::unknown && target.kind != Kind::unknown && kind != target.kind)
      in.refuse("kind", "differs from the kind this target has above");
    if (kind != Kind::unknown) target.kind = kind;
  }
  if (result.entries.empty())
    throw Error(Errc::bad_input, in.file() + ": has no rows below its header");
  return result;
}

}  // namespace stave
