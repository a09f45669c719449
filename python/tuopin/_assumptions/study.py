"""The study whose assumptions are looked at, and the scenario files from which it was made."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from tuopin import results
from tuopin._findings import Study
from tuopin._language import Language, say
from tuopin.engine import Engine
from tuopin.errors import DataError, UsageError

_TEXTS = ("scenario_text:", "programme_text:", "region_text")


class Made:
    """What a study says of how it was made."""

    def __init__(self, path: Path, lang: Language) -> None:
        results.check_study(path, lang)
        self.path = path
        self.study = Study(*results.open_with_groups(path, []))
        self.attributes: dict[str, Any] = dict(self.study.root.attrs)
        self.names = self.study.names("scenario")
        if not self.names or "hash_input" not in self.attributes:
            raise DataError(say("{path}: does not say from what it was made", path=path))
        self.titles = [self.study.findings(lang).scenario_title(s) for s in range(len(self.names))]

    @property
    def seed(self) -> int:
        return int(self.attributes.get("seed", 1)) % 2**64  # an attribute is signed

    @property
    def draws(self) -> int:
        return int(self.attributes.get("draws", 1))

    def status_counts(self) -> dict[str, int]:
        return {name: int(self.attributes.get(f"inputs_{name}", 0)) for name in ("published", "derived", "assumption")}

    def engine(self, files: Sequence[Path], sample: float, threads: int) -> Engine:
        engine = Engine(*files, sample=sample, seed=self.seed, threads=threads)
        last = self.study.years[-1]  # a run may go on beyond the region's own last year
        if engine.years[1] == last:
            return engine
        return Engine(*files, sample=sample, seed=self.seed, threads=threads, last_year=last)

    def check(self, engine: Engine) -> None:
        """Refuses files that have changed since the study was made, and says where."""
        figures = str(self.attributes.get("figures", ""))
        left_out = self.study.size("left_out_draw")
        now = engine._alive().inputs(
            self.names, self.draws, int(self.attributes.get("replicates", 1)), left_out,
            [name for name in figures.split(",") if name], float(self.attributes.get("sample", 1.0)),
            str(self.attributes.get("preview", "")),
        )  # fmt: skip
        if now["hash_input"] == self.attributes["hash_input"]:
            return
        changed = _differences(self.attributes, now)
        if not changed and now["hash_population"] != self.attributes.get("hash_population"):
            changed = [say("the margins or places of the region, or how this version makes people of them")]
        if not changed:
            changed = [say("a table of the region: lines, crops, targets or observations")]
        raise DataError(
            say("{path}: its files have changed since it was made: {changed}; run it anew, or name the files as they "
                "were with --scenario", path=self.path, changed=say("; ").join(changed))
        )  # fmt: skip


def _differences(then: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """Texts of scenarios, programmes and the region that differ, each with the keys that do."""
    found = []
    for name in sorted({str(key) for key in (*then, *now) if str(key).startswith(_TEXTS)}):
        before, after = _lines(then.get(name, "")), _lines(now.get(name, ""))
        if before == after:
            continue
        keys = sorted(key for key in before.keys() | after.keys() if before.get(key) != after.get(key))
        called = name.partition(":")[2] or say("region")
        if not before or not after:
            found.append(say("{name} is in one of them only", name=called))
        else:
            found.append(f"{called}: " + say(", ").join(keys[:3]) + (" …" if len(keys) > 3 else ""))
    return found


def _lines(text: Any) -> dict[str, str]:
    return dict(line.split(" = ", 1) for line in str(text).splitlines() if " = " in line)


def files_of(made: Made, given: Iterable[Path]) -> list[Path]:
    """The scenario files: those given, those of the run record, or those of these names below scenarios/."""
    named = list(given)
    if named:
        return _ordered(made, named)
    places = [*_recorded(made.path), *_searched(made.names)]
    for files in places:
        if [file.stem for file in files] == made.names and all(file.is_file() for file in files):
            return files
    recorded = _recorded(made.path)
    looked = say("the run record names none")
    if recorded:
        looked = say("{files} of the run record are not there", files=say(", ").join(map(str, recorded[0])))
    raise DataError(
        say("{path}: the scenario files {names} were not found ({looked}; below scenarios/ there is no folder with all "
            "of them): name them with --scenario", path=made.path, names=say(", ").join(made.names), looked=looked)
    )  # fmt: skip


def _ordered(made: Made, files: list[Path]) -> list[Path]:
    by_name = {file.stem: file for file in files}
    wrong = [name for name in by_name if name not in made.names]
    missing = [name for name in made.names if name not in by_name]
    if wrong or missing:
        raise UsageError(
            say("--scenario names {given}, and the study is of {names}", given=say(", ").join(by_name),
                names=say(", ").join(made.names))
        )  # fmt: skip
    return [by_name[name] for name in made.names]


def _recorded(study: Path) -> list[list[Path]]:
    try:
        record = json.loads(Path(f"{study}.run.json").read_text(encoding="utf-8"))
        files = [Path(file) for file in record["scenarios"]]
    except (OSError, ValueError, KeyError, TypeError):  # a study may stand alone
        return []
    return [files] if files else []


def _searched(names: Sequence[str]) -> list[list[Path]]:
    folders = sorted(path for path in Path("scenarios").glob("*") if path.is_dir())
    return [[folder / f"{name}.toml" for name in names] for folder in folders]
