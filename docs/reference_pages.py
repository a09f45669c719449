"""Prints the reference pages: everything in them is asked of the program and of files that it writes.

They go to build/docs; pages of docs/reference include them. So no copy can grow old.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import h5py

import tuopin

ROOT = Path(__file__).resolve().parents[1]
GENERATED = ROOT / "build/docs/generated"
SCHEMAS = ROOT / "build/docs/schemas"
HAMLET = [f"scenarios/hamlet/{name}.toml" for name in ("baseline", "plan")]
PLAN = "scenarios/xiangxi/plan-2016.toml"
EVERY_WORLD = ("scenario", "draw", "replicate", "year", "place")  # a page calls them Y
COMMANDS = (
    "run",
    "check",
    "explain",
    "schema",
    "new-region",
    "synthesize",
    "summary",
    "export",
    "chart",
    "trace",
    "validate",
    "assumptions",
    "hash",
    "completion",
)


def write() -> None:
    for folder in (GENERATED, SCHEMAS):
        folder.mkdir(parents=True, exist_ok=True)
    for kind in ("scenario", "programme", "region"):
        (SCHEMAS / f"{kind}.schema.json").write_text(said("schema", kind))
        # The page around it has a title of its own.
        (GENERATED / f"{kind}.md").write_text(said("schema", kind, "--markdown").split("\n", 1)[1])
    (GENERATED / "commands.md").write_text(commands())
    (GENERATED / "explain-hamlet-baseline.txt").write_text(said("explain", HAMLET[0], "--lang", "en"))
    for lang in ("en", "zh"):
        (GENERATED / f"explain-xiangxi-{lang}.txt").write_text(said("explain", PLAN, "--lang", lang))
    study, panel = GENERATED / "study.h5", GENERATED / "panel.h5"
    said("run", *HAMLET, "--draws", "2", "--leave-out-batches", "1", "--panel", str(panel), "--output", str(study),
         "--force", "--no-cache", "--quiet")  # fmt: skip
    (GENERATED / "figures.md").write_text(figures(study))
    (GENERATED / "columns.md").write_text(columns(panel))


def said(*arguments: str) -> str:
    """What the program prints, in English unless it is told otherwise."""
    environment = os.environ | {"LC_ALL": "C.UTF-8", "COLUMNS": "100"}
    done = subprocess.run(
        [tuopin.executable(), *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"tuopin {' '.join(arguments)}: exit code {done.returncode}\n{done.stderr}")
    return done.stdout


def commands() -> str:
    parts = [f"## tuopin\n\n```text\n{said('--help').rstrip()}\n```\n"]
    parts += [f"## tuopin {name}\n\n```text\n{said(name, '--help').rstrip()}\n```\n" for name in COMMANDS]
    return "\n".join(parts)


def table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    said = [at for at in range(len(head)) if any(row[at] for row in rows)]  # an empty column says nothing
    lines = [tuple(line[at] for at in said) for line in (head, ("---",) * len(head), *rows)]
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in lines)


def text(attributes: h5py.AttributeManager, name: str) -> str:
    value = attributes.get(name, "")
    return value.decode() if isinstance(value, bytes) else str(value)


def described(variable: h5py.Dataset) -> tuple[str, str, str]:
    """Unit and both meanings."""
    unit, english, chinese = (text(variable.attrs, key) for key in ("units", "long_name", "long_name_zh"))
    return unit, english, chinese


def figures(study: Path) -> str:
    """Every variable of a study by group, its dimensions left out."""
    parts = []
    with h5py.File(study) as file:
        for name in ["", *sorted(key for key, item in file.items() if isinstance(item, h5py.Group))]:
            group = file[name] if name else file
            rows = []
            for key, item in group.items():
                if isinstance(item, h5py.Dataset) and not item.is_scale:
                    names = [Path(scale[0].name).name for scale in item.dims if len(scale)]
                    dims = " × ".join(names).replace(" × ".join(EVERY_WORLD), "Y")
                    rows.append((f"`{key}`", dims, *described(item)))
            said_of = text(group.attrs, "long_name") if name else ""
            parts.append(f"## {f'{name}/' if name else 'The root'}\n\n{said_of}\n\n")
            parts.append(table(("variable", "dimensions", "unit", "meaning", "中文"), rows))
    return "\n".join(parts)


def columns(panel: Path) -> str:
    """Every column of the tables of a panel; those of a year once, for all scenarios and years."""
    with h5py.File(panel) as file:
        tables = {name: file[name] for name in ("persons", "households", "villages", "counties") if name in file}
        state: dict[str, h5py.Dataset] = {}
        for name, group in file.items():
            if isinstance(group, h5py.Group) and name not in tables and name.rsplit("_", 1)[-1].isdigit():
                for key, item in group.items():
                    state.setdefault(key, item)
        parts = []
        for name, found in {**tables, "SCENARIO_YEAR": state}.items():
            rows = [(f"`{key}`", *described(item), text(item.attrs, "flag_meanings")) for key, item in found.items()]
            parts.append(f"## {name}\n\n" + table(("column", "unit", "meaning", "中文", "values"), rows))
    return "\n".join(parts)
