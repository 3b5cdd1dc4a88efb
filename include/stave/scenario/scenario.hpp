#pragma once
/// What happens to a chain: who loses what, from which day, for how long, and how it heals; and
/// what is done about it. Read from a TOML file by stave/formats/scenario_file.hpp; disruption
/// plays it day by day, allocation plans for its worst.
///
/// Sets of nodes are resolved against one chain. Money is in the chain's unit.

#include "stave/core/chain.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace stave {

/// How a full effect D0 fades, after e days with the time tau:
enum class Recovery {
  linear,       ///< D0 (1 - e / tau), at least 0
  exponential,  ///< D0 (1 - 1 / tau)^(4 e)
  s_curve       ///< D0 tau / (tau + 1e-6 e^p), p = (ln tau - ln 1e-6) / (ln tau - ln 2); tau > 2
};

/// When something holds: in full for `duration` days from `start` on, then it fades.
struct Timing {
  int start = 1;     ///< first day, 0 the first of all; day 0 is usually a normal day
  int duration = 1;  ///< days in full, 1 or more
  Recovery recovery = Recovery::linear;
  double recovery_days = 0;  ///< tau; 0: over at once
};
/// 0 before, 1 in full, and what is left of it afterwards; e = 1 on the first day after.
[[nodiscard]] double strength(const Timing& when, int day);

/// What the lost share was made from. Only Compatibility::boario tells them apart.
enum class LossKind { share, capital };

struct NodeShare {
  NodeId node;
  double share = 0;
};

/// Capital to be made again. What is destroyed is ordered from those who build, remaining / days
/// each day from the second day on, and capacity is back as it is delivered: Delta_i = share_i
/// remaining_i / cost_i. The makers of a builder's product are asked in proportion to what they
/// sell to the final use "capital" of the region struck; where it buys none of it for that, to all
/// its final use; where none either, to their output. (by_supplier: to their output.)
struct Rebuilding {
  struct Builder {
    ProductId product;
    double share = 0;  ///< of the order; the shares sum to 1
  };
  std::vector<double> cost;  ///< [nodes of the event] money destroyed
  std::vector<Builder> builders;
  double days = 60;  ///< tau_reb
};

/// Makers lose part of their capacity: what they can make a day is x0 (1 - Delta) alpha. Shares of
/// several events add up to all at most.
struct CapacityEvent {
  std::string name;
  Timing when;                   ///< with rebuilding: start only
  std::vector<NodeShare> nodes;  ///< each once; 0 to 1
  LossKind kind = LossKind::share;
  std::optional<Rebuilding> rebuilding = {};
};

/// Goods no longer go from some to others: an export ban, a cut link, a closed port. Shares of
/// several events add up to all at most. Standing orders fall with it on the day it begins; from
/// then on buyers of a product (by_product) turn to the makers it leaves, and if every link is cut
/// in part, order in all what the most open one lets through. Final use turns to nobody: it goes
/// without.
struct LinkEvent {
  std::string name;
  Timing when;
  std::vector<NodeId> from;          ///< makers
  std::vector<NodeId> to;            ///< who no longer buys from them
  std::vector<std::size_t> columns;  ///< final use that no longer does
  double share = 1;                  ///< of each flow that stops, 0 to 1
};

/// Final use wants more or less, from the first day on: Y0 (1 + change), changes of several events
/// added up, 0 at least. What it no longer wants is not unmet.
struct DemandEvent {
  std::string name;
  Timing when;
  std::vector<NodeId> makers;        ///< whose goods
  std::vector<std::size_t> columns;  ///< who wants
  double change = 0;                 ///< -1: nothing any more; .5: half as much again
};

/// Goods take longer from some to others: what leaves on day t arrives on day t + days. Days of
/// several events add up. Buyers count what is on its way when they order; final use goes without
/// what has not arrived, for good.
struct DelayEvent {
  std::string name;
  Timing when;  ///< in full only: no recovery
  std::vector<NodeId> from;
  std::vector<NodeId> to;
  std::vector<std::size_t> columns;
  int days = 1;  ///< 1 or more
};

/// A stockpile is opened: users get of a product beside what they ordered, into their stocks.
struct StockEvent {
  std::string name;
  int start = 1;
  int duration = 1;  ///< days over which it is spread evenly
  ProductId product;
  std::vector<NodeId> to;  ///< users, in proportion to what they use of it on a normal day
  double amount = 0;       ///< money, all days together
};

/// Who is served first when there is not enough. The first that names a user counts; everybody
/// else, rebuilding too, is of class 1 and weight 1.
struct Priority {
  std::string name;
  std::vector<NodeId> users;
  std::vector<std::size_t> columns;
  int order = 1;      ///< classes are served in ascending order, 0 to 9
  double weight = 1;  ///< within a class what there is goes by order x weight; above 0
};

struct Scenario {
  std::string name;    ///< "port-closure"
  std::string title;   ///< a sentence: "The port of Shanghai closes for a month"
  std::string source;  ///< where its figures come from, or that they are illustrative
  int days = 365;      ///< the horizon
  std::vector<CapacityEvent> capacity;
  std::vector<LinkEvent> links;
  std::vector<DemandEvent> demand;
  std::vector<DelayEvent> delays;
  std::vector<StockEvent> stocks;
  std::vector<Priority> priorities;
  std::vector<std::string> notes;  ///< what was clipped or left out on the way
};

/// @throws Error bad_input  a share outside 0 to 1, a day before 0, a duration below 1, a time of
///                          recovery that its form does not allow, a negative amount, a class
///                          outside 0 to 9, a horizon outside 1 to 36,500, nodes or columns the
///                          chain does not have; naming the event
void check_scenario(const Chain& chain, const Scenario& scenario);

/// Share of capacity every node has lost on a day [n], events added up to at most 1. Rebuilding is
/// not looked at. @param clipped  grows by the nodes that would have lost more than all
[[nodiscard]] std::vector<double> capacity_lost(const Scenario& scenario, int day, std::size_t n,
                                                std::size_t* clipped = nullptr);

}  // namespace stave
