"""Pages over loopback HTTP beside reference pages made from a ready list."""

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from tests.bench.engines import Engine
from tests.bench.imports import manage
from tests.bench.table import Row

WARM_UPS = 20
ROUNDS = 5
VISITS = 80
AT_MOST = 2.0
NAMES = {"/": "Impact", "/schools/": "the list of schools"}


@contextmanager
def server(url: str) -> Iterator[int]:
    """Give the port of the production server on a database."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.serve", str(port)],
        env={**os.environ, "DATABASE_URL": url},
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield port
    finally:
        process.terminate()
        process.wait()


class Visitor:
    """A signed-in browser that keeps its connection."""

    def __init__(self, port: int, cookie: str) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port)
        self.headers = {"Cookie": f"sessionid={cookie}", "Accept-Encoding": "gzip"}

    def visit(self, address: str) -> int:
        """Fetch a page; return its compressed bytes."""
        self.connection.request("GET", address, headers=self.headers)
        answer = self.connection.getresponse()
        body = answer.read()
        if answer.status != http.client.OK:
            raise RuntimeError(f"{address} answered {answer.status}.")
        return len(body)

    def time(self, address: str) -> float:
        """Return the median seconds of some visits."""
        seconds = []
        for _ in range(VISITS):
            start = time.perf_counter()
            self.visit(address)
            seconds.append(time.perf_counter() - start)
        return median(seconds)


def measure(engine: Engine, folder: Path) -> Iterator[Row]:
    """Measure the pages of the demonstration programme."""
    url = engine.new()
    manage(url, "demo", "--no-serve")
    manage(url, "collectstatic", "--no-input", "-v0")
    prepared = subprocess.run(
        [sys.executable, "-m", "tests.bench.visit"],
        env={**os.environ, "DATABASE_URL": url},
        check=True,
        capture_output=True,
        text=True,
    )
    known = json.loads(prepared.stdout)
    with server(url) as port:
        visitor = Visitor(port, known["cookie"])
        for address, queries in known["queries"].items():
            pair = (address, f"/reference{address}")
            for each in pair:
                for _ in range(WARM_UPS):
                    visitor.visit(each)
            times: tuple[list[float], list[float]] = ([], [])
            for _ in range(ROUNDS):
                for each, kept in zip(pair, times, strict=True):
                    kept.append(visitor.time(each))
            size = visitor.visit(address) / 1000
            yield Row(
                NAMES.get(address, "a school"),
                engine.name,
                *times,
                AT_MOST,
                f"{queries} queries (at most 15), {size:.1f} kB sent (at most 60)",
            )
