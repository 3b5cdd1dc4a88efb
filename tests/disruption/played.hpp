#pragma once
/// A scenario played by the slow twin and by the engine, which must agree.

#include "stave/disruption/reference.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace stave::test {

/// Within `tolerance` of the value or of `floor`.
inline void expect_close(double found, double wanted, double floor, double tolerance,
                         const std::string& what) {
  ASSERT_NEAR(found, wanted, tolerance * std::max(std::abs(wanted), floor)) << what;
}

inline const Watch watch_all{.all_nodes = true, .region_stocks = true};

/// Every cell within `tolerance` of itself or of the largest of its column.
inline void expect_close(const Matrix& found, const Matrix& wanted, double floor, double tolerance,
                         const std::string& what) {
  ASSERT_EQ(found.rows(), wanted.rows()) << what;
  ASSERT_EQ(found.cols(), wanted.cols()) << what;
  for (std::size_t t = 0; t < found.rows(); ++t)
    for (std::size_t c = 0; c < found.cols(); ++c)
      ASSERT_NEAR(found(t, c), wanted(t, c), tolerance * std::max(std::abs(wanted(t, c)), floor))
          << what << ", day " << t << ", column " << c;
}

inline void expect_same_days(const Simulation& found, const Simulation& wanted, double money,
                             double tolerance) {
  ASSERT_EQ(found.days.size(), wanted.days.size());
  for (std::size_t t = 0; t < found.days.size() && !::testing::Test::HasFatalFailure(); ++t) {
    const auto& a = found.days[t];
    const auto& b = wanted.days[t];
    const auto day = " on day " + std::to_string(t);
    expect_close(a.output, b.output, money, tolerance, "output" + day);
    expect_close(a.capacity, b.capacity, money, tolerance, "capacity" + day);
    expect_close(a.orders, b.orders, money, tolerance, "orders" + day);
    expect_close(a.final_wanted, b.final_wanted, money, tolerance, "wanted" + day);
    expect_close(a.final_unmet, b.final_unmet, money, tolerance, "unmet" + day);
    expect_close(a.value_added_lost, b.value_added_lost, money, tolerance, "value added" + day);
    expect_close(a.stock, b.stock, money, tolerance, "stock" + day);
    expect_close(a.in_transit, b.in_transit, money, tolerance, "in transit" + day);
    expect_close(a.rebuilding_wanted, b.rebuilding_wanted, money, tolerance, "rebuilding" + day);
    expect_close(a.rebuilding_done, b.rebuilding_done, money, tolerance, "rebuilt" + day);
    ASSERT_EQ(a.bound, b.bound) << "bound" + day;
  }
}

/// Output of a normal day, all together.
inline double money_a_day(const Chain& chain) {
  double all = 0;
  for (const double x : chain.output()) all += x / 365;
  return all;
}

/// Everything a Simulation tells. `money`: output of a normal day, all together.
inline void expect_same(const Simulation& found, const Simulation& wanted, double money,
                        double tolerance) {
  expect_same_days(found, wanted, money, tolerance);
  if (::testing::Test::HasFatalFailure()) return;
  const auto same = [&](const Matrix& a, const Matrix& b, const char* what) {
    expect_close(a, b, money, tolerance, what);
  };
  same(found.output_by_region, wanted.output_by_region, "output by region");
  same(found.output_by_product, wanted.output_by_product, "output by product");
  same(found.unmet_by_region, wanted.unmet_by_region, "unmet by region");
  same(found.unmet_by_product, wanted.unmet_by_product, "unmet by product");
  same(found.value_added_lost_by_region, wanted.value_added_lost_by_region, "value added");
  same(found.value_added_lost_by_product, wanted.value_added_lost_by_product, "value added of");
  same(found.stock_by_product, wanted.stock_by_product, "stock by product");
  same(found.stock_by_region, wanted.stock_by_region, "stock by region");
  same(found.orders_by_region, wanted.orders_by_region, "orders by region");
  same(found.orders_by_product, wanted.orders_by_product, "orders by product");
  same(found.node_output, wanted.node_output, "output of nodes");
  same(found.node_stock, wanted.node_stock, "stocks of nodes");
  same(found.node_orders, wanted.node_orders, "orders with nodes");
  same(found.node_capacity, wanted.node_capacity, "capacity of nodes");
  same(found.node_unmet, wanted.node_unmet, "unmet of nodes");
  ASSERT_EQ(found.nodes.size(), wanted.nodes.size());
  for (std::size_t i = 0; i < found.nodes.size(); ++i) {
    const auto node = "node " + std::to_string(i);
    EXPECT_NEAR(found.nodes[i].least_output, wanted.nodes[i].least_output, 1e-9) << node;
    EXPECT_EQ(found.nodes[i].first_loss, wanted.nodes[i].first_loss) << node;
    EXPECT_EQ(found.nodes[i].first_bound, wanted.nodes[i].first_bound) << node;
    EXPECT_EQ(found.nodes[i].first_hit, wanted.nodes[i].first_hit) << node;
    EXPECT_EQ(found.nodes[i].bound_by, wanted.nodes[i].bound_by) << node;
  }
  EXPECT_EQ(found.first_bound.has_value(), wanted.first_bound.has_value());
  if (found.first_bound && wanted.first_bound) {
    EXPECT_EQ(found.first_bound->day, wanted.first_bound->day);
    EXPECT_EQ(found.first_bound->product, wanted.first_bound->product);
  }
  ASSERT_EQ(found.rebuilding_left.size(), wanted.rebuilding_left.size());
  for (std::size_t e = 0; e < found.rebuilding_left.size(); ++e)
    expect_close(found.rebuilding_left[e], wanted.rebuilding_left[e], 0, tolerance, "left");
  EXPECT_EQ(found.clipped, wanted.clipped);
  EXPECT_EQ(found.negative_left_out, wanted.negative_left_out);
}

}  // namespace stave::test
