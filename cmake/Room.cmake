# stave_room(NAME [DEPENDS room...] [PARTS library...] [ANALYSES name...])
#
# One room: a library of src/NAME/*.cpp with the public headers in include/stave/NAME, and one test
# program of tests/NAME/*_test.cpp. DEPENDS are the arrows; tools/check_rooms.py holds every
# #include against them. PARTS are outside libraries, hidden from the rooms above. For each name
# in ANALYSES the room defines `stave::Analysis NAME_analysis()`; the registry is generated from
# these lists, so that adding an analysis touches one folder.
function(stave_room name)
  cmake_parse_arguments(ROOM "" "" "DEPENDS;PARTS;ANALYSES" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/*.cpp")
  list(FILTER sources EXCLUDE REGEX "/main\\.cpp$")
  add_library(stave_${name} STATIC ${sources})
  add_library(stave::${name} ALIAS stave_${name})
  set_target_properties(stave_${name} PROPERTIES EXPORT_NAME ${name})
  target_include_directories(
    stave_${name}
    PUBLIC "$<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>" "$<INSTALL_INTERFACE:include>"
    PRIVATE "${PROJECT_SOURCE_DIR}/src")
  list(TRANSFORM ROOM_DEPENDS PREPEND "stave::" OUTPUT_VARIABLE arrows)
  target_link_libraries(stave_${name} PUBLIC ${arrows} PRIVATE ${ROOM_PARTS})
  if(name IN_LIST STAVE_SANITIZE_FAST)
    target_compile_options(stave_${name} PRIVATE -O1)
    stave_common_headers(stave_${name} STAVE_COMMON_HEADERS_FAST)
  else()
    stave_common_headers(stave_${name} STAVE_COMMON_HEADERS)
  endif()
  if(name IN_LIST STAVE_SANITIZE_COVERED)
    target_compile_options(
      stave_${name} PRIVATE -fsanitize-coverage=inline-8bit-counters,indirect-calls,trace-cmp,pc-table)
  endif()
  set_property(GLOBAL APPEND PROPERTY STAVE_ROOMS ${name})
  set_property(GLOBAL APPEND PROPERTY STAVE_ANALYSES ${ROOM_ANALYSES})
  if(STAVE_TESTS)
    stave_room_tests(${name})
  endif()
endfunction()

# The headers nearly every file reads are read once: the first room of a KIND (compiled with the same
# options) precompiles them for all. It halves the time of a build; a file must include what it uses
# all the same.
function(stave_common_headers target kind)
  get_property(owner GLOBAL PROPERTY ${kind})
  if(owner)
    target_precompile_headers(${target} REUSE_FROM ${owner})
  else()
    target_link_libraries(${target} PRIVATE fmt::fmt)
    target_precompile_headers(${target} PRIVATE <algorithm> <array> <cmath> <cstdint> <filesystem>
                              <functional> <map> <memory> <optional> <span> <string> <string_view>
                              <unordered_map> <vector> <fmt/format.h>)
    set_property(GLOBAL PROPERTY ${kind} ${target})
  endif()
endfunction()

function(stave_room_tests name)
  file(GLOB tests CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/tests/${name}/*_test.cpp")
  if(NOT tests)
    return()
  endif()
  add_executable(test_${name} ${tests})
  target_link_libraries(test_${name} PRIVATE stave::${name} GTest::gmock GTest::gtest_main
                                             fmt::fmt)
  target_include_directories(test_${name} PRIVATE "${PROJECT_SOURCE_DIR}/tests"
                                                  "${PROJECT_SOURCE_DIR}/src")
  target_compile_definitions(
    test_${name}
    PRIVATE STAVE_SHARED="${PROJECT_SOURCE_DIR}/../shared" STAVE_SOURCE="${PROJECT_SOURCE_DIR}")
  # The rooms are optimised; their tests need only be compiled fast.
  target_compile_options(test_${name} PRIVATE -O0)
  # GoogleTest's headers are read once: the first test program precompiles them for all.
  get_property(owner GLOBAL PROPERTY STAVE_TEST_HEADERS)
  if(owner)
    target_precompile_headers(test_${name} REUSE_FROM ${owner})
  else()
    target_precompile_headers(test_${name} PRIVATE <algorithm> <filesystem> <fstream> <sstream>
                              <string> <vector> <fmt/format.h> <gmock/gmock.h> <gtest/gtest.h>)
    set_property(GLOBAL PROPERTY STAVE_TEST_HEADERS test_${name})
  endif()
  # Starting under a sanitizer is dear: one process a room, and the commands printed in the docs are
  # run in the release build alone.
  if(STAVE_SANITIZE)
    add_test(NAME ${name} COMMAND test_${name} --gtest_filter=-PrintedCommands.Run)
    return()
  endif()
  gtest_discover_tests(test_${name} TEST_PREFIX "${name}." DISCOVERY_MODE PRE_TEST
                       DISCOVERY_TIMEOUT 60 PROPERTIES TIMEOUT 300)
endfunction()
