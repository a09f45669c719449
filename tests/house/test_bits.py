"""Constructs that are forbidden in engine/ and models/, so that results are equal bit for bit on every machine."""

import re

import house_files as house

TRANSCENDENTAL = (
    "expm1|exp2|exp|log1p|log10|log2|log|pow|sinh|cosh|tanh|asin|acos|atan2|atan|sin|cos|tan|erfc|erf|tgamma|lgamma|"
    "cbrt|hypot"
)
BARE = rf"(?<![\w.>:])({TRANSCENDENTAL})[fl]?\s*\("
SPELLED = rf"\bstd::({TRANSCENDENTAL})[fl]?\b|\bstd::fma\b|__builtin_({TRANSCENDENTAL}|fma)"
OF_EIGEN = rf"\.({TRANSCENDENTAL})\(\s*\)"
CALL = f"{BARE}|{SPELLED}|{OF_EIGEN}"


def test_luck_is_looked_up():
    paths = house.cpp("engine", "models")
    found = house.matches(paths, r"#\s*include\s*<random>|\bmt19937|\brandom_device\b|\bs?rand\s*\(|\bdrand48\b")
    assert not found, house.report("luck comes from engine/base/luck.hpp only:", found)


def test_no_transcendentals_of_the_system():
    """libm's bits differ between processors on one binary (FMA). sqrt, fabs, floor, isnan are exact."""
    found = house.matches(house.cpp("engine", "models"), CALL)
    assert not found, house.report("use fixed_exp, fixed_log … of engine/base/numbers.hpp:", found)


def test_the_pattern_sees_what_it_should():
    for line in ("y = std::exp(x);", "return pow(x, 2);", "a.array().log()", "std::fma(a, b, c)", "y = expf(x);"):
        assert re.search(CALL, line), line
    for line in ("fixed_exp(x)", "std::sqrt(x)", "log_true[i]", "recorder.log(text)", "std::floor(x)", "exposure(x)"):
        assert not re.search(CALL, line), line


def test_sums_have_an_order():
    """A floating-point reduction depends on the number of threads. An integer one may say so: `// integer`."""
    found = house.matches(house.cpp("engine", "models"), r"\breduction\s*\(", unless=r"//.*integer")
    found += house.matches(house.cpp("engine", "models"), r"\bstd::(reduce|transform_reduce|execution)\b")
    assert not found, house.report("totals are integer sums or sums in a fixed order:", found)


def test_no_clock_in_a_result():
    paths = [p for p in house.cpp("engine", "models") if not re.search(r"progress|run/|/main/", house.name(p))]
    found = house.matches(paths, r"\bstd::time\b|\bsystem_clock\b|\bgettimeofday\b")
    assert not found, house.report("a result depends on no clock; progress and FILE.run.json may:", found)


def test_flags_keep_the_bits():
    texts = {
        house.name(p): p.read_text()
        for p in house.files(
            "CMakeLists.txt",
            "CMakePresets.json",
            "cmake",
            "engine",
            "models",
            "python",
            suffixes=(".txt", ".cmake", ".json"),
        )
    }
    flags = "\n".join(line for text in texts.values() for line in text.split("\n") if not line.lstrip().startswith("#"))
    assert "-ffp-contract=off" in flags
    assert "EIGEN_DONT_VECTORIZE" in flags
    assert not re.search(r"-ffast-math|-Ofast|-funsafe-math|-fassociative-math", flags)
