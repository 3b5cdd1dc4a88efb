#include "stave/core/error.hpp"
#include "stave/formats/trade.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>
#include <set>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "formats/input.hpp"
#include "formats/labels.hpp"
#include "formats/recognise.hpp"

namespace stave {
namespace {

using reader::CodeList;
using reader::Input;

constexpr auto column_names = std::to_array<std::string_view>({"t", "i", "j", "k", "v", "q"});
enum ColumnRole { year, exporter, importer, product, value, quantity };

// code -> names, of country_codes*.csv or product_codes*.csv.
struct CodeFile {
  std::string file;
  std::unordered_map<std::string, Item> items;
};

// One flow as read: a node (exporter, product) and who imports.
struct TradeFlow {
  std::int32_t node;
  std::int32_t importer;
  double value;
};

struct Trade {
  CodeList countries;
  CodeList products;
  std::vector<std::pair<std::int32_t, std::int32_t>> nodes;  ///< (exporter, product)
  std::vector<TradeFlow> flows;
  std::vector<double> quantity;  ///< of each node, NaN when none is known
  std::set<int> years;
  std::size_t without_quantity = 0;
};

class TradeReader {
 public:
  TradeReader(const Source& source, const ImportOptions& options, Progress& progress)
      : in_(source, {.missing = {"NA", "NaN", ""}}), options_(options), progress_(progress) {
    in_.next_row();
    auto header = in_.texts();
    for (const auto name : column_names) {
      const auto found = std::find_if(header.begin(), header.end(), [&](const std::string& cell) {
        return reader::folded(cell) == name;
      });
      if (found == header.end() && name != "q")
        throw Error(Errc::bad_input, fmt::format("{}: no column '{}'", in_.file(), name),
                    "Expected the columns t, i, j, k, v and q.");
      position_.push_back(static_cast<std::size_t>(found - header.begin()));
    }
    roles_.assign(header.size(), -1);
    for (std::size_t role = 0; role < position_.size(); ++role)
      if (position_[role] < header.size()) roles_[position_[role]] = static_cast<int>(role);
    in_.name_columns(std::move(header));
  }

  Trade read() {
    while (in_.next_row()) {
      read_row();
      if (in_.row() % 100'000 == 0) {
        progress_.report("reading trade flows",
                         static_cast<double>(in_.offset()) / static_cast<double>(in_.size()));
        progress_.check();
      }
    }
    require_one_year();
    return std::move(trade_);
  }

 private:
  void read_row() {
    double v = 0;
    double q = std::numeric_limits<double>::quiet_NaN();
    int t = 0;
    std::array<std::string, 3> codes;
    for (const int role : roles_) {
      if (role == year) {
        t = whole_year();
      } else if (role == value) {
        v = amount(false);
      } else if (role == quantity) {
        q = amount(true);
      } else if (role >= 0) {
        codes[static_cast<std::size_t>(role) - 1] = in_.text();
        if (codes[static_cast<std::size_t>(role) - 1].empty())
          in_.refuse("", "is empty, expected a code");
      } else {
        in_.skip();
      }
    }
    in_.end_row();
    trade_.years.insert(t);
    if (options_.year == 0 || options_.year == t) add(codes, v, q);
  }

  int whole_year() {
    const double t = in_.number();
    if (!(t >= 1000 && t <= 9999) || t != std::floor(t))
      in_.refuse(fmt::format("{}", t), "is not a year");
    return static_cast<int>(t);
  }

  double amount(bool may_be_missing) {
    const double v = in_.number();
    if (std::isnan(v) && !may_be_missing) in_.refuse("", "is empty, expected an amount");
    if (v < 0) in_.refuse(fmt::format("{}", v), "is negative");
    return v;
  }

  void add(const std::array<std::string, 3>& codes, double v, double q) {
    if (trade_.flows.size() >= options_.max_links)
      throw Error(Errc::too_large, fmt::format("{}:{}: more than {} flows", in_.file(), in_.row(),
                                               options_.max_links));
    const auto from = trade_.countries.add(codes[0]);
    const auto to = trade_.countries.add(codes[1]);
    const auto what = trade_.products.add(codes[2]);
    const auto key = (static_cast<std::uint64_t>(from) << 32) | static_cast<std::uint32_t>(what);
    const auto [found, fresh] =
        node_of_.try_emplace(key, static_cast<std::int32_t>(trade_.nodes.size()));
    if (fresh) {
      if (trade_.nodes.size() >= options_.max_nodes)
        throw Error(Errc::too_large, fmt::format("{}: more than {} pairs of exporter and product",
                                                 in_.file(), options_.max_nodes));
      trade_.nodes.emplace_back(from, what);
      trade_.quantity.push_back(std::numeric_limits<double>::quiet_NaN());
    }
    auto& known = trade_.quantity[static_cast<std::size_t>(found->second)];
    if (std::isnan(q)) {
      ++trade_.without_quantity;
    } else {
      known = std::isnan(known) ? q : known + q;
    }
    trade_.flows.push_back({found->second, to, v});
  }

  void require_one_year() const {
    if (options_.year != 0 && !trade_.years.contains(options_.year))
      throw Error(Errc::bad_input,
                  fmt::format("{}: nothing of {}; there are the years {}", in_.file(),
                              options_.year, fmt::join(trade_.years, ", ")));
    if (options_.year == 0 && trade_.years.size() > 1)
      throw Error(Errc::bad_input,
                  fmt::format("{}: several years, {}", in_.file(), fmt::join(trade_.years, ", ")),
                  "Say which with --year.");
    if (trade_.flows.empty())
      throw Error(Errc::bad_input, fmt::format("{}: no flow below the header", in_.file()));
  }

  DelimitedReader in_;
  const ImportOptions& options_;
  Progress& progress_;
  std::vector<std::size_t> position_;
  std::vector<int> roles_;
  Trade trade_;
  std::unordered_map<std::uint64_t, std::int32_t> node_of_;
};

// Where a column of names starts with one of these words, or -1.
std::ptrdiff_t column(const std::vector<std::string>& header,
                      std::initializer_list<std::string_view> names) {
  for (const auto name : names)
    for (std::size_t j = 0; j < header.size(); ++j)
      if (reader::folded(header[j]) == name) return static_cast<std::ptrdiff_t>(j);
  return -1;
}

// Codes as in the trade file; a country's own code becomes its ISO code of three letters.
CodeFile read_codes(const Source& source) {
  auto rows = reader::read_texts(source);
  const auto& header = rows.front();
  const auto code = column(header, {"country_code", "code", "product_code", "k", "i"});
  const auto name = column(header, {"country_name", "country_name_abbreviation", "description",
                                    "name", "country_name_full"});
  const auto iso = column(header, {"country_iso3", "iso_3digit_alpha", "iso3"});
  if (code < 0) throw Error(Errc::bad_input, fmt::format("{}: no column 'code'", source.name()));
  CodeFile result{source.name(), {}};
  for (std::size_t r = 1; r < rows.size(); ++r) {
    const auto cell = [&](std::ptrdiff_t j) {
      const bool there = j >= 0 && static_cast<std::size_t>(j) < rows[r].size();
      return there ? rows[r][static_cast<std::size_t>(j)] : std::string();
    };
    const auto iso3 = cell(iso);
    const bool known = iso3.size() == 3;
    result.items.emplace(cell(code),
                         Item{known ? iso3 : cell(code), cell(name), {}, {}, Kind::unknown});
  }
  return result;
}

std::optional<CodeFile> find_codes(const Input& input, std::string_view beginning) {
  const auto wanted = [&](std::string_view base) {
    const auto name = reader::folded(base);
    return name.starts_with(beginning) && name.ends_with(".csv");
  };
  if (input.folder()) {
    const auto found = input.members(wanted);
    if (found.empty()) return {};
    return read_codes(input.folder()->text(found.front()));
  }
  for (const auto& entry :
       std::filesystem::directory_iterator(std::filesystem::absolute(input.path()).parent_path()))
    if (wanted(entry.path().filename().string())) return read_codes(Source::open(entry.path()));
  return {};
}

std::vector<Item> named_items(const CodeList& list, const std::optional<CodeFile>& codes,
                              std::string_view what) {
  std::vector<Item> items;
  std::set<std::string> taken;
  for (const auto& code : list.codes()) {
    Item item{code, code, {}, {}, Kind::unknown};
    if (codes) {
      const auto found = codes->items.find(code);
      if (found == codes->items.end()) {
        std::vector<std::string> known;
        for (const auto& [k, v] : codes->items) known.push_back(k);
        std::sort(known.begin(), known.end());
        throw Error(
            Errc::bad_input,
            fmt::format("{}: {} '{}' of the trade file is not in it", codes->file, what, code),
            did_you_mean(code, known));
      }
      item = found->second;
    }
    if (!taken.insert(item.code).second) item.code = code;
    items.push_back(std::move(item));
  }
  return items;
}

// 10121 -> 010121 where other codes have six digits: read as a number somewhere, it lost its zero.
std::size_t restore_zeros(CodeList& products) {
  const auto digits = [](const std::string& code) {
    return std::all_of(code.begin(), code.end(), [](char c) { return c >= '0' && c <= '9'; });
  };
  std::size_t longest = 0;
  for (const auto& code : products.codes()) {
    if (!digits(code)) return 0;
    longest = std::max(longest, code.size());
  }
  CodeList padded;
  std::size_t restored = 0;
  for (const auto& code : products.codes()) {
    const bool lost = code.size() + 1 == longest && longest % 2 == 0;
    restored += lost ? 1 : 0;
    padded.add(lost ? "0" + code : code);
  }
  if (padded.size() != products.size()) return 0;  // both forms in one file: two products
  products = std::move(padded);
  return restored;
}

// Nodes by exporter, then product, both in the order of their codes: new position of each node.
std::vector<std::int32_t> sorted_positions(const Trade& trade, const std::vector<Item>& regions,
                                           const std::vector<Item>& products) {
  std::vector<std::int32_t> order(trade.nodes.size());
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(), [&](std::int32_t a, std::int32_t b) {
    const auto& x = trade.nodes[static_cast<std::size_t>(a)];
    const auto& y = trade.nodes[static_cast<std::size_t>(b)];
    const auto& rx = regions[static_cast<std::size_t>(x.first)].code;
    const auto& ry = regions[static_cast<std::size_t>(y.first)].code;
    if (rx != ry) return rx < ry;
    return products[static_cast<std::size_t>(x.second)].code <
           products[static_cast<std::size_t>(y.second)].code;
  });
  std::vector<std::int32_t> position(order.size());
  for (std::size_t p = 0; p < order.size(); ++p)
    position[static_cast<std::size_t>(order[p])] = static_cast<std::int32_t>(p);
  return position;
}

void set_nodes(ChainParts& parts, const Trade& trade, const std::vector<std::int32_t>& position) {
  parts.nodes.resize(trade.nodes.size());
  Attribute quantity{"quantity", "metric tons", std::vector<double>(trade.nodes.size())};
  for (std::size_t k = 0; k < trade.nodes.size(); ++k) {
    const auto at = static_cast<std::size_t>(position[k]);
    auto& node = parts.nodes[at];
    node.region = RegionId(trade.nodes[k].first);
    node.product = ProductId(trade.nodes[k].second);
    node.id =
        fmt::format("{}.{}", parts.regions[node.region].code, parts.products[node.product].code);
    quantity.values[at] = trade.quantity[k];
  }
  parts.node_attributes.push_back(std::move(quantity));
}

void set_final_use(ChainParts& parts, const Trade& trade,
                   const std::vector<std::int32_t>& position) {
  for (std::size_t r = 0; r < parts.regions.size(); ++r)
    parts.final_columns.push_back({RegionId(r), "imports"});
  if (parts.nodes.size() > limit::max_unpacked_bytes / sizeof(double) / parts.regions.size())
    throw Error(Errc::too_large, fmt::format("{} exported products x {} importing regions",
                                             parts.nodes.size(), parts.regions.size()));
  parts.final_use = Matrix(parts.nodes.size(), parts.regions.size());
  for (const auto& flow : trade.flows)
    parts.final_use(static_cast<std::size_t>(position[static_cast<std::size_t>(flow.node)]),
                    static_cast<std::size_t>(flow.importer)) += flow.value;
}

ChainInfo baci_info(const Trade& trade, const ImportOptions& options, std::size_t restored) {
  ChainInfo info;
  reader::set_identity(info, options, "trade", "Bilateral trade by product", *trade.years.begin());
  info.title_zh = fmt::format("双边贸易（分产品）{}", info.year);
  info.currency = "USD";
  info.unit = "thousand USD";
  info.classification = "products as in the file (Harmonized System in BACI)";
  info.source =
      "BACI layout: Gaulier and Zignago (2010), BACI: International Trade Database at the Product "
      "Level, CEPII working paper 2010-23";
  info.licence = "BACI: Etalab Open Licence 2.0";
  info.notes.emplace_back(
      "Trade only: a flow is final use in the importing region; there are no flows between "
      "producers and no production for home use.");
  info.notes.push_back(
      fmt::format("{} of {} flows have no quantity; the attribute 'quantity' sums "
                  "those that have.",
                  trade.without_quantity, trade.flows.size()));
  if (restored > 0)
    info.notes.push_back(
        fmt::format("{} product codes got their leading zero back (10121 -> 010121).", restored));
  return info;
}

Source open_trade(const Input& input, int year) {
  if (!input.folder()) return Source::open(input.path());
  const auto tables = input.members([](std::string_view base) {
    const auto name = reader::folded(base);
    return name.ends_with(".csv") && !name.starts_with("country_codes") &&
           !name.starts_with("product_codes");
  });
  if (tables.empty())
    throw Error(Errc::not_found, fmt::format("{} holds no csv file of trade", input.name()));
  return input.folder()->text(reader::member_of_year(input, tables, year));
}

}  // namespace

Chain read_baci(const std::filesystem::path& path, const ImportOptions& options,
                Progress& progress) {
  const Input input(path);
  auto trade = TradeReader(open_trade(input, options.year), options, progress).read();
  const auto country_codes = find_codes(input, "country_codes");
  const auto product_codes = find_codes(input, "product_codes");
  const auto restored = restore_zeros(trade.products);
  auto regions = named_items(trade.countries, country_codes, "country");
  for (auto& region : regions)
    if (const auto country = reader::country_name(region.code); !country.name.empty()) {
      region.name = country.name;
      region.name_zh = country.name_zh;
    }
  auto products = named_items(trade.products, product_codes, "product");
  for (auto& item : products) item.kind = Kind::good;
  const auto position = sorted_positions(trade, regions, products);
  if (options.year != 0) trade.years = {options.year};
  ChainParts parts;
  parts.info = baci_info(trade, options, restored);
  parts.regions = Classification("region", std::move(regions));
  parts.products = Classification("product", std::move(products));
  set_nodes(parts, trade, position);
  set_final_use(parts, trade, position);
  const auto n = parts.nodes.size();
  parts.flows = FlowMatrix(SparseMatrix{n, std::vector<std::int64_t>(n + 1), {}, {}});
  parts.primary = Matrix(0, n);
  parts.stressors = Matrix(0, n);
  return Chain(std::move(parts));
}

namespace reader {

std::string why_not_baci(const Input& input) {
  const auto is_baci = [](std::string_view base) {
    const auto name = folded(base);
    return name.starts_with("baci") && name.ends_with(".csv");
  };
  if (input.folder()) return input.members(is_baci).empty() ? "no BACI*.csv in it" : "";
  const auto name = folded(input.file_name());
  if (name.find(".csv") == std::string::npos) return "not a csv file";
  const auto header = read_header(Source::open(input.path()), {}).front();
  for (const auto wanted : {"t", "i", "j", "k", "v"})
    if (std::none_of(header.begin(), header.end(),
                     [&](const std::string& cell) { return folded(cell) == wanted; }))
      return fmt::format("no column '{}'", wanted);
  return {};
}

}  // namespace reader
}  // namespace stave
