#include "stave/cli/program.hpp"

#include <cerrno>
#include <cstdlib>
#include <iostream>

#include <sys/ioctl.h>
#include <unistd.h>

#include "cli/interrupt.hpp"

namespace {

std::size_t terminal_width() {
  winsize size{};
  const bool known = ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40;
  return known ? size.ws_col : 100;
}

}  // namespace

int main(int argc, char** argv) {
  stave::listen_for_interrupt();
  stave::expect_file_trouble();
  const bool out_is_terminal = isatty(STDOUT_FILENO) == 1;
  const char* no_color = std::getenv("NO_COLOR");
  const stave::Console console{.out = std::cout,
                               .err = std::cerr,
                               .out_is_terminal = out_is_terminal,
                               .err_is_terminal = isatty(STDERR_FILENO) == 1,
                               .color = out_is_terminal && (no_color == nullptr || *no_color == 0),
                               .width = terminal_width()};
  const int status = stave::run_program({argv + 1, argv + argc}, console);
  errno = 0;
  std::cout.flush();
  return std::cout ? status : stave::say_output_failed(console, errno);
}
