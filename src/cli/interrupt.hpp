#pragma once
/// What the operating system tells a running program.

namespace stave {

/// Ctrl-C asks long work to stop; a second one ends the program.
void listen_for_interrupt();
[[nodiscard]] bool interrupted();

/// A file that may not grow further becomes an io error like any other; one that another program
/// cuts short while it is read (mapped) ends this one with a message and status 16.
void expect_file_trouble();

}  // namespace stave
