#include "stave/exposure/exposure.hpp"

#include <gtest/gtest.h>

#include "exposure/tables.hpp"
#include "shared/csv.hpp"

namespace stave {
namespace {

// Region A makes only for final use, from what B sells to it: A = [0 0; .5 0], final use (10, 1).
// L diag(f) = [10 0; 5 1]; of 15 behind A's product, B makes a third, all of it in the first tier.
TEST(LookThrough, MatchesTwoRegionsByHand) {
  tables::Labels labels;
  labels.add("A", "car");
  labels.add("B", "steel");
  const Chain chain(tables::parts_of(labels, {{0, 0, 10}, {5, 0, 1}}, {"A"}));
  const auto through = look_through(chain);
  EXPECT_NEAR(through.share(1, 0), 1. / 3, 1e-12);
  EXPECT_NEAR(through.face(1, 0), 1. / 3, 1e-12);
  EXPECT_NEAR(through.share(1, 1), 1, 1e-12);
}

// A third tier: C sells 2 to B. It is hidden: no flow leads from C to A.
TEST(LookThrough, ShowsWhatTheFirstTierHides) {
  tables::Labels labels;
  labels.add("A", "car");
  labels.add("B", "steel");
  labels.add("C", "ore");
  const Chain chain(tables::parts_of(labels, {{0, 0, 0, 10}, {5, 0, 0, 0}, {0, 2, 0, 0}}, {"A"}));
  const auto through = look_through(chain);
  EXPECT_NEAR(through.share(2, 0), 2. / 17, 1e-12);
  EXPECT_EQ(through.face(2, 0), 0);
}

// FPEM, FPEMfv and FPEMhe of the 48-sector test table, six digits as printed.
TEST(LookThrough, AgreesWithThePublishedSharesOfSixRegions) {
  const std::string folder = std::string(STAVE_SHARED) + "/reference/";
  if (!std::filesystem::exists(folder + "io/pymrio_test")) GTEST_SKIP() << "no " << folder;
  const auto z_file = test::read_csv(folder + "io/pymrio_test/pymrio_test_Z.csv");
  const auto z = test::numbers(z_file, 3, 2);
  const auto y_file = test::read_csv(folder + "io/pymrio_test/pymrio_test_Y.csv");
  const auto y = test::numbers(y_file, 3, 2);
  tables::Labels labels;
  std::vector<std::vector<double>> rows;
  for (std::size_t i = 0; i < z.rows(); ++i) {
    labels.add(z_file[3 + i][0], z_file[3 + i][1]);
    rows.emplace_back(z.row(i).begin(), z.row(i).end());
    rows.back().insert(rows.back().end(), y.row(i).begin(), y.row(i).end());
  }
  const std::vector<std::string> users(y_file[0].begin() + 2, y_file[0].end());
  const Chain chain(tables::parts_of(labels, rows, users));
  const auto through = look_through(chain);
  const auto share = by_supplying_region(chain, through.share);
  const auto face = by_supplying_region(chain, through.face);

  std::ifstream published(folder + "resilience/fpem_ref.out");
  const auto matrix = [&] {
    std::string line;
    std::getline(published, line);  // title
    std::getline(published, line);  // header
    Matrix m(6, 6);
    for (std::size_t r = 0; r < 6; ++r) {
      published >> line;
      for (std::size_t s = 0; s < 6; ++s) published >> m(r, s);
    }
    std::getline(published, line);  // the rest of the last row
    return m;
  };
  const Matrix fpem = matrix();
  const Matrix fpem_face = matrix();
  const Matrix fpem_hidden = matrix();
  for (std::size_t r = 0; r < 6; ++r)
    for (std::size_t s = 0; s < 6; ++s) {
      EXPECT_NEAR(share(r, s), fpem(r, s), .5001e-6);
      EXPECT_NEAR(face(r, s), fpem_face(r, s), .5001e-6);
      EXPECT_NEAR(share(r, s) - face(r, s), fpem_hidden(r, s), .5001e-6);
    }
}

}  // namespace
}  // namespace stave
