#pragma once
/// How a chain is opened, file or folder, and how what DuckDB says becomes what users read.

#include <filesystem>
#include <functional>

#include "store/database.hpp"

namespace stave::store {

/// A chain's tables, ready to be asked.
struct OpenChain {
  Database database;
  Connection connection;
};

/// @throws Error not_found, foreign_file, bad_input (a damaged file), io (another program holds it)
[[nodiscard]] OpenChain open_file(const std::filesystem::path& path,
                                  const OpenOptions& options = {
                                      .access = OpenOptions::Access::read});

/// Views over the CSV or Parquet files of a folder. @throws Error foreign_file, bad_input
[[nodiscard]] OpenChain open_folder(const std::filesystem::path& folder);

/// Whatever `read` does; a DatabaseError or Error inside becomes an Error that names the path.
void reading(const std::filesystem::path& path, const std::function<void()>& read);
/// The same for what writes: a DatabaseError becomes Errc::io.
void writing(const std::filesystem::path& path, const std::function<void()>& write);

}  // namespace stave::store
