#include "trade/reference.hpp"

#include "stave/linalg/product.hpp"

#include <functional>
#include <stdexcept>

namespace stave::reference {
namespace {

Matrix inverse_of(const Matrix& a) {  // (I - A)^-1
  Matrix m(a.rows(), a.cols());
  Matrix unit(a.rows(), a.cols());
  for (std::size_t i = 0; i < a.rows(); ++i) {
    for (std::size_t j = 0; j < a.cols(); ++j) m(i, j) = -a(i, j);
    m(i, i) += 1;
    unit(i, i) = 1;
  }
  return solve_dense(std::move(m), std::move(unit));
}

Matrix operator*(const Matrix& a, const Matrix& b) { return multiply(a.view(), b.view()); }

Matrix operator+(Matrix a, const Matrix& b) {
  for (std::size_t e = 0; e < a.size(); ++e) a.data()[e] += b.data()[e];
  return a;
}

Matrix operator-(Matrix a, const Matrix& b) {
  for (std::size_t e = 0; e < a.size(); ++e) a.data()[e] -= b.data()[e];
  return a;
}

// The table in blocks, under the names of the equations.
struct World {
  const TradeTable& table;
  std::size_t n, R;
  Matrix A, B, V;  // V [1 x n]

  explicit World(const TradeTable& t)
      : table(t), n(t.size()), R(t.traders().size()), A(n, n), V(1, n) {
    for (std::size_t i = 0; i < n; ++i) {
      V(0, i) = t.intensity(i);
      for (std::size_t j = 0; j < n; ++j) A(i, j) = t.flows().at(i, j) / t.scale()[j];
    }
    B = inverse_of(A);
  }
  [[nodiscard]] Matrix cut(const Matrix& m, std::size_t s, std::size_t r) const {
    Matrix part(table.count(s), table.count(r));
    for (std::size_t i = 0; i < part.rows(); ++i)
      for (std::size_t j = 0; j < part.cols(); ++j)
        part(i, j) = m(table.first(s) + i, table.first(r) + j);
    return part;
  }
  [[nodiscard]] Matrix a(std::size_t s, std::size_t r) const { return cut(A, s, r); }
  [[nodiscard]] Matrix b(std::size_t s, std::size_t r) const { return cut(B, s, r); }
  [[nodiscard]] Matrix l(std::size_t s) const { return inverse_of(a(s, s)); }
  [[nodiscard]] Matrix v(std::size_t s) const {
    Matrix part(1, table.count(s));
    for (std::size_t i = 0; i < part.cols(); ++i) part(0, i) = V(0, table.first(s) + i);
    return part;
  }
  [[nodiscard]] Matrix column(const Matrix& m, std::size_t s, std::size_t k) const {
    Matrix part(table.count(s), 1);
    for (std::size_t i = 0; i < part.rows(); ++i) part(i, 0) = m(table.first(s) + i, k);
    return part;
  }
  [[nodiscard]] Matrix y(std::size_t s, std::size_t r) const {
    return column(table.final_use(), s, r);
  }
  [[nodiscard]] Matrix e(std::size_t s, std::size_t r) const {
    return column(table.exports(), s, r);
  }
  [[nodiscard]] Matrix zero(std::size_t s) const { return Matrix(table.count(s), 1); }
  // sum of f(t) over the traders t that `which` takes.
  [[nodiscard]] Matrix sum(Matrix start, const std::function<bool(std::size_t)>& which,
                           const std::function<Matrix(std::size_t)>& f) const {
    for (std::size_t t = 0; t < R; ++t)
      if (which(t)) start = start + f(t);
    return start;
  }
  [[nodiscard]] Matrix exports(std::size_t s) const {  // E_s
    return sum(
        zero(s), [&](std::size_t r) { return r != s; }, [&](std::size_t r) { return e(s, r); });
  }
  [[nodiscard]] Matrix output(std::size_t s) const {  // X_s
    Matrix x = zero(s);
    for (std::size_t i = 0; i < x.rows(); ++i) x(i, 0) = table.output()[table.first(s) + i];
    return x;
  }
  // sum_{t != s} V_t M_ts, a row.
  [[nodiscard]] Matrix foreign(const Matrix& m, std::size_t s) const {
    return sum(
        Matrix(1, table.count(s)), [&](std::size_t t) { return t != s; },
        [&](std::size_t t) { return v(t) * cut(m, t, s); });
  }
  // (I - A^s)^-1, A^s without what s sells abroad.
  [[nodiscard]] Matrix without_exports(std::size_t s) const {
    Matrix as = A;
    for (std::size_t i = table.first(s); i < table.first(s + 1); ++i)
      for (std::size_t j = 0; j < n; ++j)
        if (table.trader(j) != s) as(i, j) = 0;
    return inverse_of(as);
  }
};

// Row (a share of each product of s) o column (what s sells): a column of terms.
Matrix times_elements(const Matrix& row, const Matrix& column) {
  Matrix result = column;
  for (std::size_t i = 0; i < column.rows(); ++i) result(i, 0) *= row(0, i);
  return result;
}

void put(const World& w, Matrix& term, std::size_t s, std::size_t r, const Matrix& values) {
  for (std::size_t i = 0; i < values.rows(); ++i) term(w.table.first(s) + i, r) = values(i, 0);
}

// One exporter and one partner, the same sets under the sums as in the method page.
struct Pair {
  const World& w;
  std::size_t s, r;
  [[nodiscard]] bool third(std::size_t t) const { return t != s && t != r; }
};

// Q_l of a system B' and a final use Y': sum_{j != r} A_rj sum_k B'_jk Y'_kl.
Matrix passed_on(const Pair& p, const Matrix& b, const Matrix& y, std::size_t l) {
  const auto& w = p.w;
  return w.sum(
      w.zero(p.r), [&](std::size_t j) { return j != p.r; },
      [&](std::size_t j) {
        return w.a(p.r, j) * w.sum(
                                 w.zero(j), [](std::size_t) { return true; },
                                 [&](std::size_t k) { return w.cut(b, j, k) * w.column(y, k, l); });
      });
}

std::vector<Matrix> borin_mancini(const Pair& p, bool sink, const Matrix& bs) {
  const auto& w = p.w;
  const auto s = p.s;
  const auto r = p.r;
  Matrix y = w.table.final_use();
  if (sink)  // Y^s: what s sells to final users abroad is left out
    for (std::size_t i = w.table.first(s); i < w.table.first(s + 1); ++i)
      for (std::size_t k = 0; k < w.R; ++k)
        if (k != s) y(i, k) = 0;
  const auto& b = sink ? bs : w.B;
  const auto vb = w.v(s) * w.b(s, s);
  const auto vl = w.v(s) * w.l(s);
  const auto domestic = sink ? vb : vl;
  const auto foreign = w.foreign(sink ? w.B : bs, s);
  const auto through = w.a(s, r) * w.l(r);
  const auto thirds = [&](const std::function<Matrix(std::size_t)>& f) {
    return w.sum(w.zero(r), [&](std::size_t j) { return p.third(j); }, f);
  };
  const auto third = thirds([&](std::size_t j) { return w.y(r, j); });
  const auto onward = w.sum(
      w.zero(r), [&](std::size_t l) { return l != s; },
      [&](std::size_t l) { return passed_on(p, b, y, l); });
  const auto home = passed_on(p, b, y, s);
  std::vector<Matrix> h{w.y(s, r),        through * w.y(r, r), through * third,
                        through * onward, through * w.y(r, s), through * home};
  Matrix again = w.e(s, r);
  if (sink)
    again =
        through * w.sum(
                      w.zero(r), [&](std::size_t j) { return j != r; },
                      [&](std::size_t j) { return w.a(r, j) * w.cut(bs, j, s) * w.exports(s); });
  std::vector<Matrix> terms;
  for (const auto& one : h) terms.push_back(times_elements(domestic, one));
  terms.push_back(times_elements(sink ? vb : vb - vl, again));
  for (const auto& one : {h[0], h[1], h[2] + h[4], h[3] + h[5]})
    terms.push_back(times_elements(foreign, one));
  terms.push_back(times_elements(sink ? foreign : w.foreign(w.B, s) - foreign, again));
  return terms;
}

std::vector<Matrix> wang_wei_zhu(const Pair& p) {
  const auto& w = p.w;
  const auto s = p.s;
  const auto r = p.r;
  const auto vb = w.v(s) * w.b(s, s);
  const auto vl = w.v(s) * w.l(s);
  const auto asr = w.a(s, r);
  const auto thirds = [&](const std::function<Matrix(std::size_t)>& f) {
    return w.sum(w.zero(r), [&](std::size_t t) { return p.third(t); }, f);
  };
  const auto sold = [&](std::size_t t, std::size_t but) {  // Y_tu to all but t and another
    return w.sum(
        w.zero(t), [&](std::size_t u) { return u != t && u != but; },
        [&](std::size_t u) { return w.y(t, u); });
  };
  const auto dva = [&](const Matrix& made) { return times_elements(vl, asr * made); };
  std::vector<Matrix> terms{times_elements(vb, w.y(s, r)),
                            dva(w.b(r, r) * w.y(r, r)),
                            dva(thirds([&](std::size_t t) { return w.b(r, t) * w.y(t, t); })),
                            dva(w.b(r, r) * thirds([&](std::size_t t) { return w.y(r, t); })),
                            dva(thirds([&](std::size_t t) { return w.b(r, t) * sold(t, s); })),
                            dva(w.b(r, r) * w.y(r, s)),
                            dva(thirds([&](std::size_t t) { return w.b(r, t) * w.y(t, s); })),
                            dva(w.b(r, s) * w.y(s, s)),
                            dva(w.b(r, s) * sold(s, s)),
                            times_elements(vb - vl, asr * w.output(r))};
  const auto partner = w.v(r) * w.b(r, s);
  const auto others = w.foreign(w.B, s) - partner;
  for (const auto& h : {w.y(s, r), asr * (w.l(r) * w.y(r, r)), asr * (w.l(r) * w.exports(r))}) {
    terms.push_back(times_elements(partner, h));
    terms.push_back(times_elements(others, h));
  }
  return terms;
}

std::vector<Matrix> koopman_from(std::vector<Matrix> t) {
  return {t[0],        t[1] + t[2],   t[3] + t[4],   t[5] + t[6],  t[7],
          t[8] + t[9], t[10] + t[11], t[12] + t[13], t[14] + t[15]};
}

std::vector<Matrix> miroudot_ye(const Pair& p, const Matrix& bs) {
  const auto& w = p.w;
  const auto e = w.e(p.s, p.r);
  const auto vl = w.v(p.s) * w.l(p.s);
  const auto once = w.foreign(bs, p.s);
  return {times_elements(vl, e), times_elements(w.v(p.s) * w.b(p.s, p.s) - vl, e),
          times_elements(once, e), times_elements(w.foreign(w.B, p.s) - once, e)};
}

std::vector<Matrix> oecd(const Pair& p) {
  const auto& w = p.w;
  const auto e = w.e(p.s, p.r);
  const auto l = w.l(p.s);
  auto own = w.v(p.s);
  for (std::size_t i = 0; i < own.cols(); ++i) own(0, i) *= l(i, i);
  const auto vl = w.v(p.s) * l;
  return {times_elements(own, e), times_elements(vl - own, e),
          times_elements(w.v(p.s) * w.b(p.s, p.s) - vl, e), times_elements(w.foreign(w.B, p.s), e)};
}

std::vector<Matrix> terms_of(const Pair& p, TradeMethod method, const Matrix& bs) {
  switch (method) {
    case TradeMethod::borin_mancini_source:
      return borin_mancini(p, false, bs);
    case TradeMethod::borin_mancini_sink:
      return borin_mancini(p, true, bs);
    case TradeMethod::wwz:
      return wang_wei_zhu(p);
    case TradeMethod::kww:
      return koopman_from(wang_wei_zhu(p));
    case TradeMethod::miroudot_ye:
      return miroudot_ye(p, bs);
    case TradeMethod::oecd:
      return oecd(p);
  }
  throw std::logic_error("no such method");
}

}  // namespace

Decomposition decompose_exports(const TradeTable& table, TradeMethod method) {
  const World w(table);
  Decomposition d{.method = method};
  for (std::size_t k = 0; k < trade_terms(method).size(); ++k) d.terms.emplace_back(w.n, w.R);
  for (std::size_t s = 0; s < w.R; ++s) {
    const auto bs = w.without_exports(s);
    for (std::size_t r = 0; r < w.R; ++r) {
      if (r == s) continue;
      const auto terms = terms_of({w, s, r}, method, bs);
      for (std::size_t k = 0; k < terms.size(); ++k) put(w, d.terms[k], s, r, terms[k]);
    }
  }
  return d;
}

Matrix kww_by_exporter(const TradeTable& table) {
  const World w(table);
  Matrix result(w.R, 9);
  const auto add = [&](std::size_t s, std::size_t k, const Matrix& value) {
    result(s, k) += value(0, 0);
  };
  for (std::size_t s = 0; s < w.R; ++s)
    for (std::size_t r = 0; r < w.R; ++r) {
      if (r == s) continue;
      const auto vs = w.v(s);
      const auto back = vs * w.b(s, r) * w.a(r, s) * w.l(s);
      add(s, 0, vs * w.b(s, s) * w.y(s, r));
      add(s, 1, vs * w.b(s, r) * w.y(r, r));
      add(s, 2,
          vs * w.b(s, r) *
              w.sum(
                  w.zero(r), [&](std::size_t t) { return t != s && t != r; },
                  [&](std::size_t t) { return w.y(r, t); }));
      add(s, 3, vs * w.b(s, r) * w.y(r, s));
      add(s, 4, back * w.y(s, s));
      add(s, 5, back * w.exports(s));
      const auto foreign = w.foreign(w.B, s);
      add(s, 6, foreign * w.y(s, r));
      add(s, 7, foreign * (w.a(s, r) * (w.l(r) * w.y(r, r))));
      add(s, 8, foreign * (w.a(s, r) * (w.l(r) * w.exports(r))));
    }
  return result;
}

}  // namespace stave::reference
