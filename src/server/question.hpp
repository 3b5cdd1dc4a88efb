#pragma once
/// A question: an analysis asked of a chain.

#include "stave/analysis/analysis.hpp"

#include <string>
#include <vector>

#include "server/chain_shelf.hpp"

namespace stave {

struct Question {
  std::string chain;
  std::string analysis;
  Arguments::Given parameters;  ///< of a file parameter: what the file holds
};

/// The analysis of that name. @throws Error not_found, naming near names
[[nodiscard]] const Analysis& require_analysis_in(const std::vector<Analysis>& analyses,
                                                  const std::string& name);

/// What can be said without the chain; its names are looked up when it is open.
/// @throws Error not_found  no such analysis
///               bad_input  an unknown parameter, a required one missing
void check_question(const std::vector<Analysis>& analyses, const Question& question);

/// The parameters as they are compared: without those that say nothing or the default, numbers and
/// switches in one spelling.
[[nodiscard]] Arguments::Given plain_parameters(const Declaration& declaration,
                                                const Arguments::Given& given);

/// Another text once any chain the question names is another, or this program is.
/// @throws Error not_found
[[nodiscard]] std::string identity_of(const std::vector<Analysis>& analyses, ChainShelf& shelf,
                                      const Question& question);

/// Opens the chains and runs the analysis; no path of this computer is in what comes of it.
/// @throws Error as open_chain and `run` do
[[nodiscard]] Report answer_question(const std::vector<Analysis>& analyses, ChainShelf& shelf,
                                     const Question& question, Progress& progress);

}  // namespace stave
