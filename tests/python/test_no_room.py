"""Runs on a full disk: finished tasks are kept, and after resuming the study is the same to the byte."""

from __future__ import annotations

import os
import resource
import subprocess
from pathlib import Path

import pytest
from killing import tasks_in
from stopping import OUTPUT, Desk


@pytest.fixture
def desk(program: Path, tmp_path: Path) -> Desk:
    return Desk(program, tmp_path)


def limited(size: int) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


@pytest.mark.parametrize("size", [400_000, 3_000_000])
def test_files_that_may_not_grow(desk: Desk, whole: bytes, size: int) -> None:
    full = desk.run("--no-cache", preexec_fn=lambda: limited(size))
    assert full.returncode == OUTPUT, full
    done = len(tasks_in(desk.parts))
    assert done > 0
    for words in (str(desk.parts), "File too large", f"{done} of 900 tasks are finished and kept", "--resume"):
        assert words in full.stderr, full.stderr
    assert not desk.output.exists()
    assert desk.run("--resume", "--no-cache").returncode == 0
    assert (desk.record()["tasks_resumed"], desk.output.read_bytes()) == (done, whole)


@pytest.mark.skipif(os.geteuid() != 0, reason="mounts a small disk, which only root may")
def test_a_full_disk(desk: Desk, whole: bytes) -> None:
    """Twice: while tasks are kept, and when all are and the study itself finds no room."""
    disk = desk.output.parent
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)]
    if subprocess.run(mount, check=False, capture_output=True).returncode != 0:
        pytest.skip("no right to mount")
    try:
        full = desk.run("--no-cache")
        assert full.returncode == OUTPUT, full
        assert "No space left" in full.stderr and "free some space" in full.stderr and "--resume" in full.stderr
        done = len(tasks_in(desk.parts))
        assert done > 0 and not desk.output.exists()
        again = desk.run("--no-cache", "--resume")
        assert again.returncode == OUTPUT and len(tasks_in(desk.parts)) >= done
        for room in range(2, 200):  # step by step, so that the study finds too little as well
            subprocess.run(["mount", "-o", f"remount,size={room}m", str(disk)], check=True)
            done = len(tasks_in(desk.parts))
            again = desk.run("--no-cache", "--resume")
            if again.returncode == 0:
                break
            assert again.returncode == OUTPUT and not desk.output.exists()
            assert f"{len(tasks_in(desk.parts))} of 900" in again.stderr
        assert desk.record()["tasks_resumed"] == done
        assert desk.output.read_bytes() == whole
    finally:
        subprocess.run(["umount", str(disk)], check=True)
