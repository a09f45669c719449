# Writes ${OUT}: a digest of all sources of engine/ and models/ (the command line apart), as a C++ function. What depends
# on every line of the model, a saved trajectory for one, is valid for the code that made it.
file(GLOB_RECURSE sources RELATIVE ${ROOT} ${ROOT}/engine/*.?pp ${ROOT}/models/*.?pp)
list(FILTER sources EXCLUDE REGEX "^models/main/")
list(SORT sources)
set(code "")
foreach(source ${sources})
  file(SHA256 ${ROOT}/${source} digest)
  string(APPEND code "${source} ${digest}\n")
endforeach()
string(SHA256 code "${code}")
file(WRITE ${OUT} "#include \"models/run/code_identity.hpp\"\n\nnamespace tuopin {\nconst char* code_identity() { return \"${code}\"; }\n}  // namespace tuopin\n")
