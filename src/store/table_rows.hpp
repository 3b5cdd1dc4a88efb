#pragma once
/// Whole tables between a Table in memory and DuckDB. An empty text and a NaN are NULL there.

#include "stave/core/table.hpp"

#include <string>

#include "store/database.hpp"

namespace stave::store {

/// Appends every row to the table of that name, whose columns have the same types and order.
/// @throws Error bad_input  a text that is not UTF-8
///         DatabaseError
void append_rows(Connection& connection, const std::string& table, const Table& rows);

/// The rows of a table of the schema, ordered by its `number` where it has one. A NULL in a column
/// of whole numbers is -1. @throws DatabaseError, also where a table or column is missing
[[nodiscard]] Table read_rows(Connection& connection, std::string_view table);

/// Any result as a Table: whole numbers as integer, other numbers as real, VARCHAR as text.
/// A column of whole numbers that holds a NULL, or a number beyond 64 bits, is real.
/// @throws Error too_large  more than `most_bytes` in memory
///         DatabaseError
[[nodiscard]] Table table_of(Result& result, std::size_t most_bytes, std::string name = {});

/// The same for the text of one statement; dates, lists and other types come as DuckDB writes them.
/// @throws Error too_large
///         DatabaseError
[[nodiscard]] Table any_table(Connection& connection, const std::string& sql,
                              std::size_t most_bytes);

}  // namespace stave::store
