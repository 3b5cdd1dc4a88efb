# DuckDB's C API: a system libduckdb where there is one, else the pinned npm parts in parts/duckdb
# (`./dev` fetches them). Defines DuckDB::DuckDB.
set(parts "${PROJECT_SOURCE_DIR}/parts/duckdb/node_modules")
find_path(DuckDB_INCLUDE_DIR duckdb.h PATHS "${parts}/duckdb/src/duckdb/src/include")
find_library(DuckDB_LIBRARY duckdb PATHS "${parts}/@duckdb/node-bindings-linux-x64")
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(
  DuckDB REQUIRED_VARS DuckDB_LIBRARY DuckDB_INCLUDE_DIR
  REASON_FAILURE_MESSAGE "Run ./dev build, which fetches the pinned parts.")
if(DuckDB_FOUND AND NOT TARGET DuckDB::DuckDB)
  # Only the C header: the folder it lies in holds DuckDB's C++ headers too, which are not stable.
  set(header_dir "${PROJECT_BINARY_DIR}/duckdb")
  file(CREATE_LINK "${DuckDB_INCLUDE_DIR}/duckdb.h" "${header_dir}/duckdb.h" COPY_ON_ERROR SYMBOLIC)
  add_library(DuckDB::DuckDB SHARED IMPORTED)
  set_target_properties(DuckDB::DuckDB PROPERTIES IMPORTED_LOCATION "${DuckDB_LIBRARY}"
                                                  INTERFACE_INCLUDE_DIRECTORIES "${header_dir}")
endif()
mark_as_advanced(DuckDB_INCLUDE_DIR DuckDB_LIBRARY)
