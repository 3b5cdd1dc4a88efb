#pragma once
// A server on loopback with analyses of its own: one that answers at once, one that waits.

#include "stave/analysis/analysis.hpp"
#include "stave/core/error.hpp"
#include "stave/server/server.hpp"
#include "stave/store/store.hpp"

#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>
#include <httplib.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

namespace stave::test {

using Json = nlohmann::ordered_json;

// China's mill buys grain from its farm.
inline Chain mills() {
  ChainParts p;
  p.info = {.name = "mills", .title = "Farms & mills", .year = 2020, .unit = "million USD"};
  p.regions = Classification("region", {{.code = "CHN", .name = "China", .name_zh = "中国"}});
  p.products = Classification(
      "product", {{.code = "grain", .name = "Grain"}, {.code = "flour", .name = "<Flour>"}});
  for (const auto* product : {"grain", "flour"})
    p.nodes.push_back({.id = std::string("CHN.") + product,
                       .region = RegionId(0),
                       .product = ProductId(p.products.require(product))});
  p.flows = FlowMatrix(Matrix::of({{0, 20}, {0, 0}}));
  p.final_columns = {{RegionId(0), "households"}};
  p.final_use = Matrix::of({{5}, {40}});
  return Chain(std::move(p));
}

// Saved once: each test copies it.
inline const std::filesystem::path& saved_mills() {
  static const struct Saved {
    std::filesystem::path folder =
        std::filesystem::temp_directory_path() / ("stave-server-" + std::to_string(::getpid()));
    std::filesystem::path path = folder / "mills.stave";
    Saved() {
      std::filesystem::create_directories(folder);
      save_chain(mills(), path);
    }
    ~Saved() { std::filesystem::remove_all(folder); }
  } saved;
  return saved.path;
}

inline Analysis counting() {
  Declaration d;
  d.name = "count";
  d.question = "How many <nodes> are there?";
  d.parameters = {{.name = "region", .type = ParameterType::region, .summary = "Of this region"},
                  {.name = "times",
                   .type = ParameterType::integer,
                   .fallback = "1",
                   .summary = "Counted so often",
                   .min = 1,
                   .max = 9},
                  {.name = "by",
                   .type = ParameterType::choice,
                   .fallback = "node",
                   .summary = "Detail",
                   .choices = {"node", "region"}},
                  {.name = "market",
                   .type = ParameterType::flag,
                   .fallback = "on",
                   .summary = "Others step in"},
                  {.name = "list", .type = ParameterType::input_file, .summary = "A csv file"},
                  {.name = "resume", .type = ParameterType::kept_file, .summary = "A file"}};
  d.tables = {{"counts", "Counts", {{"nodes", ColumnType::integer, "", "how many"}}}};
  return {d, [d](const Chain& chain, const Arguments& given, Progress&) {
            Report report;
            report.title = "Count of " + chain.info().name;
            auto table = declared_table(d, "counts");
            table.add_row({static_cast<std::int64_t>(chain.size())});
            report.tables = {table};
            if (given.has("list")) {
              std::ifstream file(given.text("list"));
              std::string line;
              std::getline(file, line);
              if (line == "bad")
                throw Error(Errc::bad_input, given.text("list") + ":1: that is bad", "Be good.");
              report.findings = {{"It holds " + line, Tone::plain}};
            }
            return report;
          }};
}

// Lasts until it is let go or cancelled; counts how often it began.
inline Analysis waiting(std::atomic<bool>& go, std::atomic<int>& begun) {
  Declaration d;
  d.name = "wait";
  d.question = "How long?";
  d.parameters = {
      {.name = "share", .type = ParameterType::real, .fallback = "0.5", .summary = "Ignored"},
      {.name = "market", .type = ParameterType::flag, .fallback = "on", .summary = "Ignored"},
      {.name = "with", .type = ParameterType::chains, .summary = "Opened"}};
  return {d, [&go, &begun](const Chain&, const Arguments&, Progress& progress) {
            ++begun;
            while (!go) {
              progress.report("waiting", 0.5);
              progress.check();
              std::this_thread::sleep_for(std::chrono::milliseconds(2));
            }
            return Report{};
          }};
}

class RunningServer : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::temp_directory_path() /
              (std::string("stave-server-") + std::to_string(::getpid()) +
               testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::create_directories(folder_);
    std::filesystem::copy_file(saved_mills(), folder_ / "mills.stave");
    options_ = {.port = 0, .places = {folder_.string()}, .samples = false};
    analyses_ = {counting(), waiting(go_, begun_)};
  }
  void TearDown() override {
    server_.reset();
    std::filesystem::remove_all(folder_);
  }

  void start() { server_ = std::make_unique<Server>(analyses_, options_); }

  [[nodiscard]] httplib::Client client() const {
    httplib::Client client("127.0.0.1", server_->port());
    client.set_read_timeout(5);
    client.set_keep_alive(true);
    return client;
  }
  [[nodiscard]] std::string here() const { return "127.0.0.1:" + std::to_string(server_->port()); }

  [[nodiscard]] httplib::Response get(const std::string& path,
                                      const httplib::Headers& headers = {}) const {
    auto result = client().Get(path, headers);
    if (!result) ADD_FAILURE() << path << ": " << httplib::to_string(result.error());
    return result ? *result : httplib::Response{};
  }
  [[nodiscard]] Json json(const std::string& path) const { return Json::parse(get(path).body); }

  [[nodiscard]] httplib::Response post(const std::string& path, const std::string& body,
                                       const std::string& type = "application/json",
                                       const httplib::Headers& headers = {}) const {
    auto result = client().Post(path, headers, body, type);
    if (!result) ADD_FAILURE() << path << ": " << httplib::to_string(result.error());
    return result ? *result : httplib::Response{};
  }
  [[nodiscard]] httplib::Response patch(const std::string& path, const std::string& body) const {
    auto result = client().Patch(path, body, "application/json");
    return result ? *result : httplib::Response{};
  }
  // Status, and the error's code.
  [[nodiscard]] static std::string refusal(const httplib::Response& answer) {
    const auto json = Json::parse(answer.body, nullptr, false);
    return std::to_string(answer.status) + " " +
           (json.is_object() ? json.value("code", "?") : "not JSON");
  }
  [[nodiscard]] std::string refusal_of(const std::string& path) const { return refusal(get(path)); }
  [[nodiscard]] httplib::Response remove(const std::string& path) const {
    auto result = client().Delete(path);
    return result ? *result : httplib::Response{};
  }

  // The path of a new run.
  [[nodiscard]] std::string ask(const std::string& analysis, const Json& parameters = {}) const {
    const Json body = {{"chain", "mills"},
                       {"analysis", analysis},
                       {"parameters", parameters.is_null() ? Json::object() : parameters}};
    const auto answer = post("/api/runs", body.dump());
    EXPECT_EQ(answer.status, 202) << answer.body;
    return answer.get_header_value("Location");
  }

  // The run once it is in that state; waits for it.
  [[nodiscard]] Json await(const std::string& path, const std::string& state) const {
    Json run;
    for (int i = 0; i < 1000; ++i) {
      run = json(path);
      if (run.value("state", "") == state) return run;
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    ADD_FAILURE() << path << " is not " << state << ": " << run.dump();
    return run;
  }

  std::filesystem::path folder_;
  std::atomic<bool> go_ = false;
  std::atomic<int> begun_ = 0;  ///< times "wait" was computed
  ServerOptions options_;
  std::vector<Analysis> analyses_;
  std::unique_ptr<Server> server_;
};

}  // namespace stave::test
