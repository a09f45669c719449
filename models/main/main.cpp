// The program as it is shipped.
#include "models/main/program.hpp"

int main(int argc, char** argv) { return tuopin::run_program(argc, argv, tuopin::shipped_catalogue()); }
