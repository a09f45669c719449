# One set of flags for everything: the same bits from every compiler and instruction set.
# -ffp-contract=off: no fused multiply-add, whose bits differ; the two -fno-* flags change no IEEE result and let the
# compiler vectorise. Never -ffast-math. Eigen unvectorised: its packet sums differ between instruction sets.
add_library(tuopin_flags INTERFACE)
target_compile_options(tuopin_flags INTERFACE
  -ffp-contract=off -fno-math-errno -fno-trapping-math
  -Wall -Wextra -Wconversion -Wshadow)
if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64" AND TUOPIN_ARCH)
  target_compile_options(tuopin_flags INTERFACE -march=${TUOPIN_ARCH})
endif()
target_compile_definitions(tuopin_flags INTERFACE EIGEN_DONT_VECTORIZE EIGEN_DONT_PARALLELIZE)
target_include_directories(tuopin_flags INTERFACE ${CMAKE_SOURCE_DIR})
# gcc 12 sees overlapping copies inside std::string and truncation inside fast-cpp-csv-parser where there are none.
target_compile_options(tuopin_flags INTERFACE
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict> $<$<CXX_COMPILER_ID:GNU>:-Wno-stringop-truncation>)
option(TUOPIN_WERROR "treat warnings as errors" OFF)
if(TUOPIN_WERROR)
  target_compile_options(tuopin_flags INTERFACE -Werror)
endif()
set(TUOPIN_SANITIZE "" CACHE STRING "sanitizers, as for -fsanitize=")
option(TUOPIN_FUZZ "build the fuzz targets (clang)" OFF)
if(TUOPIN_FUZZ)
  # Counts what was reached; without libFuzzer the counters cost little, so tests and fuzzers share their objects.
  target_compile_options(tuopin_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()
if(TUOPIN_SANITIZE)
  # What is undefined ends the test. Frame pointers, so that reports name their callers.
  target_compile_options(tuopin_flags INTERFACE
    -fsanitize=${TUOPIN_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(tuopin_flags INTERFACE -fsanitize=${TUOPIN_SANITIZE})
  # Instrumented loops are not vectorised; clang need not say so for each.
  target_compile_options(tuopin_flags INTERFACE $<$<CXX_COMPILER_ID:Clang>:-Wno-pass-failed>)
endif()
