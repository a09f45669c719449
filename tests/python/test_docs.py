"""The site of docs/ builds without a warning, and nothing in it comes from elsewhere."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PARTS = r'<(?:link|script|img|iframe|source|video|audio|embed|object)\b[^>]*(?:src|href|data)="([^"]+)"'


@pytest.fixture(scope="module")
def site(program: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    for package in ("sphinx", "myst_parser", "furo"):
        pytest.importorskip(package, reason=f"{package} is not installed: ./run docs or ./run setup --tests does it")
    site = tmp_path_factory.mktemp("site")
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", "-b", "html", "-E", "-q", "-W", "--keep-going", "-d", str(site / "trees"),
         str(ROOT / "docs"), str(site / "html")],
        capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return site / "html"


def test_every_page_is_there(site: Path) -> None:
    for page in (ROOT / "docs").rglob("*.md"):
        assert (site / page.relative_to(ROOT / "docs")).with_suffix(".html").exists(), page


def test_nothing_comes_from_elsewhere(site: Path) -> None:
    foreign = []
    for page in site.rglob("*.html"):
        foreign += [f"{page.name}: {link}" for link in re.findall(PARTS, page.read_text()) if "//" in link]
    for sheet in site.rglob("*.css"):
        foreign += [f"{sheet.name}: {link}" for link in re.findall(r"(?:url\(|@import )\s*['\"]?(//|https?:[^)'\"]+)",
                                                                   sheet.read_text())]  # fmt: skip
    assert not foreign


def test_reference_pages_hold_what_the_program_says(site: Path) -> None:
    said = {
        "reference/scenario.html": "permanent_share", "reference/programme.html": "noise_sd",
        "reference/region.html": "true_poverty_rate", "reference/commands.html": "--leave-out-batches",
        "reference/figures.html": "漏评率", "reference/columns.html": "measured_income",
        "reference/explain.html": "动态管理", "reference/python.html": "order_statistics",
        "methods.html": "register.review",
    }  # fmt: skip
    for page, word in said.items():
        assert word in (site / page).read_text(), f"{page} does not say {word}"


def test_formulas_are_drawn(site: Path) -> None:
    methods = (site / "methods.html").read_text()
    assert methods.count("<math") > 10 and "$$" not in methods
