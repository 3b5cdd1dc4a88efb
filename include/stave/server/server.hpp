#pragma once
/// Chains in a browser and over HTTP: one process, the web application and the JSON interface of
/// `stave serve`.
///
///   const Server server(analyses(), {.port = 0});
///   std::cout << server.address();                // "http://127.0.0.1:40513/"

#include "stave/analysis/analysis.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace stave {

struct ServerOptions {
  std::string host = "127.0.0.1";
  int port = 8420;                        ///< 0: any free one
  std::vector<std::string> places;        ///< folders with chains, chains, names of samples
  bool samples = true;                    ///< offer the samples too
  bool read_only = false;                 ///< nobody changes anything
  std::filesystem::path runs;             ///< keep runs in this folder; empty: in memory only
  std::filesystem::path imports;          ///< write imports there; empty: first folder served
  std::size_t workers = 1;                ///< runs at a time
  std::size_t queue = 16;                 ///< runs that may wait
  std::size_t open_chains = 4;            ///< chains held open
  std::chrono::milliseconds run_time{0};  ///< that a run may take; 0: any
  std::uint64_t memory = 0;               ///< bytes in use until a run may begin; 0: any
  std::size_t processors = 0;             ///< threads of an analysis, to be said; 0: unknown
  std::uint64_t upload_bytes = std::uint64_t{2} << 30;  ///< of a file to be imported
  std::size_t threads = 96;                             ///< requests answered at a time
  std::size_t watchers = 12;                            ///< of them, listening to a run's events
  std::chrono::milliseconds patience{10'000};           ///< until a request must have arrived whole
  std::chrono::milliseconds answer_time{30'000};        ///< until a quick answer must be there
};

/// Three quarters of this computer's memory, or of what this process may have of it; 0: unknown.
[[nodiscard]] std::uint64_t usual_memory();

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
  /// Where to point a browser; with the token where one is needed: an editor's, or a viewer's where
  /// nobody may change anything.
  [[nodiscard]] std::string address() const;
  /// The same for those who may only ask and read; empty when it listens on loopback only.
  [[nodiscard]] std::string viewer_address() const;
  /// Empty when it listens on loopback only.
  [[nodiscard]] const std::string& token() const;
  [[nodiscard]] const std::string& viewer_token() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace stave
