#include "server/chain_shelf.hpp"

#include "stave/core/error.hpp"
#include "stave/store/sample.hpp"

#include <algorithm>

#include <fmt/format.h>

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

std::string leaf(const fs::path& path) {
  return (path.extension() == ".stave" ? path.stem() : path.filename()).string();
}

}  // namespace

ChainShelf::ChainShelf(std::vector<std::string> places, bool with_samples, std::size_t most_open)
    : places_(std::move(places)), with_samples_(with_samples), most_open_(most_open) {
  for (const auto& place : places_) (void)chains_at(place);
  look();
}

// A file that cannot be read, or is no chain, is left out: `stave info` says why.
void ChainShelf::add(const fs::path& path) {
  const auto stamp = stamp_of(path);
  auto known = summaries_.find(path);
  if (known == summaries_.end() || known->second.stamp != stamp) {
    try {
      known = summaries_.insert_or_assign(path, Summarized{stamp, summarize_chain(path)}).first;
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
  if (!listed) entries_.push_back({name, known->second.summary});
}

void ChainShelf::look() {
  entries_.clear();
  std::error_code none;
  for (const auto& place : places_) try {
      for (const auto& path : chains_at(place)) add(fs::weakly_canonical(path, none));
    } catch (const Error&) {  // it was there at the start
    }
  if (!with_samples_) return;
  for (const auto& sample : samples()) add(fs::weakly_canonical(sample.path, none));
}

std::vector<ShelfEntry> ChainShelf::list() {
  const std::scoped_lock lock(mutex_);
  look();
  return entries_;
}

ShelfEntry ChainShelf::require(const std::string& name) {
  const std::scoped_lock lock(mutex_);
  const auto find = [&] { return std::ranges::find(entries_, name, &ShelfEntry::name); };
  auto found = find();
  if (found == entries_.end()) {
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
    if (open_.size() > most_open_) open_.pop_back();
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

}  // namespace stave
