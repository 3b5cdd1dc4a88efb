#pragma once
/// What a user sees of an error, on one line.

#include "stave/core/error.hpp"

#include <string>
#include <utility>

#include <fmt/format.h>

namespace stave {

/// "code: message | hint" of the error `f` throws; "no error" when it throws none. `folder` is
/// taken out, so that a test can state the whole message.
template <class F>
std::string error_text(F&& f, const std::string& folder = {}) {
  try {
    std::forward<F>(f)();
  } catch (const Error& error) {
    auto text = fmt::format("{}: {} | {}", info(error.code()).name, error.what(), error.hint());
    for (auto at = text.find(folder); !folder.empty() && at != std::string::npos;
         at = text.find(folder))
      text.erase(at, folder.size());
    return text;
  }
  return "no error";
}

}  // namespace stave
