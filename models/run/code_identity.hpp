// Which code this is: a digest of the sources that it was built from, written by the build.
#pragma once

namespace tuopin {

const char* code_identity();

}  // namespace tuopin
