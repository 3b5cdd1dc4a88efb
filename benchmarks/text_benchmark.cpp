// Question: how fast does one core turn the text of a table into numbers? The aim is 300 MB/s.
//
// Three tables of 60 MB, as tables come: whole numbers (a world table rounded to 1 million USD),
// six digits, and all digits of a double. Every value is first compared, bit for bit, with what
// strtod makes of the same text; then CPU time is taken beside strtod and std::istringstream, each
// on one core, in one run.

#include "stave/core/random.hpp"
#include "stave/formats/delimited.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <sstream>
#include <string>

#include <fmt/format.h>
#include <tbb/global_control.h>

namespace {

constexpr std::size_t table_bytes = 60'000'000;
constexpr std::size_t columns = 1'600;

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

std::string make_table(const std::function<std::string(double)>& write) {
  std::string text = "row";
  for (std::size_t j = 0; j < columns; ++j) text += fmt::format(",c{}", j);
  for (std::size_t i = 0; text.size() < table_bytes; ++i) {
    text += fmt::format("\nr{}", i);
    for (std::size_t j = 0; j < columns; ++j) {
      // Sizes spread over many powers of ten, as flows are.
      const double size = std::exp(12 * stave::random_uniform(1, i, j) - 2);
      text += ',';
      text += write(size);
    }
  }
  return text + '\n';
}

// Calls f(begin of cell) for every number, walking commas and lines as the simplest reader would.
template <class F>
void for_each_cell(const std::string& text, F&& f) {
  const char* p = text.c_str() + text.find('\n') + 1;
  while (*p != '\0') {
    while (*p != ',') ++p;
    while (*p == ',') p = f(p + 1);
    ++p;
  }
}

double sum_by_strtod(const std::string& text) {
  double sum = 0;
  for_each_cell(text, [&](const char* p) {
    char* end = nullptr;
    sum += std::strtod(p, &end);
    return static_cast<const char*>(end);
  });
  return sum;
}

double sum_by_stream(const std::string& text) {
  std::istringstream in(text);
  std::string line;
  std::string cell;
  double sum = 0;
  std::getline(in, line);
  while (std::getline(in, line)) {
    std::istringstream cells(line);
    std::getline(cells, cell, ',');
    double value = 0;
    char comma = 0;
    while (cells >> value) {
      sum += value;
      cells >> comma;
    }
  }
  return sum;
}

bool same_as_strtod(const std::string& text, const stave::NumericTable& table) {
  const auto values = table.values.values();
  std::size_t k = 0;
  bool same = true;
  for_each_cell(text, [&](const char* p) {
    char* end = nullptr;
    same = same && k < values.size() && values[k++] == std::strtod(p, &end);
    return static_cast<const char*>(end);
  });
  return same && k == values.size();
}

double megabytes_a_second(const std::string& text, const std::function<void()>& read) {
  const double start = cpu_seconds();
  read();
  return static_cast<double>(text.size()) / 1e6 / (cpu_seconds() - start);
}

bool run(const char* name, const std::function<std::string(double)>& write) {
  const auto source = stave::Source::of("table.csv", make_table(write));
  const std::string text(source.text());
  if (!same_as_strtod(text, stave::read_table(source))) {
    fmt::print(stderr, "{}: read_table differs from strtod\n", name);
    return false;
  }
  const tbb::global_control one(tbb::global_control::max_allowed_parallelism, 1);
  double best = 0;
  for (int i = 0; i < 3; ++i)
    best = std::max(
        best, megabytes_a_second(text, [&] { static_cast<void>(stave::read_table(source)); }));
  volatile double sink = 0;
  const double strtod_rate = megabytes_a_second(text, [&] { sink = sum_by_strtod(text); });
  const double stream_rate = megabytes_a_second(text, [&] { sink = sum_by_stream(text); });
  fmt::print(
      "{:<16} {:>6.0f} MB/s   strtod {:>5.0f} ({:.1f}x)   istringstream {:>5.0f} ({:.1f}x)\n", name,
      best, strtod_rate, best / strtod_rate, stream_rate, best / stream_rate);
  return true;
}

}  // namespace

int main() {
  fmt::print("60 MB tables of numbers, one core, CPU time; every value equal to strtod's\n");
  const bool right = run("whole numbers", [](double v) { return fmt::format("{:.0f}", v); }) &&
                     run("six digits", [](double v) { return fmt::format("{:.6g}", v); }) &&
                     run("all digits", [](double v) { return fmt::format("{}", v); });
  return right ? 0 : 1;
}
