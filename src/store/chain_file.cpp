#include "store/chain_file.hpp"

#include "stave/core/error.hpp"
#include "stave/store/store.hpp"

#include <array>
#include <fstream>
#include <optional>
#include <sstream>
#include <string_view>

#include <fmt/format.h>

#include "store/chain_tables.hpp"
#include "store/schema.hpp"

namespace stave::store {
namespace {

namespace fs = std::filesystem;

// DuckDB's files say so in bytes 8 to 11.
bool is_database(const fs::path& path) {
  std::array<char, 12> start{};
  std::ifstream file(path, std::ios::binary);
  if (!file)
    throw Error(Errc::io, fmt::format("{}: may not be read", path.string()),
                "Check the permissions.");
  file.read(start.data(), start.size());
  return file.gcount() == start.size() && std::string_view(start.data() + 8, 4) == "DUCK";
}

void require_chain_file(const fs::path& path) {
  if (!fs::exists(path))
    throw Error(Errc::not_found, fmt::format("{}: no such file", path.string()));
  if (!fs::is_regular_file(path))
    throw Error(Errc::foreign_file, fmt::format("{}: not a file", path.string()));
  if (!is_database(path))
    throw Error(Errc::foreign_file, fmt::format("{}: not a chain file", path.string()),
                "`stave import` turns tables of other formats into a chain.");
}

// DuckDB's messages go on for lines: what is wrong, the line of a CSV file, advice, settings and,
// for a CSV file, its name.
std::string in_short(const std::string& message) {
  std::istringstream lines(message);
  std::string told;
  std::string file;
  bool advice = false;
  for (std::string line; std::getline(lines, line);) {
    if (const auto at = line.find("file = "); at != std::string::npos)
      file = fs::path(line.substr(at + 7)).filename().string();
    advice = advice || line.empty() || line.starts_with("Possible");
    if (!advice) told += (told.empty() ? "" : "; ") + line;
  }
  return file.empty() ? told : file + ": " + told;
}

}  // namespace

void reading(const fs::path& path, const std::function<void()>& read) {
  try {
    read();
  } catch (const Error& error) {
    if (error.code() == Errc::cancelled ||
        std::string_view(error.what()).starts_with(path.string()))
      throw;
    throw Error(error.code(), fmt::format("{}: {}", path.string(), error.what()), error.hint());
  } catch (const DatabaseError& error) {
    if (error.locked())
      throw Error(Errc::io, fmt::format("{}: another program has it open to write", path.string()),
                  "Close it there first.");
    throw Error(Errc::bad_input, fmt::format("{}: damaged or not complete: {}", path.string(),
                                             in_short(error.what())));
  }
}

void writing(const fs::path& path, const std::function<void()>& write) {
  try {
    write();
  } catch (const DatabaseError& error) {
    const std::string_view said(error.what());
    const bool full = said.find("No space left") != said.npos ||
                      said.find("File too large") != said.npos ||
                      said.find("quota exceeded") != said.npos;
    throw Error(Errc::io,
                fmt::format("{}: cannot be written: {}", path.string(), in_short(error.what())),
                full ? "Free some space, or write to another disk. An old file is as it was."
                     : "Check the permissions.");
  } catch (const fs::filesystem_error& error) {
    throw Error(Errc::io,
                fmt::format("{}: cannot be written: {}", path.string(), error.code().message()));
  }
}

OpenChain open_file(const fs::path& path, const OpenOptions& options) {
  require_chain_file(path);
  std::optional<OpenChain> opened;
  reading(path, [&] {
    Database database(path, options);
    Connection connection(database);
    require_our_schema(connection);
    opened.emplace(OpenChain{std::move(database), std::move(connection)});
  });
  return std::move(*opened);
}

}  // namespace stave::store
