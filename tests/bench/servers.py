"""Which server to run: `python -m tests.bench.servers`, each that is installed.

Every server gets the same demonstration database, two cores and a warm start. What is
measured: requests a second over 8 kept connections, memory afterwards, and how long
`/healthz` takes while 150 clients send their headers a byte at a time and 150 others
their body.
"""

import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.harness.environment import ENVIRONMENT

SLOW = 150
ASKED = 60
SECONDS = 6
BIN = Path(sys.executable).parent
APP = "mentoring.wsgi:application"
SERVERS: dict[str, list[str]] = {
    "waitress, 2 processes x 4 threads (serve)": [
        *("python", "manage.py", "serve", "--port", "PORT"),
        *("--processes", "2", "--threads", "4"),
    ],
    "waitress, 3 x 2 (serve)": [
        *("python", "manage.py", "serve", "--port", "PORT"),
        *("--processes", "3", "--threads", "2"),
    ],
    "waitress, 2 x 2 (serve)": [
        *("python", "manage.py", "serve", "--port", "PORT"),
        *("--processes", "2", "--threads", "2"),
    ],
    "waitress, 1 process x 8 threads": [
        *("python", "manage.py", "serve", "--port", "PORT"),
        *("--processes", "1", "--threads", "8"),
    ],
    "gunicorn sync, 4 processes": ["gunicorn", "-w4", "-b127.0.0.1:PORT", APP],
    "gunicorn gthread, 2 x 8": [
        *("gunicorn", "-w2", "-kgthread", "--threads=8", "-b127.0.0.1:PORT", APP),
    ],
    "gunicorn gevent, 2 processes": [
        *("gunicorn", "-w2", "-kgevent", "-b127.0.0.1:PORT", APP),
    ],
    "granian (WSGI), 2 x 4": [
        *("granian", "--interface=wsgi", "--workers=2", "--blocking-threads=4"),
        *("--host=127.0.0.1", "--port=PORT", "--no-access-log", APP),
    ],
    "cheroot, 1 process x 10 threads": ["cheroot", "--bind=127.0.0.1:PORT", APP],
    "uvicorn (ASGI through a thread), 2 processes": [
        *("uvicorn", "--workers=2", "--host=127.0.0.1", "--port=PORT"),
        *("--interface=wsgi", "--no-access-log", APP),
    ],
}


@dataclass(frozen=True, slots=True)
class Measured:
    """Requests a second of the list and of `/healthz`, megabytes, and milliseconds."""

    list_rate: float
    health_rate: float
    megabytes: float
    quiet_ms: float
    slow_ms: list[float]
    failed: int

    def text(self, name: str) -> str:
        """Return the table's row."""
        waits = sorted(self.slow_ms)
        slow = (
            f"{waits[len(waits) // 2]:.1f} | {waits[-1]:.0f}"
            if waits
            else "none | none"
        )
        return (
            f"| {name} | {self.list_rate:.0f} | {self.health_rate:.0f} | "
            f"{self.megabytes:.0f} | {self.quiet_ms:.1f} | {slow} | {self.failed} |"
        )


HEAD = (
    "| server | list of schools, requests/s | `/healthz`, requests/s | MB | "
    "`/healthz` alone, ms | among slow clients: median ms | worst ms | "
    f"of {ASKED} not answered in 5 s |\n|---|---|---|---|---|---|---|---|"
)


@contextmanager
def running(command: list[str], url: str) -> Iterator[int]:
    """Give the port at which the server answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    words = [each.replace("PORT", str(port)) for each in command]
    process = subprocess.Popen(
        [str(BIN / words[0]), *words[1:]],
        env={**os.environ, **PRODUCTION, "DATABASE_URL": url},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        for _ in range(400):
            if ask(port, "/healthz", 1) is not None:
                break
            time.sleep(0.05)
        else:
            raise RuntimeError(f"{words[0]} does not answer.")
        yield port
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


PRODUCTION = {**ENVIRONMENT, "DJANGO_SETTINGS_MODULE": "mentoring.settings"}


def ask(port: int, address: str, seconds: float) -> float | None:
    """Return the milliseconds of one answer on a new connection, None for none."""
    start = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=seconds)
    try:
        connection.request("GET", address)
        answered = connection.getresponse().read()
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()
    return 1000 * (time.perf_counter() - start) if answered else None


@contextmanager
def slow_clients(port: int) -> Iterator[None]:
    """Keep clients that send a byte each second, headers and bodies."""
    code = (
        "import socket, sys, time\n"
        "port, count = int(sys.argv[1]), int(sys.argv[2])\n"
        "head = b'GET /healthz HTTP/1.1\\r\\nHost: 127.0.0.1\\r\\nX-Slow: '\n"
        "body = (b'POST /account/sign-in/ HTTP/1.1\\r\\nHost: 127.0.0.1\\r\\n'\n"
        "    b'Content-Type: application/x-www-form-urlencoded\\r\\n'\n"
        "    b'Content-Length: 100000\\r\\n\\r\\n')\n"
        "found = []\n"
        "for start in [head] * count + [body] * count:\n"
        "    one = socket.create_connection(('127.0.0.1', port), timeout=5)\n"
        "    one.sendall(start); found.append(one)\n"
        "print('ready', flush=True)\n"
        "while True:\n"
        "    for one in found:\n"
        "        try: one.sendall(b'a')\n"
        "        except OSError: pass\n"
        "    time.sleep(1)\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(port), str(SLOW)],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        process.stdout.readline()
        yield
    finally:
        process.kill()
        process.wait()


def rate(port: int, address: str, cookie: str) -> float:
    """Return the requests a second that `wrk` gets over 8 connections."""
    done = subprocess.run(
        [
            *("wrk", "-t2", "-c8", f"-d{SECONDS}s"),
            *("-H", f"Cookie: sessionid={cookie}"),
            f"http://127.0.0.1:{port}{address}",
        ],
        check=True,
        capture_output=True,
        text=True,
    )
    found = next(each for each in done.stdout.splitlines() if "Requests/sec" in each)
    return float(found.split()[-1])


def megabytes(port: int) -> float:
    """Return the memory of those that listen at the port, shared parts split."""
    found = subprocess.run(
        ["ss", "-Hltnp", f"sport = :{port}"], check=True, capture_output=True, text=True
    )
    pids = {part.split("=")[1] for part in found.stdout.split(",") if "pid=" in part}
    total = 0
    for pid in pids:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8")
        pss = next(line for line in rollup.splitlines() if line.startswith("Pss:"))
        total += int(pss.split()[1])
    return total / 1000


def measure(command: list[str], url: str, cookie: str) -> Measured:
    """Measure one server."""
    with running(command, url) as port:
        rate(port, "/schools/", cookie)
        lists, health = (rate(port, one, cookie) for one in ("/schools/", "/healthz"))
        used = megabytes(port)
        quiet = [ask(port, "/healthz", 5) or 0.0 for _ in range(ASKED)]
        with slow_clients(port):
            waits = []
            for _ in range(ASKED):
                waits.append(ask(port, "/healthz", 5))
                time.sleep(0.02)
                if waits.count(None) > 3:
                    waits += [None] * (ASKED - len(waits))
                    break
    answered = [each for each in waits if each is not None]
    return Measured(
        lists, health, used, sorted(quiet)[ASKED // 2], answered, waits.count(None)
    )


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/servers.sqlite3"
        environment = {**os.environ, **PRODUCTION, "DATABASE_URL": url}
        for words in (
            ["manage.py", "demo", "--no-serve"],
            ["manage.py", "collectstatic", "--no-input", "-v0"],
            ["-m", "tests.bench.visit"],
        ):
            done = subprocess.run(
                [sys.executable, *words],
                env=environment,
                check=True,
                capture_output=True,
                text=True,
            )
        cookie = json.loads(done.stdout)["cookie"]
        print(HEAD, flush=True)
        for name, command in SERVERS.items():
            if not shutil.which(command[0], path=str(BIN)):
                continue
            try:
                print(measure(command, url, cookie).text(name), flush=True)
            except RuntimeError as error:
                print(f"| {name} | {error} |", flush=True)


if __name__ == "__main__":
    main()
