// Old and new makers in a chain: against the inverse and the cascade of the chain with the
// purchases moved.
#include "stave/abatement/abatement.hpp"
#include "stave/cascade/cascade.hpp"
#include "stave/core/error.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace stave {
namespace {

/// Four makers: A.ore, A.steel, B.steel, A.car. The car buys 40 of steel in A; B's steel comes from
/// A's ore too. Final use makes outputs 100 each but the ore's.
struct Flows {
  double ore_to_a = 20;
  double ore_to_b = 30;
  double a_to_car = 40;
  double b_to_car = 0;
};

ChainParts parts_of(const Flows& f) {
  ChainParts parts;
  parts.info.name = "four";
  parts.regions =
      Classification("region", {{"A", "Aland", "", "", {}}, {"B", "Bland", "", "", {}}});
  parts.products = Classification(
      "product",
      {{"ore", "ore", "", "", {}}, {"steel", "steel", "", "", {}}, {"car", "car", "", "", {}}});
  const auto node = [](const std::string& id, std::size_t region, std::size_t product) {
    return Node{.id = id,
                .name = id,
                .name_zh = {},
                .region = RegionId(region),
                .product = ProductId(product),
                .enterprise = {}};
  };
  parts.nodes = {node("A.ore", 0, 0), node("A.steel", 0, 1), node("B.steel", 1, 1),
                 node("A.car", 0, 2)};
  Matrix z(4, 4);
  z(0, 1) = f.ore_to_a;
  z(0, 2) = f.ore_to_b;
  z(1, 3) = f.a_to_car;
  z(2, 3) = f.b_to_car;
  parts.flows = FlowMatrix(std::move(z));
  parts.final_columns = {{RegionId(std::size_t{0}), "households"}};
  parts.final_use = Matrix::of({{10}, {60}, {100}, {100}});
  return parts;
}

Switch between(const std::string& from, const std::string& to) {
  Switch s;
  s.name = "steel";
  s.from_node = from;
  s.to_node = to;
  return s;
}

// By hand: behind one car stand .4 steel and of it .2 ore each: .4 + .08, all in A. With half of
// it moved at the outputs as they are: .2 of B's steel, whose ore is .3 each; A has .2 + .04 + .06.
TEST(SwitchRisks, ExposureIsAsWorkedByHand) {
  const Chain chain(parts_of({}));
  const auto buyer = chain.require_node("A.car");
  const auto sides = switch_risks(chain, buyer, {between("A.steel", "B.steel")}, std::vector{0.5});
  ASSERT_EQ(sides.size(), 2U);
  EXPECT_FALSE(sides[0].is_new);
  EXPECT_FALSE(sides[0].moved);
  EXPECT_NEAR(sides[0].exposure, 1, 1e-12);
  EXPECT_TRUE(sides[1].moved);
  EXPECT_NEAR(sides[1].exposure, 0.2 / 0.5, 1e-12);
}

// The cascade of the chain with the purchases written in by hand.
TEST(SwitchRisks, StopsAreThoseOfTheChainWithThePurchasesMoved) {
  const Chain chain(parts_of({}));
  const auto sides = switch_risks(chain, chain.require_node("A.car"),
                                  {between("A.steel", "B.steel")}, std::vector{0.25});
  const auto lost = [](const Chain& c, std::size_t stopped) {
    auto network = cascade_network(c);
    network.revenue = c.output();
    std::vector<double> shock(c.size());
    shock[stopped] = 1;
    const auto h = cascade_reference(network, shock, {}, {.eps = 1e-6});
    std::vector<double> car(c.size());
    car[3] = 1;
    return std::pair{systemic_risk(h, car).both, systemic_risk(h, c.output()).both};
  };
  const auto old = lost(chain, 1);
  EXPECT_NEAR(sides[0].stops, old.first, 1e-12);
  EXPECT_NEAR(sides[0].systemic, old.second, 1e-12);
  EXPECT_GT(old.first, 0);
  const Chain moved(parts_of({.a_to_car = 30, .b_to_car = 10}));
  const auto fresh = lost(moved, 2);
  EXPECT_NEAR(sides[1].stops, fresh.first, 1e-12);
  EXPECT_GT(fresh.first, 0);
}

// The car buys no ore: its steelworks does, a tier behind. By hand as above, with all of the
// steelworks' ore from B.steel in place of A.ore (its own ore .3 each): .4 + .08 (1 + .3) in all,
// of which .08 in B.
TEST(SwitchRisks, MoveThePurchasesOfTheNearestSuppliersThatBuy) {
  const Chain chain(parts_of({}));
  const auto buyer = chain.require_node("A.car");
  const auto sides = switch_risks(chain, buyer, {between("A.ore", "B.steel")}, std::vector{1.0});
  ASSERT_EQ(sides.size(), 2U);
  EXPECT_TRUE(sides[1].moved);
  EXPECT_EQ(sides[1].tier, 1);
  EXPECT_NEAR(sides[1].exposure, 0.08 / (0.4 + 0.08 * 1.3), 1e-12);
}

TEST(SwitchRisks, TakeTheNewMakerAsItIsWhereNothingCanBeMoved) {
  const Chain chain(parts_of({}));
  const auto buyer = chain.require_node("A.car");
  const auto sides = switch_risks(
      chain, buyer, {between("B.steel", "A.ore"), between("", "A.ore"), between("", "")},
      std::vector{1.0, 1.0, 1.0});
  ASSERT_EQ(sides.size(), 3U);
  EXPECT_FALSE(sides[1].moved);
  EXPECT_EQ(sides[2].which, 1U);
  EXPECT_TRUE(sides[2].is_new);
  EXPECT_NEAR(sides[1].stops, sides[2].stops, 0);
}

// A buyer that is the old or the new maker loses all when it stops: that compares nothing.
TEST(SwitchRisks, AreNotComparedWhereTheBuyerIsOneOfTheMakers) {
  const Chain chain(parts_of({}));
  for (const auto* buyer : {"A.steel", "B.steel"}) {
    const auto sides = switch_risks(chain, chain.require_node(buyer),
                                    {between("A.steel", "B.steel")}, std::vector{0.5});
    ASSERT_EQ(sides.size(), 2U);
    EXPECT_FALSE(sides[1].moved) << buyer;
  }
}

TEST(SwitchRisks, NameANodeThatIsNotThere) {
  const Chain chain(parts_of({}));
  try {
    (void)switch_risks(chain, chain.require_node("A.car"), {between("A.stel", "")},
                       std::vector{1.0});
    ADD_FAILURE() << "not refused";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Errc::not_found);
    EXPECT_THAT(error.what(), testing::HasSubstr("A.stel"));
  }
}

}  // namespace
}  // namespace stave
