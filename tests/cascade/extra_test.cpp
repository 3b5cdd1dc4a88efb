// The published answers with revenue and cost, the second stopping rule, several weights, partial
// and one-sided shocks (ref_extra.out), to the 12 digits they are printed with. The file does not
// say what they were made from; these settings were found by trying, and give every number of it:
// 20 sectors, 1 to 12 essential to one another, the 20th of no use to anybody;
// revenue = 1.3 sales + 5, cost = 1.15 purchases + 2.
#include "stave/cascade/cascade_all.hpp"

#include <numeric>

#include <gtest/gtest.h>

#include "cascade/esri_files.hpp"

namespace stave {
namespace {

constexpr double printed = 1e-12;
constexpr double printed_sum = 6e-12;

std::vector<double> purchases(const esri::Firms& firms) { return firms.flows.column_sums(); }

std::unique_ptr<esri::Firms> extra_firms(bool revenue_and_cost) {
  auto firms = esri::firms_1000();
  for (int user = 0; user < 20; ++user)
    firms->recipe.set(ProductId(19), ProductId(user), Need::none);
  if (!revenue_and_cost) return firms;
  firms->network.revenue = firms->sales();
  for (auto& r : firms->network.revenue) r = 1.3 * r + 5;
  firms->network.cost = purchases(*firms);
  for (auto& c : firms->network.cost) c = 1.15 * c + 2;
  return firms;
}

Matrix three_weights(const esri::Firms& firms) {
  Matrix weights(3, firms.size());
  std::ranges::copy(firms.sales(), weights.row(0).begin());
  std::ranges::copy(purchases(firms), weights.row(1).begin());
  std::ranges::fill(weights.row(2), 1.0);
  return weights;
}

/// Numbers of the line that opens with `name`, after a mark: "colsums=2.89,1.2 T ...".
std::vector<double> printed_numbers(const std::string& name, const std::string& mark) {
  std::ifstream in(esri::path("ref_extra.out"));
  std::string line;
  while (std::getline(in, line) && !line.starts_with(name)) {
  }
  std::vector<double> numbers;
  std::stringstream cells(line.substr(line.find(mark) + mark.size()));
  for (double x = 0; cells >> x;) {
    numbers.push_back(x);
    if (cells.peek() == ',') cells.ignore();
  }
  return numbers;
}

struct ExtraRun {
  std::string name;
  bool revenue_and_cost;
  CascadeOptions options;
};

class ThousandFirmsMore : public testing::TestWithParam<ExtraRun> {};

TEST_P(ThousandFirmsMore, LossesAndRoundsAreAsPublished) {
  if (!esri::present()) GTEST_SKIP() << "no " << esri::path("");
  const auto& run = GetParam();
  const auto firms = extra_firms(run.revenue_and_cost);
  const Matrix weights = three_weights(*firms);
  std::vector<CascadeScenario> closures(firms->size());
  for (std::size_t i = 0; i < closures.size(); ++i)
    closures[i].shocks = {{.node = static_cast<std::int32_t>(i)}};
  const auto all = cascade_all(firms->network, closures, weights.view(), {.cascade = run.options});
  const auto sums = printed_numbers(run.name, "colsums=");
  const auto first = printed_numbers(run.name, "row1=");
  const auto mean = printed_numbers(run.name, "mean=");
  const auto most = printed_numbers(run.name, "max=");
  ASSERT_EQ(sums.size() % 3, 0);
  ASSERT_EQ(first.size(), sums.size());
  for (std::size_t k = 0; k < sums.size() / 3; ++k) {
    SystemicRisk sum;
    for (std::size_t i = 0; i < closures.size(); ++i) {
      sum.both += all.at(i, k).both;
      sum.down += all.at(i, k).down;
      sum.up += all.at(i, k).up;
    }
    EXPECT_NEAR(sum.both, sums[3 * k], printed_sum);
    EXPECT_NEAR(sum.down, sums[3 * k + 1], printed_sum);
    EXPECT_NEAR(sum.up, sums[3 * k + 2], printed_sum);
    EXPECT_NEAR(all.at(0, k).both, first[3 * k], printed);
    EXPECT_NEAR(all.at(0, k).down, first[3 * k + 1], printed);
    EXPECT_NEAR(all.at(0, k).up, first[3 * k + 2], printed);
  }
  const double rounds = std::accumulate(all.rounds.begin(), all.rounds.end(), 0.0);
  EXPECT_NEAR(rounds / 1000, mean.at(0), 1e-9);
  EXPECT_EQ(*std::ranges::max_element(all.rounds), most.at(0));
}
INSTANTIATE_TEST_SUITE_P(
    ExtraRuns, ThousandFirmsMore,
    testing::Values(ExtraRun{"revenue+cost, repl  ", true, {}},
                    ExtraRun{"revenue+cost, norepl", true, {.market = false}},
                    ExtraRun{"revenue+cost, repl, eps 1e-6", true, {.eps = 1e-6}},
                    ExtraRun{"conv_type=2", false, {.stop = StopRule::loss_growth}},
                    ExtraRun{"3 weights repl revcost", true, {}}),
    [](const auto& run) { return "Run" + std::to_string(run.index); });

/// Share `down` of the sector that counts from 1.
std::vector<double> sector_shock(const esri::Firms& firms, int sector, double share) {
  std::vector<double> shock(firms.size());
  for (std::size_t i = 0; i < shock.size(); ++i)
    if (firms.network.product[i] == sector - 1) shock[i] = share;
  return shock;
}

// The first of the three scenarios: sector 3 loses 40 % of its capacity; on the side of orders the
// same, or sector 5 loses 30 %.
TEST(ThousandFirmsMore, PartialAndOneSidedShocksAreAsPublished) {
  if (!esri::present()) GTEST_SKIP() << "no " << esri::path("");
  const auto firms = extra_firms(true);
  const auto down = sector_shock(*firms, 3, .4);
  const CascadeOptions options{.eps = 1e-4};
  const auto same =
      systemic_risk(cascade_reference(firms->network, down, {}, options), firms->sales());
  const auto first = printed_numbers("3 scenarios partial", "row1=");
  EXPECT_NEAR(same.both, first.at(0), printed);
  EXPECT_NEAR(same.down, first.at(1), printed);
  EXPECT_NEAR(same.up, first.at(2), printed);

  const auto up = sector_shock(*firms, 5, .3);
  const auto result = cascade_reference(firms->network, down, up, options);
  const auto one_sided = systemic_risk(result, firms->sales());
  const auto second = printed_numbers("3 scenarios psi_down/psi_up", "row1=");
  EXPECT_NEAR(one_sided.both, second.at(0), printed);
  EXPECT_NEAR(one_sided.down, second.at(1), printed);
  EXPECT_NEAR(one_sided.up, second.at(2), printed);

  const auto by_sector = risk_by_product(firms->network, result, firms->sales(), down, up);
  const auto sector_down = printed_numbers("sec_d_mat ", "sec_d_mat ");
  const auto sector_up = printed_numbers("sec_u_mat ", "sec_u_mat ");
  const auto sector_both = printed_numbers("sec_du_mat ", "sec_du_mat ");
  for (std::size_t k = 0; k < 5; ++k) {
    EXPECT_NEAR(by_sector[k].down, sector_down.at(k), 6e-11) << "sector " << k + 1;
    EXPECT_NEAR(by_sector[k].up, sector_up.at(k), 6e-11) << "sector " << k + 1;
    EXPECT_NEAR(by_sector[k].both, sector_both.at(k), 6e-11) << "sector " << k + 1;
  }
}

}  // namespace
}  // namespace stave
