"""Ten times the schools: what happens to every page, as ratios in one run."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from statistics import quantiles

from tests.bench.engines import Engine
from tests.bench.imports import manage
from tests.bench.pages import Visitor, server
from tests.bench.table import Growth, head

TIMES = 10
WARM_UPS, VISITS = 5, 100
PAGE_AT_MOST, LIST_AT_MOST = 1.5, 1.2
MOST_QUERIES = 15
LISTS = (
    *("/schools/", "/trusts/", "/successions/", "/imports/", "/eligibility/"),
    *("/impact/schools/", "/eligibility/exceptions/", "/memberships/"),
)
HEAD = head("pages at 34,000 schools beside 3,400")


def prepared(engine: Engine, times: int) -> tuple[str, dict[str, int], str]:
    """Return a database with the programme, its pages with their queries, a session."""
    url = engine.new()
    environment = {**os.environ, "DATABASE_URL": url}
    manage(url, "migrate", "-v0")
    manage(url, "collectstatic", "--no-input", "-v0")
    for words in (["tests.bench.world", str(times)], ["tests.bench.visit", "all"]):
        done = subprocess.run(
            [sys.executable, "-m", *words],
            env=environment,
            check=True,
            capture_output=True,
            text=True,
        )
    known = json.loads(done.stdout)
    return url, known["queries"], known["cookie"]


def is_list(address: str) -> bool:
    """Return whether the page is one whose rows stand for schools, in pages of 50.

    Searches look through every school's words, and the trial of a threshold (`share`)
    counts every score: they are pages.
    """
    path, _, query = address.partition("?")
    return path in LISTS and "q=" not in query and "share=" not in query


def pattern(address: str) -> str:
    """Return an address with a star for its object."""
    path, mark, query = address.partition("?")
    parts = ["*" if part.isdecimal() else part for part in path.split("/")]
    return "/".join(parts) + mark + query


def measure(engine: Engine) -> Iterator[Growth]:
    """Measure every page at both sizes, in turns; the 95th of a hundred counts."""
    small, large = prepared(engine, 1), prepared(engine, TIMES)
    by_pattern = {pattern(address): address for address in large[1]}
    with server(small[0]) as one, server(large[0]) as ten:
        visitors = (Visitor(one, small[2]), Visitor(ten, large[2]))
        for address, queries in small[1].items():
            there = by_pattern.get(pattern(address))
            if there is None:
                continue
            more = max(queries, large[1][there])
            asked = f"{queries} and {large[1][there]} queries (at most {MOST_QUERIES})"
            yield Growth(
                pattern(address)[:50],
                engine.name,
                *in_turns(visitors, (address, there)),
                LIST_AT_MOST if is_list(address) else PAGE_AT_MOST,
                "ms",
                asked + ("" if more <= MOST_QUERIES else " TOO MANY"),
            )


def in_turns(
    visitors: tuple[Visitor, Visitor], addresses: tuple[str, str]
) -> tuple[float, float]:
    """Return the milliseconds that 95 of a hundred visits stay within, at each size.

    Visits alternate, so that whatever else the machine does slows both alike.
    """
    milliseconds: tuple[list[float], list[float]] = ([], [])
    for turn in range(WARM_UPS + VISITS):
        for visitor, address, kept in zip(
            visitors, addresses, milliseconds, strict=True
        ):
            start = time.perf_counter()
            visitor.visit(address)
            if turn >= WARM_UPS:
                kept.append(1000 * (time.perf_counter() - start))
    return p95(milliseconds[0]), p95(milliseconds[1])


def p95(values: list[float]) -> float:
    """Return what 95 of a hundred values stay within."""
    return quantiles(values, n=20)[-1]
