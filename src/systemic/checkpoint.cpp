#include "systemic/checkpoint.hpp"

#include "stave/core/error.hpp"

#include <array>
#include <bit>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include <fmt/format.h>

namespace stave {
namespace {

constexpr std::array<char, 16> magic{"stave stops 1\n\n"};
constexpr auto longest_wait = std::chrono::seconds(5);

[[noreturn]] void fail_io(const std::string& path, std::string_view doing) {
  throw Error(Errc::io, fmt::format("cannot {} '{}': {}", doing, path, std::strerror(errno)));
}

[[noreturn]] void fail_other(const std::string& path) {
  throw Error(Errc::bad_input,
              fmt::format("'{}' does not hold finished stops of this question", path),
              "It was made from another chain, with other weights or other rules, or by another "
              "program. Name a new file.");
}

}  // namespace

Checkpoint::Checkpoint(std::string path, std::uint64_t key, std::size_t weights)
    : path_(std::move(path)), weights_(weights) {
  std::error_code error;
  const bool fresh = std::filesystem::file_size(path_, error) == 0 || error;
  if (!fresh) read(key);
  file_.reset(std::fopen(path_.c_str(), fresh ? "wb" : "r+b"));
  if (!file_) fail_io(path_, "write");
  if (!fresh) {
    // A record that was cut off is written over.
    const auto end = 32 + 8 * known_.size();
    std::filesystem::resize_file(path_, end, error);
    if (error || std::fseek(file_.get(), 0, SEEK_END) != 0) fail_io(path_, "write");
    return;
  }
  const std::array<std::uint64_t, 2> head{key, weights};
  if (std::fwrite(magic.data(), 1, magic.size(), file_.get()) != magic.size() ||
      std::fwrite(head.data(), 8, head.size(), file_.get()) != head.size() ||
      std::fflush(file_.get()) != 0)
    fail_io(path_, "write");
}

void Checkpoint::read(std::uint64_t key) {
  const std::unique_ptr<std::FILE, Close> file(std::fopen(path_.c_str(), "rb"));
  if (!file) fail_io(path_, "read");
  std::array<char, 16> found{};
  std::array<std::uint64_t, 2> head{};
  if (std::fread(found.data(), 1, found.size(), file.get()) != found.size() || found != magic ||
      std::fread(head.data(), 8, head.size(), file.get()) != head.size() || head[0] != key ||
      head[1] != weights_)
    fail_other(path_);
  std::vector<std::uint64_t> record(record_size());
  while (std::fread(record.data(), 8, record.size(), file.get()) == record.size())
    known_.insert(known_.end(), record.begin(), record.end());
}

Checkpoint::~Checkpoint() {
  try {
    write_out();
  } catch (const Error&) {  // NOLINT(bugprone-empty-catch): nothing is lost but what was kept
  }
}

std::size_t Checkpoint::load(std::uint32_t rule, BatchResult& result) const {
  std::size_t loaded = 0;
  for (std::size_t at = 0; at < known_.size(); at += record_size()) {
    const auto* record = known_.data() + at;
    if (record[0] != rule) continue;
    const auto stop = static_cast<std::size_t>(record[1]);
    if (stop >= result.rounds.size()) fail_other(path_);
    result.rounds[stop] = static_cast<int>(std::bit_cast<std::int64_t>(record[2]));
    for (std::size_t w = 0; w < weights_; ++w)
      result.risk[stop * weights_ + w] = {std::bit_cast<double>(record[4 + 3 * w]),
                                          std::bit_cast<double>(record[5 + 3 * w]),
                                          std::bit_cast<double>(record[6 + 3 * w])};
    ++loaded;
  }
  return loaded;
}

void Checkpoint::add(std::uint32_t rule, std::size_t stop, const BatchResult& result) {
  const std::scoped_lock lock(mutex_);
  buffer_.insert(buffer_.end(),
                 {rule, stop, static_cast<std::uint64_t>(std::int64_t{result.rounds[stop]}), 0});
  for (std::size_t w = 0; w < weights_; ++w) {
    const auto& risk = result.at(stop, w);
    for (const double part : {risk.both, risk.down, risk.up})
      buffer_.push_back(std::bit_cast<std::uint64_t>(part));
  }
  if (std::chrono::steady_clock::now() - written_ > longest_wait) write_out();
}

void Checkpoint::write_out() {
  if (std::fwrite(buffer_.data(), 8, buffer_.size(), file_.get()) != buffer_.size() ||
      std::fflush(file_.get()) != 0)
    fail_io(path_, "write");
  buffer_.clear();
  written_ = std::chrono::steady_clock::now();
}

void QuestionKey::add(double value) { add(std::bit_cast<std::uint64_t>(value)); }

void QuestionKey::add(const CascadeNetwork& network) {
  const auto& recipe = *network.recipe;
  add(std::uint64_t{network.flows->size()});
  add(std::uint64_t{network.products});
  network.flows->for_each([&](std::size_t i, std::size_t j, double w) {
    if (w == 0) return;
    add(std::uint64_t{i});
    add(std::uint64_t{j});
    add(w);
  });
  for (const auto* group : {&network.product, &network.market})
    for (const auto k : *group) add(static_cast<std::uint64_t>(k));
  for (const auto* amounts : {&network.revenue, &network.cost, &network.output})
    for (const double amount : *amounts) add(amount);
  for (std::size_t k = 0; k < network.products; ++k)
    for (std::size_t l = 0; l < network.products; ++l)
      add(static_cast<std::uint64_t>(recipe.need(ProductId(k), ProductId(l))));
}

void QuestionKey::add(const CascadeOptions& options) {
  add(options.eps);
  add(static_cast<std::uint64_t>(options.max_rounds));
  add(static_cast<std::uint64_t>(options.stop));
  for (const bool yes :
       {options.market, options.upstream, options.downstream, options.glcascade_guard})
    add(std::uint64_t{yes ? 1U : 0U});
}

}  // namespace stave
