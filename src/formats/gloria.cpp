#include "stave/core/error.hpp"
#include "stave/formats/mrio.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "formats/gloria_files.hpp"
#include "formats/labels.hpp"
#include "formats/recognise.hpp"

namespace stave {
namespace {

using reader::GloriaFiles;
using reader::GloriaLabels;
using reader::Label;

// Supply of product by industry, V [industry x product], as it stands off and on the diagonal.
struct Supply {
  struct Entry {
    std::size_t industry, product;
    double value;
  };
  std::vector<Entry> entries;
  bool diagonal = true;
};

// Reads a block row by row: `wanted(row)` columns go into `out`.
class BlockReader {
 public:
  BlockReader(const Source& source, std::size_t columns)
      : in_(source, {.separator = ','}), row_(columns) {}

  // The next row, or an error that says how many there should be.
  std::span<const double> next(std::size_t index, std::size_t rows) {
    if (!in_.next_row())
      throw Error(Errc::bad_input,
                  fmt::format("{}: {} rows, expected {} by the labels of the ReadMe", in_.file(),
                              index, rows),
                  "A file cut short by an unfinished download, or a ReadMe of another release.");
    in_.numbers(row_);
    in_.end_row();
    return row_;
  }
  void end(std::size_t rows) {
    if (in_.next_row())
      throw Error(Errc::bad_input,
                  fmt::format("{}:{}: more than the {} rows the ReadMe has labels for", in_.file(),
                              in_.row(), rows));
  }

 private:
  DelimitedReader in_;
  std::vector<double> row_;
};

// Columns of T, V and TQ: of region r, first its industries, then its products.
std::size_t industry_column(std::size_t j, std::size_t sectors) {
  return (j / sectors) * 2 * sectors + j % sectors;
}
std::size_t product_column(std::size_t j, std::size_t sectors) {
  return industry_column(j, sectors) + sectors;
}

class GloriaReader {
 public:
  GloriaReader(const GloriaFiles& files, const GloriaLabels& labels, Progress& progress)
      : files_(files),
        labels_(labels),
        sectors_(labels.sectors.size()),
        n_(labels.regions.size() * labels.sectors.size()),
        progress_(progress) {}

  void fill(ChainParts& parts) {
    Matrix use(n_, n_);
    read_flows(use);
    parts.final_use = final_use();
    parts.primary = primary();
    parts.stressors = by_industry(files_.open("TQ"), labels_.satellites.size());
    if (const auto yq = files_.find("YQ"))
      parts.stressors_final = plain(*yq, labels_.satellites.size(), final_columns());
    to_products(use);
    to_products(parts.primary);
    to_products(parts.stressors);
    parts.flows = FlowMatrix(std::move(use));
    say(parts.info.notes);
  }

 private:
  [[nodiscard]] std::size_t final_columns() const {
    return labels_.regions.size() * labels_.final_uses.size();
  }

  void read_flows(Matrix& use) {
    BlockReader in(files_.open("T"), 2 * n_);
    for (std::size_t i = 0; i < 2 * n_; ++i) {
      const auto row = in.next(i, 2 * n_);
      const auto node = i / (2 * sectors_) * sectors_ + i % sectors_;
      const bool of_industry = i / sectors_ % 2 == 0;
      for (std::size_t j = 0; j < n_; ++j) {
        const double by_industry = row[industry_column(j, sectors_)];
        const double by_product = row[product_column(j, sectors_)];
        if (of_industry) {
          if (by_product != 0) add_supply(node, j, by_product);
          left_out_ += by_industry;
        } else {
          use(node, j) = by_industry;
          left_out_ += by_product;
        }
      }
      progress_.report("reading flows", static_cast<double>(i) / static_cast<double>(2 * n_));
      progress_.check();
    }
    in.end(2 * n_);
  }

  void add_supply(std::size_t industry, std::size_t product, double value) {
    supply_.entries.push_back({industry, product, value});
    if (industry != product) supply_.diagonal = false;
  }

  Matrix final_use() {
    Matrix result(n_, final_columns());
    BlockReader in(files_.open("Y"), final_columns());
    for (std::size_t i = 0; i < 2 * n_; ++i) {
      const auto row = in.next(i, 2 * n_);
      const auto node = i / (2 * sectors_) * sectors_ + i % sectors_;
      if (i / sectors_ % 2 == 1) {
        std::copy(row.begin(), row.end(), result.row(node).begin());
      } else {
        for (const double v : row) left_out_ += v;
      }
    }
    in.end(2 * n_);
    return result;
  }

  // Rows of V are (region, category); a category is summed over the regions that receive it.
  Matrix primary() {
    const auto categories = labels_.value_added.size();
    const auto rows = labels_.regions.size() * categories;
    Matrix result(categories, n_);
    BlockReader in(files_.open("V"), 2 * n_);
    for (std::size_t i = 0; i < rows; ++i) {
      const auto row = in.next(i, rows);
      for (std::size_t j = 0; j < n_; ++j) {
        result(i % categories, j) += row[industry_column(j, sectors_)];
        left_out_ += row[product_column(j, sectors_)];
      }
    }
    in.end(rows);
    return result;
  }

  Matrix by_industry(const Source& source, std::size_t rows) {
    Matrix result(rows, n_);
    BlockReader in(source, 2 * n_);
    for (std::size_t i = 0; i < rows; ++i) {
      const auto row = in.next(i, rows);
      for (std::size_t j = 0; j < n_; ++j) result(i, j) = row[industry_column(j, sectors_)];
    }
    in.end(rows);
    return result;
  }

  static Matrix plain(const Source& source, std::size_t rows, std::size_t columns) {
    Matrix result(rows, columns);
    BlockReader in(source, columns);
    for (std::size_t i = 0; i < rows; ++i) {
      const auto row = in.next(i, rows);
      std::copy(row.begin(), row.end(), result.row(i).begin());
    }
    in.end(rows);
    return result;
  }

  // M [. x industry] becomes M diag(g)^-1 V [. x product]; with a diagonal V that is M itself.
  void to_products(Matrix& m) const {
    if (supply_.diagonal) return;
    std::vector<double> output(n_);
    for (const auto& e : supply_.entries) output[e.industry] += e.value;
    std::vector<double> row(n_);
    for (std::size_t i = 0; i < m.rows(); ++i) {
      std::fill(row.begin(), row.end(), 0);
      for (const auto& e : supply_.entries)
        row[e.product] += m(i, e.industry) * (e.value / output[e.industry]);
      std::copy(row.begin(), row.end(), m.row(i).begin());
    }
  }

  void say(std::vector<std::string>& notes) const {
    notes.emplace_back(
        supply_.diagonal
            ? "The supply table is diagonal: the use table is the product by product table."
            : "Product by product by industry technology: Z = U diag(g)^-1 V.");
    if (left_out_ != 0)
      notes.push_back(fmt::format(
          "Left out: cells outside the blocks of supply and use, {:.6g} thousand USD in total.",
          left_out_));
  }

  const GloriaFiles& files_;
  const GloriaLabels& labels_;
  std::size_t sectors_;
  std::size_t n_;
  Progress& progress_;
  Supply supply_;
  double left_out_ = 0;
};

ChainInfo gloria_info(const GloriaFiles& files, const ImportOptions& options) {
  ChainInfo info;
  reader::set_identity(info, options, "gloria", "GLORIA world input-output table", files.year());
  info.title_zh = fmt::format("GLORIA 世界投入产出表 {}", info.year);
  info.currency = "USD";
  info.unit = "thousand USD";
  info.classification = "GLORIA, 120 sectors";
  info.source =
      "Lenzen et al. (2022), Implementing the material footprint to measure progress towards "
      "Sustainable Development Goals 8 and 12, Nature Sustainability 5, 157-166; GLORIA database, "
      "Industrial Ecology Virtual Laboratory";
  info.licence = "as stated in the ReadMe of the release (free for academic use)";
  return info;
}

void set_labels(ChainParts& parts, const GloriaLabels& labels, const std::string& file) {
  std::vector<Label> nodes;
  std::vector<Label> columns;
  for (const auto& region : labels.regions) {
    for (const auto& sector : labels.sectors) nodes.push_back({region.code, sector});
    for (const auto& use : labels.final_uses) columns.push_back({region.code, use});
  }
  auto made = reader::label_parts(nodes, columns, file);
  for (std::size_t r = 0; r < made.regions.size(); ++r)
    if (made.regions[r].name == made.regions[r].code) made.regions[r].name = labels.regions[r].name;
  reader::set_labels(parts, std::move(made));
  for (const auto& category : labels.value_added)
    parts.primary_rows.push_back({category, category, {}});
  parts.stressor_rows = labels.satellites;
}

}  // namespace

Chain read_gloria(const std::filesystem::path& path, const ImportOptions& options,
                  Progress& progress) {
  const GloriaFiles files(path, options.year);
  const auto labels = files.labels();
  ChainParts parts;
  parts.info = gloria_info(files, options);
  set_labels(parts, labels, files.readme().string());
  if (parts.nodes.size() > std::min(options.max_nodes, limit::max_dense_nodes))
    throw Error(Errc::too_large, fmt::format("{}: {} products in regions", files.readme().string(),
                                             parts.nodes.size()));
  GloriaReader(files, labels, progress).fill(parts);
  reader::note_unknown_kinds(parts);
  return Chain(std::move(parts));
}

}  // namespace stave
