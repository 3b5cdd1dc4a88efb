#pragma once
/// A whole chain to and from the tables of one database.

#include "stave/core/chain.hpp"
#include "stave/core/progress.hpp"

#include "store/database.hpp"

namespace stave::store {

/// Makes every table and view in an empty database and fills them. @throws DatabaseError, Error
void write_chain(const Database& database, const Chain& chain, Progress& progress);

/// Tables, or views of the same columns over the files of a folder.
/// @throws Error foreign_file  no table `chain` of ours, or one of a newer schema
///               bad_input     tables that contradict each other
///         DatabaseError
[[nodiscard]] Chain read_chain(Connection& connection, Progress& progress);

/// What read_chain asks first. @throws Error foreign_file
void require_our_schema(Connection& connection);

}  // namespace stave::store
