/// stave-derive-samples SHARED_DIR OUT_DIR: derives the samples from SHARED_DIR/data and writes
/// their tables into OUT_DIR/NAME.

#include "stave/core/error.hpp"

#include <cstdio>
#include <filesystem>

#include <fmt/format.h>

#include "sample.hpp"

namespace {

int derive(const std::filesystem::path& shared, const std::filesystem::path& out) {
  const std::filesystem::path root = STAVE_SOURCE;
  const stave::sample::Places places{shared / "data", root / "samples",
                                     root / "share" / "descriptions"};
  for (const auto& chain :
       {stave::sample::derive_world_2011(places), stave::sample::derive_china_2020(places),
        stave::sample::derive_nev(places)}) {
    stave::sample::write_tables(chain, out / chain.info().name);
    fmt::print("{}: {} nodes in {}\n", chain.info().name, chain.size(),
               (out / chain.info().name).string());
  }
  return 0;
}

}  // namespace

int main(int count, char** words) {
  if (count != 3) {
    fmt::print(stderr, "usage: stave-derive-samples SHARED_DIR OUT_DIR\n");
    return 2;
  }
  try {
    return derive(words[1], words[2]);
  } catch (const stave::Error& error) {
    const auto& code = stave::info(error.code());
    fmt::print(stderr, "error[{}]: {}\n", code.name, error.what());
    if (!error.hint().empty()) fmt::print(stderr, "  hint: {}\n", error.hint());
    return code.exit_status;
  } catch (const std::exception& error) {
    fmt::print(stderr, "error: {}\n", error.what());
    return 1;
  }
}
