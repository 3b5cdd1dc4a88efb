#include "stave/balance/balance.hpp"
#include "stave/balance/disaggregate.hpp"
#include "stave/core/error.hpp"
#include "stave/formats/balance_file.hpp"
#include "stave/store/sample.hpp"
#include "stave/store/store.hpp"

#include <cmath>
#include <filesystem>
#include <memory>
#include <ostream>

#include <fmt/format.h>

#include "cli/command.hpp"
#include "cli/terminal_progress.hpp"

namespace stave {
namespace {

struct BalanceCall {
  std::string chain;
  std::string out;
  std::string name;
  std::string rows;
  std::string columns;
  std::string fixed;
  std::string part = "flows";
  std::string scale = "never";
  double tolerance = BalanceOptions().tolerance;
  int iterations = BalanceOptions().max_iterations;
  TableOutput output;

  [[nodiscard]] bool whole() const { return part == "table"; }
};

std::string place_in(const NamedTotals& totals, std::size_t i, const std::string& name) {
  return fmt::format("'{}' ({}:{})", name, totals.file, totals.lines[i]);
}

/// Targets, options and the names of rows and columns, as the files have them.
struct BalanceTask {
  CellTable cells;
  BalanceTargets targets;
  NamedTotals rows;
  NamedTotals columns;
  BalanceOptions options;
};

std::vector<FixedCell> fixed_cells(const BalanceCall& call, const Chain& chain,
                                   const CellTable& cells) {
  std::vector<FixedCell> fixed;
  if (call.fixed.empty()) return fixed;
  for (const auto& cell : read_cells(chain, call.whole(), call.fixed)) {
    const auto first =
        cells.column.begin() + static_cast<std::ptrdiff_t>(cells.row_start[cell.row]);
    const auto last =
        cells.column.begin() + static_cast<std::ptrdiff_t>(cells.row_start[cell.row + 1]);
    const auto at = std::lower_bound(first, last, static_cast<std::int32_t>(cell.column));
    const bool there = at != last && *at == static_cast<std::int32_t>(cell.column);
    const double now = there ? cells.value[static_cast<std::size_t>(at - cells.column.begin())] : 0;
    fixed.push_back({cell.row, cell.column, cell.value.value_or(now)});
  }
  return fixed;
}

void read_task(const BalanceCall& call, const Chain& chain, BalanceTask& task) {
  task.cells = cells_of(chain, call.whole() ? TablePart::table : TablePart::flows);
  task.rows = read_totals(chain, TableSide::rows, call.whole(), call.rows);
  task.columns = read_totals(chain, TableSide::columns, call.whole(), call.columns);
  task.targets = {task.rows.values, task.columns.values, fixed_cells(call, chain, task.cells)};
  task.options.tolerance = call.tolerance;
  task.options.max_iterations = call.iterations;
  task.options.scale = call.scale == "rows"      ? ScaleTargets::rows
                       : call.scale == "columns" ? ScaleTargets::columns
                                                 : ScaleTargets::never;
  task.options.row_label = [&](std::size_t i) {
    return "row " + place_in(task.rows, i, row_name(chain, i));
  };
  task.options.column_label = [&](std::size_t j) {
    return "column " + place_in(task.columns, j, column_name(chain, j));
  };
}

Table margin_table(const Chain& chain, const BalanceTask& task, const Balancing& done) {
  Table table("margins", "Totals of rows and columns",
              {{"side", ColumnType::text, "", "row or column"},
               {"name", ColumnType::text, "", "maker, primary input or final use"},
               {"before", ColumnType::real, chain.info().unit, "in the chain given"},
               {"target", ColumnType::real, chain.info().unit, "what it was to sum to"},
               {"after", ColumnType::real, chain.info().unit, "in the chain made"},
               {"miss", ColumnType::real, chain.info().unit, "after less target"},
               {"factor", ColumnType::real, "", "r of the row or s of the column"}});
  const auto add = [&](std::string_view side, const std::vector<double>& before,
                       const std::vector<double>& target, const std::vector<double>& after,
                       const std::vector<double>& factor, auto&& name) {
    for (std::size_t i = 0; i < target.size(); ++i)
      table.add_row({std::string(side), name(i), before[i], target[i], after[i],
                     after[i] - target[i], factor[i]});
  };
  add("row", task.cells.row_sums(), done.targets.rows, done.table.row_sums(), done.row_factor,
      [&](std::size_t i) { return row_name(chain, i); });
  add("column", task.cells.column_sums(), done.targets.columns, done.table.column_sums(),
      done.column_factor, [&](std::size_t j) { return column_name(chain, j); });
  return table;
}

std::vector<std::string> balance_notes(const BalanceCall& call, const Balancing& done) {
  std::vector<std::string> notes;
  notes.push_back(fmt::format(
      "{} brought to totals given, by {} in {} {}; rows and columns miss by at most {:.1e} "
      "of their gross sums{}",
      call.whole() ? "Flows, final use and primary inputs" : "Flows",
      done.has_negative ? "GRAS (cells below zero keep their sign)" : "RAS", done.iterations,
      done.iterations == 1 ? "iteration" : "iterations", done.residual,
      done.targets.fixed.empty() ? std::string()
                                 : fmt::format("; cells fixed: {}", done.targets.fixed.size())));
  if (std::abs(done.scaled - 1) > 1e-15)
    notes.push_back(fmt::format("Totals of {} multiplied by {:.10g}, so that both sides sum alike",
                                call.scale == "rows" ? "rows" : "columns", done.scaled));
  if (!call.whole())
    notes.emplace_back(
        "Final use and primary inputs are as they were: output and value added may "
        "no longer agree (stave check); --part table balances all at once");
  notes.emplace_back("Stressors are as they were before balancing");
  return notes;
}

Chain renamed(ChainParts parts, const std::string& name, const std::string& out,
              const std::vector<std::string>& notes) {
  parts.info.name = name.empty() ? std::filesystem::path(out).stem().string() : name;
  parts.info.notes.insert(parts.info.notes.end(), notes.begin(), notes.end());
  return Chain(std::move(parts));
}

void run_balance(const BalanceCall& call, const Console& console) {
  TerminalProgress progress(console);
  const auto chain = open_chain(call.chain, progress);
  BalanceTask task;
  read_task(call, chain, task);
  const auto done = balance(task.cells, task.targets, task.options, progress);
  const auto notes = balance_notes(call, done);
  if (!call.out.empty()) {
    const auto part = call.whole() ? TablePart::table : TablePart::flows;
    save_chain(renamed(with_cells(chain, part, done.table), call.name, call.out, notes), call.out,
               progress);
  }
  call.output.print(margin_table(chain, task, done), console);
  if (!call.out.empty()) console.err << fmt::format("wrote {}\n", call.out);
  for (const auto& note : notes) console.err << "  note: " << note << "\n";
}

void add_balance(CLI::App& app, Session& session) {
  auto& command = add_command(
      app, chains_group, "balance",
      "Bring a table to new totals of its rows and columns (RAS; GRAS where cells are "
      "negative).\n\n"
      "Rows and columns are csv files with the columns name and value: a maker as REGION.PRODUCT; "
      "with\n--part table also a primary input (rows), or final use as REGION.CATEGORY (columns). "
      "Zeros stay\nzero and signs are kept; what cannot be met is said with its reason.\n",
      {{"stave balance china-2020 --rows sales.csv --columns purchases.csv -o china-2021.stave",
        "The table of a later year, from its totals."},
       {"stave balance china-2020 --rows sales.csv --columns purchases.csv --fixed known.csv",
        ""}});
  auto call = std::make_shared<BalanceCall>();
  command.add_option("CHAIN", call->chain, "a .stave file, an exported folder or a sample's name")
      ->required();
  command.add_option("--rows", call->rows, "totals of rows: name,value")
      ->type_name("FILE.csv")
      ->required();
  command.add_option("--columns", call->columns, "totals of columns: name,value")
      ->type_name("FILE.csv")
      ->required();
  command
      .add_option("--fixed", call->fixed,
                  "cells that are known: row,column,value; without a value as they are")
      ->type_name("FILE.csv");
  command
      .add_option("--part", call->part,
                  "flows: between makers; table: final use and primary inputs too")
      ->check(CLI::IsMember({"flows", "table"}))
      ->capture_default_str();
  command
      .add_option("--scale", call->scale,
                  "which totals give way where rows and columns do not sum to the same")
      ->check(CLI::IsMember({"never", "rows", "columns"}))
      ->capture_default_str();
  command.add_option("--tolerance", call->tolerance, "largest miss of a row, of its gross sum")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  command.add_option("--iterations", call->iterations, "at most")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  command.add_option("-o,--output", call->out, "chain to write")->type_name("NAME.stave");
  command.add_option("--name", call->name, "name of the new chain")->type_name("NAME");
  call->output.add_options(command, "--rows-shown");
  command.callback([call, &session] { run_balance(*call, session.console); });
}

struct DisaggregateCall {
  std::string chain;
  std::string out;
  std::string name;
  std::string sector;
  std::string region;
  std::string into;
  std::string sales;
  std::string purchases;
  TableOutput output;
};

SectorSplit split_of(const DisaggregateCall& call, const Chain& chain) {
  auto parts = read_parts(chain, call.into);
  SectorSplit split;
  split.sector = ProductId(chain.products().require(call.sector));
  if (!call.region.empty()) split.region = RegionId(chain.regions().require(call.region));
  split.parts = parts.parts;
  split.shares = std::move(parts.shares);
  const auto join = [&](PartWeights weights, Matrix& table) {
    table = std::move(weights.table);
    if (weights.between.size() == 0) return;
    if (split.between.size() == 0)
      split.between = std::move(weights.between);
    else
      for (std::size_t e = 0; e < split.between.size(); ++e)
        split.between.values()[e] *= weights.between.values()[e];
  };
  if (!call.sales.empty())
    join(read_part_weights(chain, TableSide::columns, split.parts, call.sales), split.sales);
  if (!call.purchases.empty())
    join(read_part_weights(chain, TableSide::rows, split.parts, call.purchases), split.purchases);
  return split;
}

Table part_table(const Chain& before, const Disaggregation& done, const SectorSplit& split) {
  const auto& unit = before.info().unit;
  Table table("parts", "Parts of the sector, maker by maker",
              {{"node", ColumnType::text, "", "Id of the new node"},
               {"of", ColumnType::text, "", "Id of the node it is a part of"},
               {"share", ColumnType::real, "%", "Of the sector's output"},
               {"output", ColumnType::real, unit, "Output"},
               {"purchases", ColumnType::real, unit, "What it buys from other makers"},
               {"value_added", ColumnType::real, unit, "Value added"},
               {"final_use", ColumnType::real, unit, "Final use of it"}});
  for (std::size_t t = 0; t < done.old_node.size(); ++t) {
    const auto i = done.old_node[t];
    const auto& node = before.nodes()[i];
    if (node.product != split.sector || (split.region && node.region != *split.region)) continue;
    double use = 0;
    for (const auto y : done.chain.final_use().row(t)) use += y;
    table.add_row({done.chain.nodes()[t].id, node.id,
                   100 * done.chain.output()[t] / before.output()[i], done.chain.output()[t],
                   done.chain.intermediate_inputs()[t], done.chain.value_added()[t], use});
  }
  return table;
}

void run_disaggregate(const DisaggregateCall& call, const Console& console) {
  TerminalProgress progress(console);
  const auto chain = open_chain(call.chain, progress);
  const auto split = split_of(call, chain);
  const auto done = disaggregate(chain, split, progress);
  const auto made = renamed(done.chain.parts(), call.name, call.out, {});
  save_chain(made, call.out, progress);
  call.output.print(part_table(chain, done, split), console);
  console.err << fmt::format("wrote {}: {} nodes, {} products\n", call.out, made.size(),
                             made.products().size());
  console.err << fmt::format(
      "  note: added up, the parts give every cell of the old chain to {:.1e} of the largest; "
      "shares are met to {:.1e}{}\n",
      done.conserved, done.share_miss,
      done.iterations > 0 ? fmt::format(" after at most {} iterations", done.iterations)
                          : std::string());
  console.err << "  note: " << made.info().notes.back() << "\n";
}

void add_disaggregate(CLI::App& app, Session& session) {
  auto& command = add_command(
      app, chains_group, "disaggregate",
      "Split a sector into parts, by shares and by what is known of them; the rest is balanced.\n\n"
      "--into is a csv with the columns part and share (of the sector's output), and optionally "
      "name,\nname_zh and region. --sales (part,to,weight) says to whom a part sells more or less "
      "than its\nshare, --purchases (part,from,weight) what it buys so: a maker, a product, a "
      "category of final\nuse, a primary input or another part; 0 is nothing, 2 twice as strongly. "
      "Added up again, the\nparts give the old chain.\n",
      {{"stave disaggregate china-2020 --sector 20 --into electronics.csv -o parts.stave", ""},
       {"stave disaggregate china-2020 --sector 20 --into electronics.csv --sales buyers.csv -o "
        "parts.stave",
        "With what is known of who buys which part."}});
  auto call = std::make_shared<DisaggregateCall>();
  command.add_option("CHAIN", call->chain, "a .stave file, an exported folder or a sample's name")
      ->required();
  command.add_option("--sector", call->sector, "product that is split: code or name")
      ->type_name("PRODUCT")
      ->required();
  command.add_option("--into", call->into, "its parts: part,share[,name,name_zh,region]")
      ->type_name("FILE.csv")
      ->required();
  command.add_option("--region", call->region, "only its maker there; without it all makers")
      ->type_name("REGION");
  command.add_option("--sales", call->sales, "weights of who buys which part: part,to,weight")
      ->type_name("FILE.csv");
  command.add_option("--purchases", call->purchases, "weights of what parts buy: part,from,weight")
      ->type_name("FILE.csv");
  command.add_option("-o,--output", call->out, "chain to write")
      ->type_name("NAME.stave")
      ->required();
  command.add_option("--name", call->name, "name of the new chain")->type_name("NAME");
  call->output.add_options(command);
  command.callback([call, &session] { run_disaggregate(*call, session.console); });
}

}  // namespace

void add_balance_commands(CLI::App& app, Session& session) {
  add_balance(app, session);
  add_disaggregate(app, session);
}

}  // namespace stave
