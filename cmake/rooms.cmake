# With -DCMAKE_UNITY_BUILD=ON each room is compiled as one unit: half the time for a build from nothing, longer for one
# changed file. So names local to a file are unique within its room. Flags and results stay what they are.
function(tuopin_rooms target)
  get_target_property(sources ${target} SOURCES)
  foreach(source ${sources})
    get_filename_component(folder "${CMAKE_CURRENT_SOURCE_DIR}/${source}" DIRECTORY)
    get_filename_component(room "${folder}" NAME)
    set_source_files_properties(${source} PROPERTIES UNITY_GROUP ${room})
  endforeach()
  set_target_properties(${target} PROPERTIES UNITY_BUILD_MODE GROUP)
endfunction()
