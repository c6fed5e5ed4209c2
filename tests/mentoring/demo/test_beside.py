"""What runs beside the demonstration's server is begun again where it dies."""

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from mentoring.demo.beside import kept_running

PROGRAM = (
    "import os, sys, time; "
    "print(os.getpid(), file=open(sys.argv[1], 'a'), flush=True); time.sleep(60)"
)
LONG = 20


def begun(file: Path, count: int) -> list[int]:
    """Return the numbers of the processes, once there were so many."""
    until = time.monotonic() + LONG
    while time.monotonic() < until:
        lines = file.read_text().splitlines() if file.exists() else []
        if len(lines) >= count:
            return [int(line) for line in lines]
        time.sleep(0.02)
    raise AssertionError(f"{count} processes were not begun within {LONG} s.")


def test_one_that_dies_is_begun_again_and_none_is_left(tmp_path: Path) -> None:
    file, told = tmp_path / "begun", list[str]()
    command = [sys.executable, "-c", PROGRAM, str(file)]
    with kept_running(command, told.append, pause=0.05):
        (first,) = begun(file, 1)
        os.kill(first, signal.SIGKILL)
        first, second = begun(file, 2)
        assert second != first
        assert told == ["The worker ended with -9; it is begun again."]
    with pytest.raises(ProcessLookupError):
        os.kill(second, 0)
    assert len(begun(file, 2)) == 2


def test_the_block_ends_while_it_waits_to_begin_again(tmp_path: Path) -> None:
    file, told = tmp_path / "begun", list[str]()
    command = [sys.executable, "-c", PROGRAM, str(file)]
    with kept_running(command, told.append, pause=LONG):
        os.kill(begun(file, 1)[0], signal.SIGKILL)
        until = time.monotonic() + LONG
        while not told and time.monotonic() < until:
            time.sleep(0.02)
    assert len(begun(file, 1)) == 1
