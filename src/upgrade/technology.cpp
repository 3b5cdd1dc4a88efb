#include "stave/upgrade/technology.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace stave {
namespace {

struct CodeClass {
  std::string_view code;
  Technology technology;
};

constexpr auto wiod_2013 = std::to_array<CodeClass>({{"c9", Technology::medium_high},
                                                     {"c13", Technology::medium_high},
                                                     {"c14", Technology::high},
                                                     {"c15", Technology::medium_high}});

// Divisions, and those that tables put together. 31T33 and 25 hold medical and military goods of
// higher classes, but mostly furniture and metal products.
constexpr auto isic_4 = std::to_array<CodeClass>({{"20", Technology::medium_high},
                                                  {"20T21", Technology::medium_high},
                                                  {"21", Technology::high},
                                                  {"26", Technology::high},
                                                  {"26T27", Technology::high},
                                                  {"27", Technology::medium_high},
                                                  {"27T28", Technology::medium_high},
                                                  {"28", Technology::medium_high},
                                                  {"29", Technology::medium_high},
                                                  {"29T30", Technology::medium_high},
                                                  {"30", Technology::medium_high},
                                                  {"302T309", Technology::medium_high}});

constexpr auto china_42 = std::to_array<CodeClass>({{"12", Technology::medium_high},
                                                    {"16", Technology::medium_high},
                                                    {"17", Technology::medium_high},
                                                    {"18", Technology::medium_high},
                                                    {"19", Technology::medium_high},
                                                    {"20", Technology::high},
                                                    {"21", Technology::high}});

struct Scheme {
  std::string_view said;  ///< what the chain says of its classification holds this
  std::span<const CodeClass> classes;
  std::string_view source;
};

constexpr std::array schemes = {
    Scheme{"WIOD 2013", wiod_2013,
           "OECD (2011), ISIC Rev. 3 technology intensity definition, on the sectors of WIOD 2013"},
    Scheme{"42 sectors", china_42,
           "OECD (2016), taxonomy by R&D intensity, brought to China's 42 sectors"},
    Scheme{"ISIC", isic_4,
           "OECD (2016), taxonomy by R&D intensity (Galindo-Rueda and Verger), ISIC Rev. 4"},
    Scheme{"NACE Rev. 2", isic_4,
           "Eurostat, high-tech classification of manufacturing, NACE Rev. 2"}};

// "C26", "C_26", "26" and "C20_C21", "C20T21" are the same codes.
std::string division(std::string_view code) {
  std::string plain;
  for (const char c : code) {
    const bool digit = c >= '0' && c <= '9';
    const bool joins = !plain.empty() && plain.back() != 'T' && (c == 'T' || c == '_' || c == '-');
    if (digit) plain.push_back(c);
    if (joins) plain.push_back('T');
  }
  return plain;
}

Technology class_of(const Scheme& scheme, std::string_view code) {
  const bool by_division = scheme.classes.data() == isic_4.data();
  const auto plain = by_division ? division(code) : std::string(code);
  const auto found = std::ranges::find(scheme.classes, plain, &CodeClass::code);
  return found == scheme.classes.end() ? Technology::other : found->technology;
}

}  // namespace

std::string_view to_string(Technology technology) {
  if (technology == Technology::high) return "high";
  return technology == Technology::medium_high ? "medium-high" : "other";
}

std::optional<TechnologyClasses> technology_classes(const Chain& chain) {
  for (const auto& scheme : schemes) {
    if (chain.info().classification.find(scheme.said) == std::string::npos) continue;
    TechnologyClasses classes{{}, std::string(scheme.source)};
    for (const auto& product : chain.products().items())
      classes.of.push_back(class_of(scheme, product.code));
    const bool found = std::ranges::any_of(
        classes.of, [](Technology technology) { return technology != Technology::other; });
    return found ? std::optional(std::move(classes)) : std::nullopt;
  }
  return std::nullopt;
}

}  // namespace stave
