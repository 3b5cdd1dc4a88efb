#pragma once
/// What the tests of the readers share: the sample folder, temporary files, errors.

#include "stave/core/error.hpp"
#include "stave/formats/import.hpp"

#include <filesystem>
#include <fstream>
#include <functional>
#include <string>

#include <gtest/gtest.h>
#include <unistd.h>

namespace stave::test {

inline const std::filesystem::path samples = STAVE_SHARED "/data/pymrio-format-samples";
inline const std::filesystem::path test_mrio = samples / "test_mrio/mrio_data";
inline const std::filesystem::path mocks = samples / "mock_mrios";

#define SKIP_WITHOUT(path) \
  if (!std::filesystem::exists(path)) GTEST_SKIP() << "needs the sample data " << (path)

/// A folder of its own for each test, gone at its end.
class TemporaryFolder : public ::testing::Test {
 protected:
  TemporaryFolder() {
    const auto* info = ::testing::UnitTest::GetInstance()->current_test_info();
    folder_ = std::filesystem::temp_directory_path() /
              (std::string("stave-") + info->test_suite_name() + "-" + info->name() + "-" +
               std::to_string(getpid()));
    std::filesystem::create_directories(folder_);
  }
  ~TemporaryFolder() override { std::filesystem::remove_all(folder_); }

  std::filesystem::path write(const std::string& name, const std::string& text) {
    const auto path = folder_ / name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }
  /// A writable copy of a sample file or folder.
  std::filesystem::path copy(const std::filesystem::path& from, const std::string& name) {
    std::filesystem::copy(from, folder_ / name, std::filesystem::copy_options::recursive);
    return folder_ / name;
  }
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }

 private:
  std::filesystem::path folder_;
};

inline std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

inline void replace_in(const std::filesystem::path& path, const std::string& from,
                       const std::string& to) {
  auto text = read_file(path);
  const auto at = text.find(from);
  ASSERT_NE(at, std::string::npos) << from;
  std::ofstream(path, std::ios::binary) << text.replace(at, from.size(), to);
}

/// The message (and the hint after " | ") of the Error that `act` throws with that code.
inline std::string message_of(Errc code, const std::function<void()>& act) {
  try {
    act();
  } catch (const Error& error) {
    EXPECT_EQ(info(error.code()).name, info(code).name) << error.what();
    return std::string(error.what()) + " | " + error.hint();
  }
  ADD_FAILURE() << "no error";
  return {};
}

/// An import to be refused.
inline std::function<void()> importing(const std::filesystem::path& path,
                                       const ImportOptions& options = {}) {
  return [=] { static_cast<void>(import_chain(path, options)); };
}

inline double total(const FlowMatrix& z) {
  double sum = 0;
  z.for_each([&](std::size_t, std::size_t, double v) { sum += v; });
  return sum;
}
inline double total(const Matrix& m) {
  double sum = 0;
  for (const double v : m.values()) sum += v;
  return sum;
}

}  // namespace stave::test
