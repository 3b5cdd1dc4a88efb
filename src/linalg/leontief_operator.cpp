#include "linalg/leontief_operator.hpp"

#include <cblas.h>

#include "linalg/lu.hpp"
#include "linalg/parts.hpp"

namespace stave {
namespace {

constexpr std::size_t vector_part = 64;   // rows of Z a task reads for one vector
constexpr std::size_t row_groups = 16;    // of Z for one transposed vector, each a task
constexpr std::size_t block_part = 256;   // the same for several vectors, either way
constexpr std::size_t sparse_part = 512;  // rows of sparse flows

// X_i / x_i, zero where x_i = 0.
void divide_rows(Matrix& x, const std::vector<double>& output) {
  for_each_part(x.rows(), sparse_part, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i)
      for (auto& v : x.row(i)) v = output[i] == 0 ? 0 : v / output[i];
  });
}

void multiply_vector(const Matrix& z, const Matrix& x, Matrix& w) {
  const auto n = z.rows();
  for_each_part(n, vector_part, [&](std::size_t begin, std::size_t end) {
    cblas_dgemv(CblasRowMajor, CblasNoTrans, dim(end - begin), dim(n), 1, z.data() + begin * n,
                dim(n), x.data(), 1, 0, w.data() + begin, 1);
  });
}

// Every task adds up its own rows of Z, read in order; then the sums are added, in order too.
void multiply_vector_transposed(const Matrix& z, const Matrix& x, Matrix& w) {
  const auto n = z.rows();
  const auto part = std::max(vector_part, part_count(n, row_groups));
  Matrix sums(part_count(n, part), n);
  for_each_part(n, part, [&](std::size_t begin, std::size_t end) {
    cblas_dgemv(CblasRowMajor, CblasTrans, dim(end - begin), dim(n), 1, z.data() + begin * n,
                dim(n), x.data() + begin, 1, 0, sums.row(begin / part).data(), 1);
  });
  for (std::size_t p = 0; p < sums.rows(); ++p)
    for (std::size_t j = 0; j < n; ++j) w.data()[j] += sums(p, j);
}

void multiply_block(const Matrix& z, const Matrix& x, Matrix& w, bool transposed) {
  const auto n = z.rows();
  const auto k = dim(x.cols());
  for_each_part(n, block_part, [&](std::size_t begin, std::size_t end) {
    const double* part = z.data() + (transposed ? begin : begin * n);
    cblas_dgemm(CblasRowMajor, transposed ? CblasTrans : CblasNoTrans, CblasNoTrans,
                dim(end - begin), k, dim(n), 1, part, dim(n), x.data(), k, 0,
                w.data() + begin * x.cols(), k);
  });
}

void multiply_sparse(const SparseMatrix& z, const Matrix& x, Matrix& w) {
  const auto k = x.cols();
  for_each_part(z.n, sparse_part, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      double* sums = w.data() + i * k;
      for (auto e = z.row_start[i]; e < z.row_start[i + 1]; ++e) {
        const double v = z.value[e];
        const double* from = x.data() + static_cast<std::size_t>(z.column[e]) * k;
        for (std::size_t c = 0; c < k; ++c) sums[c] += v * from[c];
      }
    }
  });
}

SparseMatrix transpose(const SparseMatrix& z) {
  SparseMatrix t{z.n, std::vector<std::int64_t>(z.n + 1), std::vector<std::int32_t>(z.value.size()),
                 std::vector<double>(z.value.size())};
  for (const auto j : z.column) ++t.row_start[j + 1];
  for (std::size_t i = 0; i < z.n; ++i) t.row_start[i + 1] += t.row_start[i];
  auto next = t.row_start;
  for (std::size_t i = 0; i < z.n; ++i)
    for (auto e = z.row_start[i]; e < z.row_start[i + 1]; ++e) {
      const auto to = next[z.column[e]]++;
      t.column[to] = static_cast<std::int32_t>(i);
      t.value[to] = z.value[e];
    }
  return t;
}

void multiply_dense(const Matrix& z, const Matrix& x, Matrix& w, bool transposed) {
  if (x.cols() > 1) return multiply_block(z, x, w, transposed);
  transposed ? multiply_vector_transposed(z, x, w) : multiply_vector(z, x, w);
}

}  // namespace

LeontiefOperator::LeontiefOperator(const FlowMatrix& flows, std::span<const double> output)
    : flows_(&flows), output_(output.begin(), output.end()) {
  keep_blas_single_threaded();
}

const SparseMatrix& LeontiefOperator::transposed_flows() const {
  if (transposed_.n != size()) transposed_ = transpose(flows_->sparse());
  return transposed_;
}

Matrix LeontiefOperator::coefficients_times(const Matrix& x, bool transposed) const {
  Matrix w(x.rows(), x.cols());
  if (w.size() == 0) return w;
  auto scaled = x;
  if (!transposed) divide_rows(scaled, output_);
  if (flows_->is_dense())
    multiply_dense(flows_->dense(), scaled, w, transposed);
  else
    multiply_sparse(transposed ? transposed_flows() : flows_->sparse(), scaled, w);
  if (transposed) divide_rows(w, output_);
  return w;
}

Matrix LeontiefOperator::times(const Matrix& x, bool transposed) const {
  auto w = coefficients_times(x, transposed);
  const auto from = x.values();
  const auto to = w.values();
  for (std::size_t e = 0; e < from.size(); ++e) to[e] = from[e] - to[e];
  return w;
}

Matrix LeontiefOperator::residual(const Matrix& b, const Matrix& x, bool transposed) const {
  auto r = coefficients_times(x, transposed);
  for (std::size_t e = 0; e < r.size(); ++e)
    r.data()[e] = b.data()[e] - (x.data()[e] - r.data()[e]);
  return r;
}

}  // namespace stave
