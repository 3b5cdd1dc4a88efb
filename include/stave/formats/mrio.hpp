#pragma once
/// Readers of the multi-regional input-output databases in the files their makers publish.
///
/// All give a chain whose nodes are (region, product or industry) in the order of the file, with
/// the unit, currency, year, citation and licence of the database. Final-use categories that are
/// known get one word for all databases (households, government, capital, inventories ...); other
/// labels stay. A path may be a folder or a zip where the database comes as several files.
/// @throws Error not_found  a companion file is missing (named)
///               bad_input  labels repeated or not as many as numbers, text in a number ...: with
///                          file, row, column and value
/// Checked against: pymrio's invented samples of each format, tests/formats/.

#include "stave/formats/import.hpp"

namespace stave {

/// OECD inter-country tables: csv, alone or in a zip; the 2016 layout (HFCE_AUS, VA+TAXSUB) and
/// the later one (AUS_HFCE, AUS_TAXSUB, VALU). Split economies (MX1, MX2; CN1, CN2) keep their own
/// nodes, below the group "MEX+" or "CHN+" that joins them with the whole (final demand and some
/// rows are given for the whole only). Unit: million USD.
[[nodiscard]] Chain read_oecd_icio(const std::filesystem::path& path,
                                   const ImportOptions& options = {},
                                   Progress& progress = no_progress());

/// Eora26 in basic prices: T, FD, VA, Q, QY and labels_*.txt in one folder or zip; the labels may
/// be in indices.zip beside it. The region ROW ("TOTAL", Eora's balancing item) is kept. Unit:
/// thousand USD, as Eora states (pymrio calls it million, its issue 175).
[[nodiscard]] Chain read_eora26(const std::filesystem::path& path,
                                const ImportOptions& options = {},
                                Progress& progress = no_progress());

/// EXIOBASE 3 text files, IOT_YYYY_pxp or _ixi, folder or zip: Z, or A alone (then Z = A diag(x)
/// with x of x.txt, or from x = A x + Y 1), Y, unit, and every extension folder with F (or S).
/// Money rows that are components of value added become primary inputs. Unit: million EUR.
[[nodiscard]] Chain read_exiobase3(const std::filesystem::path& path,
                                   const ImportOptions& options = {},
                                   Progress& progress = no_progress());

/// A system saved by pymrio (file_parameters.json with Z or A, Y, unit and extension folders), or
/// the layout of its test system (trade_flows_Z.txt, finald_demand_Y.txt, factor_input.txt ...).
[[nodiscard]] Chain read_pymrio_folder(const std::filesystem::path& path,
                                       const ImportOptions& options = {},
                                       Progress& progress = no_progress());

/// World input-output table of the WIOD 2013 release, wiotYY_row_*.xlsx. Unit: million USD.
[[nodiscard]] Chain read_wiod2013_xlsx(const std::filesystem::path& path,
                                       const ImportOptions& options = {},
                                       Progress& progress = no_progress());

/// GLORIA in basic prices (Markup001): the folder with GLORIA_MRIOs_*, GLORIA_SatelliteAccounts_*
/// (folders or zips) and GLORIA_ReadMe_*.xlsx. The supply-use blocks become a product by product
/// table by the industry technology assumption, Z = U diag(g)^-1 V with supply V [industry x
/// product] and industry output g = V 1 (Eurostat Manual of Supply, Use and Input-Output Tables
/// 2008, model B); where V is diagonal, as in GLORIA, Z = U to the bit. Unit: thousand USD.
[[nodiscard]] Chain read_gloria(const std::filesystem::path& path,
                                const ImportOptions& options = {},
                                Progress& progress = no_progress());

}  // namespace stave
