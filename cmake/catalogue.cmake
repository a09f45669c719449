# Messages in Chinese: po/zh_CN.po, compiled by Babel, a Python package. Without it everything is built, and speaks
# English only. Everything that Python needs to find Babel: the Python of this build, of .venv, of the path.
set(TUOPIN_CATALOGUE "")
foreach(candidate "${Python_EXECUTABLE}" "${PYTHON_EXECUTABLE}" "${CMAKE_SOURCE_DIR}/.venv/bin/python" python3)
  if(candidate STREQUAL "" OR TUOPIN_BABEL_PYTHON)
    continue()
  endif()
  execute_process(COMMAND ${candidate} -c "import babel.messages.mofile" RESULT_VARIABLE failed OUTPUT_QUIET ERROR_QUIET)
  if(failed EQUAL 0)
    set(TUOPIN_BABEL_PYTHON ${candidate} CACHE STRING "a Python that has Babel, which compiles the messages in Chinese")
  endif()
endforeach()

set(catalogue_folder ${CMAKE_BINARY_DIR}/models/locale)  # beside the program
if(TUOPIN_BABEL_PYTHON)
  set(TUOPIN_CATALOGUE ${catalogue_folder}/zh_CN/LC_MESSAGES/tuopin.mo)
  add_custom_command(OUTPUT ${TUOPIN_CATALOGUE} VERBATIM
    DEPENDS ${CMAKE_SOURCE_DIR}/po/zh_CN.po ${CMAKE_SOURCE_DIR}/po/catalogue.py
    COMMAND ${TUOPIN_BABEL_PYTHON} ${CMAKE_SOURCE_DIR}/po/catalogue.py compile ${CMAKE_SOURCE_DIR}/po/zh_CN.po
            ${TUOPIN_CATALOGUE})
  add_custom_target(catalogue ALL DEPENDS ${TUOPIN_CATALOGUE})
  install(FILES ${TUOPIN_CATALOGUE} DESTINATION ${CMAKE_INSTALL_DATAROOTDIR}/locale/zh_CN/LC_MESSAGES COMPONENT program)
else()
  add_custom_target(catalogue)
  message(STATUS "No Babel here (pip install babel): messages will be in English only")
endif()
