"""Completion of the command line: the shell offers what the program's help says."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tuopin._completion import SCRIPTS


def completed(program: Path, *words: str) -> set[str]:
    """What bash offers for the last of the words."""
    line = " ".join(f"'{word}'" for word in ("tuopin", *words))
    script = f"""{SCRIPTS["bash"]}
tuopin() {{ '{program}' "$@"; }}
COMP_WORDS=({line}); COMP_CWORD={len(words)}
_tuopin; printf '%s\\n' "${{COMPREPLY[@]}}"
"""
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_commands_and_options_are_offered(program: Path) -> None:
    wanted = {"run", "check", "new-region", "export", "chart", "trace", "validate", "assumptions", "completion"}
    assert wanted <= completed(program, "")
    assert completed(program, "ex") == {"explain", "export"}
    assert completed(program, "run", "a.toml", "--dr") == {"--draws"}
    assert {"--place", "--observations"} <= completed(program, "chart", "--")
    assert completed(program, "run", "a.to") == set()  # files are the shell's own


@pytest.mark.parametrize("shell", sorted(SCRIPTS))
def test_the_command_prints_a_script_that_the_shell_reads(program: Path, shell: str) -> None:
    done = subprocess.run([program, "completion", shell], capture_output=True, text=True, check=True)
    assert done.stdout == SCRIPTS[shell]
    if shutil.which(shell):
        subprocess.run([shell, "-n"], input=done.stdout, text=True, check=True)


def test_another_shell_is_refused(program: Path) -> None:
    done = subprocess.run([program, "completion", "fish"], capture_output=True, text=True, check=False)
    assert done.returncode == 2 and "bash" in done.stderr


def test_another_shell_is_refused_in_chinese(program: Path) -> None:
    call = [program, "completion", "fish", "--lang", "zh"]
    done = subprocess.run(call, capture_output=True, text=True, check=False)
    assert done.returncode == 2 and "应为" in done.stderr and "choice" not in done.stderr
