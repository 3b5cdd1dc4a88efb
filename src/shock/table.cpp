#include "stave/core/error.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include <fmt/format.h>

#include "shock/told.hpp"

namespace stave {
namespace {

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t most_product_lines = 8;
constexpr std::size_t most_course_rows = 20'000'000;

std::int64_t day(std::size_t t) { return static_cast<std::int64_t>(t); }

double percent(double part, double whole) { return whole > 0 ? 100 * part / whole : nothing; }

double or_nothing(const std::optional<int>& days) {
  return days ? static_cast<double>(*days) : nothing;
}

template <class Of>
std::vector<double> series(const Simulation& simulation, const Of& of) {
  std::vector<double> values;
  for (const auto& total : simulation.days) values.push_back(of(total));
  return values;
}

void add_series(Table& table, const std::string& name, const std::vector<double>& values) {
  if (values.empty()) return;
  const auto [low, high] = std::minmax_element(values.begin(), values.end());
  table.add_row({name, sparkline(values), values.front(), *low, low - values.begin(), *high,
                 high - values.begin(), values.back()});
}

// What one region, product or maker does on every day.
struct Course {
  std::string name;
  std::string code;
  double normal = 0;
  const Matrix *output, *unmet, *lost, *capacity, *stock, *orders;  ///< null where not kept
};

Course course_of(const PlayedShock& played, std::string_view by, std::size_t group) {
  const auto& s = played.simulation;
  const auto& chain = played.chain;
  if (by == "region")
    return {chain.regions()[group].name,
            chain.regions()[group].code,
            played.normal.by_region[group],
            &s.output_by_region,
            &s.unmet_by_region,
            &s.value_added_lost_by_region,
            nullptr,
            &s.stock_by_region,
            &s.orders_by_region};
  if (by == "product")
    return {chain.products()[group].name,
            chain.products()[group].code,
            played.normal.by_product[group],
            &s.output_by_product,
            &s.unmet_by_product,
            &s.value_added_lost_by_product,
            nullptr,
            &s.stock_by_product,
            &s.orders_by_product};
  const auto node = s.watched[group];
  return {maker_name(chain, node), chain.node(node).id, played.normal.output[node.at()],
          &s.node_output,          &s.node_unmet,       nullptr,
          &s.node_capacity,        &s.node_stock,       &s.node_orders};
}

void add_course(Table& table, const PlayedShock& played, std::string_view by, std::size_t group) {
  const auto course = course_of(played, by, group);
  const auto& s = played.simulation;
  // A maker's value added falls with its output.
  const double each = !course.lost && course.normal > 0
                          ? played.chain.value_added()[s.watched[group].at()] / 365
                          : 0;
  const auto cell = [&](const Matrix* kept, std::size_t t) {
    return kept ? (*kept)(t, group) : nothing;
  };
  for (std::size_t t = 0; t < s.days.size(); ++t) {
    const double made = (*course.output)(t, group);
    table.add_row({day(t), course.name, made, percent(made, course.normal), cell(course.unmet, t),
                   course.lost ? cell(course.lost, t) : each * (1 - made / course.normal),
                   cell(course.capacity, t), cell(course.stock, t), cell(course.orders, t),
                   course.code});
  }
}

}  // namespace

Table overview_table(const PlayedShock& played) {
  auto table = money_table(played.chain, "overview");
  const auto& s = played.simulation;
  add_series(table, "output", series(s, [](const DayTotals& d) { return d.output; }));
  add_series(table, "final use unmet", series(s, [](const DayTotals& d) { return d.final_unmet; }));
  add_series(table, "value added lost",
             series(s, [](const DayTotals& d) { return d.value_added_lost; }));
  add_series(table, "stocks of inputs", series(s, [](const DayTotals& d) { return d.stock; }));
  add_series(table, "orders of makers", series(s, [](const DayTotals& d) { return d.orders; }));
  add_series(table, "capacity", series(s, [](const DayTotals& d) { return d.capacity; }));
  return table;
}

Table indicator_list(const PlayedShock& played) {
  auto table = money_table(played.chain, "indicators");
  const auto& it = played.indicators;
  const auto& money = played.chain.info().unit;
  const auto add = [&](const char* name, double value, const std::string& unit,
                       const char* meaning) {
    table.add_row({std::string(name), value, unit, std::string(meaning)});
  };
  add("maximum loss", 100 * (1 - it.least_output), "%",
      "of a normal day's output, on the worst day");
  add("day of it", it.least_day < 0 ? nothing : it.least_day, "day",
      "counted from 0; empty: output never falls");
  add("time to 95 %", or_nothing(it.back_after), "days",
      "from the first event until output stays at 95 % of normal; empty: not within the days "
      "played");
  add("total loss", it.value_added_lost, money, "value added, all days");
  add("total loss, share", 100 * it.value_added_lost_share, "%",
      "of what these days would have given");
  add("output lost", it.output_lost, money, "all days");
  add("loss multiplier", it.loss_multiplier.value_or(nothing), "times",
      "total loss / that of the makers that lost capacity; empty: none did");
  add("final use unmet", it.unmet, money, "all days");
  add("final use unmet, share", 100 * it.unmet_share, "%", "of what was wanted");
  add("time to survive", or_nothing(it.short_after), "days",
      "from the first event until final use first goes short; empty: it never does");
  return table;
}

Table node_list(const PlayedShock& played, std::size_t most) {
  auto table = money_table(played.chain, "nodes");
  auto nodes = worst_hit(played.simulation);
  nodes.resize(std::min(most, nodes.size()));
  for (const auto node : nodes) {
    const auto& c = played.simulation.nodes[node.at()];
    const auto& it = played.chain.node(node);
    table.add_row({maker_name(played.chain, node), c.value_added_lost, c.output_lost,
                   100 * c.least_output, std::int64_t{c.least_day}, c.unmet,
                   std::int64_t{c.first_hit}, std::int64_t{c.first_loss},
                   std::int64_t{c.first_bound},
                   c.first_bound < 0 ? std::string() : played.chain.products()[c.bound_by].name,
                   std::int64_t{c.back}, played.chain.regions()[it.region].code,
                   played.chain.products()[it.product].code, it.id});
  }
  return table;
}

Table day_list(const PlayedShock& played) {
  auto table = money_table(played.chain, "days");
  for (std::size_t t = 0; t < played.simulation.days.size(); ++t) {
    const auto& d = played.simulation.days[t];
    table.add_row({day(t), d.output, percent(d.output, played.normal.total), d.capacity, d.orders,
                   d.final_wanted, d.final_unmet, d.value_added_lost, d.stock, d.in_transit,
                   d.rebuilding_wanted, d.rebuilding_done, static_cast<std::int64_t>(d.bound)});
  }
  return table;
}

Table course_list(const PlayedShock& played, std::string_view by) {
  auto table = money_table(played.chain, "course");
  const auto groups = by == "region"    ? played.chain.regions().size()
                      : by == "product" ? played.chain.products().size()
                                        : played.simulation.watched.size();
  const auto rows = groups * played.simulation.days.size();
  if (rows > most_course_rows)
    throw Error(
        Errc::too_large,
        fmt::format("{} rows for {} over {} days", rows, groups, played.simulation.days.size()),
        fmt::format("At most {}: name makers with --nodes, or play fewer days.", most_course_rows));
  for (std::size_t g = 0; g < groups; ++g) add_course(table, played, by, g);
  return table;
}

Table missed_products(const PlayedShock& played) {
  auto table = money_table(played.chain, "unmet_products");
  const auto wanted = normal_final_use(played.chain);
  const auto days = static_cast<double>(played.simulation.days.size());
  for (const auto product : most_missed(played.simulation, wanted.size())) {
    const auto unmet = column_of(played.simulation.unmet_by_product, product.at());
    const double total = std::accumulate(unmet.begin(), unmet.end(), 0.0);
    const double least = 1e-6 * wanted[product.at()];
    const auto first =
        std::find_if(unmet.begin(), unmet.end(), [&](double u) { return u > least; });
    const auto worst = std::max_element(unmet.begin(), unmet.end());
    const auto& item = played.chain.products()[product];
    table.add_row({item.name, total, percent(total, days * wanted[product.at()]),
                   std::int64_t{first == unmet.end() ? -1 : first - unmet.begin()},
                   std::int64_t{worst - unmet.begin()}, item.code});
  }
  return table;
}

Table missed_by_day(const PlayedShock& played) {
  auto table = money_table(played.chain, "unmet_by_product");
  const auto wanted = normal_final_use(played.chain);
  for (const auto product : most_missed(played.simulation, most_product_lines))
    for (std::size_t t = 0; t < played.simulation.days.size(); ++t)
      table.add_row(
          {day(t), played.chain.products()[product].name,
           percent(played.simulation.unmet_by_product(t, product.at()), wanted[product.at()])});
  return table;
}

// Products of which the whole chain's stock falls furthest below that of the first evening.
Table stocks_by_day(const PlayedShock& played) {
  auto table = money_table(played.chain, "stock_by_product");
  const auto& stock = played.simulation.stock_by_product;
  std::vector<std::pair<double, std::size_t>> falls;
  for (std::size_t k = 0; k < stock.cols(); ++k) {
    const auto held = column_of(stock, k);
    if (held.empty() || !(held.front() > 0)) continue;
    const double least = *std::min_element(held.begin(), held.end()) / held.front();
    if (least < 1 - 1e-6) falls.emplace_back(least, k);
  }
  std::stable_sort(falls.begin(), falls.end());
  falls.resize(std::min(most_product_lines, falls.size()));
  for (const auto& [least, k] : falls)
    for (std::size_t t = 0; t < stock.rows(); ++t)
      table.add_row({day(t), played.chain.products()[k].name, percent(stock(t, k), stock(0, k))});
  return table;
}

}  // namespace stave
