// Any bytes as an inventory: a project, linked as well, or behind the letter x, c or z a database,
// a table or a package.
#include "stave/core/error.hpp"
#include "stave/formats/inventory_file.hpp"
#include "stave/inventory/product_system.hpp"

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>

#include <unistd.h>

namespace {

stave::Inventory read(const std::string& ending, const std::string& bytes) {
  static const auto folder =
      std::filesystem::temp_directory_path() / ("stave-fuzz-" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder);
  const auto path = folder / ("inventory" + ending);
  std::ofstream(path, std::ios::binary) << bytes;
  return stave::read_inventory(path);
}

stave::Inventory inventory_of(const std::string& input) {
  const char kind = input.empty() ? ' ' : input.front();
  if (kind == 'x') return read(".xml", input.substr(1));
  if (kind == 'c') return read(".csv", input.substr(1));
  if (kind == 'z') return read(".zip", input.substr(1));
  return stave::parse_project("project.toml", input);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    static_cast<void>(
        stave::link(inventory_of(std::string(reinterpret_cast<const char*>(data), size))));
  } catch (const stave::Error&) {  // NOLINT(bugprone-empty-catch) what bad input is meant to get
  }
  return 0;
}
