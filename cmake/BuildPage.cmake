# Run as a script: WEB (the web folder) -> OUT/page.html -> OUT/page.inc, C++ string literals.
# Without npm, a page that was built before in web/figures/dist is taken.
cmake_minimum_required(VERSION 3.25)

include("${CMAKE_CURRENT_LIST_DIR}/WebParts.cmake")

# Literals of at most 32 KiB, which every compiler takes; the page is plain ASCII.
function(write_literals text)
  set(literals "")
  string(LENGTH "${text}" length)
  set(at 0)
  while(at LESS length)
    string(SUBSTRING "${text}" ${at} 32768 piece)
    string(APPEND literals "R\"stave_page(${piece})stave_page\",\n")
    math(EXPR at "${at} + 32768")
  endwhile()
  file(WRITE "${OUT}/page.inc" "${literals}")
endfunction()

find_program(NPM npm)
set(built "${OUT}/page.html")
if(NPM)
  file(MAKE_DIRECTORY "${OUT}")
  file(LOCK "${WEB}/.build.lock" GUARD PROCESS TIMEOUT 600)
  install_parts()
  run("${NPM}" run --silent build -- --outDir "${OUT}" --emptyOutDir)
elseif(EXISTS "${WEB}/figures/dist/page.html")
  set(built "${WEB}/figures/dist/page.html")
else()
  message(FATAL_ERROR "The report page needs Node and npm once: run ./dev build, which installs "
                      "them.")
endif()
file(READ "${built}" page)
write_literals("${page}")
