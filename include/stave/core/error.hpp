#pragma once
/// What users can get wrong, as one exception type with a code, a message and a hint.
///
///   throw Error(Errc::not_found, "region 'CHX' is not in world-2011", "Did you mean CHN or CHE?");

#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

namespace stave {

enum class Errc {
  bad_input,       ///< a file or a value that cannot be read as what it should be
  not_found,       ///< a name, file, region, product or node that does not exist
  missing_part,    ///< the chain lacks what the analysis needs
  not_productive,  ///< the table cannot meet any final use: its spectral radius is 1 or more
  no_convergence,  ///< the rounds allowed were not enough
  too_large,       ///< beyond a stated limit
  io,              ///< the operating system refused to read or write
  foreign_file,    ///< not a chain file, or one of a newer schema
  cancelled,       ///< stopped by the user
};

/// The one table from code to exit status, HTTP status and Python class.
struct ErrcInfo {
  Errc code;
  std::string_view name;
  int exit_status;  ///< 10 + code
  int http_status;
  std::string_view python_class;
};
[[nodiscard]] const ErrcInfo& info(Errc code);

class Error : public std::runtime_error {
 public:
  Error(Errc code, const std::string& message, std::string hint = {})
      : std::runtime_error(message), code_(code), hint_(std::move(hint)) {}
  [[nodiscard]] Errc code() const noexcept { return code_; }
  [[nodiscard]] const std::string& hint() const noexcept { return hint_; }

 private:
  Errc code_;
  std::string hint_;
};

/// Where in a text file a value stands. Row 1 is the first line, header included.
struct Place {
  std::string file;
  std::size_t row = 0;
  std::string column;
};

/// "FILE:ROW: column 'COLUMN': 'VALUE' EXPECTED", the form of every message about a cell.
[[nodiscard]] std::string cell_message(const Place& place, std::string_view value,
                                       std::string_view expected);

}  // namespace stave
