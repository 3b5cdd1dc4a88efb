#include "server/question.hpp"

#include "stave/core/error.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "server/lent_file.hpp"

namespace stave {
namespace {

std::string plain_text(const Parameter& p, const std::string& text) {
  if (p.type == ParameterType::flag) {
    if (text == "true" || text == "yes" || text == "1") return "on";
    if (text == "false" || text == "no" || text == "0") return "off";
  }
  if (p.type != ParameterType::integer && p.type != ParameterType::real) return text;
  double value = 0;
  const auto* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  return error == std::errc() && stop == end ? fmt::format("{}", value) : text;
}

}  // namespace

const Analysis& require_analysis_in(const std::vector<Analysis>& analyses,
                                    const std::string& name) {
  std::vector<std::string> names;
  for (const auto& analysis : analyses) {
    if (analysis.declaration.name == name) return analysis;
    names.push_back(analysis.declaration.name);
  }
  throw Error(Errc::not_found, fmt::format("there is no analysis '{}'", name),
              did_you_mean(name, names));
}

void check_question(const std::vector<Analysis>& analyses, const Question& question) {
  const auto& declaration = require_analysis_in(analyses, question.analysis).declaration;
  const auto& given = question.parameters;
  std::vector<std::string> names;
  for (const auto& p : declaration.parameters) {
    const auto found = given.find(p.name);
    const bool empty = found == given.end() || found->second.empty();
    if (p.required && p.fallback.empty() && empty)
      throw Error(Errc::bad_input, fmt::format("'{}' needs '{}'", declaration.name, p.name),
                  p.summary);
    if (p.type == ParameterType::kept_file && !empty)
      throw Error(Errc::bad_input,
                  fmt::format("'{}' names a file of this computer: it is for the command line only",
                              p.name));
    if (p.type != ParameterType::kept_file) names.push_back(p.name);
  }
  for (const auto& [name, text] : given)
    if (std::ranges::find(names, name) == names.end() && !text.empty())
      throw Error(Errc::bad_input,
                  fmt::format("'{}' has no parameter '{}'", declaration.name, name),
                  did_you_mean(name, names));
}

Arguments::Given plain_parameters(const Declaration& declaration, const Arguments::Given& given) {
  Arguments::Given plain;
  for (const auto& p : declaration.parameters) {
    const auto found = given.find(p.name);
    if (found == given.end() || found->second.empty()) continue;
    auto text = plain_text(p, found->second);
    if (text != plain_text(p, p.fallback)) plain[p.name] = std::move(text);
  }
  return plain;
}

std::string identity_of(const std::vector<Analysis>& analyses, ChainShelf& shelf,
                        const Question& question) {
  auto identity = shelf.identity(question.chain);
  for (const auto& p : require_analysis_in(analyses, question.analysis).declaration.parameters) {
    const auto found = question.parameters.find(p.name);
    if (p.type != ParameterType::chains || found == question.parameters.end()) continue;
    for (const auto& other : chain_names(found->second)) identity += "+" + shelf.identity(other);
  }
  return identity;
}

Report answer_question(const std::vector<Analysis>& analyses, ChainShelf& shelf,
                       const Question& question, Progress& progress) {
  const auto& analysis = require_analysis_in(analyses, question.analysis);
  const LentFiles lent(analysis.declaration, question.parameters);
  try {
    const auto chain = shelf.open(question.chain, progress);
    auto report = run(analysis, *chain, lent.given(), progress,
                      [&](const std::string& name) { return *shelf.open(name, progress); });
    lent.hide_paths(report);
    return report;
  } catch (const Error& e) {
    throw Error(e.code(), lent.without_paths(e.what()), lent.without_paths(e.hint()));
  }
}

}  // namespace stave
