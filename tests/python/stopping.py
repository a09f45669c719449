"""A working folder with the hamlet: one long run, stopped when some of its tasks are done."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
USAGE, INTERRUPTED, OUTPUT = 2, 5, 6  # exit codes
Result = subprocess.CompletedProcess[str]


class Desk:
    """The hamlet, copied so that it may be changed, and one output."""

    def __init__(self, program: Path, folder: Path) -> None:
        self.program, self.folder, self.hamlet = program, folder, folder / "hamlet"
        self.output = folder / "out" / "it's a study.h5"
        self.environment = os.environ | {"XDG_CACHE_HOME": str(folder / "cache")}
        shutil.copytree(ROOT / "scenarios/hamlet", self.hamlet)

    @property
    def parts(self) -> Path:
        return Path(f"{self.output}.parts")

    def command(self, *more: object) -> list[str]:
        scenarios = [self.hamlet / "baseline.toml", self.hamlet / "plan.toml"]
        arguments = ["--quiet", "--draws", 30, "--replicates", 30, "--threads", 1, "--output", self.output, *more]
        return list(map(str, [self.program, "run", *scenarios, *arguments]))

    def run(self, *more: object, **options: object) -> Result:
        return subprocess.run(
            self.command(*more), capture_output=True, text=True, env=self.environment, timeout=120, **options
        )

    def stop(self, *more: object, by: int = signal.SIGINT) -> str:
        """Stops a run once some tasks are done; what it said."""
        command = [*self.command(*more), "--progress", "json"]
        with subprocess.Popen(
            command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, env=self.environment
        ) as process:
            assert process.stderr is not None
            for line in process.stderr:
                if line.startswith('{"phase":"simulation"') and json.loads(line)["done"] > 0:
                    break
            process.send_signal(by)
            start = time.monotonic()
            text = process.stderr.read()
            assert process.wait(timeout=60) == INTERRUPTED, text
            assert time.monotonic() - start < 10
        return text

    def record(self) -> dict[str, float]:
        return json.loads(Path(f"{self.output}.run.json").read_text())
