"""No mutable globals: a world is passed by reference, so two may live in one process."""

import house_files as house

CONSTANT = r"const\b|constexpr\b|constinit\s+const\b|assert|cast"
# The one thing a signal handler may touch: a lock-free flag that says "stop".
STOP_FLAG = r"sig_atomic_t|atomic<(bool|int)>|atomic_flag|atomic_bool"
NOT_A_VARIABLE = (
    r"using|typedef|namespace|class|struct|enum|union|template|friend|extern|return|public|private|protected|case|"
    r"default|concept|requires|if|else|for|while|switch|do|PYBIND11\w*|BENCHMARK\w*|TEST\w*"
)


def test_no_variable_at_namespace_scope():
    """Namespace scope is not indented here, so a variable there begins in the first column."""
    declaration = rf"^(?!(?:{NOT_A_VARIABLE})\b)(?:(?:static|inline|thread_local|volatile)\s+)*(?!{CONSTANT})[A-Za-z_][\w:]*(?:<[^()]*>)?[\s*&]+[A-Za-z_]\w*(?:\[[^\]]*\])?\s*(?:=[^=]|\{{|;)"
    found = house.matches(house.cpp("engine", "models"), declaration, unless=STOP_FLAG)
    found = [line for line in found if "const " not in line.split(":", 2)[2].split("=")[0]]
    assert not found, house.report("variables at namespace scope must be const or constexpr:", found)


def test_no_static_variable():
    """A function-local static lives on between calls; static const tables are fine."""
    declaration = rf"^\s+(?:static|thread_local)\s+(?:(?:static|thread_local|inline)\s+)*(?!{CONSTANT})[A-Za-z_][\w:]*(?:<[^()]*>)?[\s*&]+[A-Za-z_]\w*\s*(?:=|\{{|;)"
    found = house.matches(house.cpp("engine", "models"), declaration, unless=STOP_FLAG)
    assert not found, house.report("static variables must be const:", found)


def test_no_extern_variable_and_no_exit():
    found = house.matches(house.cpp("engine", "models"), r"\bg_\w+|^\s*extern\s+(?!\"|template)")
    library = [path for path in house.cpp("engine", "models") if "models/main/" not in house.name(path)]
    found += house.matches(library, r"\bstd::(exit|abort|quick_exit|terminate)\s*\(|(?<![\w.:>])(exit|abort|_exit)\s*\(")
    assert not found, house.report("no globals of other files; exceptions, never exit:", found)
