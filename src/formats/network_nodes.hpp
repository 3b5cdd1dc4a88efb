#pragma once
/// nodes.csv, regions.csv and products.csv of a network folder.

#include "stave/core/chain.hpp"

#include <string>
#include <string_view>

#include "formats/input.hpp"
#include "formats/labels.hpp"

namespace stave::reader {

/// The ids of the nodes, to resolve what links.csv and the other files name.
class NodeIndex {
 public:
  std::int32_t add(const std::string& id) { return ids_.add(id); }
  [[nodiscard]] std::size_t size() const { return ids_.size(); }
  [[nodiscard]] std::int32_t find(const std::string& id) const { return ids_.find(id); }
  /// The node of the cell read last. @throws Error bad_input, naming near ids
  std::int32_t require(const std::string& id, const DelimitedReader& in) const;

 private:
  CodeList ids_;
};

/// Positions of named columns in a header; "unit" of "inventory [days]" split off.
struct NetworkColumn {
  std::string name;
  std::string unit;
};
[[nodiscard]] NetworkColumn network_column(const std::string& header);

/// The cells of a small table by column name, each row in turn.
class NamedRows {
 public:
  /// @throws Error bad_input when one of `required` is no column, naming near ones
  NamedRows(const Source& source, std::initializer_list<std::string_view> required);
  bool next();
  /// Empty when there is no such column.
  [[nodiscard]] const std::string& text(std::string_view column) const;
  [[nodiscard]] bool has(std::string_view column) const { return position(column) >= 0; }
  /// A finite number, at least 0 unless `may_be_negative`. @throws Error bad_input
  [[nodiscard]] double amount(std::string_view column, bool may_be_negative = false) const;
  [[nodiscard]] const DelimitedReader& reader() const { return in_; }
  [[noreturn]] void refuse(std::string_view column, std::string_view expected,
                           std::string hint = {}) const;

 private:
  [[nodiscard]] std::ptrdiff_t position(std::string_view column) const;
  DelimitedReader in_;
  std::vector<std::string> header_;
  std::vector<std::string> cells_;
};

/// Fills nodes, regions, products and attributes of `parts`.
/// @throws Error bad_input  a repeated id, a code missing from regions.csv, a kind that is neither
///                          good nor service, text in a number
NodeIndex read_nodes(const Folder& folder, const std::string& prefix, std::size_t max_nodes,
                     ChainParts& parts, Progress& progress);

}  // namespace stave::reader
