#pragma once
/// A dense matrix of doubles, row-major, and a view of one.

#include <cstddef>
#include <cstdlib>
#include <memory>
#include <span>
#include <vector>

namespace stave {

/// Row-major view: element (i, j) is data[i * cols + j].
struct MatrixView {
  const double* data = nullptr;
  std::size_t rows = 0;
  std::size_t cols = 0;
  [[nodiscard]] double operator()(std::size_t i, std::size_t j) const { return data[i * cols + j]; }
  [[nodiscard]] std::span<const double> row(std::size_t i) const { return {data + i * cols, cols}; }
};

/// Owns rows x cols doubles, zero at first. Fresh pages come from the system already zero, so that
/// a large matrix costs no pass over memory before it is filled.
class Matrix {
 public:
  Matrix() = default;
  /// @throws Error too_large when the system has no room for it
  Matrix(std::size_t rows, std::size_t cols);
  Matrix(const Matrix& other);
  Matrix& operator=(const Matrix& other);
  Matrix(Matrix&& other) noexcept;
  Matrix& operator=(Matrix&& other) noexcept;
  ~Matrix() = default;

  /// From nested rows, for small matrices: Matrix::of({{1, 2}, {3, 4}}).
  [[nodiscard]] static Matrix of(const std::vector<std::vector<double>>& rows);

  [[nodiscard]] std::size_t rows() const { return rows_; }
  [[nodiscard]] std::size_t cols() const { return cols_; }
  [[nodiscard]] std::size_t size() const { return rows_ * cols_; }
  [[nodiscard]] double* data() { return data_.get(); }
  [[nodiscard]] const double* data() const { return data_.get(); }
  [[nodiscard]] double& operator()(std::size_t i, std::size_t j) { return data_[i * cols_ + j]; }
  [[nodiscard]] double operator()(std::size_t i, std::size_t j) const {
    return data_[i * cols_ + j];
  }
  [[nodiscard]] std::span<double> row(std::size_t i) { return {data_.get() + i * cols_, cols_}; }
  [[nodiscard]] std::span<const double> row(std::size_t i) const {
    return {data_.get() + i * cols_, cols_};
  }
  [[nodiscard]] std::span<const double> values() const { return {data_.get(), size()}; }
  [[nodiscard]] std::span<double> values() { return {data_.get(), size()}; }
  [[nodiscard]] MatrixView view() const { return {data_.get(), rows_, cols_}; }

 private:
  struct Free {
    void operator()(double* p) const { std::free(p); }
  };
  std::size_t rows_ = 0;
  std::size_t cols_ = 0;
  std::unique_ptr<double[], Free> data_;
};

}  // namespace stave
