// A program of its own: all commands of tuopin, and what the grown catalogue adds.
#include "models/main/program.hpp"
#include "tests/growth/grown_catalogue.hpp"

int main(int argc, char** argv) { return tuopin::run_program(argc, argv, tuopin::growth::add_everything); }
