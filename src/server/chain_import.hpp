#pragma once
/// Uploads become a chain, as `stave import` makes one of files.

#include "stave/analysis/analysis.hpp"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "server/upload_shelf.hpp"

namespace stave {

struct ImportOrder {
  std::string name;                  ///< of the new chain
  std::vector<std::string> uploads;  ///< a file, or the files of a folder; a .toml describes them
  std::string format;                ///< empty: recognise it
  bool replace = false;
};

/// Reads the files, checks the chain, and writes it to `place()`: whole, or not at all.
/// @param together  an empty folder, where there are several files
/// @param place     throws where the name is taken; asked when the import begins and before it
/// writes
/// @return the report of `check`, with what the import did in front
/// @throws Error as import_chain and save_chain do, without paths of this computer; cancelled
[[nodiscard]] Report import_uploads(const std::vector<Analysis>& analyses, const ImportOrder& order,
                                    const UploadShelf::Held& files,
                                    const std::filesystem::path& together,
                                    const std::function<std::filesystem::path()>& place,
                                    Progress& progress);

}  // namespace stave
