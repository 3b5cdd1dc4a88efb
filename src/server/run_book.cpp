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
#include "server/memory.hpp"
#include "server/refusal.hpp"

namespace stave {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds memory_slice{100};  // between two looks at the memory

constexpr double gib = 1024.0 * 1024 * 1024;

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

  [[nodiscard]] bool cancelled() const override {
    if (run_.stop != Stop::no) return true;
    const auto now = Clock::now();
    const auto longest = book_.options_.longest;
    if (longest.count() > 0 && now - run_.begun > longest) return stop(Stop::time);
    auto looked = looked_.load();
    const auto ticks = now.time_since_epoch().count();
    if (ticks - looked < Clock::duration(memory_slice).count()) return false;
    if (!looked_.compare_exchange_strong(looked, ticks)) return false;
    return book_.over_memory() && book_.newest(run_) && stop(Stop::memory);
  }

 private:
  // Whoever said so first is the reason.
  [[nodiscard]] bool stop(Stop why) const {
    auto none = Stop::no;
    run_.stop.compare_exchange_strong(none, why);
    return true;
  }

  RunBook& book_;
  Run& run_;
  Clock::time_point stage_begun_ = Clock::now();
  Clock::time_point told_ = {};
  mutable std::atomic<Clock::rep> looked_ = 0;
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
    for (const auto& [id, run] : runs_) run->stop = Stop::asked;
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

RunView RunBook::add(const Question& question, const std::string& name) {
  check_question(analyses_, question);
  auto run = std::make_shared<Run>();
  run->view.identity = identity_of(analyses_, shelf_, question);
  run->view.question = question;
  run->view.name = name;
  std::erase_if(run->view.question.parameters, [](const auto& p) { return p.second.empty(); });
  return enter(run);
}

RunView RunBook::add(const Question& question, RunWork work) {
  auto run = std::make_shared<Run>();
  run->view.question = question;
  run->work = std::move(work);
  return enter(run);
}

RunView RunBook::enter(const std::shared_ptr<Run>& run) {
  const std::scoped_lock lock(mutex_);
  if (waiting_.size() >= options_.queue || closing_)
    throw Refusal(503, "busy", fmt::format("{} runs are waiting already", waiting_.size()),
                  "Wait for one to end, or cancel one.");
  run->view.id = last_ + 1;
  run->view.asked = utc_now();
  keep(run->view);
  runs_[++last_] = run;
  waiting_.push_back(run);
  wanted_.notify_one();
  return run->view;
}

std::optional<RunView> RunBook::equal(const Question& question) {
  const auto& declaration = require_analysis_in(analyses_, question.analysis).declaration;
  const auto wanted = plain_parameters(declaration, question.parameters);
  const auto identity = identity_of(analyses_, shelf_, question);
  const auto answers = [&](const Run& run) {
    const auto& view = run.view;
    return !run.work && view.question.chain == question.chain &&
           view.question.analysis == question.analysis && view.identity == identity &&
           (view.state == RunState::done || (!ended(view.state) && run.stop == Stop::no)) &&
           plain_parameters(declaration, view.question.parameters) == wanted;
  };
  const std::scoped_lock lock(mutex_);
  for (auto at = runs_.rbegin(); at != runs_.rend(); ++at)
    if (answers(*at->second)) return at->second->view;
  return std::nullopt;
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

RunView RunBook::rename(std::uint64_t id, const std::string& name) {
  const std::scoped_lock lock(mutex_);
  auto& run = require(id);
  run.view.name = name;
  keep(run.view);
  changed(run);
  return run.view;
}

void RunBook::require_unused(const std::string& chain) const {
  const std::scoped_lock lock(mutex_);
  for (const auto& [id, run] : runs_)
    if (!ended(run->view.state) && run->view.question.chain == chain)
      throw Refusal(409, "in_use", fmt::format("run {} works with '{}'", id, chain),
                    "Wait for its end, or cancel it.");
}

RunView RunBook::cancel(std::uint64_t id) {
  const std::scoped_lock lock(mutex_);
  auto& run = require(id);
  if (ended(run.view.state)) return run.view;
  run.stop = Stop::asked;
  if (run.view.state == RunState::queued) {
    std::erase_if(waiting_, [&](const auto& other) { return other.get() == &run; });
    run.work = {};
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
      if (over_memory() && running_ > 0) {
        wanted_.wait_for(lock, memory_slice, [&] { return closing_; });
        continue;
      }
      run = waiting_.front();
      waiting_.pop_front();
      ++running_;
      run->view.state = RunState::running;
      run->view.begun = utc_now();
      run->begun = Clock::now();
      changed(*run);
    }
    if (room())
      execute(*run);
    else
      fail(*run, RunState::failed, limit_reached(Stop::memory));
    const std::scoped_lock lock(mutex_);
    --running_;
  }
}

// What is only kept for the next question goes before a run is refused for it.
bool RunBook::room() {
  if (!over_memory()) return true;
  if (options_.release) options_.release();
  give_memory_back();
  return !over_memory();
}

bool RunBook::over_memory() const { return options_.memory > 0 && memory_held() > options_.memory; }

bool RunBook::newest(const Run& run) const {
  const std::scoped_lock lock(mutex_);
  return std::ranges::none_of(runs_, [&](const auto& other) {
    return other.second->view.state == RunState::running && other.second->begun > run.begun;
  });
}

void RunBook::execute(Run& run) {
  try {
    keep(view(run.view.id));
    RunProgress progress(*this, run);
    finish(run, compute(run, progress));
  } catch (const Error& e) {
    const Failure own{std::string(info(e.code()).name), e.what(), e.hint()};
    const auto stop = run.stop.load();
    if (e.code() != Errc::cancelled || stop == Stop::no)
      fail(run, RunState::failed, own);
    else
      fail(run, end_of(run), stop == Stop::asked ? own : limit_reached(stop));
  } catch (const Refusal& e) {
    fail(run, RunState::failed, {e.code(), e.what(), e.hint()});
  } catch (const std::bad_alloc&) {
    fail(run, RunState::failed,
         {std::string(info(Errc::too_large).name), "there is not enough memory for this", {}});
  } catch (const std::exception& e) {
    fail(run, RunState::failed,
         {"bug", e.what(), "This is a mistake in Stave, not in your data. Please report it."});
  }
}

Report RunBook::compute(Run& run, Progress& progress) {
  if (run.work) return run.work(progress);
  const auto question = view(run.view.id).question;
  const auto identity = identity_of(analyses_, shelf_, question);
  {
    const std::scoped_lock lock(mutex_);
    run.view.identity = identity;
  }
  return answer_question(analyses_, shelf_, question, progress);
}

RunState RunBook::end_of(const Run& run) const {
  const auto stop = run.stop.load();
  return stop == Stop::time || stop == Stop::memory ? RunState::failed : RunState::cancelled;
}

RunBook::Failure RunBook::limit_reached(Stop stop) const {
  if (stop == Stop::time)
    return {"too_long",
            fmt::format("the run was stopped after {:.3g} minutes, the longest one may take here",
                        std::chrono::duration<double>(options_.longest).count() / 60),
            "Ask for less, such as one region or product; or start the server with a longer "
            "--run-time."};
  return {std::string(info(Errc::too_large).name),
          fmt::format("the run was stopped: more than {:.3g} GiB of memory were in use, the most "
                      "there may be here",
                      static_cast<double>(options_.memory) / gib),
          "Ask it of a smaller chain (stave aggregate makes one); or start the server with more "
          "--memory."};
}

// The run has its report and its end at once: who sees it done can read it.
void RunBook::finish(Run& run, const Report& report) {
  const auto text = std::make_shared<const std::string>(to_json(report) + "\n");
  if (!options_.folder.empty()) write_file(report_path(view(run.view.id).id), *text);
  const auto state = report.partial ? end_of(run) : RunState::done;
  const std::scoped_lock lock(mutex_);
  auto& view = run.view;
  if (state == RunState::failed) {
    auto why = limit_reached(run.stop);
    view.code = std::move(why.code);
    view.message = std::move(why.message);
    view.hint = std::move(why.hint);
  }
  view.title = report.title;
  view.tables = tables_of(report);
  view.report = true;
  view.done = 1;
  if (options_.folder.empty()) run.report = text;
  close(run, state);
}

void RunBook::fail(Run& run, RunState state, const Failure& why) {
  const std::scoped_lock lock(mutex_);
  run.view.code = why.code;
  run.view.message = why.message;
  run.view.hint = why.hint;
  close(run, state);
}

// A record that cannot be kept, as on a full disk, must not end the server.
void RunBook::close(Run& run, RunState state) {
  auto& view = run.view;
  view.state = closing_ && state == RunState::cancelled ? RunState::interrupted : state;
  view.over = utc_now();
  view.seconds = std::chrono::duration<double>(Clock::now() - run.begun).count();
  view.seconds_left.reset();
  run.work = {};
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
