#pragma once
/// Chains in a browser and over HTTP: one process, the pages and the JSON interface of `stave
/// serve`.
///
///   const Server server(analyses(), {.port = 0});
///   std::cout << server.address();                // "http://127.0.0.1:40513/"

#include "stave/analysis/analysis.hpp"

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace stave {

struct ServerOptions {
  std::string host = "127.0.0.1";
  int port = 8420;                             ///< 0: any free one
  std::vector<std::string> places;             ///< folders with chains, chains, names of samples
  bool samples = true;                         ///< offer the samples too
  std::filesystem::path runs;                  ///< keep runs in this folder; empty: in memory only
  std::size_t workers = 1;                     ///< runs at a time
  std::size_t queue = 16;                      ///< runs that may wait
  std::size_t open_chains = 4;                 ///< chains held open
  std::size_t threads = 64;                    ///< requests answered at a time
  std::size_t watchers = 12;                   ///< of them, listening to a run's events
  std::chrono::milliseconds patience{10'000};  ///< until a request must have arrived whole
};

/// Listens from construction to destruction. Results that are kept survive it; a run that it cuts
/// short is listed as interrupted.
class Server {
 public:
  /// @throws Error io         the address is taken or not of this machine; the folder of runs is
  ///                          used by another server
  ///               not_found  a place that is neither a folder, a chain nor a sample
  Server(const std::vector<Analysis>& analyses, ServerOptions options);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  [[nodiscard]] int port() const;
  /// Where to point a browser; with the token where one is needed.
  [[nodiscard]] std::string address() const;
  /// Empty when it listens on loopback only.
  [[nodiscard]] const std::string& token() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace stave
