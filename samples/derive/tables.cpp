#include "stave/store/store.hpp"

#include "sample.hpp"

namespace stave::sample {

namespace fs = std::filesystem;

void write_tables(const Chain& chain, const fs::path& folder) {
  fs::create_directories(folder);
  // Beside the folder, not in it: an export replaces a whole folder, and notes lie in this one.
  const auto fresh = fs::path(folder).concat(".derived");
  export_folder(chain, fresh, FolderFormat::parquet);
  for (const auto& entry : fs::directory_iterator(folder))
    if (entry.path().extension() == ".parquet") fs::remove(entry.path());
  for (const auto& entry : fs::directory_iterator(fresh))
    fs::rename(entry.path(), folder / entry.path().filename());
  fs::remove_all(fresh);
}

}  // namespace stave::sample
