#include "position/position_years.hpp"

#include "stave/analysis/years.hpp"
#include "stave/position/position.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <tuple>
#include <unordered_map>

#include <fmt/format.h>

#include "position/declaration.hpp"
#include "position/words.hpp"

namespace stave {
namespace {

constexpr double nowhere = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t most_passings = 20'000;

struct Placed {
  double up = nowhere;
  double down = nowhere;
  [[nodiscard]] double position() const { return up / down; }
};

/// Regions, products or makers of every year, in the order of the chain asked about.
struct Level {
  std::string name;  // "region"
  std::vector<std::string> code;
  std::vector<std::string> label;
  std::vector<std::vector<Placed>> places;  // [years][items]

  [[nodiscard]] const Placed& first(std::size_t i) const { return places.front()[i]; }
  [[nodiscard]] const Placed& last(std::size_t i) const { return places.back()[i]; }
  [[nodiscard]] bool known(std::size_t i) const {
    return !std::isnan(first(i).position()) && !std::isnan(last(i).position());
  }
  /// 1 for the largest U / D of those known in the first and the last year; 0 for others.
  [[nodiscard]] std::size_t rank(std::size_t year, std::size_t i) const {
    if (!known(i)) return 0;
    std::size_t place = 1;
    for (std::size_t k = 0; k < code.size(); ++k)
      if (known(k) && places[year][k].position() > places[year][i].position()) ++place;
    return place;
  }
  [[nodiscard]] bool passed(std::size_t i, std::size_t k) const {
    return first(i).position() < first(k).position() && last(i).position() > last(k).position();
  }
};

using Places = std::unordered_map<std::string, Placed>;

void take_year(const Places& found, Level& level) {
  std::vector<Placed> row;
  for (const auto& code : level.code) {
    const auto at = found.find(code);
    row.push_back(at == found.end() ? Placed{} : at->second);
  }
  level.places.push_back(std::move(row));
}

Places places_of(const Chain& chain, const Position& p, const std::vector<words::Group>& groups) {
  Places places;
  for (const auto& group : groups)
    places[group.code] = {weighted_mean(chain, p.upstreamness, group.makers),
                          weighted_mean(chain, p.downstreamness, group.makers)};
  return places;
}

struct Course {
  Years years;
  Level regions{"region", {}, {}, {}};
  Level products{"product", {}, {}, {}};
  Level makers{"maker", {}, {}, {}};
  std::vector<double> mean;  // upstreamness of all, by year
};

void name_items(const Classification& items, Level& level) {
  for (const auto& item : items.items()) {
    level.code.push_back(item.code);
    level.label.push_back(item.name);
  }
}

void take_chain(const Chain& chain, Inventories inventories, Course& course, Report& report,
                Progress& progress) {
  CorrectedSystem system(chain, inventories);
  const auto p = positions(system, progress);
  take_year(places_of(chain, p, words::by_region(chain)), course.regions);
  take_year(places_of(chain, p, words::by_product(chain)), course.products);
  Places makers;
  std::vector<NodeId> all;
  for (std::size_t i = 0; i < chain.size(); ++i) {
    makers[chain.nodes()[i].id] = {p.upstreamness[i], p.downstreamness[i]};
    all.emplace_back(i);
  }
  take_year(makers, course.makers);
  course.mean.push_back(weighted_mean(chain, p.upstreamness, all));
  report.provenance.residuals.push_back(
      {fmt::format("sum of output x upstreamness equals that of output x downstreamness, {}",
                   course.years.label[course.mean.size() - 1]),
       p.imbalance, 1e-9});
}

Course course_of(const Chain& chain, const Arguments& arguments, Report& report,
                 Progress& progress) {
  Course course;
  course.years = in_years(chain, arguments.chains("later"));
  name_items(chain.regions(), course.regions);
  name_items(chain.products(), course.products);
  for (std::size_t i = 0; i < chain.size(); ++i) {
    course.makers.code.push_back(chain.nodes()[i].id);
    course.makers.label.push_back(chain.label(NodeId(i)));
  }
  const auto inventories =
      arguments.text("inventories") == "keep" ? Inventories::keep : Inventories::remove;
  for (const auto& one : course.years.chains)
    take_chain(one, inventories, course, report, progress);
  return course;
}

double place_or_none(std::size_t rank) { return rank > 0 ? static_cast<double>(rank) : nowhere; }

// Positions of those known at both ends, by what changed most.
std::vector<std::size_t> moved_most_first(const Level& level) {
  std::vector<double> change;
  for (std::size_t i = 0; i < level.code.size(); ++i)
    change.push_back(level.known(i) ? std::abs(level.last(i).position() - level.first(i).position())
                                    : nowhere);
  auto order = words::largest_first(change);
  std::erase_if(order, [&](std::size_t i) { return !level.known(i); });
  return order;
}

void add_change(const Level& level, std::size_t i, std::vector<Table::Cell>& row) {
  const auto& a = level.first(i);
  const auto& b = level.last(i);
  for (const double v : {a.up, b.up, b.up - a.up, a.down, b.down, b.down - a.down, a.position(),
                         b.position(), b.position() - a.position()})
    row.emplace_back(v);
}

std::size_t count_passed(const Level& level, std::size_t i, bool by_it) {
  std::size_t count = 0;
  for (std::size_t k = 0; k < level.code.size(); ++k)
    if (by_it ? level.passed(i, k) : level.passed(k, i)) ++count;
  return count;
}

Table moves_table(const Level& level, std::string_view name) {
  auto table = declared_table(position_declaration(), name);
  for (const auto i : moved_most_first(level)) {
    std::vector<Table::Cell> row{level.code[i], level.label[i]};
    add_change(level, i, row);
    row.emplace_back(place_or_none(level.rank(0, i)));
    row.emplace_back(place_or_none(level.rank(level.places.size() - 1, i)));
    row.emplace_back(static_cast<std::int64_t>(count_passed(level, i, true)));
    row.emplace_back(static_cast<std::int64_t>(count_passed(level, i, false)));
    table.add_row(std::move(row));
  }
  return table;
}

Table maker_moves(const Chain& chain, const Level& level, const Arguments& arguments) {
  auto table = declared_table(position_declaration(), "maker_moves");
  for (const auto i : moved_most_first(level)) {
    const auto& node = chain.nodes()[i];
    if (arguments.has("region") && node.region != arguments.region("region")) continue;
    if (arguments.has("product") && node.product != arguments.product("product")) continue;
    std::vector<Table::Cell> row{node.id, level.label[i], chain.regions()[node.region].code,
                                 chain.products()[node.product].code};
    add_change(level, i, row);
    table.add_row(std::move(row));
  }
  return table;
}

Table region_course(const Course& course) {
  auto table = declared_table(position_declaration(), "region_course");
  const auto& level = course.regions;
  for (std::size_t i = 0; i < level.code.size(); ++i)
    for (std::size_t y = 0; y < level.places.size(); ++y) {
      const auto& at = level.places[y][i];
      if (!std::isnan(at.position()))
        table.add_row({level.code[i], level.label[i], course.years.label[y], at.up, at.down,
                       at.position(), place_or_none(level.rank(y, i))});
    }
  return table;
}

void add_passings(const Level& level, Table& table, std::vector<std::string>& notes) {
  std::size_t count = 0;
  for (const auto i : moved_most_first(level))
    for (std::size_t k = 0; k < level.code.size(); ++k) {
      if (!level.passed(i, k) || ++count > most_passings) continue;
      table.add_row({level.name, level.code[i], level.label[i], level.code[k], level.label[k],
                     level.first(i).position(), level.last(i).position(), level.first(k).position(),
                     level.last(k).position()});
    }
  if (count > most_passings)
    notes.push_back(fmt::format("{} of {} passings of {}s are listed, of those who moved most.",
                                most_passings, count, level.name));
}

// "A, B, C and 4 more", of those that `who` says.
std::string named(const Level& level, const std::function<bool(std::size_t)>& who) {
  std::vector<std::string> names;
  std::size_t more = 0;
  for (std::size_t k = 0; k < level.code.size(); ++k) {
    if (!who(k)) continue;
    if (names.size() < 3)
      names.push_back(level.label[k]);
    else
      ++more;
  }
  if (more > 0) names.push_back(fmt::format("{} more", more));
  return words::listed(names);
}

Finding own_move(const Course& course, const Level& level, const std::string& code) {
  const auto i = static_cast<std::size_t>(std::ranges::find(level.code, code) - level.code.begin());
  if (!level.known(i))
    return {fmt::format("{} makes nothing in the first or the last year.", level.label[i]),
            Tone::plain};
  const auto& a = level.first(i);
  const auto& b = level.last(i);
  auto text = fmt::format(
      "{}, {} to {}: upstreamness {:.2f} to {:.2f}, downstreamness {:.2f} to {:.2f}, position U / "
      "D "
      "{:.3f} to {:.3f}, rank {} to {} from the start of chains.",
      level.label[i], course.years.label.front(), course.years.label.back(), a.up, b.up, a.down,
      b.down, a.position(), b.position(), level.rank(0, i), level.rank(level.places.size() - 1, i));
  const auto ahead = named(level, [&](std::size_t k) { return level.passed(i, k); });
  const auto behind = named(level, [&](std::size_t k) { return level.passed(k, i); });
  if (!ahead.empty()) text += fmt::format(" It passed {}.", ahead);
  if (!behind.empty()) text += fmt::format(" It was passed by {}.", behind);
  return {text, Tone::plain};
}

// "China (2.60 to 2.84)", of the three whose upstreamness rose or fell most.
std::string largest_moves(const Level& level, bool up) {
  std::vector<double> change;
  for (std::size_t i = 0; i < level.code.size(); ++i)
    change.push_back(level.known(i) ? (up ? 1 : -1) * (level.last(i).up - level.first(i).up)
                                    : nowhere);
  std::vector<std::string> names;
  for (const auto i : words::largest_first(change))
    if (names.size() < 3 && change[i] > 0)
      names.push_back(fmt::format("{} ({:.2f} to {:.2f})", level.label[i], level.first(i).up,
                                  level.last(i).up));
  return names.empty() ? "nobody" : words::listed(names);
}

void tell_years(const Chain& chain, const Course& course, const Arguments& arguments,
                Report& report) {
  std::vector<Finding> told{
      {fmt::format("From {} to {} products came to pass {:.2f} stages to final use, after {:.2f}.",
                   course.years.label.front(), course.years.label.back(), course.mean.back(),
                   course.mean.front()),
       Tone::plain}};
  if (arguments.has("region"))
    told.push_back(
        own_move(course, course.regions, chain.regions()[arguments.region("region")].code));
  if (arguments.has("product"))
    told.push_back(
        own_move(course, course.products, chain.products()[arguments.product("product")].code));
  for (const auto* level : {&course.regions, &course.products})
    if (level->code.size() > 1)
      told.push_back(
          {fmt::format("Of {}s, most moved away from final use: {}; towards it: {}.", level->name,
                       largest_moves(*level, true), largest_moves(*level, false)),
           Tone::plain});
  report.findings.insert(report.findings.begin(), told.begin(), told.end());
}

constexpr auto number_of = ColumnType::real;
constexpr auto letters = ColumnType::text;

// Upstreamness, downstreamness and position in the first year, the last, and their change.
std::vector<ColumnSpec> with_moves(std::vector<ColumnSpec> columns) {
  for (const auto& [name, unit, what] : {std::tuple{"upstreamness", "stages", "U"},
                                         {"downstreamness", "stages", "D"},
                                         {"position", "", "U / D"}}) {
    columns.push_back({fmt::format("{}_first", name), number_of, unit,
                       fmt::format("{} in the first year", what)});
    columns.push_back(
        {fmt::format("{}_last", name), number_of, unit, fmt::format("{} in the last year", what)});
    columns.push_back({fmt::format("{}_change", name), number_of, unit,
                       fmt::format("{}, last less first", what)});
  }
  return columns;
}

std::vector<ColumnSpec> with_ranks(std::vector<ColumnSpec> columns) {
  columns = with_moves(std::move(columns));
  columns.push_back(
      {"rank_first", number_of, {}, "Place by U / D in the first year, 1 nearest to the start"});
  columns.push_back({"rank_last", number_of, {}, "Place in the last year"});
  columns.push_back({"passed", ColumnType::integer, {}, "Those it passed towards the start"});
  columns.push_back({"passed_by", ColumnType::integer, {}, "Those who passed it"});
  return columns;
}

}  // namespace

void add_years(const Chain& chain, const Arguments& arguments, Report& report, Progress& progress) {
  if (arguments.chains("later").empty()) return;
  const auto course = course_of(chain, arguments, report, progress);
  tell_years(chain, course, arguments, report);
  auto passed = declared_table(position_declaration(), "passed");
  add_passings(course.regions, passed, report.provenance.notes);
  add_passings(course.products, passed, report.provenance.notes);
  std::vector<Table> tables{moves_table(course.regions, "region_moves"),
                            moves_table(course.products, "product_moves"), std::move(passed),
                            region_course(course), maker_moves(chain, course.makers, arguments)};
  report.tables.insert(report.tables.begin(), tables.begin(), tables.end());
  report.provenance.notes.push_back(
      fmt::format("Tables and figures of one year are those of {}.", chain.info().name));
  if (course.regions.code.size() > 1)
    report.figures.insert(
        report.figures.begin(),
        {{"dumbbell",
          "region_moves",
          "Who moved",
          "Upstreamness, stages, first and last year.",
          {{"label", "name"}, {"from", "upstreamness_first"}, {"to", "upstreamness_last"}},
          20}});
}

std::vector<TableSpec> year_tables() {
  const ColumnSpec region{"region", letters, {}, "Code of the region"};
  const ColumnSpec product{"product", letters, {}, "Code of the product"};
  return {{"region_moves", "Regions from the first to the last year, largest move first",
           with_ranks({region, {"name", letters, {}, "Name of the region"}})},
          {"product_moves", "Products from the first to the last year, largest move first",
           with_ranks({product, {"name", letters, {}, "Name of the product"}})},
          {"passed",
           "Who passed whom towards the start of chains, by U / D",
           {{"level", letters, {}, "region or product"},
            {"code", letters, {}, "Who passed"},
            {"name", letters, {}, "Its name"},
            {"passed_code", letters, {}, "Who was passed"},
            {"passed_name", letters, {}, "Its name"},
            {"first", number_of, {}, "U / D of who passed, first year"},
            {"last", number_of, {}, "U / D of who passed, last year"},
            {"passed_first", number_of, {}, "U / D of who was passed, first year"},
            {"passed_last", number_of, {}, "U / D of who was passed, last year"}}},
          {"region_course",
           "Regions year by year",
           {region,
            {"name", letters, {}, "Name of the region"},
            {"year", letters, {}, "Year of the chain, or its name"},
            {"upstreamness", number_of, "stages", "U: mean stages to final use, plus 1"},
            {"downstreamness", number_of, "stages", "D: mean stages from value added, plus 1"},
            {"position", number_of, {}, "U / D: above 1 nearer to the start of chains"},
            {"rank", number_of, {}, "Place by U / D, 1 nearest to the start"}}},
          {"maker_moves", "Makers from the first to the last year, largest move first",
           with_moves({{"node", letters, {}, "Id of the node"},
                       {"label", letters, {}, "Region and product"},
                       region,
                       product})}};
}

}  // namespace stave
