# stave_report_page(TARGET): builds web/figures into one page and gives TARGET its text as page.inc.
#
# The page is made again when a source under web/figures/src changes. Several build folders may
# build at once: a lock guards web/node_modules.
function(stave_report_page target)
  set(web "${PROJECT_SOURCE_DIR}/web")
  set(out "${CMAKE_CURRENT_BINARY_DIR}/page")
  file(GLOB sources CONFIGURE_DEPENDS "${web}/figures/src/*")
  add_custom_command(
    OUTPUT "${out}/page.inc"
    COMMAND "${CMAKE_COMMAND}" -DWEB=${web} -DOUT=${out} -P
            "${PROJECT_SOURCE_DIR}/cmake/BuildPage.cmake"
    DEPENDS ${sources} "${web}/package-lock.json" "${web}/vite.config.ts"
            "${PROJECT_SOURCE_DIR}/cmake/BuildPage.cmake"
            "${PROJECT_SOURCE_DIR}/cmake/WebParts.cmake"
    COMMENT "Building the report page (web/figures)"
    VERBATIM)
  add_custom_target(${target}_page DEPENDS "${out}/page.inc")
  add_dependencies(${target} ${target}_page)
  target_include_directories(${target} PRIVATE "${out}")
endfunction()
