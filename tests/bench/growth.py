"""Ten times the rows: what happens to the time and memory of imports."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.bench import grown
from tests.bench.engines import Engine
from tests.bench.imports import child, manage
from tests.bench.table import Growth, head

TIMES = 10
ROUNDS = {1: 5, TIMES: 2}
TIME_AT_MOST, MEMORY_AT_MOST = 11.0, 1.3
SCHOOLS = 3_400
HEAD = head("imports of ten times the rows")

Files = Mapping[tuple[str, int], Path]


def made(folder: Path) -> Files:
    """Return files of both sizes: a register, and six years of two measures."""
    return {
        (kind, times): write(folder / f"{kind}{times}.csv", times * SCHOOLS)
        for kind, write in (("schools", grown.register), ("results", grown.results))
        for times in (1, TIMES)
    }


def measure(engine: Engine, folder: Path) -> Iterator[Growth]:
    """Measure imports of files of both sizes, into nothing and again unchanged."""
    files = made(folder)
    empty = engine.new()
    manage(empty, "migrate", "-v0")
    known = engine.copy(empty)
    child(known, "schools", files["schools", TIMES], "-")
    for kind, template in (("schools", empty), ("results", known)):
        for is_again in (False, True):
            costs = [
                cost(engine, template, files, (kind, times), is_again=is_again)
                for times in (1, TIMES)
            ]
            what = f"import of {kind}, {'again' if is_again else 'new'}"
            (one, one_mb), (ten, ten_mb) = costs
            yield Growth(f"{what}: time", engine.name, one, ten, TIME_AT_MOST, "s")
            yield Growth(
                f"{what}: memory", engine.name, one_mb, ten_mb, MEMORY_AT_MOST, "MB"
            )


def cost(
    engine: Engine,
    template: str,
    files: Files,
    which: tuple[str, int],
    *,
    is_again: bool,
) -> tuple[float, float]:
    """Return the least seconds, and the most megabytes, of some runs."""
    runs = []
    kind, times = which
    for _ in range(ROUNDS[times]):
        target = engine.copy(template)
        if is_again:
            child(target, kind, files[which], "-")
        runs.append(child(target, kind, files[which], "-"))
        engine.drop(target)
    return min(run["seconds"] for run in runs), max(run["peak_mb"] for run in runs)
