#include "cli/interrupt.hpp"

#include <csignal>

namespace stave {
namespace {

volatile std::sig_atomic_t asked_to_stop = 0;

void on_interrupt(int signal) {
  asked_to_stop = 1;
  std::signal(signal, SIG_DFL);
}

}  // namespace

void listen_for_interrupt() { std::signal(SIGINT, on_interrupt); }
bool interrupted() { return asked_to_stop != 0; }

}  // namespace stave
