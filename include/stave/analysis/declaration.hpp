#pragma once
/// What an analysis says of itself, once. The command line, its help, the HTTP interface, the web
/// forms and the reference pages are all made from this.

#include "stave/core/chain.hpp"
#include "stave/core/table.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace stave {

enum class ParameterType {
  text,
  integer,
  real,
  flag,
  choice,
  region,
  product,
  node,
  stressor,
  chains,      ///< other chains, separated by commas: files or samples; over HTTP, names
  input_file,  ///< the path of a file that is read; over HTTP, what it holds
  kept_file    ///< the path of a file the run writes; on the command line only
};
[[nodiscard]] std::string_view to_string(ParameterType type);

struct Parameter {
  std::string name;  ///< kebab-case, as typed: "region" is given as --region
  ParameterType type = ParameterType::text;
  std::string fallback;  ///< default as text; empty: none
  std::string summary;   ///< one line
  std::string unit = {};
  std::optional<double> min = {};
  std::optional<double> max = {};
  std::vector<std::string> choices = {};  ///< for ParameterType::choice
  bool required = false;
  /// On the command line it may stand after the chain without its name.
  bool positional = false;
};

struct TableSpec {
  std::string name;   ///< "choke_points"
  std::string title;  ///< "Choke points, largest value added at risk first"
  std::vector<ColumnSpec> columns;
};

struct Example {
  std::string command;  ///< "stave exposure world-2011 --region CHN"
  std::string answers;  ///< "What would stop China if a source outside it were cut?"
};

struct Declaration {
  std::string name;                ///< the command: "exposure"
  std::string question;            ///< in words, one sentence
  std::string summary;             ///< a paragraph: what is computed, from what, how to read it
  std::vector<std::string> needs;  ///< parts of the chain: "flows", "final use", "stressors" ...
  std::vector<Parameter> parameters;
  std::vector<TableSpec> tables;
  std::vector<Example> examples;
  std::vector<std::string> papers;  ///< full references
  std::string method;               ///< docs/method page: "exposure"
  std::string file_template = {};   ///< a commented file to begin with, printed by --template
  /// The file it reads says all; a chain may be given beside it. Without one it runs on an empty
  /// chain, and says in its report's provenance what it was made from.
  bool chain_optional = false;
};

/// "a, b" as {"a", "b"}: the other chains of a parameter.
[[nodiscard]] std::vector<std::string> chain_names(const std::string& text);

/// Opens another chain by what a user calls it. @throws Error not_found
using ChainOpener = std::function<Chain(const std::string&)>;

/// Parameters after reading: every declared one has a value or is known to be absent.
class Arguments {
 public:
  using Given = std::map<std::string, std::string, std::less<>>;
  /// Reads and checks what a user gave.
  /// @throws Error bad_input  an unknown parameter, a value of the wrong type or out of range,
  ///                          a required one missing
  ///               not_found  a region, product, node or stressor the chain does not have
  ///               missing_part  other chains where nobody can open them
  Arguments(const Declaration& declaration, const Given& given, const Chain& chain,
            const ChainOpener& open = {});

  [[nodiscard]] bool has(std::string_view name) const;
  [[nodiscard]] const std::string& text(std::string_view name) const;
  [[nodiscard]] double real(std::string_view name) const;
  [[nodiscard]] std::int64_t integer(std::string_view name) const;
  [[nodiscard]] bool flag(std::string_view name) const;
  [[nodiscard]] RegionId region(std::string_view name) const;
  [[nodiscard]] ProductId product(std::string_view name) const;
  [[nodiscard]] NodeId node(std::string_view name) const;
  [[nodiscard]] std::size_t stressor(std::string_view name) const;
  /// As they were named, empty when none was.
  [[nodiscard]] const std::vector<Chain>& chains(std::string_view name) const;
  /// Every parameter and the text of its value, for provenance.
  [[nodiscard]] const Given& values() const { return values_; }

 private:
  Given values_;
  std::map<std::string, std::size_t, std::less<>> positions_;
  std::map<std::string, double, std::less<>> numbers_;
  std::map<std::string, std::vector<Chain>, std::less<>> chains_;
};

}  // namespace stave
