#include "stave/core/error.hpp"
#include "stave/formats/description.hpp"
#include "stave/formats/recipe_file.hpp"

#include <filesystem>

#include <fmt/format.h>

#include "described_chain.hpp"
#include "file_pattern.hpp"
#include "grid.hpp"

namespace stave {
namespace {

// "table {year}" with 2011; without a year the mark goes, and one space or '-' before it.
std::string with_year(std::string text, int year) {
  constexpr std::string_view mark = "{year}";
  for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark)) {
    const bool joined = year == 0 && at > 0 && (text[at - 1] == ' ' || text[at - 1] == '-');
    const auto start = joined ? at - 1 : at;
    text.replace(start, at + mark.size() - start, year == 0 ? "" : fmt::format("{}", year));
  }
  return text;
}

ChainInfo info_of(const Description& d, const std::string& file, const DescribedOptions& options) {
  auto info = d.info;
  if (options.year != 0) {
    info.year = options.year;
  } else if (const auto match = match_file(d.file_patterns, file); match && *match != 0) {
    info.year = *match;
  }
  info.name = options.name.empty() ? with_year(info.name, info.year) : options.name;
  info.title = with_year(info.title, info.year);
  info.source = with_year(info.source, info.year);
  info.title_zh = with_year(info.title_zh, info.year);
  info.notes.insert(info.notes.begin(),
                    fmt::format("Read from {} as {} describes it.", file,
                                std::filesystem::path(d.file).filename().string()));
  return info;
}

Chain described_with_recipe(const NumericTable& table, const Description& d,
                            const std::string& file, const DescribedOptions& options) {
  auto chain = described_chain(table, d, info_of(d, file, options));
  if (d.recipe.empty()) return chain;
  return with_recipe(chain, d.recipe, {.skip_unknown = d.recipe_skip_unknown});
}

}  // namespace

Chain read_described(const std::filesystem::path& path, const Description& description,
                     const DescribedOptions& options, Progress& progress) {
  const auto table = read_grid(path, description, options.member);
  progress.report("reading the table", 1);
  progress.check();
  const auto file = options.member.empty() ? path.filename().string() : options.member;
  return described_with_recipe(table, description, file, options);
}

Chain read_described(const Source& text, const Description& description,
                     const DescribedOptions& options, Progress& progress) {
  const auto table = read_grid(text, description);
  progress.report("reading the table", 1);
  progress.check();
  const auto file = std::filesystem::path(text.name()).filename().string();
  return described_with_recipe(table, description, file, options);
}

}  // namespace stave
