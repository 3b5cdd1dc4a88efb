#pragma once
/// One pass over an XML text, piece by piece, without building a tree: what the sheets of a
/// workbook need, however large. No document type, no entities of its own. Internal to the room.

#include <string>
#include <string_view>
#include <vector>

namespace stave {

class XmlScanner {
 public:
  enum class Event { open, close, text, done };

  /// `file` is for messages; `xml` must outlive the scanner.
  XmlScanner(std::string file, std::string_view xml) : file_(std::move(file)), xml_(xml) {}

  /// An empty element `<a/>` gives open and close.
  /// @throws Error bad_input  a tag or a reference that does not end, or is unknown;
  ///                          tags that do not match
  Event next();
  [[nodiscard]] std::string_view tag() const { return tag_; }  ///< without namespace prefix
  /// Value of an attribute of the tag just opened, by local name; empty when it is not there.
  [[nodiscard]] std::string attribute(std::string_view name) const;
  [[nodiscard]] std::string text() const;  ///< of a text event, references resolved
  /// Goes to behind the close of the tag just opened and gives the text of all `leaf` tags in it,
  /// those inside `except` left out.
  std::string text_of(std::string_view leaf, std::string_view except = {});

 private:
  [[noreturn]] void cut_short() const;
  Event open_or_close();
  void skip_past(std::string_view mark);
  [[nodiscard]] std::string resolved(std::string_view raw) const;

  std::string file_;
  std::string_view xml_;
  std::size_t at_ = 0;
  std::string_view tag_;
  std::string_view attributes_;
  std::string_view raw_;
  bool literal_ = false;                ///< raw_ is a CDATA section
  bool close_pending_ = false;          ///< behind an empty element
  std::vector<std::string_view> open_;  ///< tags not closed yet
};

}  // namespace stave
