// Identity of the code: a digest of the sources, written by the build.
#pragma once

namespace tuopin {

const char* code_identity();

}  // namespace tuopin
