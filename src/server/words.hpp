#pragma once
/// Every word on the pages that is not from a declaration or the data, in one place.

#include <string_view>

namespace stave::words {

inline constexpr std::string_view product = "Stave";
inline constexpr std::string_view promise =
    "Finds the shortest stave of an industrial chain: where it is stuck, and what would break it.";
inline constexpr std::string_view chains = "Chains";
inline constexpr std::string_view no_chains =
    "There is no chain here yet. stave import PATH -o NAME.stave makes one of a table.";
inline constexpr std::string_view questions = "Questions";
inline constexpr std::string_view runs = "Runs";
inline constexpr std::string_view no_runs = "Nothing was asked yet.";
inline constexpr std::string_view name = "Name";
inline constexpr std::string_view title = "Title";
inline constexpr std::string_view year = "Year";
inline constexpr std::string_view unit = "Unit";
inline constexpr std::string_view nodes = "Nodes";
inline constexpr std::string_view regions = "Regions";
inline constexpr std::string_view products = "Products";
inline constexpr std::string_view stressors = "Stressors";
inline constexpr std::string_view flows = "Flows";
inline constexpr std::string_view source = "Source";
inline constexpr std::string_view licence = "Licence";
inline constexpr std::string_view classification = "Classification";
inline constexpr std::string_view notes = "Notes";
inline constexpr std::string_view code = "Code";
inline constexpr std::string_view chinese_name = "Name in Chinese";
inline constexpr std::string_view output = "Output";
inline constexpr std::string_view search = "Search nodes by name or code";
inline constexpr std::string_view find = "Find";
inline constexpr std::string_view nothing_found = "No node has that in its name or code.";
inline constexpr std::string_view chain = "Chain";
inline constexpr std::string_view ask = "Run";
inline constexpr std::string_view parameters = "Parameters";
inline constexpr std::string_view required = "required";
inline constexpr std::string_view paste_file = "paste what the file holds";
inline constexpr std::string_view not_said = "(not said)";
inline constexpr std::string_view run = "Run";
inline constexpr std::string_view question = "Question";
inline constexpr std::string_view state = "State";
inline constexpr std::string_view asked = "Asked";
inline constexpr std::string_view open_report = "Open the report with its charts";
inline constexpr std::string_view as_json = "JSON";
inline constexpr std::string_view tables = "Tables";
inline constexpr std::string_view rows = "Rows";
inline constexpr std::string_view seconds_left = "s left";
inline constexpr std::string_view refreshes = "This page looks again every second.";
inline constexpr std::string_view cancel = "Cancel";
inline constexpr std::string_view remove = "Delete";
inline constexpr std::string_view back = "Chains, questions and runs";
inline constexpr std::string_view refused = "This cannot be done";
inline constexpr std::string_view interface = "The same for programs";
inline constexpr std::string_view only_first = "Only the first are shown; the interface has all.";

}  // namespace stave::words
