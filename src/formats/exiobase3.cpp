#include "stave/core/error.hpp"
#include "stave/formats/mrio.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "formats/isic.hpp"
#include "formats/pymrio_tables.hpp"
#include "formats/recognise.hpp"

namespace stave {
namespace {

using reader::Input;

// Rows of the satellite accounts (or of the factor_inputs of later releases) that make up value
// added, by how their names begin.
bool is_value_added(const std::string& /*extension*/, const std::string& row) {
  static constexpr auto beginnings = std::to_array<std::string_view>(
      {"Taxes less subsidies on products", "Other net taxes on production",
       "Compensation of employees", "Operating surplus"});
  return std::any_of(beginnings.begin(), beginnings.end(),
                     [&](std::string_view beginning) { return row.starts_with(beginning); });
}

struct RestOfWorld {
  std::string_view code, name, name_zh;
};
constexpr auto rests = std::to_array<RestOfWorld>({
    {"WA", "Rest of Asia and Pacific", "亚太其他地区"},
    {"WL", "Rest of America", "美洲其他地区"},
    {"WE", "Rest of Europe", "欧洲其他地区"},
    {"WF", "Rest of Africa", "非洲其他地区"},
    {"WM", "Rest of Middle East", "中东其他地区"},
});

// Its five rests of the world carry codes that ISO gives to others (WF: Wallis and Futuna).
void name_labels(ChainParts& parts) {
  auto regions = parts.regions.items();
  for (auto& region : regions)
    for (const auto& rest : rests)
      if (region.code == rest.code || (region.code.size() == 3 && region.code[0] == 'W' &&
                                       region.code.substr(1) == rest.code)) {
        region.name = rest.name;
        region.name_zh = rest.name_zh;
      }
  auto products = parts.products.items();
  for (auto& product : products) product.kind = reader::kind_by_nace_suffix(product.name);
  parts.regions = Classification("region", std::move(regions));
  parts.products = Classification("product", std::move(products));
}

// "IOT_2011_pxp/" names year and system; a folder's own name does when the files lie flat.
ChainInfo exiobase_info(const Input& input, const std::string& prefix,
                        const ImportOptions& options) {
  ChainInfo info;
  const auto where = input.file_name() + "/" + prefix;
  int year = reader::year_in(prefix);
  if (year == 0) year = reader::year_in(input.file_name());
  reader::set_identity(info, options, "exiobase3", "EXIOBASE 3", year);
  info.title_zh = info.title;
  info.currency = "EUR";
  info.unit = "million EUR";
  const auto lower = reader::folded(where);
  info.classification = lower.find("ixi") != std::string::npos   ? "EXIOBASE 3, 163 industries"
                        : lower.find("pxp") != std::string::npos ? "EXIOBASE 3, 200 products"
                                                                 : "EXIOBASE 3";
  info.source =
      "Stadler et al. (2018), EXIOBASE 3, Journal of Industrial Ecology 22(3), 502-515, "
      "doi:10.1111/jiec.12715";
  info.licence = "as stated with each release (CC BY-SA 4.0 from version 3.8 on)";
  return info;
}

std::optional<std::string> system_prefix(const Input& input) {
  auto prefix = input.prefix_of("Z.txt");
  return prefix ? prefix : input.prefix_of("A.txt");
}

}  // namespace

Chain read_exiobase3(const std::filesystem::path& path, const ImportOptions& options,
                     Progress& progress) {
  const Input input(path);
  const auto prefix = system_prefix(input);
  if (!prefix)
    throw Error(Errc::not_found, fmt::format("{}: neither Z.txt nor A.txt in it", input.name()));
  const auto files = reader::system_files(input, *prefix);
  ChainParts parts;
  parts.info = exiobase_info(input, *prefix, options);
  reader::read_system(input, files, is_value_added, parts, progress);
  name_labels(parts);
  reader::note_unknown_kinds(parts);
  return Chain(std::move(parts));
}

namespace reader {

std::string why_not_exiobase3(const Input& input) {
  if (!input.folder()) return "not a folder or zip";
  const auto prefix = system_prefix(input);
  if (!prefix) return "neither Z.txt nor A.txt in it";
  const auto named = folded(input.file_name() + "/" + *prefix);
  if (named.find("iot_") != std::string::npos || named.find("exio") != std::string::npos) return {};
  const auto metadata = *prefix + "metadata.json";
  const bool stated =
      input.folder()->contains(metadata) &&
      folded(input.folder()->text(metadata).text()).find("exiobase") != std::string::npos;
  return stated ? "" : "neither its name nor metadata.json mentions EXIOBASE";
}

}  // namespace reader
}  // namespace stave
