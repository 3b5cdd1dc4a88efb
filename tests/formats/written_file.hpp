#pragma once
/// A file that lives as long as a test.

#include <filesystem>
#include <fstream>
#include <string>

#include <unistd.h>

namespace stave {

class WrittenFile {
 public:
  WrittenFile(const std::string& name, const std::string& bytes)
      : folder_(std::filesystem::temp_directory_path() /
                ("stave_test_" + std::to_string(::getpid()) + "_" + std::to_string(next()))),
        path_(folder_ / name) {
    std::filesystem::create_directories(folder_);
    std::ofstream(path_, std::ios::binary) << bytes;
  }
  WrittenFile(const WrittenFile&) = delete;
  WrittenFile& operator=(const WrittenFile&) = delete;
  ~WrittenFile() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }

 private:
  static int next() {
    static int count = 0;
    return ++count;
  }
  std::filesystem::path folder_;
  std::filesystem::path path_;
};

}  // namespace stave
