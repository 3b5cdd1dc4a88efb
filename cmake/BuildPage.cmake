# Run as a script: WEB (the web folder) -> OUT/page.html -> OUT/page.inc, C++ string literals.
# Without npm, a page that was built before in web/figures/dist is taken.
cmake_minimum_required(VERSION 3.25)

function(run)
  execute_process(COMMAND ${ARGN} WORKING_DIRECTORY "${WEB}" RESULT_VARIABLE failed
                  OUTPUT_VARIABLE said ERROR_VARIABLE said)
  if(failed)
    string(JOIN " " command ${ARGN})
    message(FATAL_ERROR "${command} failed in ${WEB}:\n${said}")
  endif()
endfunction()

# npm writes node_modules/.package-lock.json last: newer than the lock means complete.
function(install_parts)
  set(done "${WEB}/node_modules/.package-lock.json")
  if(EXISTS "${done}" AND NOT "${WEB}/package-lock.json" IS_NEWER_THAN "${done}")
    return()
  endif()
  run("${NPM}" ci --ignore-scripts --no-audit --no-fund)
  file(TOUCH "${done}")
endfunction()

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
