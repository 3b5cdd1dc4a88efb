#pragma once
/// Ctrl-C asks long work to stop; a second one ends the program.

namespace stave {

void listen_for_interrupt();
[[nodiscard]] bool interrupted();

}  // namespace stave
