#include "formats/input.hpp"

#include "stave/core/error.hpp"

#include <algorithm>
#include <cctype>
#include <set>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "formats/labels.hpp"

namespace stave::reader {
namespace {

bool is_archive(const std::filesystem::path& path) {
  if (std::filesystem::is_directory(path)) return true;
  if (ends_with_folded(path.string(), ".xlsx")) return false;
  return is_zip(Source::open_bytes(path).text());
}

}  // namespace

Input::Input(std::filesystem::path path) : path_(std::move(path)) {
  if (!path_.has_filename()) path_ = path_.parent_path();
  if (!std::filesystem::exists(path_))
    throw Error(Errc::not_found, fmt::format("there is no file or folder '{}'", path_.string()));
  if (is_archive(path_)) folder_.emplace(path_);
}

std::string_view Input::base_name(std::string_view member) {
  const auto slash = member.rfind('/');
  return slash == std::string_view::npos ? member : member.substr(slash + 1);
}

std::optional<std::string> Input::prefix_of(std::string_view last_part) const {
  std::optional<std::string> prefix;
  for (const auto& member : members([&](std::string_view base) { return base == last_part; })) {
    const auto before = member.substr(0, member.size() - last_part.size());
    if (!prefix || before.size() < prefix->size()) prefix = before;
  }
  return prefix;
}

std::string folded(std::string_view text) {
  std::string result(text);
  for (auto& c : result)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return result;
}

bool ends_with_folded(std::string_view text, std::string_view lower_case_end) {
  return folded(text).ends_with(lower_case_end);
}

std::string member_of_year(const Input& input, const std::vector<std::string>& members, int year) {
  if (members.size() == 1 && (year == 0 || year_in(Input::base_name(members.front())) == 0))
    return members.front();
  std::vector<std::string> fitting;
  std::set<int> years;
  for (const auto& member : members) {
    const int of_member = year_in(Input::base_name(member));
    years.insert(of_member);
    if (year != 0 && of_member == year) fitting.push_back(member);
  }
  if (fitting.size() == 1) return fitting.front();
  if (year == 0)
    throw Error(Errc::bad_input,
                fmt::format("{} holds {} tables, of the years {}", input.name(), members.size(),
                            fmt::join(years, ", ")),
                "Say which with --year.");
  throw Error(Errc::bad_input,
              fmt::format("{} holds {} tables of {}; there are the years {}", input.name(),
                          fitting.size(), year, fmt::join(years, ", ")));
}

Matrix read_block(const Source& source, std::size_t rows, std::size_t cols,
                  const std::string& labels) {
  TableLayout layout;
  layout.header_rows = 0;
  layout.label_columns = 0;
  auto table = read_table(source, layout);
  const auto& m = table.values;
  if (m.rows() != rows || m.cols() != cols)
    throw Error(Errc::bad_input,
                fmt::format("{}: {} rows and {} columns of numbers; {} labels rows {} and columns "
                            "{}",
                            table.file, m.rows(), m.cols(), labels, rows, cols),
                "A file cut short by an unfinished download, or labels of another release.");
  return std::move(table.values);
}

std::vector<std::vector<std::string>> read_texts(const Source& source, DelimitedOptions options) {
  std::vector<std::vector<std::string>> rows;
  DelimitedReader in(source, std::move(options));
  while (in.next_row()) rows.push_back(in.texts());
  return rows;
}

void set_identity(ChainInfo& info, const ImportOptions& options, std::string_view database,
                  std::string_view title, int year) {
  info.year = options.year != 0 ? options.year : year;
  info.title = info.year == 0 ? std::string(title) : fmt::format("{} {}", title, info.year);
  info.name = options.name;
  if (info.name.empty())
    info.name = info.year == 0 ? std::string(database) : fmt::format("{}-{}", database, info.year);
}

}  // namespace stave::reader
