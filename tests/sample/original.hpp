#pragma once
/// The originals under ../shared/data, read again by the shortest way, to hold the samples against.

#include "stave/formats/delimited.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace stave::sample_test {

inline const std::filesystem::path data = std::filesystem::path(STAVE_SHARED) / "data";
inline const std::filesystem::path bridges = std::filesystem::path(STAVE_SOURCE) / "samples";

[[nodiscard]] inline bool has_originals() {
  return std::filesystem::exists(data / "wiod2013" / "wiot2011.csv.xz");
}

/// Two columns of a small csv as a map from the first to the second.
[[nodiscard]] inline std::map<std::string, std::string> read_map(
    const std::filesystem::path& path) {
  DelimitedReader in(Source::open(path));
  in.next_row();
  std::map<std::string, std::string> map;
  while (in.next_row()) {
    auto cells = in.texts();
    map[cells[0]] = cells[1];
  }
  return map;
}

/// wiot2011.csv.xz: the labels "AUS.c1" of rows and columns, and all numbers.
[[nodiscard]] inline NumericTable read_wiot() {
  return read_table(Source::open(data / "wiod2013" / "wiot2011.csv.xz"));
}

/// co2_long.csv.xz of 2011: (country, industry) -> kt.
[[nodiscard]] inline std::map<std::pair<std::string, std::string>, double> read_jrc() {
  DelimitedReader in(Source::open(data / "world-co2-jrc" / "co2_long.csv.xz"));
  in.next_row();
  std::map<std::pair<std::string, std::string>, double> kt;
  while (in.next_row()) {
    const auto country = in.text();
    const auto year = in.text();
    const auto industry = in.text();
    if (year == "2011") kt[{country, industry}] = in.number();
  }
  return kt;
}

/// "AUS.c1" -> ("AUS", "c1").
[[nodiscard]] inline std::pair<std::string, std::string> split_label(const std::string& label) {
  const auto dot = label.find('.');
  return {label.substr(0, dot), label.substr(dot + 1)};
}

}  // namespace stave::sample_test
