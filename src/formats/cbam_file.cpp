#include "stave/formats/cbam_file.hpp"

#include "stave/core/classification.hpp"
#include "stave/core/error.hpp"
#include "stave/formats/source.hpp"
#include "stave/inventory/unit.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

#include "scenario_number.hpp"

namespace stave {
namespace {

constexpr auto cbam_page = "docs/format/cbam.md";
constexpr std::size_t most_cbam_bytes = 16ULL << 20;
constexpr NumberRule above_zero{.above_least = true};
constexpr NumberRule a_share{.most = 1, .share = true};

/// What a list of streams is called, and the unit its amounts are converted to.
struct StreamForm {
  std::string_view key;
  CbamStream::Kind kind;
  std::string_view unit;
};
constexpr std::array<StreamForm, 8> stream_forms{{
    {"fuel", CbamStream::Kind::fuel, "TJ"},
    {"process", CbamStream::Kind::process, "t"},
    {"carbon", CbamStream::Kind::carbon, "t"},
    {"emission", CbamStream::Kind::emission, "t"},
    {"heat", CbamStream::Kind::heat, "TJ"},
    {"waste_gas", CbamStream::Kind::waste_gas, "TJ"},
    {"electricity", CbamStream::Kind::electricity, "MWh"},
    {"generated", CbamStream::Kind::generated, "MWh"},
}};

bool may_leave(CbamStream::Kind kind) {
  using StreamKind = CbamStream::Kind;
  return kind == StreamKind::carbon || kind == StreamKind::heat || kind == StreamKind::waste_gas;
}

std::string sector_words() {
  std::string words;
  for (const auto sector : cbam_sectors)
    words += fmt::format("{}\"{}\"", words.empty() ? "" : ", ", to_string(sector));
  return words;
}

/// Reads one file, table by table.
class CbamReader {
 public:
  explicit CbamReader(TomlSection file) : file_(std::move(file)) {}

  CbamGoods read(const std::string& stem) {
    goods_.name = file_.text("name", stem);
    goods_.title = file_.text("title", goods_.name);
    goods_.source = file_.text("source");
    goods_.year = static_cast<int>(file_.integer("year", 0, first_cbam_year, last_cbam_year));
    goods_.price = plain(file_, "price", 0.0, above_zero);
    read_correction();
    for (auto& s : file_.sections("default")) read_default(s);
    auto sections = file_.sections("good");
    if (sections.empty()) file_.refuse("good", "one good or more: [[good]]");
    if (sections.size() > most_cbam_goods)
      throw Error(Errc::too_large, fmt::format("{}: {} goods, more than {}", file_.at(),
                                               sections.size(), most_cbam_goods));
    for (auto& s : sections) read_good(s);
    file_.finish();
    // What a precursor names may stand further down.
    for (auto& s : sections) check_names(s);
    return std::move(goods_);
  }

 private:
  double plain(TomlSection& s, std::string_view key, std::optional<double> fallback,
               const NumberRule& rule) {
    const auto number = numbers_.read(s, key, "", rule, fallback);
    if (numbers_.uncertain(number)) s.refuse(key, "a number, not a distribution");
    return numbers_.fixed[number.place];
  }
  double stated_or_nan(TomlSection& s, std::string_view key) {
    return s.find(key) == nullptr ? std::nan("") : plain(s, key, std::nullopt, {});
  }

  void read_correction() {
    auto s = file_.section("correction");
    if (!s) return;
    goods_.correction = plain(*s, "factor", std::nullopt, {.most = 1, .above_least = true});
    goods_.correction_source = s->required_text("source");
    s->finish();
  }

  CbamFigure read_figure(TomlSection& s) {
    CbamFigure figure;
    figure.direct = plain(s, "direct", std::nullopt, {});
    figure.indirect = plain(s, "indirect", 0.0, {});
    figure.benchmark = stated_or_nan(s, "benchmark");
    figure.source = s.required_text("source");
    return figure;
  }

  void read_default(TomlSection& s) {
    CbamDefault value;
    value.id = s.required_text("id");
    if (!default_ids_.insert(value.id).second)
      s.refuse("id", fmt::format("another id: '{}' stands twice", value.id));
    value.figure = read_figure(s);
    read_markup(s, value);
    s.finish();
    goods_.defaults.push_back(std::move(value));
  }

  // One share for all years, or { 2026 = "10%", 2027 = "20%" }, each from that year on.
  void read_markup(TomlSection& s, CbamDefault& value) {
    const auto* node = s.find("markup");
    if (node == nullptr) return;
    if (!node->is_table()) {
      value.markup[first_cbam_year] = plain(s, "markup", std::nullopt, a_share);
      return;
    }
    auto years = *s.section("markup");
    for (const auto& key : years.keys()) {
      int year = 0;
      for (int y = first_cbam_year; y <= last_cbam_year; ++y)
        if (key == fmt::format("{}", y)) year = y;
      if (year == 0)
        s.refuse("markup", fmt::format("years from {} to {}; found '{}'", first_cbam_year,
                                       last_cbam_year, key));
      value.markup[year] = plain(years, key, std::nullopt, a_share);
    }
    years.finish();
  }

  void read_good(TomlSection& s) {
    CbamGood good;
    good.place = s.at();
    good.id = s.required_text("id");
    if (!good_ids_.insert(good.id).second)
      s.refuse("id", fmt::format("another id: '{}' stands twice", good.id));
    good.name = s.text("name", good.id);
    good.sector = sector_of(s);
    good.code = s.text_or_number("cn");
    good.illustrative = quality_of(s);
    good.made = plain(s, "made", 0.0, above_zero);
    good.fallback = s.text("default");
    good.imported = plain(s, "imported", 0.0, {});
    read_benchmark(s, good);
    read_paid(s, good);
    read_counts(s, good);
    for (const auto& form : stream_forms)
      for (auto& stream : s.sections(form.key)) good.streams.push_back(read_stream(stream, form));
    for (auto& p : s.sections("precursor")) good.precursors.push_back(read_precursor(p));
    s.finish();
    check_making(s, good);
    goods_.goods.push_back(std::move(good));
  }

  static CbamSector sector_of(TomlSection& s) {
    const auto word = s.required_text("sector");
    for (const auto sector : cbam_sectors)
      if (word == to_string(sector)) return sector;
    s.refuse("sector", fmt::format("one of {}; found \"{}\"", sector_words(), word));
  }

  static bool quality_of(TomlSection& s) {
    const auto word = s.text("quality", "measured");
    if (word != "measured" && word != "estimated" && word != "illustrative")
      s.refuse("quality", R"("measured", "estimated" or "illustrative")");
    return word == "illustrative";
  }

  void read_benchmark(TomlSection& s, CbamGood& good) {
    good.benchmark = stated_or_nan(s, "benchmark");
    good.benchmark_source = s.text("benchmark_source");
    if (!std::isnan(good.benchmark) && good.benchmark_source.empty())
      s.refuse("benchmark_source", "a text in quotes: a benchmark without a source is refused");
  }

  void read_paid(TomlSection& s, CbamGood& good) {
    good.paid = plain(s, "paid", 0.0, {});
    good.paid_source = s.text("paid_source");
    if (good.paid > 0 && good.paid_source.empty())
      s.refuse("paid_source", "a text in quotes: who was paid, under which law");
  }

  static void read_counts(TomlSection& s, CbamGood& good) {
    if (s.find("counts_indirect") == nullptr) return;
    good.counts_indirect = s.boolean("counts_indirect", false);
    good.counts_source = s.required_text("counts_source");
  }

  static void check_making(const TomlSection& s, const CbamGood& good) {
    if (good.made == 0 && good.fallback.empty())
      s.refuse("made",
               "the tonnes made, above 0; or 'default', the id of the default value by which the "
               "good is declared");
    if (good.made == 0 && (!good.streams.empty() || !good.precursors.empty()))
      s.refuse("made", "the tonnes made, above 0: it says what went into them");
  }

  CbamStream read_stream(TomlSection& s, const StreamForm& form) {
    CbamStream stream;
    stream.kind = form.kind;
    stream.name = s.text("name", std::string(form.key));
    stream.written = plain(s, "amount", std::nullopt, {});
    stream.unit = s.text("unit", std::string(form.unit));
    stream.amount = stream.written * unit_of_stream(s, stream, form);
    stream.factor = factor_of(s, stream);
    if (form.kind == CbamStream::Kind::fuel || form.kind == CbamStream::Kind::process) {
      stream.oxidation = plain(s, "oxidation", 1.0, a_share);
      stream.biomass = plain(s, "biomass", 0.0, a_share);
    }
    if (may_leave(form.kind)) stream.out = s.boolean("out", false);
    stream.source = s.required_text("source");
    s.finish();
    return stream;
  }

  // One of the written unit in the unit of the kind.
  double unit_of_stream(TomlSection& s, const CbamStream& stream, const StreamForm& form) {
    if (!find_unit(stream.unit))
      s.refuse("unit",
               fmt::format("a unit; found \"{}\". {}", stream.unit, unit_hint(stream.unit)));
    const auto factor = unit_factor(stream.unit, form.unit);
    const bool heating = form.unit == "TJ";
    const bool has_value = heating && s.find("ncv") != nullptr;
    if (factor && has_value)
      s.refuse("ncv", fmt::format("no calorific value: {} is a unit of energy", stream.unit));
    if (factor) return *factor;
    if (!heating)
      s.refuse("unit", fmt::format("a unit that {} converts to; found \"{}\", {}", form.unit,
                                   stream.unit, quantity_words(stream.unit)));
    return energy_of_fuel(s, stream, has_value);
  }

  // TJ of one of the written unit, by a calorific value per t or per m3, whatever the unit's size.
  double energy_of_fuel(TomlSection& s, const CbamStream& stream, bool has_value) {
    const auto tonnes = unit_factor(stream.unit, "t");
    const auto metres = unit_factor(stream.unit, "m3");
    if (!tonnes && !metres)
      s.refuse("unit", fmt::format("a unit of energy, mass or volume; found \"{}\", {}",
                                   stream.unit, quantity_words(stream.unit)));
    if (!has_value)
      s.refuse("ncv", fmt::format("the net calorific value in GJ per {}: the factor is per TJ",
                                  tonnes ? "t" : "m3"));
    const double amount = tonnes ? *tonnes : *metres;
    return amount * plain(s, "ncv", std::nullopt, above_zero) / 1000;
  }

  double factor_of(TomlSection& s, const CbamStream& stream) {
    if (stream.kind == CbamStream::Kind::carbon)
      return plain(s, "content", std::nullopt, {.most = 1, .above_least = true, .share = true});
    const bool measured = stream.kind == CbamStream::Kind::emission;
    return plain(s, "factor", measured ? std::optional(1.0) : std::nullopt, {});
  }

  CbamPrecursor read_precursor(TomlSection& s) {
    CbamPrecursor p;
    p.place = s.at();
    p.good = s.text("good");
    p.name = p.good.empty() ? s.required_text("name") : s.text("name", p.good);
    const auto unit = s.text("unit", "t");
    const auto tonnes = unit_factor(unit, "t");
    if (!tonnes) s.refuse("unit", fmt::format("a unit of mass; found \"{}\"", unit));
    p.amount = *tonnes * plain(s, "amount", std::nullopt, {});
    p.supplier = s.text("supplier");
    p.fallback = s.text("default");
    if (auto stated = s.section("stated")) {
      p.stated = read_figure(*stated);
      stated->finish();
    }
    if (auto expected = s.section("expected")) {
      p.expected = read_figure(*expected);
      expected->finish();
    }
    s.finish();
    check_supply(s, p);
    for (auto* figure : {&p.stated, &p.expected}) lend_benchmark(*figure, p.fallback);
    return p;
  }

  // Free allocation hangs on the good, not on who makes it: the default value's serves.
  void lend_benchmark(std::optional<CbamFigure>& figure, const std::string& fallback) const {
    const auto found = std::ranges::find(goods_.defaults, fallback, &CbamDefault::id);
    if (figure && std::isnan(figure->benchmark) && found != goods_.defaults.end())
      figure->benchmark = found->figure.benchmark;
  }

  static void check_supply(const TomlSection& s, const CbamPrecursor& p) {
    if (!p.good.empty() && (p.stated || p.expected || !p.fallback.empty()))
      s.refuse("good",
               "either a good of this file, or a figure of a supplier's or a default value");
    if (p.good.empty() && !p.stated && p.fallback.empty())
      s.refuse(
          "default",
          "where its emissions come from: 'good', 'stated = { direct = ..., source = ... }' or "
          "'default', the id of a default value");
    if (p.expected && p.stated) s.refuse("expected", "nothing: the supplier's figure is stated");
    if (p.expected && p.fallback.empty())
      s.refuse("default", "the default value that stands until the figure expected is there");
  }

  // Second pass -----------------------------------------------------------------------------------

  void require_default(TomlSection& s, const std::string& id) const {
    if (id.empty() || default_ids_.contains(id)) return;
    const std::vector<std::string> known(default_ids_.begin(), default_ids_.end());
    s.refuse("default", Error(Errc::not_found, fmt::format("there is no [[default]] '{}'", id),
                              did_you_mean(id, known)));
  }

  void check_names(TomlSection& s) {
    const auto id = s.required_text("id");
    require_default(s, s.text("default"));
    for (auto& p : s.sections("precursor")) {
      require_default(p, p.text("default"));
      const auto good = p.text("good");
      if (good == id)
        p.refuse("good",
                 "another good: what a process takes of its own product is left out of 'made'");
      if (good.empty() || good_ids_.contains(good)) continue;
      const std::vector<std::string> known(good_ids_.begin(), good_ids_.end());
      p.refuse("good", Error(Errc::not_found, fmt::format("there is no [[good]] '{}'", good),
                             did_you_mean(good, known)));
    }
  }

  TomlSection file_;
  ScenarioNumbers numbers_;
  std::set<std::string> good_ids_;
  std::set<std::string> default_ids_;
  CbamGoods goods_;
};

}  // namespace

std::string_view to_string(CbamSector sector) {
  switch (sector) {
    case CbamSector::cement:
      return "cement";
    case CbamSector::fertilisers:
      return "fertilisers";
    case CbamSector::iron_and_steel:
      return "iron and steel";
    case CbamSector::aluminium:
      return "aluminium";
    case CbamSector::hydrogen:
      return "hydrogen";
  }
  return "";
}

std::string_view to_string(CbamStream::Kind kind) {
  for (const auto& form : stream_forms)
    if (form.kind == kind) return form.key;
  return "";
}

double CbamDefault::markup_in(int year) const {
  const auto after = markup.upper_bound(year);
  return after == markup.begin() ? 0 : std::prev(after)->second;
}

CbamFigure CbamDefault::marked_up(int year) const {
  auto marked = figure;
  marked.direct *= 1 + markup_in(year);
  marked.indirect *= 1 + markup_in(year);
  return marked;
}

std::size_t CbamGoods::good_at(std::string_view id) const {
  const auto found = std::ranges::find(goods, id, &CbamGood::id);
  return static_cast<std::size_t>(found - goods.begin());
}

const CbamDefault& CbamGoods::default_at(std::string_view id) const {
  return *std::ranges::find(defaults, id, &CbamDefault::id);
}

CbamGoods parse_cbam_goods(const std::string& file, std::string_view text) {
  if (text.size() > most_cbam_bytes)
    throw Error(Errc::too_large, fmt::format("{}: more than 16 MiB", file));
  const auto table = parse_toml(file, text, cbam_page);
  return CbamReader(TomlSection(file, "", table, cbam_page))
      .read(std::filesystem::path(file).stem().string());
}

CbamGoods read_cbam_goods(const std::filesystem::path& path) {
  const auto source = Source::open(path);
  return parse_cbam_goods(path.string(), source.text());
}

}  // namespace stave
