// What bad input gets, as a user sees it: the message with its hint, the exit status, and the chain
// that was there before, byte for byte.
#include "stave/cli/program.hpp"
#include "stave/formats/source.hpp"
#include "stave/store/store.hpp"

#include <fstream>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/interrupt.hpp"
#include "formats/packed.hpp"
#include "formats/workbook.hpp"

namespace stave {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

const std::string good_description =
    "name = \"t\"\nunit = \"million EUR\"\n"
    "[rows]\nseparator = \".\"\n[columns]\nseparator = \".\"\n"
    "[[final_use]]\ncolumn = \"hh\"\ncategory = \"households\"\n";
const std::string good_table = "row,A.s,B.s,A.hh,B.hh\nA.s,1,2,3,4\nB.s,5,6,7,8\n";

std::string bytes_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

class BadInput : public testing::Test {
 protected:
  void SetUp() override {
    before_ = fs::current_path();
    folder_ =
        fs::temp_directory_path() /
        (std::string("stave-bad-") + testing::UnitTest::GetInstance()->current_test_info()->name() +
         "-" + std::to_string(::getpid()));
    fs::create_directories(folder_);
    fs::current_path(folder_);
    write("d.toml", good_description);
    write("good.csv", good_table);
    ASSERT_EQ(import("good.csv"), "");
    kept_ = bytes_of("x.stave");
    ASSERT_FALSE(kept_.empty());
  }
  void TearDown() override {
    fs::current_path(before_);
    fs::remove_all(folder_);
  }

  static void write(const std::string& name, const std::string& bytes) {
    std::ofstream(name, std::ios::binary) << bytes;
  }
  /// What the program says of an error; empty when there is none.
  static std::string run(const std::vector<std::string>& words) {
    std::ostringstream out;
    std::ostringstream err;
    const int status = run_program(words, {.out = out, .err = err});
    return status == 0 ? std::string() : std::to_string(status) + " " + err.str();
  }
  static std::string import(const std::string& file, std::vector<std::string> more = {}) {
    std::vector<std::string> words{"import", file, "--description", "d.toml", "-o", "x.stave"};
    words.insert(words.end(), more.begin(), more.end());
    return run(words);
  }
  void expect_kept() const {
    EXPECT_TRUE(bytes_of("x.stave") == kept_) << "the chain there was changed";
    for (const auto& entry : fs::directory_iterator(folder_))
      EXPECT_FALSE(entry.path().filename().string().starts_with(".")) << entry.path();
  }
  /// The import is refused with exactly these words, and changes nothing.
  void expect_refused(const std::string& file, const std::string& bytes, const std::string& words) {
    write(file, bytes);
    EXPECT_EQ(import(file), words);
    expect_kept();
  }

  fs::path before_;
  fs::path folder_;
  std::string kept_;
};

TEST_F(BadInput, RaggedRows) {
  expect_refused("t.csv", "row,A.s,B.s,A.hh,B.hh\nA.s,1,2,3,4\nB.s,5,6,7\n",
                 "10 error[bad_input]: t.csv:3: has 4 cells, expected 5\n"
                 "  hint: Every row needs as many cells as the header.\n");
}

TEST_F(BadInput, TextInANumber) {
  expect_refused("t.csv", "row,A.s,B.s,A.hh,B.hh\nA.s,1,\"2,5\",3,4\nB.s,5,6,7,8\n",
                 "10 error[bad_input]: t.csv:2: column 'B.s': '2,5' is not a number\n"
                 "  hint: Write a decimal point, and no thousands separator: 12.5, 1234567.\n");
}

TEST_F(BadInput, TextInANumberOfAWorkbook) {
  const auto text = [](const std::string& cell, const std::string& value) {
    return "<c r=\"" + cell + R"(" t="inlineStr"><is><t>)" + value + "</t></is></c>";
  };
  const auto sheet = "<row r=\"1\">" + text("A1", "row") + text("B1", "A.s") + text("C1", "A.hh") +
                     "</row><row r=\"2\">" + text("A2", "A.s") + text("B2", "n.a.") +
                     "<c r=\"C2\"><v>3</v></c></row>";
  write("t.xlsx", workbook_of({{"t", sheet}}));
  EXPECT_EQ(import("t.xlsx"),
            "10 error[bad_input]: t.xlsx:t:2: column 'B': 'n.a.' is not a number\n"
            "  hint: Leave the cell empty where there is no value.\n");
  expect_kept();
}

TEST_F(BadInput, DuplicateAndUnknownLabels) {
  expect_refused("t.csv", "row,A.s,B.s,A.hh,B.hh\nA.s,1,2,3,4\nA.s,5,6,7,8\n",
                 "10 error[bad_input]: t.csv:3: label 'A.s' appears twice, first in row 2\n"
                 "  hint: Every node needs a label of its own.\n");
  expect_refused("t.csv", "row,A.s,B.s,A.hh,B.hh\nA.s,1,2,3,4\nC.s,5,6,7,8\n",
                 "10 error[bad_input]: t.csv: column 3: label 'B.s' is neither a row nor named in "
                 "d.toml\n  hint: Did you mean 'A.s' or 'C.s'?\n");
}

TEST_F(BadInput, UnknownLabelsBesideAGoodTable) {
  write("co2.csv", "stressor,region,product,value,unit\nCO2,A,s,1,Mt\nCO2,AB,s,2,Mt\n");
  EXPECT_THAT(import("good.csv", {"--stressors", "co2.csv"}),
              testing::AllOf(HasSubstr("error[not_found]: co2.csv:3: column 'region': 'AB'"),
                             HasSubstr("hint: Did you mean 'A'")));
  write("people.csv", "region,name,unit,value\nAB,population,persons,2\n");
  EXPECT_THAT(import("good.csv", {"--region-attributes", "people.csv"}),
              HasSubstr("people.csv:2: column 'region': 'AB'"));
  expect_kept();
}

TEST_F(BadInput, RecipesThatDoNotFit) {
  const auto refused = [&](const std::string& text, const std::string& words) {
    write("r.csv", text);
    EXPECT_EQ(import("good.csv", {"--recipe", "r.csv"}), words);
    EXPECT_EQ(run({"import", "x.stave", "--recipe", "r.csv", "-o", "x.stave"}), words);
    expect_kept();
  };
  refused("input,s\ns,3\n",
          "10 error[bad_input]: r.csv:2: column 's': '3' is not a need\n"
          "  hint: Write 2 or essential, 1 or non-essential, 0 or none.\n");
  refused("input,s\nst,2\n",
          "11 error[not_found]: r.csv:2: column 'input': 'st' is not a product of the chain\n"
          "  hint: Did you mean 's'?\n");
  refused("input,user,need\ns,s,2\ns,s,1\n",
          "10 error[bad_input]: r.csv:3: column 'need': '1' is a second need of 's' by makers of "
          "'s', first in row 2\n");
  EXPECT_THAT(import("good.csv", {"--recipe", "r2.csv"}), HasSubstr("r2.csv: no such file"));
  EXPECT_THAT(import("good.csv", {"--recipe-skip-unknown"}), HasSubstr("--recipe"));
  expect_kept();
}

TEST_F(BadInput, ARecipeThatFitsMakesAnotherChain) {
  write("r.csv", ",s,t\ns,1,2\nt,2,2\n");
  EXPECT_EQ(
      run({"import", "x.stave", "--recipe", "r.csv", "--recipe-skip-unknown", "-o", "y.stave"}),
      "");
  expect_kept();
  const auto before = load_chain("x.stave");
  const auto after = load_chain("y.stave");
  EXPECT_FALSE(before.has_own_recipe());
  EXPECT_EQ(after.recipe().need(ProductId(0), ProductId(0)), Need::non_essential);
  EXPECT_EQ(after.output(), before.output());
}

TEST_F(BadInput, RepeatedLinksAndLoopsOfFirmsAreSaid) {
  fs::create_directories("firms");
  write("firms/nodes.csv", "id\na\nb\n");
  write("firms/links.csv", "from,to,value\na,b,2\nb,b,1\na,b,3\na,b,0\n");
  std::ostringstream out;
  std::ostringstream err;
  EXPECT_EQ(run_program({"import", "firms", "-o", "firms.stave"}, {.out = out, .err = err}), 0);
  for (const auto* note : {"note: 1 links repeat a pair of nodes and were added up.",
                           "note: 1 links lead from a node to itself; they are kept.",
                           "note: 1 links of value 0 are left out."})
    EXPECT_THAT(err.str(), HasSubstr(note));
  const auto chain = load_chain("firms.stave");
  EXPECT_EQ(chain.flows().at(0, 1), 5);
  EXPECT_EQ(chain.flows().at(1, 1), 1);
  EXPECT_EQ(chain.flows().nonzeros(), 2U);
  EXPECT_THAT(chain.info().notes, testing::Contains(HasSubstr("repeat a pair of nodes")));
}

TEST_F(BadInput, NetworksWithNothingInThem) {
  fs::create_directories("firms");
  write("firms/nodes.csv", "id\n");
  write("firms/links.csv", "from,to,value\n");
  EXPECT_EQ(run({"import", "firms", "-o", "x.stave"}),
            "10 error[bad_input]: firms/nodes.csv: no node below the header\n");
  expect_kept();
  write("firms/nodes.csv", "id\na\nb\n");
  EXPECT_EQ(run({"import", "firms", "-o", "firms.stave"}), "");
  EXPECT_THAT(load_chain("firms.stave").info().notes,
              testing::Contains(HasSubstr("nobody sells to anybody")));
  write("shock.csv", "node,share\na,1\n");
  for (const std::vector<std::string>& words : {std::vector<std::string>{"systemic", "firms.stave"},
                                                {"cascade", "firms.stave", "--shock", "shock.csv"},
                                                {"breakpoints", "firms.stave", "--target", "a"}})
    EXPECT_EQ(run(words), "12 error[missing_part]: '" + words[0] +
                              "' needs flows, which firms does not have\n  hint: firms has 2 "
                              "makers, and none sells to another: were the links read? See stave "
                              "info.\n");
}

TEST_F(BadInput, MissingFiles) {
  EXPECT_EQ(import("godo.csv"),
            "11 error[not_found]: there is no file or folder 'godo.csv'\n"
            "  hint: Did you mean 'good.csv'?\n");
  EXPECT_EQ(run({"import", "good.csv", "--description", "e.toml", "-o", "x.stave"}),
            "11 error[not_found]: e.toml: no such file\n  hint: Did you mean 'd.toml'?\n");
  EXPECT_THAT(import("good.csv", {"--stressors", "co3.csv"}), HasSubstr("co3.csv: no such file"));
  EXPECT_THAT(run({"check", "y.stave"}), HasSubstr("hint: Did you mean 'x.stave'?"));
  expect_kept();
}

TEST_F(BadInput, WrongEncodings) {
  expect_refused("t.csv", "row,A.s,B.s,A.hh,B.hh\nA.s,1,2,3,4\nC\xf4te.s,5,6,7,8\n",
                 "10 error[bad_input]: t.csv:3: byte 0xf4 at offset 35 is neither UTF-8 nor GB "
                 "18030\n  hint: Save the file as UTF-8.\n");
}

// 中国 in GB 18030 is d6 d0 b9 fa.
TEST_F(BadInput, EncodingsThatAreFine) {
  const std::string gb =
      "row,\xd6\xd0\xb9\xfa.s,B.s,\xd6\xd0\xb9\xfa.hh,B.hh\n\xd6\xd0\xb9\xfa.s,1,2,3,4\nB.s,5,6,7,"
      "8\n";
  for (const auto& bytes : {gb, "\xef\xbb\xbf" + good_table}) {
    write("t.csv", bytes);
    EXPECT_EQ(import("t.csv"), "");
    EXPECT_EQ(load_chain("x.stave").output(), (std::vector<double>{10, 26}));
  }
  write("t.csv", gb);
  EXPECT_EQ(import("t.csv"), "");
  EXPECT_EQ(load_chain("x.stave").regions()[0].code, "中国");
}

TEST_F(BadInput, UnfinishedDownloads) {
  const std::string hint = "\n  hint: An unfinished download? Fetch the file again.\n";
  const auto cut = [](const std::string& bytes) { return bytes.substr(0, bytes.size() - 9); };
  expect_refused("t.csv.gz", cut(gzip_of(good_table)),
                 "10 error[bad_input]: t.csv.gz: the gzip data is cut short" + hint);
  expect_refused("t.csv.xz", cut(xz_of(good_table)),
                 "10 error[bad_input]: t.csv.xz: the xz data is cut short" + hint);
  expect_refused("t.zip", cut(zip_of({{"t.csv", good_table}})),
                 "10 error[bad_input]: t.zip: the zip data is cut short" + hint);
  write("t.csv", good_table.substr(0, good_table.size() - 5));  // in the middle of the last row
  EXPECT_THAT(import("t.csv"), HasSubstr("t.csv:3"));
  expect_kept();
  write("half.stave", kept_.substr(0, kept_.size() / 2));
  EXPECT_THAT(run({"import", "half.stave", "-o", "x.stave"}),
              HasSubstr("error[bad_input]: half.stave: damaged or not complete"));
  expect_kept();
}

TEST_F(BadInput, AZipBomb) {
  const std::string zeros(80 << 20, '0');
  for (const auto& [file, bytes] :
       Members{{"t.csv.gz", gzip_of(zeros)}, {"t.zip", zip_of({{"t.csv", zeros}})}}) {
    write(file, bytes);
    EXPECT_THAT(import(file), testing::AllOf(HasSubstr("15 error[too_large]: " + file),
                                             HasSubstr("hint: This looks like a zip bomb.")));
    expect_kept();
  }
}

// B takes 60 of its own and 2 of A's to make 23.
TEST_F(BadInput, AnUnproductiveTable) {
  write("u.csv", "row,A.s,B.s,A.hh,B.hh\nA.s,10,2,-3,4\nB.s,5,60,-50,8\n");
  write("co2.csv", "stressor,region,product,value,unit\nCO2,A,s,1,Mt\n");
  ASSERT_EQ(run({"import", "u.csv", "--description", "d.toml", "--stressors", "co2.csv", "-o",
                 "u.stave"}),
            "");
  const auto unproductive = bytes_of("u.stave");
  EXPECT_EQ(run({"accounts", "u.stave"}),
            "13 error[not_productive]: the table is not productive: spectral radius 2.6267; the "
            "inputs of B: s are 2.69565 times its output\n"
            "  hint: Compare that node's inputs and output with the source.\n");
  EXPECT_THAT(run({"check", "u.stave"}), testing::StartsWith("1 "));
  EXPECT_TRUE(bytes_of("u.stave") == unproductive);
}

TEST_F(BadInput, ARegionThatDoesNotExist) {
  for (const auto* question : {"exposure", "diagnose"})
    EXPECT_EQ(run({question, "world-2011", "--region", "CHM"}),
              "11 error[not_found]: region 'CHM' is not in this chain\n"
              "  hint: Did you mean 'CHN'?\n");
  EXPECT_FALSE(fs::exists("report.html"));
  expect_kept();
}

// The program itself, in a shell that limits it.
class BadDisk : public BadInput {
 protected:
  struct Ended {
    int status = 0;
    std::string err;
  };
  static Ended shell(const std::string& command) {
    const int status = std::system(("{ " + command + "; } 2> err.txt").c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, bytes_of("err.txt")};
  }
  static constexpr auto program = STAVE_PROGRAM;
};

TEST_F(BadDisk, AFullDiskLeavesTheOldChain) {
  const auto ended =
      shell(std::string("(ulimit -f 300; exec ") + program + " import world-2011 -o x.stave)");
  EXPECT_EQ(ended.status, 16) << ended.err;
  EXPECT_THAT(ended.err, testing::AllOf(HasSubstr("error[io]: x.stave: cannot be written"),
                                        HasSubstr("hint: Free some space")));
  expect_kept();
}

TEST_F(BadDisk, AFullDiskLeavesTheOldReportAndFolder) {
  write("r.html", "old");
  const auto page = shell(std::string("(ulimit -f 30; exec ") + program +
                          " exposure china-2020 --region CHN --report r.html > /dev/null)");
  EXPECT_EQ(page.status, 16) << page.err;
  EXPECT_THAT(page.err, HasSubstr("error[io]: cannot write r.html: File too large"));
  EXPECT_EQ(bytes_of("r.html"), "old");
  const auto folder = shell(std::string("(ulimit -f 30; exec ") + program +
                            " export world-2011 -o folder --format csv)");
  EXPECT_EQ(folder.status, 16) << folder.err;
  EXPECT_FALSE(fs::exists("folder"));
  expect_kept();
}

TEST_F(BadDisk, AFullDeviceIsNotTakenForAnAnswer) {
  for (const auto* words : {"check x.stave", "check world-2011 --json", "--help",
                            "query world-2011 'SELECT * FROM flow' --csv"}) {
    const auto ended = shell(std::string(program) + " " + words + " > /dev/full");
    EXPECT_EQ(ended.status, 16) << words;
    EXPECT_THAT(ended.err, HasSubstr("error[io]: cannot write to standard output")) << words;
  }
}

// As a user who is not root, for whom permissions count.
TEST_F(BadDisk, AReadOnlyFolder) {
  std::string as_user;
  if (::geteuid() == 0) {
    as_user = "setpriv --reuid=65534 --regid=65534 --clear-groups ";
    if (shell(as_user + program + " --version > /dev/null").status != 0)
      GTEST_SKIP() << "root ignores permissions, and no other user can run the program";
  }
  fs::create_directory("closed");
  fs::permissions("closed", fs::perms::none);
  fs::permissions(folder_, fs::perms::owner_all | fs::perms::others_exec | fs::perms::others_read);
  fs::permissions("x.stave", fs::perms::owner_read | fs::perms::others_read);
  if (as_user.empty()) fs::permissions(folder_, fs::perms::owner_read | fs::perms::owner_exec);
  const auto in_pipe = [&](const std::string& words) {
    const std::unique_ptr<FILE, int (*)(FILE*)> pipe(
        popen((as_user + program + " " + words + " 2>&1 > /dev/null").c_str(), "r"), pclose);
    std::string said;
    for (int c = fgetc(pipe.get()); c != EOF; c = fgetc(pipe.get()))
      said.push_back(static_cast<char>(c));
    return said;
  };
  EXPECT_THAT(in_pipe("import good.csv --description d.toml -o x.stave"),
              testing::AllOf(HasSubstr("error[io]: x.stave: cannot be written"),
                             HasSubstr("hint: Check the permissions.")));
  EXPECT_THAT(in_pipe("exposure china-2020 --region CHN --report r.html"),
              HasSubstr("error[io]: cannot write r.html: Permission denied"));
  EXPECT_THAT(
      in_pipe("check closed/x.stave"),
      testing::AllOf(HasSubstr("error[io]: closed/x.stave"), HasSubstr("Permission denied")));
  fs::permissions(folder_, fs::perms::owner_all);
  EXPECT_FALSE(fs::exists("r.html"));
  expect_kept();
}

TEST_F(BadInput, AFileThatBecomesShorterWhileItIsReadEndsWithAMessage) {
  write("long.csv", std::string(1 << 16, '1'));
  const auto read_cut = [] {
    expect_file_trouble();
    const auto source = Source::open_bytes("long.csv");
    fs::resize_file("long.csv", 0);
    const volatile char gone = source.text()[40'000];
    ::_exit(gone == '1' ? 1 : 2);
  };
  GTEST_FLAG_SET(death_test_style, "fast");
  EXPECT_EXIT(read_cut(), testing::ExitedWithCode(16), "a file became shorter while it was read");
}

}  // namespace
}  // namespace stave
