#include "xml_scanner.hpp"

#include "stave/core/error.hpp"

#include <charconv>
#include <cstdint>

#include <fmt/format.h>

namespace stave {
namespace {

constexpr std::size_t max_element_depth = 1'000;
constexpr std::string_view space = " \t\r\n";

std::string_view local_name(std::string_view name) {
  const auto colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

void append_utf8(std::string& out, std::uint32_t c) {
  const auto tail = [&](unsigned shift) {
    return static_cast<char>(0x80U | ((c >> shift) & 0x3fU));
  };
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += {static_cast<char>(0xc0U | (c >> 6U)), tail(0)};
  } else if (c < 0x10000) {
    out += {static_cast<char>(0xe0U | (c >> 12U)), tail(6), tail(0)};
  } else {
    out += {static_cast<char>(0xf0U | (c >> 18U)), tail(12), tail(6), tail(0)};
  }
}

// "#65" or "#x41" as a code point that may stand in a text, else 0.
std::uint32_t code_point(std::string_view reference) {
  reference.remove_prefix(1);
  const bool hex = reference.starts_with('x');
  if (hex) reference.remove_prefix(1);
  std::uint32_t code = 0;
  const char* end = reference.data() + reference.size();
  const auto result = std::from_chars(reference.data(), end, code, hex ? 16 : 10);
  const bool surrogate = code >= 0xd800 && code < 0xe000;
  return result.ec == std::errc() && result.ptr == end && code < 0x110000 && !surrogate ? code : 0;
}

}  // namespace

void XmlScanner::cut_short() const {
  throw Error(Errc::bad_input,
              fmt::format("{}: the xml is damaged or cut short at offset {}", file_, at_),
              "Open the workbook in a spreadsheet program and save it again.");
}

void XmlScanner::skip_past(std::string_view mark) {
  const auto found = xml_.find(mark, at_);
  if (found == std::string_view::npos) cut_short();
  at_ = found + mark.size();
}

XmlScanner::Event XmlScanner::next() {
  if (close_pending_) {
    close_pending_ = false;
    return Event::close;
  }
  while (at_ < xml_.size()) {
    const auto rest = xml_.substr(at_);
    if (!rest.starts_with('<')) {
      raw_ = rest.substr(0, rest.find('<'));
      literal_ = false;
      at_ += raw_.size();
      return Event::text;
    }
    constexpr std::string_view cdata = "<![CDATA[";
    if (rest.starts_with(cdata)) {
      const auto start = at_ + cdata.size();
      skip_past("]]>");
      raw_ = xml_.substr(start, at_ - 3 - start);
      literal_ = true;
      return Event::text;
    }
    if (rest.starts_with("<?")) {
      skip_past("?>");
    } else if (rest.starts_with("<!--")) {
      skip_past("-->");
    } else if (rest.starts_with("<!")) {
      cut_short();
    } else {
      return open_or_close();
    }
  }
  if (!open_.empty()) cut_short();
  return Event::done;
}

XmlScanner::Event XmlScanner::open_or_close() {
  auto end = at_ + 1;
  for (char quote = 0; end < xml_.size() && (quote != 0 || xml_[end] != '>'); ++end) {
    const char c = xml_[end];
    if (quote != 0 ? c == quote : c == '"' || c == '\'') quote = quote != 0 ? '\0' : c;
  }
  if (end >= xml_.size()) cut_short();
  auto inside = xml_.substr(at_ + 1, end - at_ - 1);
  at_ = end + 1;
  const bool closes = inside.starts_with('/');
  if (closes) inside.remove_prefix(1);
  close_pending_ = !closes && inside.ends_with('/');
  if (close_pending_) inside.remove_suffix(1);
  const auto name_end = std::min(inside.find_first_of(space), inside.size());
  tag_ = local_name(inside.substr(0, name_end));
  attributes_ = inside.substr(name_end);
  if (closes) {
    if (open_.empty() || open_.back() != tag_) cut_short();
    open_.pop_back();
  } else if (!close_pending_) {
    if (open_.size() >= max_element_depth) cut_short();
    open_.push_back(tag_);
  }
  return closes ? Event::close : Event::open;
}

std::string XmlScanner::attribute(std::string_view name) const {
  auto rest = attributes_;
  for (;;) {
    const auto start = rest.find_first_not_of(space);
    const auto equals = rest.find('=');
    if (start == std::string_view::npos || equals == std::string_view::npos) return {};
    auto key = rest.substr(start, equals - start);
    key = key.substr(0, key.find_last_not_of(space) + 1);
    const auto open = rest.find_first_of("\"'", equals);
    if (open == std::string_view::npos) return {};
    const auto close = rest.find(rest[open], open + 1);
    if (close == std::string_view::npos) return {};
    if (local_name(key) == name) return resolved(rest.substr(open + 1, close - open - 1));
    rest.remove_prefix(close + 1);
  }
}

std::string XmlScanner::text() const { return literal_ ? std::string(raw_) : resolved(raw_); }

std::string XmlScanner::text_of(std::string_view leaf, std::string_view except) {
  std::string result;
  int leaves = 0;
  int excepted = 0;
  for (int depth = 1; depth > 0;) {
    const auto event = next();
    if (event == Event::done) cut_short();
    if (event == Event::text) {
      if (leaves > 0 && excepted == 0) result += text();
      continue;
    }
    const int step = event == Event::open ? 1 : -1;
    depth += step;
    if (tag_ == leaf) leaves += step;
    if (!except.empty() && tag_ == except) excepted += step;
  }
  return result;
}

std::string XmlScanner::resolved(std::string_view raw) const {
  std::string out;
  for (;;) {
    const auto mark = raw.find('&');
    out += raw.substr(0, mark);
    if (mark == std::string_view::npos) return out;
    const auto end = raw.find(';', mark);
    const auto name = raw.substr(mark + 1, end == std::string_view::npos ? 0 : end - mark - 1);
    if (name == "amp") {
      out += '&';
    } else if (name == "lt") {
      out += '<';
    } else if (name == "gt") {
      out += '>';
    } else if (name == "quot") {
      out += '"';
    } else if (name == "apos") {
      out += '\'';
    } else {
      const auto code = name.starts_with('#') ? code_point(name) : 0;
      if (code == 0) cut_short();
      append_utf8(out, code);
    }
    raw.remove_prefix(end + 1);
  }
}

}  // namespace stave
