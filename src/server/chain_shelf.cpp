#include "server/chain_shelf.hpp"

#include "stave/analysis/analysis.hpp"
#include "stave/core/error.hpp"
#include "stave/store/sample.hpp"

#include <algorithm>
#include <cctype>
#include <chrono>

#include <fmt/format.h>

#include "server/kept_run.hpp"
#include "server/refusal.hpp"

namespace stave {
namespace {

namespace fs = std::filesystem;

// Of a folder, its newest file: importing again may leave the folder's own time as it was.
fs::file_time_type stamp_of(const fs::path& path) {
  std::error_code none;
  auto stamp = fs::last_write_time(path, none);
  if (fs::is_directory(path, none))
    for (const auto& file : fs::directory_iterator(path, none))
      stamp = std::max(stamp, fs::last_write_time(file.path(), none));
  return stamp;
}

// The chain files and exported folders in a folder, sorted; or the chain itself.
std::vector<fs::path> chains_at(const std::string& place) {
  std::error_code none;
  if (!fs::is_directory(place, none) || is_exported_folder(place)) return {resolve_chain(place)};
  std::vector<fs::path> found;
  for (const auto& entry : fs::directory_iterator(place, none)) {
    const auto& path = entry.path();
    const bool file = entry.is_regular_file(none) && path.extension() == ".stave";
    if (file || is_exported_folder(path)) found.push_back(path);
  }
  std::ranges::sort(found);
  return found;
}

std::uint64_t bytes_of(const fs::path& path) {
  std::error_code none;
  if (!fs::is_directory(path, none)) return fs::file_size(path, none);
  std::uint64_t bytes = 0;
  for (const auto& file : fs::directory_iterator(path, none))
    if (file.is_regular_file(none)) bytes += file.file_size(none);
  return bytes;
}

std::string utc_of(fs::file_time_type stamp) {
  return utc_text(std::chrono::system_clock::to_time_t(
      std::chrono::time_point_cast<std::chrono::seconds>(std::chrono::file_clock::to_sys(stamp))));
}

// Letters of any script, digits, and a few marks; nothing that leads elsewhere or hides.
bool is_chain_name(std::string_view name) {
  constexpr std::size_t longest = 100;
  const auto fits = [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 128 || std::isalnum(byte) != 0 ||
           std::string_view(" ._-()").find(c) != std::string_view::npos;
  };
  return !name.empty() && name.size() <= longest && name.front() != '.' && name.front() != ' ' &&
         name.back() != ' ' && std::ranges::all_of(name, fits);
}

std::string leaf(const fs::path& path) {
  return (path.extension() == ".stave" ? path.stem() : path.filename()).string();
}

}  // namespace

ChainShelf::ChainShelf(ShelfOptions options) : options_(std::move(options)) {
  std::error_code none;
  auto& imports = options_.imports;
  if (!imports.empty()) {
    fs::create_directories(imports, none);
    options_.places.push_back(imports.string());
  }
  for (const auto& place : options_.places) {
    (void)chains_at(place);
    if (imports.empty() && fs::is_directory(place, none) && !is_exported_folder(place))
      imports = place;
  }
  if (!imports.empty()) imports = fs::weakly_canonical(imports, none);
  look();
}

ChainShelf::Summarized ChainShelf::summarized(const fs::path& path, bool sample) const {
  const auto stamp = stamp_of(path);
  return {stamp,
          {.name = {},
           .summary = summarize_chain(path),
           .file_bytes = bytes_of(path),
           .modified = utc_of(stamp),
           .sample = sample,
           .removable = !sample && !options_.imports.empty() && path.extension() == ".stave" &&
                        path.parent_path() == options_.imports}};
}

// A file that cannot be read, or is no chain, is left out: `stave info` says why.
void ChainShelf::add(const fs::path& path, bool sample) {
  auto known = summaries_.find(path);
  if (known == summaries_.end() || known->second.stamp != stamp_of(path)) {
    try {
      known = summaries_.insert_or_assign(path, summarized(path, sample)).first;
    } catch (const Error&) {
      return;
    }
  }
  auto& name = names_[path];
  const auto taken = [&](const std::string& candidate) {
    return std::ranges::any_of(names_, [&](const auto& other) {
      return other.first != path && other.second == candidate;
    });
  };
  if (name.empty()) {
    auto candidate = leaf(path);
    for (int copy = 2; taken(candidate); ++copy) candidate = fmt::format("{}-{}", leaf(path), copy);
    name = candidate;
  }
  const bool listed =
      std::ranges::any_of(entries_, [&](const auto& entry) { return entry.name == name; });
  if (listed) return;
  entries_.push_back(known->second.entry);
  entries_.back().name = name;
}

void ChainShelf::look() {
  entries_.clear();
  std::error_code none;
  for (const auto& place : options_.places) try {
      for (const auto& path : chains_at(place)) add(fs::weakly_canonical(path, none), false);
    } catch (const Error&) {  // it was there at the start
    }
  if (!options_.samples) return;
  for (const auto& sample : samples()) add(fs::weakly_canonical(sample.path, none), true);
}

std::vector<ShelfEntry> ChainShelf::list() {
  const std::scoped_lock lock(mutex_);
  look();
  return entries_;
}

ShelfEntry ChainShelf::require(const std::string& name) {
  const std::scoped_lock lock(mutex_);
  const auto find = [&] { return std::ranges::find(entries_, name, &ShelfEntry::name); };
  // Its file may have been replaced since it was listed.
  const auto changed = [&](const ShelfEntry& entry) {
    const auto known = summaries_.find(entry.summary.path);
    return known == summaries_.end() || known->second.stamp != stamp_of(entry.summary.path);
  };
  auto found = find();
  if (found == entries_.end() || changed(*found)) {
    look();
    found = find();
  }
  if (found != entries_.end()) return *found;
  std::vector<std::string> names;
  for (const auto& entry : entries_) names.push_back(entry.name);
  throw Error(Errc::not_found, fmt::format("there is no chain '{}' here", name),
              did_you_mean(name, names));
}

std::shared_ptr<ChainShelf::Book> ChainShelf::book_of(const fs::path& path) {
  const std::scoped_lock lock(mutex_);
  const auto found = std::ranges::find(open_, path, [](const auto& pair) { return pair.first; });
  if (found != open_.end()) {
    open_.splice(open_.begin(), open_, found);
  } else {
    open_.emplace_front(path, std::make_shared<Book>());
    if (open_.size() > options_.most_open) open_.pop_back();
  }
  return open_.front().second;
}

std::shared_ptr<const Chain> ChainShelf::open(const std::string& name, Progress& progress) {
  const auto path = require(name).summary.path;
  const auto book = book_of(path);
  const std::scoped_lock lock(book->opening);
  const auto stamp = stamp_of(path);
  if (!book->chain || book->stamp != stamp) {
    book->chain = std::make_shared<const Chain>(open_chain(path.string(), progress));
    book->stamp = stamp;
  }
  return book->chain;
}

std::string ChainShelf::identity(const std::string& name) {
  const auto path = require(name).summary.path;
  return fmt::format("{}|{}|{}|{}", path.string(), stamp_of(path).time_since_epoch().count(),
                     bytes_of(path), version());
}

fs::path ChainShelf::imports() const {
  if (options_.imports.empty())
    throw Refusal(403, "no_folder", "no folder is served that an import could be kept in",
                  "Start the server with a folder: stave serve FOLDER, or --imports FOLDER.");
  return options_.imports;
}

fs::path ChainShelf::place_for(const std::string& name, bool replace) {
  if (!is_chain_name(name))
    throw Refusal(400, "bad_name", fmt::format("'{}' cannot be the name of a chain", name),
                  "Letters, digits, spaces and . _ - ( ), at most 100 bytes, not a dot first.");
  auto path = imports() / (name + ".stave");
  const auto entries = list();
  const auto taken = std::ranges::find(entries, name, &ShelfEntry::name);
  std::error_code none;
  const bool own = taken != entries.end() && taken->removable && taken->summary.path == path;
  const bool free = taken == entries.end() && !fs::exists(fs::symlink_status(path, none));
  if (free || (own && replace)) return path;
  throw Refusal(409, "taken", fmt::format("there is a chain '{}' already", name),
                own ? "Give another name, or say that it is to be replaced."
                    : "Give another name: this one was not imported here.");
}

void ChainShelf::remove(const std::string& name) {
  const auto entry = require(name);
  if (!entry.removable)
    throw Refusal(403, "not_removable", fmt::format("'{}' is not in the folder of imports", name),
                  "Only chains that were imported here can be deleted.");
  const std::scoped_lock lock(mutex_);
  std::error_code failed;
  if (!fs::remove(entry.summary.path, failed) && failed)
    throw Error(Errc::io, fmt::format("chain '{}' cannot be deleted: {}", name, failed.message()));
  std::erase_if(open_, [&](const auto& book) { return book.first == entry.summary.path; });
  names_.erase(entry.summary.path);
  summaries_.erase(entry.summary.path);
  look();
}

void ChainShelf::close_all() {
  const std::scoped_lock lock(mutex_);
  open_.clear();
}

}  // namespace stave
