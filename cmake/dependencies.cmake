# Everything comes from the system's packages; nothing is downloaded by the build.
find_package(Threads REQUIRED)
find_package(OpenMP REQUIRED COMPONENTS CXX)
find_package(HDF5 REQUIRED COMPONENTS C HL)
if(HDF5_IS_PARALLEL)
  message(FATAL_ERROR "The serial HDF5 is needed (Debian: libhdf5-dev without libhdf5-openmpi-dev first).")
endif()
find_package(Eigen3 3.4 REQUIRED NO_MODULE)
find_package(fmt REQUIRED)
find_package(tomlplusplus REQUIRED)
find_path(FCCP_INCLUDE_DIR NAMES libfccp/csv.h REQUIRED)  # fast-cpp-csv-parser
