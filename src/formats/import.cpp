#include "stave/formats/import.hpp"

#include "stave/core/error.hpp"
#include "stave/formats/description.hpp"
#include "stave/formats/mrio.hpp"
#include "stave/formats/network.hpp"
#include "stave/formats/source.hpp"
#include "stave/formats/trade.hpp"
#include "stave/store/store.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "formats/input.hpp"
#include "formats/recognise.hpp"

namespace stave {
namespace {

using reader::Input;

struct Reader {
  std::string_view name, reads, example;
  std::string (*why_not)(const Input&);
  Chain (*read)(const std::filesystem::path&, const ImportOptions&, Progress&);
};

// In the order they are tried: the ones whose file names leave no doubt first.
constexpr auto readers = std::to_array<Reader>({
    {"exiobase3", "EXIOBASE 3 as text files, folder or zip", "IOT_2019_pxp.zip",
     reader::why_not_exiobase3, read_exiobase3},
    {"pymrio", "a system saved by pymrio as text files", "my_mrio/", reader::why_not_pymrio_folder,
     read_pymrio_folder},
    {"eora26", "Eora26 in basic prices, folder or zip", "Eora26_2017_bp.zip",
     reader::why_not_eora26, read_eora26},
    {"gloria", "GLORIA in basic prices with its ReadMe workbook", "gloria/", reader::why_not_gloria,
     read_gloria},
    {"wiod2013", "world table of the WIOD 2013 release", "wiot11_row_apr12.xlsx",
     reader::why_not_wiod2013_xlsx, read_wiod2013_xlsx},
    {"network", "a firm network or product chain: nodes.csv, links.csv", "battery/",
     reader::why_not_network, read_network},
    {"trade", "bilateral trade by product, columns t, i, j, k, v, q",
     "BACI_HS17_Y2019_V202401b.csv", reader::why_not_baci, read_baci},
    {"oecd-icio", "OECD inter-country tables, csv or zip", "ICIO2023_2020.csv",
     reader::why_not_oecd_icio, read_oecd_icio},
});

Chain described(const std::filesystem::path& path, const Description& description,
                const ImportOptions& options, Progress& progress) {
  DescribedOptions own;
  own.name = options.name;
  own.year = options.year;
  return read_described(path, description, own, progress);
}

// A chain that already has a name and a year keeps them unless the user says otherwise.
Chain renamed(const Chain& chain, const ImportOptions& options) {
  if (options.name.empty() && options.year == 0) return chain;
  auto parts = chain.parts();
  if (!options.name.empty()) parts.info.name = options.name;
  if (options.year != 0) parts.info.year = options.year;
  return Chain(std::move(parts));
}

bool is_chain(const std::filesystem::path& path) {
  return std::filesystem::is_directory(path) ? is_exported_folder(path)
                                             : path.extension() == ".stave";
}

Chain read_chain(const std::filesystem::path& path, const ImportOptions& options,
                 Progress& progress) {
  const bool folder = std::filesystem::is_directory(path);
  return renamed(folder ? import_folder(path, progress) : load_chain(path, progress), options);
}

Chain read_as(const std::string& format, const std::filesystem::path& path,
              const ImportOptions& options, Progress& progress) {
  if (format == "chain") return read_chain(path, options, progress);
  for (const auto& reader : readers)
    if (format == reader.name) return reader.read(path, options, progress);
  for (const auto& shipped : shipped_descriptions())
    if (format == shipped.name)
      return described(path, load_description(shipped.path), options, progress);
  std::vector<std::string> names;
  for (const auto& known : formats()) names.push_back(known.name);
  for (const auto& shipped : shipped_descriptions()) names.push_back(shipped.name);
  throw Error(Errc::not_found, fmt::format("there is no format '{}'", format),
              did_you_mean(format, names));
}

}  // namespace

const std::vector<Format>& formats() {
  static const auto list = [] {
    std::vector<Format> all;
    for (const auto& reader : readers)
      all.push_back(
          {std::string(reader.name), std::string(reader.reads), std::string(reader.example)});
    all.push_back(
        {"described", "any labelled matrix, by a TOML description (--description)", "table.xlsx"});
    all.push_back({"chain", "a chain file, or a folder that `stave export` wrote", "world.stave"});
    std::sort(all.begin(), all.end(),
              [](const Format& a, const Format& b) { return a.name < b.name; });
    return all;
  }();
  return list;
}

Chain import_chain(const std::filesystem::path& path, const ImportOptions& options,
                   Progress& progress) {
  if (!std::filesystem::exists(path))
    throw Error(Errc::not_found, fmt::format("there is no file or folder '{}'", path.string()),
                did_you_mean_file(path));
  if (!options.description.empty())
    return described(path, load_description(options.description), options, progress);
  if (options.format == "described")
    throw Error(Errc::bad_input, "format 'described' needs a description",
                "Give the TOML file with --description.");
  if (!options.format.empty()) return read_as(options.format, path, options, progress);
  if (is_chain(path)) return read_chain(path, options, progress);
  if (!std::filesystem::is_directory(path))
    if (const auto description = recognise_description(path))
      return described(path, *description, options, progress);
  const Input input(path);
  std::string tried;
  for (const auto& reader : readers) {
    const auto why = reader.why_not(input);
    if (why.empty()) return reader.read(path, options, progress);
    tried += fmt::format("\n  {:<10} {}", reader.name, why);
  }
  for (const auto& shipped : shipped_descriptions())
    tried +=
        fmt::format("\n  {:<10} its name or header is not that of {}", shipped.name, shipped.title);
  throw Error(Errc::bad_input, fmt::format("{}: no format fits. Tried:{}", path.string(), tried),
              "Name one with --format, or describe the table with --description FILE.toml.");
}

}  // namespace stave
