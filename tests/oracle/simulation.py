"""Runs of the program that the oracle is compared with."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path


class Simulation:
    """Runs the program on scenario files; the study and the panel lie in `folder`, populations are cached there."""

    def __init__(self, program: Path, folder: Path) -> None:
        self.program, self.folder = program, folder
        self.study, self.panel = folder / "study.h5", folder / "panel.h5"

    def run(self, paths: list[Path], *options: object) -> None:
        command = [self.program, "run", *paths, "--quiet", "--force", "--output", self.study, "--panel", self.panel]
        environment = os.environ | {"XDG_CACHE_HOME": str(self.folder)}
        subprocess.run([*command, *map(str, options)], check=True, env=environment, capture_output=True, timeout=120)
