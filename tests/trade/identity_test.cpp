// What holds of every decomposition, whatever the table.
#include "stave/trade/trade.hpp"

#include <algorithm>

#include <gtest/gtest.h>
#include <tbb/global_control.h>

#include "trade/reference.hpp"
#include "trade/worlds.hpp"

namespace stave {
namespace {

using test::by_exporter;
using test::random_world;
using test::table_of;

constexpr auto source = TradeMethod::borin_mancini_source;
constexpr auto sink = TradeMethod::borin_mancini_sink;

Decomposition decompose(const TradeTable& table, TradeMethod method) {
  return decompose_exports(table, trade_inverse(table), method);
}

void expect_same(const Matrix& a, const Matrix& b, double relative, const std::string& what) {
  ASSERT_EQ(a.size(), b.size()) << what;
  double scale = 0;
  for (const double v : b.values()) scale = std::max(scale, std::abs(v));
  for (std::size_t e = 0; e < a.size(); ++e)
    ASSERT_NEAR(a.data()[e], b.data()[e], relative * scale) << what << " element " << e;
}

struct Shape {
  std::size_t regions, sectors;
};

class Shapes : public testing::TestWithParam<Shape> {};

TEST_P(Shapes, TermsSumToGrossExportsCellByCell) {
  const auto table = table_of(random_world(GetParam().regions, GetParam().sectors, 3));
  const auto inverse = trade_inverse(table);
  EXPECT_LT(inverse.miss, 1e-13);
  for (const auto method : all_trade_methods) {
    const auto d = decompose_exports(table, inverse, method);
    ASSERT_EQ(d.terms.size(), trade_terms(method).size());
    EXPECT_LT(d.residual, 1e-13) << to_string(method);
    for (std::size_t i = 0; i < table.size(); ++i)
      for (std::size_t r = 0; r < table.traders().size(); ++r) {
        double sum = 0;
        for (const auto& term : d.terms) sum += term(i, r);
        ASSERT_NEAR(sum, table.exports()(i, r), 1e-12 * table.exports()(i, r)) << to_string(method);
      }
  }
}

TEST_P(Shapes, TheFastWayIsTheSlowTwins) {
  const auto table = table_of(random_world(GetParam().regions, GetParam().sectors, 4));
  for (const auto method : all_trade_methods) {
    const auto fast = decompose(table, method);
    const auto slow = reference::decompose_exports(table, method);
    for (std::size_t k = 0; k < fast.terms.size(); ++k)
      expect_same(fast.terms[k], slow.terms[k], 1e-11,
                  std::string(to_string(method)) + " " + trade_terms(method)[k].name);
  }
}

// Strips of rows end at 64 nodes of a trader.
INSTANTIATE_TEST_SUITE_P(, Shapes,
                         testing::Values(Shape{2, 1}, Shape{2, 5}, Shape{3, 4}, Shape{5, 3},
                                         Shape{7, 2}, Shape{2, 70}));

double total(const TradeTable& table, const Decomposition& d, const std::string& name,
             std::size_t s) {
  const auto& terms = trade_terms(d.method);
  const auto found = std::ranges::find(terms, name, &TradeTerm::name);
  return by_exporter(table, d.terms[static_cast<std::size_t>(found - terms.begin())], s);
}

// Borin and Mancini's sink, Koopman, Wang and Wei, and Wang, Wei and Zhu share terms by exporter.
TEST(TradeIdentities, MethodsThatShareTermsAgree) {
  const auto table = table_of(random_world(5, 4, 5));
  const auto inverse = trade_inverse(table);
  const auto of = [&](TradeMethod m) { return decompose_exports(table, inverse, m); };
  const auto kww = of(TradeMethod::kww);
  const auto wwz = of(TradeMethod::wwz);
  const auto bms = of(source);
  const auto bmk = of(sink);
  const auto my = of(TradeMethod::miroudot_ye);
  const auto tiva = of(TradeMethod::oecd);
  const auto own = reference::kww_by_exporter(table);
  for (std::size_t s = 0; s < 5; ++s) {
    const auto near = [&](double a, double b) { EXPECT_NEAR(a, b, 1e-12 * std::abs(b)); };
    const auto sum = [&](const Decomposition& d, const std::vector<std::string>& names) {
      double all = 0;
      for (const auto& name : names) all += total(table, d, name, s);
      return all;
    };
    for (std::size_t k = 0; k < 9; ++k) near(by_exporter(table, kww.terms[k], s), own(s, k));
    near(sum(kww, {"dva_int"}), sum(wwz, {"dva_int", "dva_intrex1"}));
    near(sum(bmk, {"vax1"}), sum(wwz, {"dva_fin"}));
    const std::vector<std::string> domestic{"vax1", "vax2", "vax3", "vax4", "ref1", "ref2"};
    near(sum(bms, domestic), sum(my, {"dva"}));
    near(sum(bms, domestic), sum(bmk, domestic));
    near(sum(bms, domestic), sum(tiva, {"exgr_ddc", "exgr_idc"}));
    near(sum(bms, {"ddc"}), sum(kww, {"ddc"}));
    near(sum(bmk, {"ddc"}), sum(kww, {"ddc"}));
    near(sum(bms, {"fdc"}), sum(bmk, {"fdc"}));
    near(sum(bms, {"vax1", "vax2", "vax3", "vax4"}),
         sum(kww, {"dva_fin", "dva_int", "dva_intrex"}));
  }
}

// What is absorbed abroad of domestic value added is what final users abroad need of it (VAX).
TEST(TradeIdentities, ValueAddedAbsorbedAbroadIsTheValueAddedOfFinalUseAbroad) {
  const auto table = table_of(random_world(4, 3, 6));
  const auto inverse = trade_inverse(table);
  const auto totals = trade_totals(table, inverse);
  for (const auto method : {source, sink, TradeMethod::kww, TradeMethod::wwz}) {
    const auto d = decompose_exports(table, inverse, method);
    for (std::size_t s = 0; s < 4; ++s) {
      double absorbed = 0;
      for (std::size_t k = 0; k < d.terms.size(); ++k)
        if (trade_terms(method)[k].content == TradeContent::absorbed)
          absorbed += by_exporter(table, d.terms[k], s);
      EXPECT_NEAR(absorbed, totals.exported[s], 1e-12 * absorbed) << to_string(method);
    }
  }
}

TEST(TradeIdentities, ContentOfExportsSumsToExportsAndUseToOutput) {
  const auto table = table_of(random_world(4, 3, 7));
  const auto totals = trade_totals(table, trade_inverse(table));
  for (std::size_t s = 0; s < 4; ++s) {
    double content = 0;
    double use = 0;
    double made = 0;
    for (std::size_t t = 0; t < 4; ++t) {
      content += totals.content(t, s);
      use += totals.use(s, t);
    }
    for (auto i = table.first(s); i < table.first(s + 1); ++i) made += table.value_added()[i];
    EXPECT_NEAR(content, totals.exports[s], 1e-12 * content);
    EXPECT_NEAR(content, totals.domestic[s] + totals.foreign[s], 1e-12 * content);
    EXPECT_NEAR(use, made, 1e-12 * made);
    EXPECT_NEAR(totals.participation[s],
                (totals.foreign[s] + totals.indirect[s]) / totals.exports[s], 1e-13);
  }
}

// By hand: a exports 60 of 100 (all final goods), b 30; of world exports of p1, a alone sells any:
// 100 % of its exports against 60 of 90 of the world's: 1.5.
TEST(TradeIdentities, ComparativeAdvantageByHand) {
  const auto table = table_of(test::chain_of(
      {"a", "b"}, {"a", "b"}, {"p1", "p2"},
      FlowMatrix(Matrix::of({{1, 0, 0, 0}, {0, 0, 0, 0}, {0, 0, 0, 0}, {0, 0, 0, 0}})),
      Matrix::of({{40, 60}, {9, 0}, {0, 5}, {30, 70}}), {}));
  const auto rca = comparative_advantage(table, table.exported());
  EXPECT_DOUBLE_EQ(rca(0, 0), 1.5);
  EXPECT_DOUBLE_EQ(rca(0, 1), 0);
  EXPECT_DOUBLE_EQ(rca(1, 1), 3);
}

// Nodes in any order, regions interleaved.
TEST(TradeIdentities, TheOrderOfNodesDoesNotMatter) {
  const auto chain = random_world(4, 3, 8);
  const auto n = chain.size();
  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, [](std::size_t i) { return random_bits(1, 1, i); });
  auto parts = chain.parts();
  Matrix z(n, n);
  for (std::size_t i = 0; i < n; ++i) {
    parts.nodes[i] = chain.nodes()[order[i]];
    std::ranges::copy(chain.final_use().row(order[i]), parts.final_use.row(i).begin());
    for (std::size_t j = 0; j < n; ++j) z(i, j) = chain.flows().at(order[i], order[j]);
  }
  parts.flows = FlowMatrix(std::move(z));
  const auto one = table_of(chain);
  const auto other = table_of(Chain(std::move(parts)));
  for (const auto method : all_trade_methods) {
    const auto a = decompose(one, method);
    const auto b = decompose(other, method);
    for (std::size_t k = 0; k < a.terms.size(); ++k)
      for (std::size_t i = 0; i < n; ++i) {
        const auto here = other.chain().find_node(one.chain().node(one.node(i)).id)->at();
        std::size_t at = 0;
        while (other.node(at).at() != here) ++at;
        for (std::size_t r = 0; r < 4; ++r)
          ASSERT_NEAR(a.terms[k](i, r), b.terms[k](at, r), 1e-12) << to_string(method);
      }
  }
}

TEST(TradeIdentities, SparseFlowsGiveTheSameBits) {
  const auto chain = random_world(3, 4, 9);
  auto parts = chain.parts();
  SparseMatrix sparse{12, {0}, {}, {}};
  for (std::size_t i = 0; i < 12; ++i) {
    chain.flows().for_each_in_row(i, [&](std::size_t j, double v) {
      sparse.column.push_back(static_cast<std::int32_t>(j));
      sparse.value.push_back(v);
    });
    sparse.row_start.push_back(static_cast<std::int64_t>(sparse.value.size()));
  }
  parts.flows = FlowMatrix(std::move(sparse));
  const auto a = decompose(table_of(chain), source);
  const auto b = decompose(table_of(Chain(std::move(parts))), source);
  for (std::size_t k = 0; k < a.terms.size(); ++k)
    EXPECT_TRUE(std::ranges::equal(a.terms[k].values(), b.terms[k].values()));
}

TEST(TradeIdentities, TheSameBitsForOneAndTwoThreads) {
  const auto table = table_of(random_world(6, 50, 10));
  for (const auto method : all_trade_methods) {
    const auto with = [&](int threads) {
      const tbb::global_control most(tbb::global_control::max_allowed_parallelism, threads);
      return decompose(table, method);
    };
    const auto one = with(1);
    const auto two = with(2);
    for (std::size_t k = 0; k < one.terms.size(); ++k)
      EXPECT_TRUE(std::ranges::equal(one.terms[k].values(), two.terms[k].values()))
          << to_string(method) << k;
  }
}

// Money in units 1,024 times smaller, a power of two: the same digits.
TEST(TradeIdentities, TermsAreInTheUnitOfMoney) {
  const auto chain = random_world(3, 3, 11);
  auto parts = chain.parts();
  Matrix z = chain.flows().dense();
  for (auto& v : z.values()) v *= 1024;
  for (auto& v : parts.final_use.values()) v *= 1024;
  parts.flows = FlowMatrix(std::move(z));
  const auto a = decompose(table_of(chain), sink);
  const auto b = decompose(table_of(Chain(std::move(parts))), sink);
  for (std::size_t k = 0; k < a.terms.size(); ++k)
    for (std::size_t e = 0; e < a.terms[k].size(); ++e)
      ASSERT_DOUBLE_EQ(1024 * a.terms[k].data()[e], b.terms[k].data()[e]);
}

// Without flows between makers all exports are final goods, made at home.
TEST(TradeIdentities, WithoutForeignInputsAllExportsAreDomesticValueAdded) {
  const auto chain = random_world(3, 2, 12);
  auto parts = chain.parts();
  Matrix z(6, 6);
  for (std::size_t i = 0; i < 6; ++i)
    for (std::size_t j = 0; j < 6; ++j)
      if (i / 2 == j / 2) z(i, j) = chain.flows().at(i, j);
  parts.flows = FlowMatrix(std::move(z));
  const auto table = table_of(Chain(std::move(parts)));
  for (const auto method : {source, sink}) {
    const auto d = decompose(table, method);
    for (std::size_t s = 0; s < 3; ++s)
      for (std::size_t k = 0; k < d.terms.size(); ++k)
        EXPECT_NEAR(by_exporter(table, d.terms[k], s),
                    k == 0 ? by_exporter(table, table.exports(), s) : 0, 1e-12);
  }
}

// A node that makes nothing sells nothing, and what it buys is used up: final use.
TEST(TradeIdentities, ANodeWithoutOutputTakesPartInNothing) {
  const auto chain = random_world(3, 3, 13);
  auto parts = chain.parts();
  Matrix z = chain.flows().dense();
  for (std::size_t k = 0; k < 9; ++k) z(4, k) = 0;
  for (auto& v : parts.final_use.row(4)) v = 0;
  parts.flows = FlowMatrix(std::move(z));
  const auto table = table_of(Chain(std::move(parts)));
  double bought = 0;
  for (std::size_t i = 0; i < 9; ++i) bought += i == 4 ? 0 : chain.flows().at(i, 4);
  EXPECT_NEAR(table.used_without_output(), bought, 1e-14);
  EXPECT_NEAR(table.exports()(0, 1),
              chain.flows().at(0, 3) + chain.flows().at(0, 4) + chain.flows().at(0, 5) +
                  chain.final_use()(0, 1),
              1e-14);
  for (const auto method : all_trade_methods) {
    const auto d = decompose(table, method);
    EXPECT_LT(d.residual, 1e-13);
    const auto slow = reference::decompose_exports(table, method);
    for (std::size_t k = 0; k < d.terms.size(); ++k)
      expect_same(d.terms[k], slow.terms[k], 1e-11, trade_terms(method)[k].name);
    for (const auto& term : d.terms)
      for (const double v : term.row(4)) EXPECT_EQ(v, 0);
  }
}

// Stock changes take more from a sector than it sells: output -2. All sums hold all the same.
TEST(TradeIdentities, OutputBelowZeroIsTakenAsItIs) {
  const auto chain = random_world(3, 3, 14);
  auto parts = chain.parts();
  parts.final_use(4, 1) -= chain.output()[4] + 2;
  const auto table = table_of(Chain(std::move(parts)));
  ASSERT_NEAR(table.output()[4], -2, 1e-12);
  EXPECT_DOUBLE_EQ(table.intensity(4), 1);
  const auto inverse = trade_inverse(table);
  EXPECT_LT(inverse.miss, 1e-13);
  double added = 0;
  double used = 0;
  for (const double v : table.value_added()) added += v;
  for (const double v : table.final_use().values()) used += v;
  EXPECT_NEAR(added, used, 1e-12 * used);
  for (const auto method : all_trade_methods) {
    const auto d = decompose_exports(table, inverse, method);
    EXPECT_LT(d.residual, 1e-13) << to_string(method);
    const auto slow = reference::decompose_exports(table, method);
    for (std::size_t k = 0; k < d.terms.size(); ++k)
      expect_same(d.terms[k], slow.terms[k], 1e-11, trade_terms(method)[k].name);
  }
}

}  // namespace
}  // namespace stave
