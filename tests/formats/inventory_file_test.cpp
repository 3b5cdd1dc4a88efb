// Inventories from every kind of file, and what is said of mistakes.
#include "stave/formats/inventory_file.hpp"

#include "stave/inventory/product_system.hpp"

#include <algorithm>
#include <filesystem>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "formats/error_text.hpp"
#include "formats/packed.hpp"
#include "formats/workbook.hpp"
#include "formats/written_file.hpp"

namespace stave {
namespace {

using testing::Contains;
using testing::HasSubstr;
namespace fs = std::filesystem;

std::string refusal(const std::string& toml) {
  return error_text([&] { static_cast<void>(link(parse_project("p.toml", toml))); });
}

const std::string works =
    "[[activity]]\nid = 'works'\noutput = [{ product = 'steel', unit = 'kg' }]\n";

TEST(Project, ReadsItsOwnTemplate) {
  const auto project = parse_project("bicycle.toml", project_template());
  EXPECT_EQ(project.activities.size(), 8U);
  EXPECT_EQ(project.asked->product, "bicycle");
  EXPECT_EQ(project.uncertain.size(), 3U);
  EXPECT_EQ(project.pact.at("company").front(), "Example Bicycles");
  const auto system = link(project);
  EXPECT_TRUE(system.unlinked.empty());
  EXPECT_EQ(loops(system).size(), 1U);
}

// A mix with 5 % lost on the way takes 0.6 / 0.95 of coal power for each unit at the socket.
TEST(Project, MixesMakersByShareAndLoss) {
  const auto project = parse_project("bicycle.toml", project_template());
  const auto mix = std::ranges::find(project.activities, "mix of electricity CHN", &Activity::id);
  ASSERT_NE(mix, project.activities.end());
  EXPECT_EQ(mix->region, "CHN");
  ASSERT_EQ(mix->inputs.size(), 2U);
  EXPECT_DOUBLE_EQ(mix->inputs[0].amount.value, 0.6 / 0.95);
  EXPECT_EQ(mix->inputs[0].from, "coal power");
  EXPECT_EQ(mix->inputs[0].product, "coal electricity");
}

TEST(Project, SaysWhatIsWrongAndWhere) {
  EXPECT_THAT(
      refusal("[[activity]]\nid = 'a'\noutput = [{ product = 'x', unit = 'kilo' }]\n"),
      HasSubstr("p.toml:3: key 'activity[1].output[1].unit': expected a unit; found \"kilo\""));
  EXPECT_THAT(refusal(works + "input = [{ product = 'ore', amount = -2, unit = 'kg' }]\n"),
              HasSubstr("found -2"));
  EXPECT_THAT(refusal("[[factor]]\nflow = 'sf6'\nvalue = 25200\n"),
              HasSubstr("key 'factor[1].source': is missing"));
  EXPECT_THAT(refusal(works + "input = [{ product = 'ore', amount = 2, unit = 'kg' }]\n"),
              HasSubstr("p.toml:1: 'works' takes 'ore': nobody makes it"));
  EXPECT_THAT(refusal("import = '../other.csv'\n"), HasSubstr("beside this one"));
  EXPECT_THAT(refusal("factors = 'AR4'\n"), HasSubstr("\"AR6\", \"AR5\" or \"none\""));
  EXPECT_THAT(refusal("[[mix]]\nproduct = 'e'\nunit = 'kWh'\nsource = 's'\nshares = { a = 0.5 }\n"),
              HasSubstr("add up to 0.5"));
  EXPECT_THAT(refusal(works + "allocation = 'weight'\n"), HasSubstr("\"mass\", \"energy\""));
  EXPECT_THAT(refusal(works + "emision = []\n"),
              HasSubstr("key 'activity[1].emision' is not known"));
}

TEST(Project, ListsMissingInputsWhereItSaysSo) {
  const auto system =
      link(parse_project("p.toml", "missing_inputs = 'list'\n" + works +
                                       "input = [{ product = 'ore', amount = 2, unit = 'kg' }]\n"));
  ASSERT_EQ(system.unlinked.size(), 1U);
  EXPECT_EQ(system.unlinked[0].product, "ore");
}

const std::string table_rows =
    "activity,kind,flow,amount,unit,distribution,deviation,source\n"
    "works,output,steel,1,t,,,made up\n"
    "works,input,electricity,400,kWh,normal,20,\n"
    "works,emission,co2,1.9,t,,,\n"
    "plant,output,electricity,1,MJ,,,made up\n";

void expect_two_activities(const Inventory& inventory) {
  ASSERT_EQ(inventory.activities.size(), 2U);
  EXPECT_EQ(inventory.activities[0].inputs.at(0).amount.value, 400);
  EXPECT_EQ(inventory.activities[0].emissions.at(0).unit, "t");
  ASSERT_EQ(inventory.uncertain.size(), 1U);
  EXPECT_EQ(inventory.uncertain[0].distribution.values[1], 20);
  EXPECT_EQ(link(inventory).conversions.size(), 1U);
}

TEST(InventoryTable, ReadsCsv) {
  const WrittenFile file("parts.csv", table_rows);
  expect_two_activities(read_inventory(file.path()));
}

TEST(InventoryTable, ReadsTheSheetOfThatName) {
  std::string rows;
  std::stringstream lines(table_rows);
  int r = 0;
  for (std::string line; std::getline(lines, line);) {
    rows += fmt::format("<row r=\"{}\">", ++r);
    std::stringstream cells(line);
    char column = 'A';
    for (std::string cell; std::getline(cells, cell, ','); ++column)
      if (!cell.empty())
        rows +=
            fmt::format("<c r=\"{}{}\" t=\"inlineStr\"><is><t>{}</t></is></c>", column, r, cell);
    rows += "</row>";
  }
  const WrittenFile file("parts.xlsx", workbook_of({{"notes", ""}, {"inventory", rows}}));
  expect_two_activities(read_inventory(file.path()));
}

TEST(InventoryTable, SaysWhatIsWrongAndWhere) {
  const auto complaint = [](const std::string& rows) {
    const WrittenFile file("parts.csv", rows);
    return error_text([&] { static_cast<void>(read_inventory(file.path())); });
  };
  EXPECT_THAT(complaint("activity,kind,flow,amount,unit\na,output,x,\"1,5\",kg\n"),
              HasSubstr("parts.csv:2: column 'amount': '1,5' is not a number"));
  EXPECT_THAT(complaint("activity,kind,flow,amount,unit\na,out,x,1,kg\n"),
              HasSubstr("column 'kind': 'out'"));
  EXPECT_THAT(complaint("activity,kind,flow,amount,unit\na,output,x,1,kgs\n"),
              HasSubstr("'kgs' is no unit known | Did you mean 'kg'"));
  EXPECT_THAT(complaint("activity,kind,flow,amount\na,output,x,1\n"), HasSubstr("column 'unit'"));
  EXPECT_THAT(complaint("activity,kind,flow,amount,units\n"), HasSubstr("Did you mean 'unit'"));
}

TEST(Project, TakesInTablesBesideIt) {
  const WrittenFile file("parts.csv", table_rows);
  const auto project =
      parse_project("p.toml",
                    "import = 'parts.csv'\n[[activity]]\nid = 'car'\noutput = [{ product = 'car', "
                    "unit = 'piece' }]\n"
                    "input = [{ product = 'steel', amount = { uniform = [1, 2] }, unit = 't' }]\n",
                    file.folder());
  EXPECT_EQ(project.activities.size(), 3U);
  // The table's number comes first, and the project's own after it.
  EXPECT_EQ(project.activities[0].inputs[0].amount.number, 0);
  EXPECT_EQ(project.activities[2].inputs[0].amount.number, 1);
  EXPECT_EQ(project.uncertain[1].distribution.shape, Distribution::Shape::uniform);
}

const std::string spold_head =
    "<?xml version=\"1.0\"?><ecoSpold xmlns=\"http://www.EcoInvent.org/EcoSpold01\">";

TEST(EcoSpold, ReadsExchangesByTheirGroups) {
  const WrittenFile file(
      "two.xml",
      spold_head +
          "<dataset number=\"7\"><metaInformation><referenceFunction name=\"Steel\"/><geography "
          "location=\"US\"/></metaInformation><flowData>"
          "<exchange number=\"1\" name=\"Steel\" unit=\"kg\" meanValue=\"2\" "
          "category=\"a\"><outputGroup>0"
          "</outputGroup></exchange>"
          "<exchange number=\"2\" name=\"Power\" unit=\"MJ\" meanValue=\"3.6\" category=\"a\" "
          "uncertaintyType=\"1\" standardDeviation95=\"1.21\"><inputGroup>5</inputGroup></exchange>"
          "<exchange number=\"3\" name=\"Carbon dioxide, fossil\" unit=\"kg\" meanValue=\"4\" "
          "category=\"emission\" subCategory=\"air\"><outputGroup>4</outputGroup></exchange>"
          "<exchange number=\"4\" name=\"Water\" unit=\"m3\" meanValue=\"1\" category=\"resource\" "
          "subCategory=\"water\"><inputGroup>4</inputGroup></exchange>"
          "</flowData></dataset></ecoSpold>");
  const auto inventory = read_inventory(file.path());
  ASSERT_EQ(inventory.activities.size(), 1U);
  const auto& a = inventory.activities[0];
  EXPECT_EQ(a.name, "Steel");
  EXPECT_EQ(a.region, "US");
  EXPECT_EQ(a.outputs.at(0).amount.value, 2);
  EXPECT_EQ(a.inputs.at(0).product, "Power");
  EXPECT_EQ(a.emissions.at(0).compartment, "air");
  EXPECT_EQ(a.emissions.at(1).compartment, "resource");
  ASSERT_EQ(inventory.uncertain.size(), 1U);
  EXPECT_NEAR(inventory.uncertain[0].distribution.values[1], 1.1, 1e-12);  // the square root
  EXPECT_THAT(error_text([&] {
                const WrittenFile bad("bad.xml", spold_head +
                                                     "<dataset number=\"7\"><exchange name=\"x\" "
                                                     "meanValue=\"1,5\"/></dataset></ecoSpold>");
                static_cast<void>(read_inventory(bad.path()));
              }),
              HasSubstr("dataset 7: meanValue: '1,5' is not a number"));
}

// Counted beforehand by another program: 639 data sets, 45,656 exchanges, one reference product
// each.
TEST(EcoSpold, ReadsTheWholeOfUslci) {
  const fs::path zip = STAVE_SHARED "/data/uslci/uslci_fy21_q3_01_olca_10_3_ecospold2.zip";
  if (!fs::exists(zip)) GTEST_SKIP() << "no " << zip;
  const auto inventory = read_inventory(zip);
  EXPECT_EQ(inventory.activities.size(), 639U);
  EXPECT_THAT(inventory.notes, Contains(HasSubstr("639 activities, 45656 exchanges")));
  EXPECT_THAT(inventory.notes, Contains(HasSubstr("176 co-products")));
  EXPECT_THAT(inventory.notes, Contains(HasSubstr("11 outputs of zero")));  // 187 in all
  std::size_t inputs = 0;
  for (const auto& a : inventory.activities) inputs += a.inputs.size();
  const auto system = link(inventory);
  EXPECT_EQ(inputs, 6077U);  // 5,832 from activities and 245 wastes, land use left out
  EXPECT_GT(system.unlinked.size(), 1000U);
  for (const auto& u : system.unlinked) EXPECT_FALSE(u.reason.empty());
  EXPECT_FALSE(system.conversions.empty());
}

std::string olca_process(const std::string& id, const std::string& exchanges) {
  return R"({"@type":"Process","@id":")" + id + R"(","name":")" + id +
         R"(","location":{"name":"US"},"exchanges":[)" + exchanges + "]}";
}

std::string olca_exchange(const std::string& flow, const std::string& type, bool input,
                          double amount, const std::string& unit, const std::string& more = {}) {
  return fmt::format(
      R"({{"input":{},"amount":{},"flow":{{"@id":"f-{}","name":"{}","flowType":"{}"}},"unit":{{"name":"{}"}}{}}})",
      input, amount, flow, flow, type, unit, more);
}

TEST(OlcaJson, ReadsAPackage) {
  const auto reference = std::string(R"(,"quantitativeReference":true)");
  const WrittenFile file(
      "package.zip",
      zip_of({{"processes/a.json",
               olca_process(
                   "a",
                   olca_exchange("steel", "PRODUCT_FLOW", false, 1, "t", reference) + "," +
                       olca_exchange("power", "PRODUCT_FLOW", true, 3.6, "MJ",
                                     R"(,"defaultProvider":{"@id":"b"},"uncertainty":)"
                                     R"({"distributionType":"TRIANGLE_DISTRIBUTION",)"
                                     R"("minimum":3,"mode":3.6,"maximum":4})") +
                       "," +
                       olca_exchange("Carbon dioxide, fossil", "ELEMENTARY_FLOW", false, 2, "kg"))},
              {"processes/b.json", olca_process("b", olca_exchange("power", "PRODUCT_FLOW", false,
                                                                   1, "kWh", reference))}}));
  const auto inventory = read_inventory(file.path());
  ASSERT_EQ(inventory.activities.size(), 2U);
  EXPECT_EQ(inventory.activities[0].inputs.at(0).from, "b");
  EXPECT_EQ(inventory.uncertain.size(), 1U);
  const auto system = link(inventory);
  EXPECT_TRUE(system.unlinked.empty());
  EXPECT_EQ(system.flows.at(0).factor, 1);
  double power = 0;
  for (const auto& e : system.technosphere)
    if (e.row == 1 && e.column == 0) power += e.value;
  EXPECT_DOUBLE_EQ(power, -1);
}

TEST(Inventory, RefusesWhatItCannotRead) {
  const WrittenFile text("notes.md", "hello");
  EXPECT_THAT(error_text([&] { static_cast<void>(read_inventory(text.path())); }),
              HasSubstr("is no inventory that can be read"));
  EXPECT_THAT(error_text([&] { static_cast<void>(read_inventory("nowhere.toml")); }),
              HasSubstr("not_found"));
}

}  // namespace
}  // namespace stave
