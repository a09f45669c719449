"""Runs of the program that the oracle is compared with."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path


def mix64(x: int) -> int:
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        x = (x ^ x >> shift) * factor % 2**64
    return x ^ x >> 31


def seal(path: Path) -> None:
    """Renews the checksum behind a population file that a test has changed (engine/files/seal.hpp)."""
    mark, bytes_ = b"tuopin:1", path.read_bytes()
    if bytes_[-16:-8] == mark:
        bytes_ = bytes_[:-16]
    whole = len(bytes_) // 32 * 32
    chain = [1, 2, 3, 4]
    for i, word in enumerate(memoryview(bytes_[:whole]).cast("Q")):
        mixed = (chain[i % 4] ^ word) * 0x9E3779B97F4A7C15 % 2**64
        chain[i % 4] = mixed ^ mixed >> 29
    result = mix64(len(bytes_))
    for byte in bytes_[whole:]:
        result = mix64(result ^ byte)
    for lane in chain:
        result = (mix64(result ^ lane) + 1) % 2**64
    path.write_bytes(bytes_ + mark + result.to_bytes(8, "little"))


class Simulation:
    """Runs the program on scenario files; the study and the panel lie in `folder`, populations are cached there."""

    def __init__(self, program: Path, folder: Path) -> None:
        self.program, self.folder = program, folder
        self.study, self.panel = folder / "study.h5", folder / "panel.h5"

    def run(self, paths: list[Path], *options: object) -> None:
        command = [self.program, "run", *paths, "--quiet", "--force", "--output", self.study, "--panel", self.panel]
        if "--draws" not in options:
            command += ["--draws", "1"]  # the central values
        environment = os.environ | {"XDG_CACHE_HOME": str(self.folder)}
        subprocess.run([*command, *map(str, options)], check=True, env=environment, capture_output=True, timeout=120)
