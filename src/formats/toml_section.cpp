#include "toml_section.hpp"

#include "stave/core/classification.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace stave {

toml::table parse_toml(const std::string& file, std::string_view text, std::string_view page) {
  try {
    return toml::parse(text, file);
  } catch (const toml::parse_error& error) {
    const auto& at = error.source().begin;
    throw Error(Errc::bad_input,
                fmt::format("{}:{}: column {}: {}", file, at.line, at.column, error.description()),
                fmt::format("See {}.", page));
  }
}

std::string TomlSection::place(const toml::node* node) const {
  const auto line = node != nullptr ? node->source().begin.line : table_->source().begin.line;
  return line > 0 ? fmt::format("{}:{}", file_, line) : file_;
}

std::string TomlSection::full(std::string_view key) const {
  return path_.empty() ? std::string(key) : fmt::format("{}.{}", path_, key);
}

void TomlSection::refuse(std::string_view key, const std::string& expected) const {
  const auto* node = table_->get(key);
  throw Error(Errc::bad_input,
              fmt::format("{}: key '{}': {}{}", place(node), full(key),
                          node == nullptr ? "is missing; expected " : "expected ", expected),
              page_ + " lists every key.");
}

void TomlSection::refuse(std::string_view key, const Error& error) const {
  throw Error(error.code(),
              fmt::format("{}: key '{}': {}", place(table_->get(key)), full(key), error.what()),
              error.hint());
}

const toml::node* TomlSection::find(std::string_view key) {
  known_.emplace_back(key);
  return table_->get(key);
}

std::string TomlSection::text_in(const toml::node& node, std::string_view key) const {
  const auto value = node.value_exact<std::string>();
  if (!value) refuse(key, "a text in quotes");
  return *value;
}

std::string TomlSection::text(std::string_view key, std::string fallback) {
  const auto* node = find(key);
  return node == nullptr ? std::move(fallback) : text_in(*node, key);
}

std::string TomlSection::required_text(std::string_view key) {
  auto value = text(key);
  if (value.empty()) refuse(key, "a text in quotes, not empty");
  return value;
}

std::string TomlSection::text_or_number(std::string_view key, std::string fallback) {
  const auto* node = find(key);
  if (node == nullptr) return fallback;
  if (const auto number = node->value_exact<std::int64_t>()) return fmt::format("{}", *number);
  const auto value = node->value_exact<std::string>();
  if (!value) refuse(key, "a number from 1, or a header in quotes");
  return *value;
}

std::int64_t TomlSection::integer(std::string_view key, std::int64_t fallback, std::int64_t least,
                                  std::int64_t most) {
  const auto* node = find(key);
  if (node == nullptr) return fallback;
  const auto value = node->value_exact<std::int64_t>();
  if (!value || *value < least || *value > most)
    refuse(key, fmt::format("a whole number from {} to {}", least, most));
  return *value;
}

bool TomlSection::boolean(std::string_view key, bool fallback) {
  const auto* node = find(key);
  if (node == nullptr) return fallback;
  const auto value = node->value_exact<bool>();
  if (!value) refuse(key, "true or false");
  return *value;
}

std::vector<std::string> TomlSection::texts(std::string_view key) {
  const auto* node = find(key);
  if (node == nullptr) return {};
  if (!node->is_array()) return {text_in(*node, key)};
  std::vector<std::string> values;
  for (const auto& item : *node->as_array()) {
    if (!item.is_string()) refuse(key, "a list of texts in quotes");
    values.push_back(text_in(item, key));
  }
  return values;
}

std::map<std::string, std::string> TomlSection::text_map(std::string_view key) {
  std::map<std::string, std::string> values;
  const auto* node = find(key);
  if (node == nullptr) return values;
  if (!node->is_table()) refuse(key, "a table of texts");
  for (const auto& [name, value] : *node->as_table()) {
    if (!value.is_string()) refuse(key, "a table of texts");
    values.emplace(name.str(), text_in(value, key));
  }
  return values;
}

std::optional<TomlSection> TomlSection::section(std::string_view key) {
  const auto* node = find(key);
  if (node == nullptr) return std::nullopt;
  if (!node->is_table()) refuse(key, fmt::format("a table: [{}]", full(key)));
  return TomlSection(file_, full(key), *node->as_table(), page_);
}

std::vector<TomlSection> TomlSection::sections(std::string_view key) {
  std::vector<TomlSection> result;
  const auto* node = find(key);
  if (node == nullptr) return result;
  if (!node->is_array()) refuse(key, fmt::format("one table or more: [[{}]]", full(key)));
  for (const auto& item : *node->as_array()) {
    if (!item.is_table()) refuse(key, fmt::format("one table or more: [[{}]]", full(key)));
    result.emplace_back(file_, fmt::format("{}[{}]", full(key), result.size() + 1),
                        *item.as_table(), page_);
  }
  return result;
}

std::vector<std::string> TomlSection::keys() const {
  std::vector<std::string> keys;
  for (const auto& [key, node] : *table_) keys.emplace_back(key.str());
  return keys;
}

std::vector<std::pair<std::string, TomlSection>> TomlSection::all_sections() {
  std::vector<std::pair<std::string, TomlSection>> result;
  for (const auto& [key, node] : *table_) {
    known_.emplace_back(key.str());
    if (!node.is_table()) refuse(key.str(), "a table such as { name = \"...\", zh = \"...\" }");
    result.emplace_back(key.str(), TomlSection(file_, full(key.str()), *node.as_table(), page_));
  }
  return result;
}

void TomlSection::finish() const {
  for (const auto& [key, node] : *table_) {
    if (std::find(known_.begin(), known_.end(), key.str()) != known_.end()) continue;
    auto hint = did_you_mean(key.str(), known_);
    throw Error(Errc::bad_input,
                fmt::format("{}: key '{}' is not known here", place(&node), full(key.str())),
                hint.empty() ? page_ + " lists every key." : std::move(hint));
  }
}

}  // namespace stave
