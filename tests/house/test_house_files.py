"""Tests of the tools of the house tests: comments and strings are removed, line numbers are kept."""

import house_files as house

SOURCE = """#include "engine/base/luck.hpp"
// std::exp in a comment
const char* text = "std::exp(1) // no comment";  /* two
lines */ int x = 1'000;
auto raw = R"(std::log
(2))"; char quote = '"'; int y = 2;
"""


def test_comments_and_strings_are_blanked(tmp_path):
    path = tmp_path / "planted.cpp"
    path.write_text(SOURCE, encoding="utf-8")
    lines = house.code_lines(path)
    assert len(lines) == len(SOURCE.split("\n"))
    assert lines[0] == '#include "engine/base/luck.hpp"'
    assert "std::" not in "\n".join(lines)
    assert "int x = 1'000;" in lines[3]
    assert lines[5].endswith("int y = 2;")
