#pragma once
/// The program `stave` as a function, so that tests can run it.

#include <iosfwd>
#include <string>
#include <vector>

namespace stave {

/// Where a run of the program reads from and writes to.
struct Console {
  std::ostream& out;             ///< data
  std::ostream& err;             ///< talk, progress, errors
  bool out_is_terminal = false;  ///< colour and width
  bool err_is_terminal = false;  ///< progress
  bool color = false;            ///< a terminal, and NO_COLOR is not set
  std::size_t width = 100;       ///< of the terminal
};

/// @param words the command line without the program's name
/// @return exit status: 0; 1 when the analysis' verdict is no; 2 for a wrong command line;
///         10 + code for an Error (see core/error.hpp)
[[nodiscard]] int run_program(const std::vector<std::string>& words, const Console& console);

/// Says that standard output could not be written, and why (an errno, or 0).
/// @return exit status
[[nodiscard]] int say_output_failed(const Console& console, int reason);

}  // namespace stave
