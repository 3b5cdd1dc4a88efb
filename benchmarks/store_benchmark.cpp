// Question: does opening a saved dense table of 9,800 nodes take seconds or minutes, and what does
// the whole of it cost above reading the bytes? The bits are compared before a time is printed.
//
//   store_benchmark [NODES]

#include "stave/core/random.hpp"
#include "stave/store/store.hpp"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <vector>

#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

namespace {

namespace fs = std::filesystem;

struct Cost {
  double seconds = 0;
  double cpu = 0;
};

double cpu_seconds() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto of = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
  };
  return of(usage.ru_utime) + of(usage.ru_stime);
}

Cost cost(auto&& work) {
  const auto cpu = cpu_seconds();
  const auto begin = std::chrono::steady_clock::now();
  work();
  const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - begin;
  return {passed.count(), cpu_seconds() - cpu};
}

void print(const char* what, Cost c) {
  fmt::print("{:<34}{:8.2f} s{:8.2f} s CPU\n", what, c.seconds, c.cpu);
}

// Every cell a value with all its 53 bits, the hardest to compress, or with three decimals, as
// most published tables have.
stave::Chain dense_chain(std::size_t n, bool rounded) {
  stave::ChainParts parts;
  parts.regions = stave::Classification("region", {{"W", "World", "", ""}});
  parts.products = stave::Classification("product", {{"p", "Product", "", ""}});
  for (std::size_t i = 0; i < n; ++i)
    parts.nodes.push_back(
        {fmt::format("n{}", i), "", "", stave::RegionId(0), stave::ProductId(0), ""});
  stave::Matrix z(n, n);
  for (std::size_t k = 0; k < z.size(); ++k) {
    const double u = 1000 * stave::random_uniform(1, 0, k);
    z.values()[k] = rounded ? static_cast<double>(static_cast<std::int64_t>(1000 * u)) / 1000 : u;
  }
  parts.flows = stave::FlowMatrix(std::move(z));
  parts.final_use = stave::Matrix(n, 0);
  return stave::Chain(std::move(parts));
}

void read_bytes(const fs::path& path) {
  std::vector<char> block(std::size_t{1} << 20);
  std::ifstream file(path, std::ios::binary);
  while (file.read(block.data(), static_cast<std::streamsize>(block.size()))) continue;
}

bool same_bits(const stave::Chain& a, const stave::Chain& b) {
  const auto x = a.flows().dense().values();
  const auto y = b.flows().dense().values();
  return x.size() == y.size() && std::memcmp(x.data(), y.data(), x.size_bytes()) == 0;
}

void measure(std::size_t n, bool rounded) {
  const auto path = fs::temp_directory_path() / fmt::format("store_benchmark_{}.stave", ::getpid());
  const auto chain = dense_chain(n, rounded);
  fmt::print("{0} x {0}, {1}\n", n, rounded ? "three decimals" : "53 random bits");
  const auto save = cost([&] { stave::save_chain(chain, path); });
  if (!same_bits(chain, stave::load_chain(path))) {
    fmt::print(stderr, "the chain came back changed\n");
    std::exit(1);
  }
  print("save", save);
  for (int round = 0; round < 3; ++round)
    print("open", cost([&] { (void)stave::load_chain(path); }));
  print("the same bytes, unread", cost([&] { read_bytes(path); }));
  print("row and column sums", cost([&] {
          (void)chain.flows().row_sums();
          (void)chain.flows().column_sums();
        }));
  print("summary", cost([&] { (void)stave::summarize_chain(path); }));
  fmt::print("{:<34}{:8.0f} MB\n", "file", static_cast<double>(fs::file_size(path)) / 1e6);
  fs::remove(path);
}

}  // namespace

int main(int argc, char** argv) {
  const auto n = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 9800UL;
  measure(n, true);
  measure(n, false);
}
