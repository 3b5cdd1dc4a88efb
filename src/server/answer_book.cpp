#include "server/answer_book.hpp"

#include "stave/core/error.hpp"
#include "stave/report/report_writer.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "server/refusal.hpp"

namespace stave {
namespace {

constexpr std::chrono::milliseconds look_for_asker{100};

// "5:chain": what a text holds cannot be taken for the next one.
void append(std::string& key, std::string_view text) {
  key += fmt::format("{}:{}", text.size(), text);
}

}  // namespace

class AnswerBook::AskedProgress : public Progress {
 public:
  explicit AskedProgress(const Asked& asked) : asked_(asked) {}
  [[nodiscard]] bool cancelled() const override { return asked_.stop; }

 private:
  const Asked& asked_;
};

AnswerBook::AnswerBook(const std::vector<Analysis>& analyses, ChainShelf& shelf,
                       AnswerBookOptions options)
    : analyses_(analyses),
      shelf_(shelf),
      options_(std::move(options)),
      remembered_(options_.bytes) {
  for (std::size_t i = 0; i < std::max<std::size_t>(1, options_.workers); ++i)
    threads_.emplace_back([this] { work(); });
}

AnswerBook::~AnswerBook() {
  {
    const std::scoped_lock lock(mutex_);
    closing_ = true;
    for (const auto& [key, asked] : under_way_) asked->stop = true;
  }
  wanted_.notify_all();
  over_.notify_all();
  for (auto& thread : threads_) thread.join();
}

std::string AnswerBook::key_of(const Question& question) const {
  std::string key;
  append(key, identity_of(analyses_, shelf_, question));
  append(key, question.analysis);
  const auto& declaration = require_analysis_in(analyses_, question.analysis).declaration;
  for (const auto& [name, value] : plain_parameters(declaration, question.parameters)) {
    append(key, name);
    append(key, value);
  }
  return key;
}

ReportText AnswerBook::ask(const Question& question, const std::function<bool()>& gone) {
  check_question(analyses_, question);
  const auto key = key_of(question);
  const auto until = std::chrono::steady_clock::now() + options_.patience;
  if (auto known = remembered_.find(key)) return known;
  if (options_.room && !options_.room())
    throw Refusal(503, "busy", "the memory this server may use is taken",
                  "Wait for a run to end, or cancel one.");
  std::unique_lock lock(mutex_);
  const auto asked = join(question, key);
  while (!asked->over) {
    over_.wait_for(lock, look_for_asker);
    const bool late = std::chrono::steady_clock::now() > until;
    if (asked->over || (!late && !closing_ && !gone())) continue;
    leave(*asked);
    throw Refusal(503, "too_long",
                  fmt::format("this takes more than {} s",
                              std::chrono::duration<double>(options_.patience).count()),
                  "Ask for it as a run: POST /api/runs.");
  }
  leave(*asked);
  if (asked->failure) std::rethrow_exception(asked->failure);
  return asked->answer;
}

std::shared_ptr<AnswerBook::Asked> AnswerBook::join(const Question& question,
                                                    const std::string& key) {
  if (askers_ >= options_.waiting || closing_)
    throw Refusal(503, "busy", "too many wait for an answer already", "Try again in a moment.");
  auto found = under_way_.find(key);
  if (found == under_way_.end()) {
    found = under_way_.emplace(key, std::make_shared<Asked>()).first;
    found->second->question = question;
    found->second->key = key;
    queue_.push_back(found->second);
    wanted_.notify_one();
  }
  const auto asked = found->second;
  ++asked->askers;
  ++askers_;
  return asked;
}

void AnswerBook::leave(Asked& asked) {
  --askers_;
  if (--asked.askers > 0 || asked.over) return;
  asked.stop = true;
  std::erase_if(queue_, [&](const auto& other) { return other.get() == &asked; });
  const auto found = under_way_.find(asked.key);
  if (found != under_way_.end() && found->second.get() == &asked) under_way_.erase(found);
}

void AnswerBook::work() {
  for (;;) {
    std::shared_ptr<Asked> asked;
    {
      std::unique_lock lock(mutex_);
      wanted_.wait(lock, [&] { return closing_ || !queue_.empty(); });
      if (closing_) return;
      asked = queue_.front();
      queue_.pop_front();
    }
    answer(*asked);
    const std::scoped_lock lock(mutex_);
    asked->over = true;
    if (asked->answer && !asked->stop) remembered_.keep(asked->key, asked->answer);
    const auto found = under_way_.find(asked->key);
    if (found != under_way_.end() && found->second == asked) under_way_.erase(found);
    over_.notify_all();
  }
}

// What was stopped has no asker left who would see its failure.
void AnswerBook::answer(Asked& asked) const {
  try {
    AskedProgress progress(asked);
    const auto report = answer_question(analyses_, shelf_, asked.question, progress);
    if (report.partial) throw Error(Errc::cancelled, "stopped");
    asked.answer = std::make_shared<const std::string>(to_json(report) + "\n");
  } catch (...) {
    asked.failure = std::current_exception();
  }
}

void AnswerBook::forget() { remembered_.forget(); }

}  // namespace stave
