#pragma once
/// One report of several.

#include "stave/analysis/report.hpp"

namespace stave {

/// Appends findings, tables, figures, residuals and notes of `part`. A table whose name is taken is
/// renamed "PREFIX_name", and the figures that draw it follow. Notes are kept once.
void append(Report& report, Report part, const std::string& prefix);

}  // namespace stave
