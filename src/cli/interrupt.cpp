#include "cli/interrupt.hpp"

#include <csignal>
#include <string_view>

#include <unistd.h>

namespace stave {
namespace {

volatile std::sig_atomic_t asked_to_stop = 0;

void on_interrupt(int signal) {
  asked_to_stop = 1;
  std::signal(signal, SIG_DFL);
}

// Nothing but write and _exit may be called here. Chains are saved beside the old file and renamed,
// so that the old one is whole.
void on_missing_bytes(int signal, siginfo_t* about, void* /*context*/) {
  constexpr std::string_view text =
      "error[io]: a file became shorter while it was read\n"
      "  hint: Wait until it is written or downloaded, then try again.\n";
  if (about->si_code != BUS_ADRERR) {
    std::signal(signal, SIG_DFL);
    return;  // to the same instruction, and the usual end
  }
  const auto written = ::write(STDERR_FILENO, text.data(), text.size());
  ::_exit(written < 0 ? 70 : 16);
}

}  // namespace

void listen_for_interrupt() {
  for (const int signal : {SIGINT, SIGTERM}) std::signal(signal, on_interrupt);
}
bool interrupted() { return asked_to_stop != 0; }

void expect_file_trouble() {
  std::signal(SIGXFSZ, SIG_IGN);
  struct sigaction action{};
  action.sa_sigaction = on_missing_bytes;
  action.sa_flags = SA_SIGINFO;
  ::sigaction(SIGBUS, &action, nullptr);
}

}  // namespace stave
