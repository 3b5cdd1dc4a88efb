# stave_workbench(TARGET): builds web/workbench, the web application, and gives TARGET its files,
# gzipped one behind the other in workbench.bin and listed in workbench.inc.
#
# It is built again when a source of it changes. Several build folders may build at once: a lock
# guards web/node_modules. STAVE_WORKBENCH names a folder that holds the application as built, for
# who builds without npm.
set(STAVE_WORKBENCH "" CACHE PATH "The web application as built; empty: build it with npm")

function(stave_workbench target)
  set(web "${PROJECT_SOURCE_DIR}/web")
  set(out "${CMAKE_CURRENT_BINARY_DIR}/workbench")
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${web}/workbench/src/*" "${web}/workbench/public/*"
       "${web}/workbench/*.html" "${web}/figures/src/*" "${web}/vite.*.ts" "${web}/svelte.config.js" "${web}/tsconfig.json"
       "${PROJECT_SOURCE_DIR}/samples/scenarios/*.toml" "${PROJECT_SOURCE_DIR}/samples/inventories/*.toml")
  if(STAVE_WORKBENCH)
    file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${STAVE_WORKBENCH}/*")
  endif()
  add_custom_command(
    OUTPUT "${out}/workbench.inc" "${out}/workbench.bin"
    COMMAND "${CMAKE_COMMAND}" -DWEB=${web} -DOUT=${out} -DBUILT=${STAVE_WORKBENCH} -P
            "${PROJECT_SOURCE_DIR}/cmake/BuildWorkbench.cmake"
    DEPENDS ${sources} "${web}/package-lock.json" "${PROJECT_SOURCE_DIR}/cmake/BuildWorkbench.cmake"
            "${PROJECT_SOURCE_DIR}/cmake/WebParts.cmake"
    COMMENT "Building the web application (web/workbench)"
    VERBATIM)
  add_custom_target(${target}_workbench DEPENDS "${out}/workbench.inc")
  add_dependencies(${target} ${target}_workbench)
  # Alone, and again whenever the application changed: the compiler does not see .incbin.
  set_source_files_properties(
    "${CMAKE_CURRENT_SOURCE_DIR}/application_file.cpp"
    PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON
               OBJECT_DEPENDS "${out}/workbench.inc;${out}/workbench.bin"
               COMPILE_DEFINITIONS "STAVE_WORKBENCH_BIN=\"${out}/workbench.bin\"")
  target_include_directories(${target} PRIVATE "${out}")
endfunction()
