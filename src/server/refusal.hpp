#pragma once
/// Why a request is not answered as asked: an HTTP status, and the code, message and hint it
/// carries.

#include "stave/core/error.hpp"

#include <stdexcept>
#include <string>

namespace stave {

class Refusal : public std::runtime_error {
 public:
  Refusal(int status, std::string code, const std::string& message, std::string hint = {})
      : std::runtime_error(message),
        status_(status),
        code_(std::move(code)),
        hint_(std::move(hint)) {}
  explicit Refusal(const Error& error)
      : Refusal(info(error.code()).http_status, std::string(info(error.code()).name), error.what(),
                error.hint()) {}
  [[nodiscard]] int status() const { return status_; }
  [[nodiscard]] const std::string& code() const { return code_; }
  [[nodiscard]] const std::string& hint() const { return hint_; }

 private:
  int status_;
  std::string code_;
  std::string hint_;
};

}  // namespace stave
