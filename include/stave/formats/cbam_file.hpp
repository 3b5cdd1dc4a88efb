#pragma once
/// Goods under the carbon border adjustment of the European Union, as a TOML file states them.
///
///   const CbamGoods goods = read_cbam_goods("goods.toml");
///
/// What each good's production took in and gave off over a period, the precursors that went into
/// it, default values, benchmarks, what is imported. Amounts are converted on the way: energy to
/// TJ, electricity to MWh, masses to t. Every factor has a source. docs/format/cbam.md lists the
/// keys.

#include <array>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stave {

enum class CbamSector { cement, fertilisers, iron_and_steel, aluminium, hydrogen };
inline constexpr std::array<CbamSector, 5> cbam_sectors{
    CbamSector::cement, CbamSector::fertilisers, CbamSector::iron_and_steel, CbamSector::aluminium,
    CbamSector::hydrogen};
[[nodiscard]] std::string_view to_string(CbamSector sector);  ///< "iron and steel"

/// Something a production process takes in or gives off that has emissions.
struct CbamStream {
  enum class Kind {
    fuel,         ///< amount in TJ, factor t CO2e per TJ
    process,      ///< amount in t, factor t CO2e per t
    carbon,       ///< amount in t, factor t C per t; leaves with a product where `out`
    emission,     ///< measured: amount in t of a gas, factor t CO2e per t
    heat,         ///< amount in TJ, factor t CO2e per TJ; given to others where `out`
    waste_gas,    ///< amount in TJ, factor that of natural gas; given to others where `out`
    electricity,  ///< amount in MWh taken, factor t CO2e per MWh: indirect
    generated     ///< amount in MWh made in the process, factor t CO2e per MWh: not the good's
  };
  std::string name;
  Kind kind = Kind::fuel;
  double amount = 0;     ///< in the unit of its kind
  double factor = 0;     ///< per unit of its kind
  double oxidation = 1;  ///< or conversion: share that becomes CO2
  double biomass = 0;    ///< share that counts zero
  bool out = false;
  double written = 0;  ///< amount and unit as the file has them
  std::string unit;
  std::string source;
};
[[nodiscard]] std::string_view to_string(CbamStream::Kind kind);

/// Emissions behind one tonne, t CO2e, with the free allocation that stands against them.
struct CbamFigure {
  double direct = 0;
  double indirect = 0;
  /// t CO2e; NaN where it is not stated.
  double benchmark = std::numeric_limits<double>::quiet_NaN();
  std::string source;
};

/// A default value, used where no supplier's figure is given.
struct CbamDefault {
  std::string id;
  CbamFigure figure;             ///< before the mark-up
  std::map<int, double> markup;  ///< from that year on, a share; empty: none
  [[nodiscard]] double markup_in(int year) const;
  [[nodiscard]] CbamFigure marked_up(int year) const;
};

/// A precursor that went into a good: made by a good of the file, or bought.
struct CbamPrecursor {
  std::string name;
  double amount = 0;                   ///< t, over the period of the good
  std::string good;                    ///< id of a good of the file; empty: bought
  std::string supplier;                ///< who sells it; may be empty
  std::optional<CbamFigure> stated;    ///< by the supplier
  std::string fallback;                ///< id of a default value; may be empty
  std::optional<CbamFigure> expected;  ///< what the supplier's figure is thought to be
  std::string place;
};

struct CbamGood {
  std::string id;
  std::string name;
  CbamSector sector = CbamSector::iron_and_steel;
  std::string code;  ///< of the combined nomenclature; may be empty
  bool illustrative = false;
  double made = 0;  ///< t over the period; 0: declared by its default value
  std::vector<CbamStream> streams;
  std::vector<CbamPrecursor> precursors;
  std::string fallback;  ///< id of the good's own default value; may be empty
  double benchmark = std::numeric_limits<double>::quiet_NaN();  ///< of its process, t CO2e per t
  std::string benchmark_source;
  double imported = 0;  ///< t a year
  double paid = 0;      ///< carbon price paid abroad, EUR per t of the good, after rebates
  std::string paid_source;
  std::optional<bool> counts_indirect;  ///< in place of its sector's rule
  std::string counts_source;
  std::string place;  ///< "goods.toml:12"

  [[nodiscard]] bool by_default() const { return made == 0; }
};

struct CbamGoods {
  std::string name;
  std::string title;
  std::string source;
  int year = 0;           ///< of import; 0: not stated
  double price = 0;       ///< EUR per certificate; 0: not stated
  double correction = 1;  ///< the cross-sectoral correction factor of free allocation
  std::string correction_source;
  std::vector<CbamGood> goods;
  std::vector<CbamDefault> defaults;

  /// Position of a good or default by id; the reader has made sure that names lead somewhere.
  [[nodiscard]] std::size_t good_at(std::string_view id) const;
  [[nodiscard]] const CbamDefault& default_at(std::string_view id) const;
};

/// @throws Error not_found  no such file; a good or default value that is named but not there
///               bad_input  a mistake of syntax, an unknown key, a unit that is none or of another
///                          kind, a number out of range, a factor without a source, a good that
///                          says neither what was made nor by which default value it is declared;
///                          naming file, line and key
[[nodiscard]] CbamGoods read_cbam_goods(const std::filesystem::path& path);
[[nodiscard]] CbamGoods parse_cbam_goods(const std::string& file, std::string_view text);
/// A commented file to begin with.
[[nodiscard]] std::string_view cbam_template();

inline constexpr int first_cbam_year = 2026;
inline constexpr int last_cbam_year = 2034;
inline constexpr std::size_t most_cbam_goods = 10'000;

}  // namespace stave
