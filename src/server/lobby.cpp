#include "server/lobby.hpp"

#include "stave/core/error.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

namespace stave {
namespace {

constexpr int look_milliseconds = 50;  // between two looks at who is late

constexpr std::string_view too_slow =
    "HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
constexpr std::string_view too_much =
    "HTTP/1.1 431 Request Header Fields Too Large\r\nContent-Length: 0\r\nConnection: close\r\n"
    "\r\n";

}  // namespace

bool has_headers(std::string_view bytes) {
  return bytes.find("\r\n\r\n") != std::string_view::npos;
}

Lobby::Lobby(LobbyLimits limits, std::function<void(Connection)> ready)
    : limits_(limits),
      ready_(std::move(ready)),
      poll_(::epoll_create1(EPOLL_CLOEXEC)),
      bell_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  epoll_event event{.events = EPOLLIN, .data = {.fd = bell_}};
  if (poll_ < 0 || bell_ < 0 || ::epoll_ctl(poll_, EPOLL_CTL_ADD, bell_, &event) != 0)
    throw Error(Errc::io, "the system lets no more files be open", "Raise the limit (ulimit -n).");
  thread_ = std::thread([this] { run(); });
}

void Lobby::stop() {
  closing_ = true;
  wake();
  if (thread_.joinable()) thread_.join();
}

Lobby::~Lobby() {
  stop();
  for (const auto& connection : coming_) ::close(connection.handle);
  for (const auto& [handle, waiting] : waiting_) ::close(handle);
  ::close(bell_);
  ::close(poll_);
}

void Lobby::add(Connection connection) {
  {
    const std::scoped_lock lock(mutex_);
    coming_.push_back(std::move(connection));
  }
  wake();
}

void Lobby::wake() const {
  const std::uint64_t one = 1;
  (void)!::write(bell_, &one, sizeof(one));
}

void Lobby::run() {
  std::array<epoll_event, 64> events{};
  auto looked = Clock::now();
  while (!closing_) {
    const int count = ::epoll_wait(poll_, events.data(), events.size(), look_milliseconds);
    for (int i = 0; i < count; ++i) {
      if (events[i].data.fd == bell_)
        welcome();
      else
        hear(events[i].data.fd);
    }
    if (Clock::now() - looked < std::chrono::milliseconds(look_milliseconds)) continue;
    looked = Clock::now();
    end_late();
  }
}

void Lobby::welcome() {
  std::uint64_t times = 0;
  (void)!::read(bell_, &times, sizeof(times));
  std::vector<Connection> coming;
  {
    const std::scoped_lock lock(mutex_);
    coming.swap(coming_);
  }
  for (auto& one : coming) {
    while (!waiting_.empty() && waiting_.size() >= limits_.most) drop_oldest();
    epoll_event event{.events = EPOLLIN | EPOLLRDHUP, .data = {.fd = one.handle}};
    if (::epoll_ctl(poll_, EPOLL_CTL_ADD, one.handle, &event) == 0)
      waiting_[one.handle] = {std::move(one.bytes), Clock::now()};
    else
      ::close(one.handle);
  }
}

void Lobby::hear(int handle) {
  const auto found = waiting_.find(handle);
  if (found == waiting_.end()) return;  // it had to go in this very round
  auto& [bytes, since] = found->second;
  std::array<char, 8192> piece{};
  const auto got = ::recv(handle, piece.data(), piece.size(), MSG_DONTWAIT);
  if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (got <= 0) return leave(handle, {});
  if (bytes.empty()) since = Clock::now();
  // The end may lie across two pieces.
  const auto from = bytes.size() < 3 ? 0 : bytes.size() - 3;
  bytes.append(piece.data(), static_cast<std::size_t>(got));
  if (has_headers(std::string_view(bytes).substr(from))) {
    ::epoll_ctl(poll_, EPOLL_CTL_DEL, handle, nullptr);
    Connection ready{handle, std::move(bytes)};
    waiting_.erase(found);
    ready_(std::move(ready));
  } else if (bytes.size() > limits_.header_bytes) {
    leave(handle, too_much);
  }
}

void Lobby::leave(int handle, std::string_view farewell) {
  if (!farewell.empty())
    (void)::send(handle, farewell.data(), farewell.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
  ::close(handle);  // which takes it out of epoll too
  waiting_.erase(handle);
}

void Lobby::end_late() {
  const auto now = Clock::now();
  std::vector<std::pair<int, bool>> late;
  for (const auto& [handle, waiting] : waiting_) {
    const bool begun = !waiting.bytes.empty();
    if (now - waiting.since > (begun ? limits_.patience : limits_.idle))
      late.emplace_back(handle, begun);
  }
  for (const auto& [handle, begun] : late) leave(handle, begun ? too_slow : std::string_view());
}

void Lobby::drop_oldest() {
  const auto oldest = std::ranges::min_element(
      waiting_, {}, [](const auto& waiting) { return waiting.second.since; });
  leave(oldest->first, {});
}

}  // namespace stave
