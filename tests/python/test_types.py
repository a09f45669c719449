"""The types that the package states are whole: every example of the documents passes a strict check of types."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

PAGES = [ROOT / "README.md", ROOT / "README.zh.md", *sorted((ROOT / "docs").rglob("*.md"))]


def test_examples_pass_a_strict_check(tmp_path: Path) -> None:
    pytest.importorskip("mypy", reason="mypy is not installed: ./run setup --tests does it")
    examples = 0
    for number, page in enumerate(PAGES):
        blocks = re.findall(r"^```python\n(.*?)^```$", page.read_text(), flags=re.MULTILINE | re.DOTALL)
        if blocks:
            (tmp_path / f"page_{number}_{re.sub(r'[^a-z]', '_', page.stem.lower())}.py").write_text("\n".join(blocks))
            examples += len(blocks)
    assert examples > 5
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--follow-imports=silent", "--cache-dir", str(tmp_path / "cache"),
         "--python-executable", sys.executable, str(tmp_path)],
        capture_output=True, text=True, cwd=tmp_path, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout


def test_the_package_says_that_it_is_typed_and_has_every_name_it_lists() -> None:
    import tuopin

    assert (Path(tuopin.__file__).parent / "py.typed").exists()
    for name in tuopin.__all__:
        assert hasattr(tuopin, name), name
