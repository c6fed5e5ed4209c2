"""A program kept running beside the demonstration's server."""

import subprocess
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from mentoring.serving import PAUSE


@contextmanager
def kept_running(
    command: Sequence[str], tell: Callable[[str], object], pause: float = PAUSE
) -> Iterator[None]:
    """Run `command` until the block ends; where it ends by itself, begin it again.

    `pause` is how many seconds later, so that one that cannot run does not spin.
    """
    over = threading.Event()
    running = [_begin(command)]

    def watch() -> None:
        while True:
            code = running[0].wait()
            if over.is_set():
                return
            tell(f"The worker ended with {code}; it is begun again.")
            if over.wait(pause):
                return
            running[0] = _begin(command)
            if over.is_set():  # the block ended while it began
                running[0].terminate()

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        over.set()
        running[0].terminate()
        watcher.join()


def _begin(command: Sequence[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command)  # noqa: S603 -- ourselves
