#include "stave/core/error.hpp"
#include "stave/report/report_writer.hpp"
#include "stave/store/store.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <random>
#include <system_error>

#include <fmt/format.h>

namespace stave {
namespace {

[[noreturn]] void fail(const std::filesystem::path& path, int reason) {
  throw Error(
      Errc::io,
      fmt::format("cannot write {}: {}", path.string(), std::generic_category().message(reason)),
      "The file is as it was before.");
}

}  // namespace

void write_file(const std::filesystem::path& path, const std::string& text) {
  if (!std::filesystem::exists(path) || std::filesystem::is_regular_file(path)) {
    auto temporary = path;
    temporary += fmt::format(".{:08x}.tmp", std::random_device()());
    errno = 0;
    std::ofstream out(temporary, std::ios::binary);
    out << text;
    out.close();
    const int reason = errno;
    std::error_code moved;
    if (out) std::filesystem::rename(temporary, path, moved);
    if (out && !moved) return;
    std::error_code ignored;
    std::filesystem::remove(temporary, ignored);
    fail(path, moved ? moved.value() : reason);
  }
  // A pipe or a device: nothing to rename over.
  std::ofstream out(path, std::ios::binary);
  out << text;
  out.close();
  if (!out) fail(path, errno);
}

void write_table(const Table& table, const std::filesystem::path& path) {
  const auto ending = path.extension().string();
  if (ending == ".parquet") return write_parquet(table, path);
  if (ending == ".csv") return write_file(path, to_csv(table));
  if (ending == ".json") return write_file(path, to_json(table) + "\n");
  throw Error(Errc::bad_input,
              fmt::format("{}: tables are written as .parquet, .csv or .json", path.string()));
}

}  // namespace stave
