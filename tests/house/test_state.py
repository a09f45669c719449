"""No mutable globals: state is passed by reference, so several simulations can run in one process."""

import re

import house_files as house

CONSTANT = r"const\b|constexpr\b|constinit\s+const\b|assert|cast"
# The one thing a signal handler may touch: a lock-free flag that says "stop".
STOP_FLAG = r"\bStopFlag\b|sig_atomic_t|atomic<(bool|int)>|atomic_flag|atomic_bool"
NOT_A_VARIABLE = (
    r"using|typedef|namespace|class|struct|enum|union|template|friend|extern|return|public|private|protected|case|"
    r"default|concept|requires|if|else|for|while|switch|do|PYBIND11\w*|BENCHMARK\w*|TEST\w*"
)
TYPE_AND_NAME = rf"(?!{CONSTANT})[A-Za-z_][\w:]*(?:<[^()]*>)?[\s*&]+[A-Za-z_]\w*(?:\[[^\]]*\])?\s*(?:=[^=]|\{{|;)"
AT_NAMESPACE_SCOPE = rf"^(?!(?:{NOT_A_VARIABLE})\b)(?:(?:static|inline|thread_local|volatile)\s+)*{TYPE_AND_NAME}"
STATIC = rf"^\s+(?:static|thread_local)\s+(?:(?:static|thread_local|inline)\s+)*{TYPE_AND_NAME}"


def test_no_variable_at_namespace_scope():
    """Namespace scope is not indented here, so a variable there begins in the first column."""
    found = house.matches(house.cpp("engine", "models"), AT_NAMESPACE_SCOPE, unless=STOP_FLAG)
    found = [line for line in found if "const " not in line.split(":", 2)[2].split("=")[0]]
    assert not found, house.report("variables at namespace scope must be const or constexpr:", found)


def test_no_static_variable():
    """A function-local static lives on between calls; static const tables are fine."""
    found = house.matches(house.cpp("engine", "models"), STATIC, unless=STOP_FLAG)
    assert not found, house.report("static variables must be const:", found)


def test_no_extern_variable_and_no_exit():
    found = house.matches(house.cpp("engine", "models"), r"\bg_\w+|^\s*extern\s+(?!\"|template)")
    library = [path for path in house.cpp("engine", "models") if "models/main/" not in house.name(path)]
    found += house.matches(
        library, r"\bstd::(exit|abort|quick_exit|terminate)\s*\(|(?<![\w.:>])(exit|abort|_exit)\s*\("
    )
    assert not found, house.report("no globals of other files; exceptions, never exit:", found)


def test_the_patterns_see_what_they_should():
    for line in (
        "int counter = 0;",
        "static std::vector<double> cache;",
        "inline Settings settings{};",
        "World* world;",
    ):
        assert re.search(AT_NAMESPACE_SCOPE, line), line
    for line in ("constexpr double huge = 1e300;", "const int years = 5;", "int f(double x) {", "namespace tuopin {",
                 "inline constexpr int n = 3;", "using Row = int;", "struct Row {", "return x;"):  # fmt: skip
        assert not re.search(AT_NAMESPACE_SCOPE, line), line
    assert re.search(STATIC, "  static int calls = 0;") and not re.search(STATIC, "  static const int table[] = {1};")
    assert not re.search(STATIC, "  static Rule parse(std::string_view text);")
