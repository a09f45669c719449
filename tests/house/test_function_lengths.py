"""Tests of the measurement of function lengths: what is a function, where it begins and where it ends."""

import house_files as house
import pytest
from function_lengths import cpp_functions

SOURCE = """#include <x>
#define OPEN { \\
  {
namespace a::b {
namespace {
const std::vector<Row> rows = {
    {"a", f({1, 2})},
};
int plain(int x = g(h(1))) {
  if (x) { return 1; }
  const char* s = "}}}"; char c = '}';
  return 2;  // }
}
}  // namespace
template <typename T = int>
  requires(sizeof(T) == 4)
T templated(T t) { return t; }
class C : public Base<D> {
 public:
  explicit C(int x) : a_(x), b_{x, 1}, c_{2} {
    g();
  }
  bool operator==(const C& o) const { return a_ == o.a_; }
  C& operator=(const C&) = delete;
  int method() const noexcept override {
    auto f = [&](int y) {
      return y;
    };
    return f(1);
  }
  enum class Kind { a, b };
  struct Inner { int x = 1; std::vector<int> v{1, 2}; };
 private:
  int a_ = 3;
  Luck luck_{1, 2};
};
extern "C" {
void c_function() {}
}
auto lambda = [](int x) {
  return x;
};
int main() try {
  return 0;
} catch (...) {
  return 1;
}
TEST(A, B) {
}
}  // namespace a::b
"""

EXPECTED = {
    "int plain(int x = g(h(1)))": 5,
    "template <typename T = int> requires(sizeof(T) == 4) T templated(T t)": 3,
    "explicit C(int x) : a_(x), b_{x, 1}, c_{2}": 3,
    "bool operator==(const C& o) const": 1,
    "int method() const noexcept override": 6,
    "void c_function()": 1,
    "auto lambda = [](int x)": 3,
    "int main() try { return 0; } catch (...)": 5,
    "TEST(A, B)": 2,
}


def test_functions_are_found_with_their_lengths(tmp_path):
    path = tmp_path / "planted.cpp"
    path.write_text(SOURCE, encoding="utf-8")
    found = list(cpp_functions(house.code_lines(path), "planted.cpp"))
    assert {f.head: f.lines for f in found} == EXPECTED
    line = dict(enumerate(SOURCE.split("\n"), 1))
    assert all(line[int(f.place.split(":")[1])].strip()[:4] == f.head[:4] for f in found)


@pytest.mark.parametrize("broken", ["void f() {", "namespace a {", "}"])
def test_braces_that_do_not_fit_are_told(broken):
    with pytest.raises(ValueError, match="close"):
        list(cpp_functions([broken], "broken.cpp"))
