"""A progress bar on a terminal, and silence elsewhere."""

from typing import TextIO

WIDTH = 28


class Progress:
    """Shows which of `steps` steps is under way, on one line of `stream`."""

    def __init__(self, stream: TextIO, steps: int) -> None:
        self.stream, self.steps, self.done = stream, steps, 0
        self.is_shown = stream.isatty()

    def __call__(self, step: str) -> None:
        """Say that `step` begins."""
        self._draw(step)
        self.done += 1

    def finish(self) -> None:
        """Fill the bar and end its line."""
        self._draw("done")
        if self.is_shown:
            self.stream.write("\n")

    def _draw(self, what: str) -> None:
        if self.is_shown:
            filled = WIDTH * min(self.done, self.steps) // self.steps
            bar = "#" * filled + "-" * (WIDTH - filled)
            self.stream.write(f"\r[{bar}] {what:<30}")
            self.stream.flush()
