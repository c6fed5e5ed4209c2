"""Runs an import command and returns what it said."""

import io
from dataclasses import dataclass
from pathlib import Path

from django.core.management import CommandError, call_command


@dataclass(frozen=True, slots=True)
class Said:
    """What a command printed, the sentence it failed with, and its exit status."""

    out: str
    error: str
    status: int

    @property
    def counts(self) -> str:
        """Return the last line's counts: added 1, changed 0, unchanged 0, refused 0."""
        line = self.out.strip().splitlines()[-1]
        return line[line.index("added ") : line.index(" (")]


def run(command: str, path: Path, *options: object) -> Said:
    """Return what `command` said of the file `path`."""
    out = io.StringIO()
    try:
        call_command(command, str(path), *map(str, options), stdout=out)
    except CommandError as error:
        return Said(out.getvalue(), str(error), error.returncode)
    return Said(out.getvalue(), "", 0)
