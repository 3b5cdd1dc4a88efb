#include "server/run_book.hpp"

#include "stave/core/error.hpp"
#include "stave/report/report_writer.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <new>

#include <fmt/format.h>
#include <unistd.h>

#include "server/kept_run.hpp"
#include "server/lent_file.hpp"
#include "server/refusal.hpp"

namespace stave {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

// What can be said without the chain; its names are looked up when the run begins.
void check_parameters(const Declaration& declaration, const Arguments::Given& given) {
  std::vector<std::string> names;
  for (const auto& p : declaration.parameters) {
    const auto found = given.find(p.name);
    const bool empty = found == given.end() || found->second.empty();
    if (p.required && p.fallback.empty() && empty)
      throw Error(Errc::bad_input, fmt::format("'{}' needs '{}'", declaration.name, p.name),
                  p.summary);
    if (p.type == ParameterType::kept_file && !empty)
      throw Error(Errc::bad_input,
                  fmt::format("'{}' names a file of this computer: it is for the command line only",
                              p.name));
    if (p.type != ParameterType::kept_file) names.push_back(p.name);
  }
  for (const auto& [name, text] : given)
    if (std::ranges::find(names, name) == names.end() && !text.empty())
      throw Error(Errc::bad_input,
                  fmt::format("'{}' has no parameter '{}'", declaration.name, name),
                  did_you_mean(name, names));
}

Error no_run(std::uint64_t id) {
  return {Errc::not_found, fmt::format("there is no run {}", id), "It may have been deleted."};
}

std::vector<RunTable> tables_of(const Report& report) {
  std::vector<RunTable> tables;
  for (const auto& t : report.tables) tables.push_back({t.name(), t.title(), t.rows()});
  return tables;
}

std::optional<std::uint64_t> id_of(const fs::path& path) {
  const auto name = path.filename().string();
  constexpr std::string_view head = "run-";
  constexpr std::string_view tail = ".json";
  if (!name.starts_with(head) || !name.ends_with(tail)) return std::nullopt;
  std::uint64_t id = 0;
  const char* end = name.data() + name.size() - tail.size();
  const auto read = std::from_chars(name.data() + head.size(), end, id);
  if (read.ec != std::errc{} || read.ptr != end) return std::nullopt;
  return id;
}

}  // namespace

std::string_view to_string(RunState state) {
  switch (state) {
    case RunState::queued:
      return "queued";
    case RunState::running:
      return "running";
    case RunState::done:
      return "done";
    case RunState::failed:
      return "failed";
    case RunState::cancelled:
      return "cancelled";
    case RunState::interrupted:
      break;
  }
  return "interrupted";
}

const Analysis& require_analysis_in(const std::vector<Analysis>& analyses,
                                    const std::string& name) {
  std::vector<std::string> names;
  for (const auto& analysis : analyses) {
    if (analysis.declaration.name == name) return analysis;
    names.push_back(analysis.declaration.name);
  }
  throw Error(Errc::not_found, fmt::format("there is no analysis '{}'", name),
              did_you_mean(name, names));
}

/// Tells the run where its work is; those who watch hear of it ten times a second at most.
class RunBook::RunProgress : public Progress {
 public:
  RunProgress(RunBook& book, Run& run) : book_(book), run_(run) {}

  void report(std::string_view stage, double done) override {
    const std::scoped_lock lock(book_.mutex_);
    const auto now = Clock::now();
    auto& view = run_.view;
    const bool fresh = stage != view.stage;
    if (fresh) {
      view.stage = stage;
      stage_begun_ = now;
    }
    view.done = std::isfinite(done) ? std::clamp(done, 0.0, 1.0) : 0.0;
    const std::chrono::duration<double> spent = now - stage_begun_;
    view.seconds_left.reset();
    if (view.done > 0.02 && spent.count() > 0.5)
      view.seconds_left = spent.count() * (1 - view.done) / view.done;
    if (!fresh && now - told_ < std::chrono::milliseconds(100)) return;
    told_ = now;
    book_.changed(run_);
  }

  [[nodiscard]] bool cancelled() const override { return run_.stop; }

 private:
  RunBook& book_;
  Run& run_;
  Clock::time_point stage_begun_ = Clock::now();
  Clock::time_point told_ = {};
};

RunBook::RunBook(const std::vector<Analysis>& analyses, ChainShelf& shelf, RunBookOptions options)
    : analyses_(analyses), shelf_(shelf), options_(std::move(options)) {
  if (!options_.folder.empty()) {
    fs::create_directories(options_.folder);
    lock_ = lock_folder(options_.folder);
    read_folder();
  }
  for (std::size_t i = 0; i < std::max<std::size_t>(1, options_.workers); ++i)
    threads_.emplace_back([this] { work(); });
}

RunBook::~RunBook() {
  {
    const std::scoped_lock lock(mutex_);
    closing_ = true;
    for (const auto& [id, run] : runs_) run->stop = true;
  }
  wanted_.notify_all();
  change_.notify_all();
  for (auto& thread : threads_) thread.join();
  if (lock_ >= 0) ::close(lock_);
}

void RunBook::read_folder() {
  for (const auto& entry : fs::directory_iterator(options_.folder)) {
    const auto id = id_of(entry.path());
    if (!id) continue;
    last_ = std::max(last_, *id);
    try {
      auto run = std::make_shared<Run>();
      run->view = record_from_text(file_text(entry.path()));
      if (run->view.id != *id) continue;  // copied by hand
      if (!ended(run->view.state)) {
        run->view.state = RunState::interrupted;
        run->view.over = utc_now();
        keep(run->view);
      }
      run->view.report = run->view.report && fs::exists(report_path(*id));
      runs_[*id] = run;
    } catch (const Error& e) {
      if (e.code() != Errc::foreign_file) throw;
    }
  }
}

fs::path RunBook::record_path(std::uint64_t id) const {
  return options_.folder / fmt::format("run-{}.json", id);
}

fs::path RunBook::report_path(std::uint64_t id) const {
  return options_.folder / fmt::format("run-{}.report.json", id);
}

void RunBook::keep(const RunView& view) const {
  if (!options_.folder.empty()) write_file(record_path(view.id), record_text(view));
}

void RunBook::changed(Run& run) {
  ++run.view.version;
  change_.notify_all();
}

RunBook::Run& RunBook::require(std::uint64_t id) const {
  const auto found = runs_.find(id);
  if (found == runs_.end()) throw no_run(id);
  return *found->second;
}

RunView RunBook::add(const RunRequest& request) {
  check_parameters(require_analysis_in(analyses_, request.analysis).declaration,
                   request.parameters);
  (void)shelf_.require(request.chain);
  const std::scoped_lock lock(mutex_);
  if (waiting_.size() >= options_.queue || closing_)
    throw Refusal(503, "busy", fmt::format("{} runs are waiting already", waiting_.size()),
                  "Wait for one to end, or cancel one.");
  auto run = std::make_shared<Run>();
  run->view.id = last_ + 1;
  run->view.request = request;
  std::erase_if(run->view.request.parameters, [](const auto& p) { return p.second.empty(); });
  run->view.asked = utc_now();
  keep(run->view);
  runs_[++last_] = run;
  waiting_.push_back(run);
  wanted_.notify_one();
  return run->view;
}

std::vector<RunView> RunBook::list() const {
  const std::scoped_lock lock(mutex_);
  std::vector<RunView> views;
  for (const auto& [id, run] : runs_) views.push_back(run->view);
  std::ranges::reverse(views);
  return views;
}

RunView RunBook::view(std::uint64_t id) const {
  const std::scoped_lock lock(mutex_);
  return require(id).view;
}

RunView RunBook::cancel(std::uint64_t id) {
  const std::scoped_lock lock(mutex_);
  auto& run = require(id);
  if (ended(run.view.state)) return run.view;
  run.stop = true;
  if (run.view.state == RunState::queued) {
    std::erase_if(waiting_, [&](const auto& other) { return other.get() == &run; });
    run.view.state = RunState::cancelled;
    run.view.over = utc_now();
    keep(run.view);
  }
  changed(run);
  return run.view;
}

void RunBook::remove(std::uint64_t id) {
  const std::scoped_lock lock(mutex_);
  if (!ended(require(id).view.state))
    throw Refusal(409, "not_ended", fmt::format("run {} has not ended", id), "Cancel it first.");
  if (!options_.folder.empty()) {
    std::error_code none;
    fs::remove(record_path(id), none);
    fs::remove(report_path(id), none);
  }
  runs_.erase(id);
}

std::shared_ptr<const std::string> RunBook::report(std::uint64_t id) const {
  std::unique_lock lock(mutex_);
  const auto& run = require(id);
  const auto& view = run.view;
  if (!ended(view.state))
    throw Refusal(409, "not_ended", fmt::format("run {} has not ended", id),
                  "Its events say when it has.");
  if (!view.report)
    throw Refusal(409, std::string(to_string(view.state)),
                  view.message.empty() ? fmt::format("run {} has no report", id) : view.message,
                  view.hint);
  if (run.report) return run.report;
  lock.unlock();
  return std::make_shared<const std::string>(file_text(report_path(id)));
}

RunView RunBook::wait(std::uint64_t id, std::uint64_t version,
                      std::chrono::milliseconds time) const {
  std::unique_lock lock(mutex_);
  const auto moved = [&] {
    const auto found = runs_.find(id);
    return closing_ || found == runs_.end() || found->second->view.version != version;
  };
  change_.wait_for(lock, time, moved);
  return require(id).view;
}

void RunBook::work() {
  for (;;) {
    std::shared_ptr<Run> run;
    {
      std::unique_lock lock(mutex_);
      wanted_.wait(lock, [&] { return closing_ || !waiting_.empty(); });
      if (closing_) return;  // what waits is interrupted when the folder is read again
      run = waiting_.front();
      waiting_.pop_front();
      run->view.state = RunState::running;
      run->view.begun = utc_now();
      changed(*run);
    }
    execute(*run);
  }
}

void RunBook::execute(Run& run) {
  try {
    keep(view(run.view.id));
    RunProgress progress(*this, run);
    const auto report = compute(run, progress);
    const auto state = report.partial ? RunState::cancelled : RunState::done;
    finish(run, state, report);
  } catch (const Error& e) {
    const bool stopped = e.code() == Errc::cancelled && run.stop;
    fail(run, stopped ? RunState::cancelled : RunState::failed, info(e.code()).name, e.what(),
         e.hint());
  } catch (const std::bad_alloc&) {
    fail(run, RunState::failed, info(Errc::too_large).name, "there is not enough memory for this",
         "");
  } catch (const std::exception& e) {
    fail(run, RunState::failed, "bug", e.what(),
         "This is a mistake in Stave, not in your data. Please report it.");
  }
}

Report RunBook::compute(Run& run, Progress& progress) {
  const auto request = view(run.view.id).request;
  const auto& analysis = require_analysis_in(analyses_, request.analysis);
  const LentFiles lent(analysis.declaration, request.parameters);
  try {
    const auto chain = shelf_.open(request.chain, progress);
    auto report = stave::run(analysis, *chain, lent.given(), progress);
    lent.hide_paths(report);
    return report;
  } catch (const Error& e) {
    throw Error(e.code(), lent.without_paths(e.what()), lent.without_paths(e.hint()));
  }
}

void RunBook::finish(Run& run, RunState state, const Report& report) {
  auto text = std::make_shared<const std::string>(to_json(report) + "\n");
  auto view = this->view(run.view.id);
  if (!options_.folder.empty()) write_file(report_path(view.id), *text);
  const std::scoped_lock lock(mutex_);
  view = run.view;
  view.state = closing_ && state == RunState::cancelled ? RunState::interrupted : state;
  view.over = utc_now();
  view.title = report.title;
  view.tables = tables_of(report);
  view.report = true;
  view.done = 1;
  view.seconds_left.reset();
  keep(view);
  run.view = view;
  if (options_.folder.empty()) run.report = text;
  changed(run);
  forget_oldest();
}

// A record that cannot be kept, as on a full disk, must not end the server.
void RunBook::fail(Run& run, RunState state, std::string_view code, const std::string& message,
                   const std::string& hint) {
  const std::scoped_lock lock(mutex_);
  auto& view = run.view;
  view.state = closing_ && state == RunState::cancelled ? RunState::interrupted : state;
  view.over = utc_now();
  view.code = code;
  view.message = message;
  view.hint = hint;
  view.seconds_left.reset();
  try {
    keep(view);
  } catch (const Error&) {
    view.hint += " Nor could the record of this run be kept.";
  }
  changed(run);
  forget_oldest();
}

void RunBook::forget_oldest() {
  if (!options_.folder.empty()) return;
  const auto is_over = [](const auto& entry) { return ended(entry.second->view.state); };
  const auto over = std::ranges::count_if(runs_, is_over);
  for (auto left = over - static_cast<std::ptrdiff_t>(options_.most_in_memory); left > 0; --left)
    runs_.erase(std::ranges::find_if(runs_, is_over));
}

}  // namespace stave
