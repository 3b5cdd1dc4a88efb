// ILCD packages, written by hand after the published schemas of format 1.1 (ILCD_ProcessDataSet.xsd
// and its like): no package of others' comes with the project's data.
#include "stave/core/error.hpp"
#include "stave/formats/inventory_file.hpp"
#include "stave/inventory/product_system.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "formats/error_text.hpp"
#include "formats/packed.hpp"
#include "formats/written_file.hpp"

namespace stave {
namespace {

using testing::Contains;
using testing::HasSubstr;
using Files = std::vector<std::pair<std::string, std::string>>;

// An id like those of the format, told apart by its last two digits.
std::string ilcd_uuid(int number) {
  return fmt::format("00000000-0000-4000-8000-0000000000{:02}", number);
}

std::string unit_group(int id, const std::string& reference) {
  return fmt::format(
      R"(<unitGroupDataSet xmlns="http://lca.jrc.it/ILCD/UnitGroup" xmlns:common="http://lca.jrc.it/ILCD/Common" version="1.1">
<unitGroupInformation><dataSetInformation><common:UUID>{}</common:UUID><common:name>units</common:name></dataSetInformation>
<quantitativeReference><referenceToReferenceUnit>1</referenceToReferenceUnit></quantitativeReference></unitGroupInformation>
<units><unit dataSetInternalID="0"><name>other</name><meanValue>1000</meanValue></unit>
<unit dataSetInternalID="1"><name>{}</name><meanValue>1</meanValue></unit></units></unitGroupDataSet>)",
      ilcd_uuid(id), reference);
}

std::string flow_property(int id, int group) {
  return fmt::format(
      R"(<flowPropertyDataSet xmlns="http://lca.jrc.it/ILCD/FlowProperty" xmlns:common="http://lca.jrc.it/ILCD/Common" version="1.1">
<flowPropertiesInformation><dataSetInformation><common:UUID>{}</common:UUID></dataSetInformation><quantitativeReference>
<referenceToReferenceUnitGroup type="unit group data set" refObjectId="{}"/></quantitativeReference></flowPropertiesInformation>
</flowPropertyDataSet>)",
      ilcd_uuid(id), ilcd_uuid(group));
}

std::string ilcd_flow(int id, const std::string& name, const std::string& type, int property,
                      const std::string& category = {}, const std::string& more = {}) {
  return fmt::format(
      R"(<?xml version="1.0"?><flowDataSet xmlns="http://lca.jrc.it/ILCD/Flow" xmlns:common="http://lca.jrc.it/ILCD/Common" version="1.1">
<flowInformation><dataSetInformation><common:UUID>{}</common:UUID><name><baseName xml:lang="de">auf deutsch</baseName>
<baseName xml:lang="en">{}</baseName></name><classificationInformation><common:elementaryFlowCategorization>
<common:category level="0">{}</common:category></common:elementaryFlowCategorization></classificationInformation></dataSetInformation>
<quantitativeReference><referenceToReferenceFlowProperty>0</referenceToReferenceFlowProperty></quantitativeReference>
</flowInformation><modellingAndValidation><LCIMethod><typeOfDataSet>{}</typeOfDataSet></LCIMethod></modellingAndValidation>
<flowProperties><flowProperty dataSetInternalID="0"><referenceToFlowPropertyDataSet refObjectId="{}"/><meanValue>1</meanValue>
</flowProperty>{}</flowProperties></flowDataSet>)",
      ilcd_uuid(id), name, category, type, ilcd_uuid(property), more);
}

std::string ilcd_exchange(int id, int of, const std::string& direction, double amount,
                          const std::string& more = {}) {
  return fmt::format(
      R"(<exchange dataSetInternalID="{}"><referenceToFlowDataSet type="flow data set" refObjectId="{}">
<common:shortDescription xml:lang="en">flow {}</common:shortDescription></referenceToFlowDataSet>
<exchangeDirection>{}</exchangeDirection><meanAmount>1</meanAmount><resultingAmount>{}</resultingAmount>{}</exchange>)",
      id, ilcd_uuid(of), of, direction, amount, more);
}

std::string ilcd_process(int id, const std::string& name, const std::string& exchanges,
                         const std::string& references = "0") {
  return fmt::format(
      R"xml(<?xml version="1.0" encoding="UTF-8"?>
<processDataSet xmlns="http://lca.jrc.it/ILCD/Process" xmlns:common="http://lca.jrc.it/ILCD/Common" version="1.1">
<processInformation><dataSetInformation><common:UUID>{}</common:UUID><name><baseName xml:lang="en">{}</baseName>
<mixAndLocationTypes xml:lang="en">at plant</mixAndLocationTypes></name></dataSetInformation>
<quantitativeReference type="Reference ilcd_flow(s)"><referenceToReferenceFlow>{}</referenceToReferenceFlow></quantitativeReference>
<time><common:referenceYear>2020</common:referenceYear></time><geography>
<locationOfOperationSupplyOrProduction location="DE"/></geography></processInformation>
<administrativeInformation><publicationAndOwnership><common:referenceToOwnershipOfDataSet>
<common:shortDescription>Owner &amp; Co</common:shortDescription></common:referenceToOwnershipOfDataSet>
</publicationAndOwnership></administrativeInformation><exchanges>{}</exchanges></processDataSet>)xml",
      ilcd_uuid(id), name, references, exchanges);
}

// Units: 10 kg, 11 MJ; properties: 20 mass, 21 net calorific value; flows: 30 steel, 31 power (MJ),
// 32 carbon dioxide, 33 slag (a waste), 34 coal (kg, 28 MJ each), 35 iron ore.
Files flows_and_units() {
  const auto calorific = fmt::format(
      R"(<flowProperty dataSetInternalID="1"><referenceToFlowPropertyDataSet refObjectId="{}"/><meanValue>28</meanValue></flowProperty>)",
      ilcd_uuid(21));
  Files files{{"ILCD/unitgroups/" + ilcd_uuid(10) + ".xml", unit_group(10, "kg")},
              {"ILCD/unitgroups/" + ilcd_uuid(11) + "_01.00.000.xml", unit_group(11, "MJ")},
              {"ILCD/flowproperties/mass.xml", flow_property(20, 10)},
              {"ILCD/flowproperties/" + ilcd_uuid(21) + ".xml", flow_property(21, 11)},
              {"ILCD/flows/" + ilcd_uuid(30) + ".xml", ilcd_flow(30, "steel", "Product flow", 20)},
              {"ILCD/flows/" + ilcd_uuid(31) + ".xml", ilcd_flow(31, "power", "Product flow", 21)},
              {"ILCD/flows/" + ilcd_uuid(32) + ".xml",
               ilcd_flow(32, "carbon dioxide (fossil)", "Elementary flow", 20,
                         "Emissions to air, unspecified")},
              {"ILCD/flows/" + ilcd_uuid(33) + ".xml", ilcd_flow(33, "slag", "Waste flow", 20)},
              {"ILCD/flows/" + ilcd_uuid(34) + ".xml",
               ilcd_flow(34, "coal", "Product flow", 20, "", calorific)},
              {"ILCD/flows/" + ilcd_uuid(35) + ".xml",
               ilcd_flow(35, "iron ore", "Elementary flow", 20, "Resources from ground")}};
  return files;
}

Files with_processes(Files files, const std::vector<std::string>& processes) {
  for (std::size_t k = 0; k < processes.size(); ++k)
    files.emplace_back(fmt::format("ILCD/processes/{}.xml", ilcd_uuid(static_cast<int>(40 + k))),
                       processes[k]);
  return files;
}

Inventory ilcd_read(const Files& files, const InventoryOptions& options = {}) {
  const WrittenFile file("package.zip", zip_of(files));
  return read_inventory(file.path(), options);
}

std::string ilcd_complaint(const Files& files) {
  return error_text([&] { static_cast<void>(ilcd_read(files)); });
}

// 2 kg of steel from 3.6 MJ of power and 1 kg of coal; power of 1 MJ from coal by its energy.
const std::string steelworks = ilcd_process(
    40, "steelworks",
    ilcd_exchange(0, 30, "Output", 2) +
        ilcd_exchange(1, 31, "Input", 3.6,
                      "<uncertaintyDistributionType>log-normal</uncertaintyDistributionType>"
                      "<relativeStandardDeviation95In>1.21</relativeStandardDeviation95In>") +
        ilcd_exchange(2, 34, "Input", 1) + ilcd_exchange(3, 32, "Output", 4) +
        ilcd_exchange(4, 33, "Output", 0.5) + ilcd_exchange(5, 35, "Input", 3) +
        ilcd_exchange(6, 34, "Input", 99, "<functionType>General reminder flow</functionType>"));
const std::string power_station =
    ilcd_process(41, "power station",
                 ilcd_exchange(0, 31, "Output", 1) + ilcd_exchange(1, 34, "Input", 0.1) +
                     ilcd_exchange(2, 32, "Output", 0.3));

TEST(Ilcd, ReadsProcessesWithTheirFlowsAndUnits) {
  const auto inventory = ilcd_read(with_processes(flows_and_units(), {steelworks, power_station}));
  ASSERT_EQ(inventory.activities.size(), 2U);
  const auto& a = inventory.activities[0];
  EXPECT_EQ(a.name, "steelworks; at plant");
  EXPECT_EQ(a.region, "DE");
  EXPECT_EQ(a.source, "Owner & Co, 2020");
  EXPECT_EQ(a.outputs.at(0).product, "steel");
  EXPECT_EQ(a.outputs.at(0).unit, "kg");
  EXPECT_EQ(a.outputs.at(0).amount.value, 2);
  ASSERT_EQ(a.inputs.size(), 3U);
  EXPECT_EQ(a.inputs[0].unit, "MJ");
  EXPECT_TRUE(a.inputs[2].waste);
  EXPECT_EQ(a.emissions.at(0).compartment, "air");
  EXPECT_EQ(a.emissions.at(1).compartment, "resource");
  ASSERT_EQ(inventory.uncertain.size(), 1U);
  EXPECT_NEAR(inventory.uncertain[0].distribution.values[1], 1.1, 1e-12);
  EXPECT_THAT(inventory.notes, Contains(HasSubstr("ILCD: 2 activities, 10 exchanges")));
  EXPECT_THAT(inventory.notes, Contains(HasSubstr("1 exchanges are reminders")));
}

TEST(Ilcd, LinksByFlowAndListsWhatNobodyMakes) {
  const auto system =
      link(ilcd_read(with_processes(flows_and_units(), {steelworks, power_station})));
  ASSERT_EQ(system.size(), 2U);
  std::vector<std::string> unlinked;
  for (const auto& u : system.unlinked) unlinked.push_back(u.product);
  EXPECT_THAT(unlinked, testing::UnorderedElementsAre("coal", "coal", "slag"));
  double power = 0;
  for (const auto& e : system.technosphere)
    if (e.row == 1 && e.column == 0) power = e.value;
  EXPECT_DOUBLE_EQ(power, -3.6);
  EXPECT_EQ(system.flows.at(0).factor, 1);
}

// Coal is sold by mass and bought by energy: 28 MJ a kg, as its flow properties say.
TEST(Ilcd, TakesFurtherFlowPropertiesAsConversions) {
  const auto mine = ilcd_process(42, "mine", ilcd_exchange(0, 34, "Output", 1));
  const auto inventory = ilcd_read(with_processes(flows_and_units(), {mine}));
  ASSERT_EQ(inventory.conversions.size(), 1U);
  EXPECT_EQ(inventory.conversions[0].from, "kg");
  EXPECT_EQ(inventory.conversions[0].to, "MJ");
  EXPECT_EQ(inventory.conversions[0].factor, 28);
}

std::string ilcd_shares(double first, double second) {
  return fmt::format(
      "<allocations><allocation internalReferenceToCoProduct=\"0\" allocatedFraction=\"{}\"/>"
      "<allocation internalReferenceToCoProduct=\"1\" allocatedFraction=\"{}\"/></allocations>",
      first, second);
}

TEST(Ilcd, AllocatesByTheSharesAProcessStates) {
  const auto both = [&](const std::string& one, const std::string& other) {
    return ilcd_read(with_processes(
        flows_and_units(),
        {ilcd_process(40, "works",
                      ilcd_exchange(0, 30, "Output", 1) + ilcd_exchange(1, 31, "Output", 5) +
                          ilcd_exchange(2, 34, "Input", 1, one) +
                          ilcd_exchange(3, 32, "Output", 2, other))}));
  };
  const auto same = both(ilcd_shares(70, 30), ilcd_shares(70, 30));
  EXPECT_EQ(same.activities.at(0).allocation, AllocationRule::shares);
  EXPECT_DOUBLE_EQ(same.activities[0].outputs.at(1).share, 0.3);
  const auto apart = both(ilcd_shares(70, 30), ilcd_shares(50, 50));
  EXPECT_DOUBLE_EQ(apart.activities.at(0).outputs.at(0).share, 1);
  EXPECT_THAT(apart.notes, Contains(HasSubstr("1 processes allocate exchange by exchange")));
}

// A landfill is there for the slag it takes in.
TEST(Ilcd, TakesATreatmentsWasteAsWhatItIsThereFor) {
  const auto landfill = ilcd_process(
      42, "landfill", ilcd_exchange(0, 33, "Input", 1) + ilcd_exchange(1, 32, "Output", 0.2));
  const auto system =
      link(ilcd_read(with_processes(flows_and_units(), {steelworks, power_station, landfill})));
  double slag = 0;
  for (const auto& e : system.technosphere)
    if (e.row == 2 && e.column == 0) slag = e.value;
  EXPECT_DOUBLE_EQ(slag, -0.5);
}

TEST(Ilcd, SaysWhatAPackageLacks) {
  EXPECT_THAT(ilcd_complaint(with_processes({}, {steelworks})),
              HasSubstr("the reference flow 'flow 30' has no unit"));
  auto files = flows_and_units();
  std::erase_if(files, [](const auto& f) { return f.second.find(">coal<") != f.second.npos; });
  const auto inventory = ilcd_read(with_processes(files, {steelworks}));
  EXPECT_THAT(inventory.notes, Contains(HasSubstr("1 exchanges name a flow whose data set")));
  const auto system = link(inventory);
  EXPECT_TRUE(
      std::ranges::any_of(system.unlinked, [](const auto& u) { return u.product == "flow 34"; }));
}

TEST(Ilcd, SaysWhatIsWrongAndWhere) {
  const auto with_exchange = [](const std::string& more) {
    return with_processes(flows_and_units(),
                          {ilcd_process(40, "w", ilcd_exchange(0, 30, "Output", 1) + more)});
  };
  EXPECT_THAT(ilcd_complaint(with_exchange("<exchange dataSetInternalID=\"1\"><meanAmount>1,5"
                                           "</meanAmount></exchange>")),
              HasSubstr("meanAmount: '1,5' is not a number"));
  EXPECT_THAT(
      ilcd_complaint(with_exchange("<exchange dataSetInternalID=\"1\"><exchangeDirection>Input"
                                   "</exchangeDirection></exchange>")),
      HasSubstr("exchange 1 ('') has no amount"));
  EXPECT_THAT(ilcd_complaint(with_exchange(ilcd_exchange(1, 34, "Inwards", 1))),
              HasSubstr("direction 'Inwards'"));
  EXPECT_THAT(ilcd_complaint(with_exchange(
                  "<exchange dataSetInternalID=\"1\"><referenceToVariable>x</referenceToVariable>"
                  "<exchangeDirection>Input</exchangeDirection><meanAmount>1</meanAmount>"
                  "</exchange>")),
              HasSubstr("multiple of a parameter"));
  EXPECT_THAT(ilcd_complaint(with_exchange("<exchange>")), HasSubstr("damaged or cut short"));
  const WrittenFile alone("process.xml", steelworks);
  EXPECT_THAT(error_text([&] { static_cast<void>(read_inventory(alone.path())); }),
              HasSubstr("one ILCD process by itself"));
}

}  // namespace
}  // namespace stave
