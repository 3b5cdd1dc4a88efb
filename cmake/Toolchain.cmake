# How every room is compiled.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_CXX_SCAN_FOR_MODULES OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE RelWithDebInfo)
endif()

# Line numbers in stack traces; full debug information would cost a third of the compile time.
set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O2 -g1 -DNDEBUG")

find_program(CCACHE ccache)
if(CCACHE)
  # Without this, ccache passes over what uses a precompiled header.
  set(CMAKE_CXX_COMPILER_LAUNCHER
      "${CMAKE_COMMAND};-E;env;CCACHE_SLOPPINESS=pch_defines,time_macros;${CCACHE}")
endif()

# Designated initialisers leave out what has a default: that is their point.
add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion
                    -Wno-missing-field-initializers -Werror)
# g++ 12 sees overruns in std::string that are none, once its header is precompiled; the sanitizer
# run finds real ones.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  add_compile_options(-Wno-array-bounds -Wno-stringop-overflow -Wno-restrict)
endif()
# No fused multiply-add behind our back: a result must not depend on how the compiler contracts.
add_compile_options(-ffp-contract=off)
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  # clang takes std::stable_sort of libstdc++ 12 for a use of something deprecated.
  add_compile_options(-Wno-deprecated-declarations)
endif()
if(STAVE_SANITIZE)
  # Checked code is dear to optimise: only the rooms that compute for long are (STAVE_SANITIZE_FAST).
  add_compile_options(-O0 -g1 -fsanitize=address,undefined -fno-sanitize-recover=all
                      -fno-omit-frame-pointer)
  set(STAVE_SANITIZE_FAST core linalg store formats cascade disruption breakpoint exposure)
  # The libFuzzer harnesses (fuzz/) are built from the same objects; these rooms read files.
  set(STAVE_SANITIZE_COVERED core formats scenario)
  add_link_options(-fsanitize=address,undefined)
endif()
