// Known answers: three scenarios of BoARIO 0.6 on a table of 3 regions and 5 sectors, 365 days.
#include "stave/disruption/reference.hpp"
#include "stave/formats/delimited.hpp"
#include "stave/formats/source.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "disruption/played.hpp"

namespace stave::test {
namespace {

const std::filesystem::path ario = STAVE_SHARED "/reference/ario";

NumericTable table_at(const std::string& name, std::size_t header_rows, std::size_t labels) {
  TableLayout layout;
  layout.header_rows = header_rows;
  layout.label_columns = labels;
  return read_table(Source::open(ario / name), layout);
}

/// One row a day, its number in front.
Matrix trajectory(const std::string& name) { return table_at(name + ".csv.gz", 3, 1).values; }

Chain fifteen_sectors() {
  const auto z = table_at("mrio_agg15/Z.csv", 3, 2);
  const auto y = table_at("mrio_agg15/Y.csv", 3, 2);
  ChainParts parts;
  std::vector<Item> regions;
  std::vector<Item> products;
  const auto position = [](std::vector<Item>& items, const std::string& code) {
    for (std::size_t i = 0; i < items.size(); ++i)
      if (items[i].code == code) return i;
    items.push_back({code, {}, {}, {}, Kind::unknown});
    return items.size() - 1;
  };
  for (const auto& label : z.labels)
    parts.nodes.push_back({label[0] + "." + label[1],
                           {},
                           {},
                           RegionId(position(regions, label[0])),
                           ProductId(position(products, label[1])),
                           {}});
  for (std::size_t c = 2; c < y.header[0].size(); ++c)
    parts.final_columns.push_back({RegionId(position(regions, y.header[0][c])), y.header[1][c]});
  parts.regions = Classification("region", std::move(regions));
  parts.products = Classification("product", std::move(products));
  parts.flows = FlowMatrix(z.values);
  parts.final_use = y.values;
  return Chain(std::move(parts));
}

constexpr std::array hit_nodes{"reg1.manufactoring", "reg1.mining"};

/// 5e8 of capital by value added, which is a quarter of capital, twenty days, then healing over
/// 180.
CapacityEvent destroyed_capital(const Chain& chain) {
  double value_added = 0;
  for (const char* id : hit_nodes) value_added += chain.value_added()[chain.require_node(id).at()];
  CapacityEvent event{
      .when = {.duration = 20, .recovery = Recovery::exponential, .recovery_days = 180},
      .kind = LossKind::capital};
  for (const char* id : hit_nodes)
    event.nodes.push_back({chain.require_node(id), 5e8 / (4 * value_added)});
  return event;
}

CapacityEvent stopped(const Chain& chain, double share, int duration) {
  CapacityEvent event{.when = {.duration = duration, .recovery_days = 30}};
  for (const char* id : hit_nodes) event.nodes.push_back({chain.require_node(id), share});
  return event;
}

/// Every day and column within 1e-9 of itself or of `floor`: unmet final use is the difference of
/// two numbers as large as the final use of a day.
void expect_columns(const Matrix& found, const Matrix& wanted, std::span<const double> floor,
                    const std::string& what) {
  ASSERT_EQ(found.rows(), wanted.rows()) << what;
  ASSERT_EQ(found.cols(), wanted.cols()) << what;
  for (std::size_t t = 0; t < found.rows(); ++t)
    for (std::size_t c = 0; c < found.cols(); ++c)
      ASSERT_NEAR(found(t, c), wanted(t, c), 1e-9 * std::max(std::abs(wanted(t, c)), floor[c]))
          << what << ", day " << t << ", column " << c;
}

std::vector<double> final_use_a_day(const Chain& chain) {
  std::vector<double> day(chain.final_columns().size());
  for (std::size_t i = 0; i < chain.size(); ++i)
    for (std::size_t c = 0; c < day.size(); ++c) day[c] += chain.final_use()(i, c) / 365;
  return day;
}

void expect_trajectory(const Chain& chain, const CapacityEvent& event, SimulationOptions options,
                       const std::string& name) {
  options.compatibility = Compatibility::boario;
  Scenario scenario;
  scenario.capacity = {event};
  const auto run = simulation_reference(chain, scenario, options, watch_all);
  const auto& found = run.simulation;
  const auto fast = simulate(chain, scenario, options, watch_all);
  expect_same(fast, found, money_a_day(chain), 1e-10);
  const std::vector<double> none(chain.size());
  expect_columns(found.node_output, trajectory(name + "__production_realised"), none,
                 name + " output");
  expect_columns(fast.node_output, trajectory(name + "__production_realised"), none,
                 name + " output of the engine");
  expect_columns(found.node_capacity, trajectory(name + "__production_capacity"), none,
                 name + " capacity");
  expect_columns(run.unmet_by_column, trajectory(name + "__final_demand_unmet"),
                 final_use_a_day(chain), name + " unmet");
}

#define SKIP_WITHOUT_ARIO() \
  if (!std::filesystem::exists(ario)) GTEST_SKIP() << ario

TEST(ArioTrajectory, CapitalDestroyedHealsExponentially) {
  SKIP_WITHOUT_ARIO();
  const auto chain = fifteen_sectors();
  expect_trajectory(chain, destroyed_capital(chain), {}, "B_medium_rec_convexe");
}

TEST(ArioTrajectory, NineTenthsStoppedForNinetyDaysOrdersByHabit) {
  SKIP_WITHOUT_ARIO();
  const auto chain = fifteen_sectors();
  expect_trajectory(chain, stopped(chain, 0.9, 90), {.orders = OrderRule::habit}, "G_arb90_noalt");
}

TEST(ArioTrajectory, BaseModelHalfStoppedForSixtyDays) {
  SKIP_WITHOUT_ARIO();
  const auto chain = fifteen_sectors();
  expect_trajectory(chain, stopped(chain, 0.5, 60), simulation_preset("ario"), "H_base_arb50");
}

}  // namespace
}  // namespace stave::test
