# cmake --install: the program, the libraries, and what find_package(stave) needs.
include(CMakePackageConfigHelpers)

get_property(rooms GLOBAL PROPERTY STAVE_ROOMS)
list(TRANSFORM rooms PREPEND "stave_" OUTPUT_VARIABLE libraries)
list(APPEND libraries stave_registry)

install(TARGETS ${libraries} EXPORT staveTargets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(DIRECTORY include/stave DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
if(TARGET stave)
  # DuckDB's library comes from npm and not from the system: it goes along.
  get_target_property(duckdb DuckDB::DuckDB IMPORTED_LOCATION)
  set_target_properties(stave PROPERTIES INSTALL_RPATH "$ORIGIN/../${CMAKE_INSTALL_LIBDIR}")
  install(FILES "${duckdb}" DESTINATION ${CMAKE_INSTALL_LIBDIR})
  install(TARGETS stave RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()
foreach(folder IN ITEMS samples share/descriptions)
  if(EXISTS "${PROJECT_SOURCE_DIR}/${folder}")
    get_filename_component(leaf ${folder} NAME)
    install(DIRECTORY ${folder}/ DESTINATION ${CMAKE_INSTALL_DATADIR}/stave/${leaf}
            PATTERN "*.cpp" EXCLUDE PATTERN "CMakeLists.txt" EXCLUDE)
  endif()
endforeach()

set(config_dir ${CMAKE_INSTALL_LIBDIR}/cmake/stave)
install(EXPORT staveTargets NAMESPACE stave:: DESTINATION ${config_dir})
install(FILES cmake/FindKLU.cmake DESTINATION ${config_dir})
configure_package_config_file(cmake/staveConfig.cmake.in "${PROJECT_BINARY_DIR}/staveConfig.cmake"
                              INSTALL_DESTINATION ${config_dir})
write_basic_package_version_file("${PROJECT_BINARY_DIR}/staveConfigVersion.cmake"
                                 COMPATIBILITY SameMinorVersion)
install(FILES "${PROJECT_BINARY_DIR}/staveConfig.cmake"
              "${PROJECT_BINARY_DIR}/staveConfigVersion.cmake" DESTINATION ${config_dir})
