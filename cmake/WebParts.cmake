# For scripts that build something of WEB, the web folder, with npm.
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
