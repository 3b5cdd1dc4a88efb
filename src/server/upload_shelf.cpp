#include "server/upload_shelf.hpp"

#include "stave/core/error.hpp"

#include <algorithm>
#include <cctype>
#include <fstream>

#include <fmt/format.h>
#include <unistd.h>

#include "server/guard.hpp"
#include "server/kept_run.hpp"
#include "server/refusal.hpp"

namespace stave {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t spare_bytes = std::uint64_t{64} << 20;  // left free on the disk

Refusal disk_trouble() {
  return {507, "no_room", "the file could not be kept here", "Is the disk full?"};
}

}  // namespace

HeldUpload::HeldUpload(fs::path folder, const std::string& file)
    : folder_(std::move(folder)), path_(file.empty() ? folder_ : folder_ / file) {}

HeldUpload::~HeldUpload() {
  std::error_code none;
  fs::remove_all(folder_, none);
}

std::string harmless_name(std::string_view name) {
  constexpr std::size_t longest = 150;
  if (const auto slash = name.find_last_of("/\\"); slash != std::string_view::npos)
    name.remove_prefix(slash + 1);
  while (name.starts_with('.')) name.remove_prefix(1);
  if (name.size() > longest) name.remove_prefix(name.size() - longest);  // the ending says the kind
  std::string harmless;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    const bool fits = byte >= 128 || std::isalnum(byte) != 0 ||
                      std::string_view(" ._-+()").find(c) != std::string_view::npos;
    harmless += fits ? c : '_';
  }
  if (harmless.empty())
    throw Refusal(400, "bad_name", "an upload needs the name of its file",
                  "For example POST /api/uploads?file=table.csv");
  return harmless;
}

/// Counts an upload under way, and what it will hold.
struct UploadShelf::Place {
  Place(UploadShelf& of, std::uint64_t size) : shelf(of), bytes(size) {
    const std::scoped_lock lock(shelf.mutex_);
    shelf.forget_old();
    auto all = shelf.coming_bytes_ + bytes;
    for (const auto& [id, kept] : shelf.kept_) all += kept.bytes;
    if (shelf.coming_ >= shelf.limits_.at_once)
      throw Refusal(503, "busy", "too many files are on their way already",
                    "Try again when one has arrived.");
    if (all > 2 * shelf.limits_.bytes)
      throw Refusal(503, "busy", "too many files wait for their import already",
                    "Import them, or wait: they are removed after an hour.");
    shelf.open_folder();
    ++shelf.coming_;
    shelf.coming_bytes_ += bytes;
  }
  ~Place() {
    const std::scoped_lock lock(shelf.mutex_);
    --shelf.coming_;
    shelf.coming_bytes_ -= bytes;
  }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
  UploadShelf& shelf;
  std::uint64_t bytes;
};

UploadShelf::UploadShelf(const ChainShelf& chains, UploadLimits limits)
    : chains_(chains), limits_(limits) {}

UploadShelf::~UploadShelf() {
  kept_.clear();
  if (lock_ < 0) return;
  std::error_code none;
  fs::remove_all(folder_, none);
  ::close(lock_);
}

// Two servers over one folder each have their own.
void UploadShelf::open_folder() {
  if (lock_ >= 0) return;
  const auto base = chains_.imports();
  constexpr int most_servers = 16;
  for (int number = 1; lock_ < 0; ++number) {
    folder_ = base / fmt::format(".stave-uploads-{}", number);
    std::error_code failed;
    fs::create_directory(folder_, failed);
    if (failed) throw disk_trouble();
    try {
      lock_ = lock_folder(folder_);
    } catch (const Error&) {
      if (number >= most_servers) throw;
    }
  }
  std::error_code none;
  for (const auto& left : fs::directory_iterator(folder_, none))
    if (left.is_directory(none)) fs::remove_all(left.path(), none);
}

void UploadShelf::forget_old() {
  const auto now = std::chrono::steady_clock::now();
  std::erase_if(kept_, [&](const auto& kept) { return now - kept.second.since > limits_.kept; });
}

fs::path UploadShelf::fresh(const std::string& id) {
  auto folder = folder_ / id;
  std::error_code failed;
  fs::create_directory(folder, failed);
  if (failed) throw disk_trouble();
  return folder;
}

UploadShelf::Upload UploadShelf::take(std::string_view name, std::uint64_t bytes,
                                      const std::function<bool(const Sink&)>& receive) {
  const auto file = harmless_name(name);
  if (bytes == 0) throw Refusal(411, "no_length", "an upload must come with its Content-Length");
  if (bytes > limits_.bytes)
    throw Refusal(413, "too_large", fmt::format("a file may have {} bytes", limits_.bytes),
                  "Start the server with a higher --upload-limit.");
  std::error_code none;
  const auto space = fs::space(chains_.imports(), none);
  if (!none && space.available < bytes + spare_bytes) throw disk_trouble();
  const Place place(*this, bytes);
  auto id = random_token().substr(0, 32);
  const auto held = std::make_shared<const HeldUpload>(fresh(id), file);
  std::ofstream out(held->path(), std::ios::binary);
  std::uint64_t got = 0;
  const bool whole = receive([&](const char* data, std::size_t size) {
    got += size;
    return got <= bytes && static_cast<bool>(out.write(data, static_cast<std::streamsize>(size)));
  });
  out.close();
  if (!out) throw disk_trouble();
  if (!whole || got != bytes)
    throw Refusal(408, "broken_off", fmt::format("{} of {} bytes came", got, bytes),
                  "Send it again.");
  const std::scoped_lock lock(mutex_);
  kept_[id] = {held, bytes, std::chrono::steady_clock::now()};
  return {std::move(id), bytes};
}

UploadShelf::Held UploadShelf::find(const std::vector<std::string>& ids) {
  const std::scoped_lock lock(mutex_);
  forget_old();
  Held held;
  for (const auto& id : ids) {
    const auto found = kept_.find(id);
    if (found == kept_.end())
      throw Error(Errc::not_found, "there is no such upload",
                  "An upload is used once and kept for an hour. Send the file again.");
    held.push_back(found->second.file);
  }
  return held;
}

void UploadShelf::forget(const std::vector<std::string>& ids) {
  const std::scoped_lock lock(mutex_);
  for (const auto& id : ids) kept_.erase(id);
}

std::shared_ptr<const HeldUpload> UploadShelf::folder() {
  const std::scoped_lock lock(mutex_);
  open_folder();
  return std::make_shared<const HeldUpload>(fresh(random_token().substr(0, 32)), "");
}

}  // namespace stave
