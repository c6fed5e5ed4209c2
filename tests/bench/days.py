"""Heads log days, every form sent twice; and lists of many days."""

import html
import http.client
import json
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from tests.bench.engines import Engine, Postgresql
from tests.bench.imports import manage
from tests.bench.pages import Visitor, server
from tests.bench.scale import LIST_AT_MOST, PAGE_AT_MOST, in_turns, p95
from tests.bench.table import Growth, head

DAYS, TIMES_SENT, AT_ONCE = 5, 2, 8
FIRST_DAY = date(2006, 11, 6)
TIMES = 10
HEAD = head("lists at 10,000 and 100,000 days")
LISTS = {
    "/pairings/": LIST_AT_MOST,
    "/days/": LIST_AT_MOST,
    # It says what the days add up to that are kept, most of them, and so reads them.
    "/days/?state=confirmed&direction=given": PAGE_AT_MOST,
}
"""The lists, and how much longer each may take at ten times the days."""

SEE_OTHER = 302
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


def prepared(url: str, *words: str) -> Any:
    """Return what `tests.bench.days_world` printed for a task."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.days_world", *words],
        env={**os.environ, "DATABASE_URL": url},
        check=True,
        capture_output=True,
        text=True,
    )
    return json.loads(done.stdout)


@dataclass
class Tally:
    """Milliseconds of every form that was sent, and what was answered besides."""

    milliseconds: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


class Head:
    """The browser of one head."""

    def __init__(self, port: int, known: dict[str, Any]) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port)
        self.known = known
        self.cookie = f"sessionid={known['cookie']}"
        self.path = f"/pairings/{known['pairing']}/days/log/"

    def form(self) -> dict[str, str]:
        """Open the form; return its hidden fields."""
        self.connection.request("GET", self.path, headers={"Cookie": self.cookie})
        answer = self.connection.getresponse()
        page = answer.read().decode()
        token = answer.headers.get("Set-Cookie", "").partition(";")[0]
        if token.startswith("csrftoken="):
            self.cookie = f"sessionid={self.known['cookie']}; {token}"
        return {name: html.unescape(value) for name, value in HIDDEN.findall(page)}

    def send(self, sent: dict[str, str], tally: Tally, path: str = "") -> None:
        """Send the form, and note how long the answer took."""
        start = time.perf_counter()
        self.connection.request(
            "POST",
            path or self.path,
            body=urlencode(sent),
            headers={
                "Cookie": self.cookie,
                "Content-Type": "application/x-www-form-urlencoded",
            },
        )
        answer = self.connection.getresponse()
        body = answer.read().decode()
        tally.milliseconds.append(1000 * (time.perf_counter() - start))
        if answer.status != SEE_OTHER:
            tally.wrong.append(f"{answer.status}: {body[:200]}")

    def log(self, tally: Tally) -> None:
        """Log five days, each form sent twice."""
        for place in range(DAYS):
            sent = {
                **self.form(),
                "given_on": (FIRST_DAY + timedelta(days=place)).isoformat(),
                "length": "half",
                "giver": str(self.known["giver"]),
                "note": "Lesson observations",
            }
            for _ in range(TIMES_SENT):
                self.send(sent, tally)

    def log_reference(self, tally: Tally) -> None:
        """Send as many forms to the page that only writes a row."""
        sent = self.form()
        path = f"/reference{self.path}{self.known['giver']}/"
        for _ in range(DAYS * TIMES_SENT):
            self.send(sent, tally, path)


def all_together(heads: list[Head], act: str) -> tuple[Tally, float]:
    """Let the heads act, so many at once; return the tally and the seconds."""
    tally, waiting = Tally(), list(heads)

    def work() -> None:
        while waiting:
            try:
                head_ = waiting.pop()
            except IndexError:
                return
            getattr(head_, act)(tally)
            head_.connection.close()

    threads = [threading.Thread(target=work) for _ in range(AT_ONCE)]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return tally, time.perf_counter() - start


def logging(engine: Engine) -> Iterator[str]:
    """Measure the logging, beside a page that writes a row and no more."""
    url = engine.new()
    manage(url, "migrate", "-v0")
    manage(url, "collectstatic", "--no-input", "-v0")
    known = prepared(url, "heads")
    with server(url) as port:
        tally, seconds = all_together([Head(port, each) for each in known], "log")
        after = prepared(url, "count")
        plain, plain_seconds = all_together(
            [Head(port, each) for each in known], "log_reference"
        )
    expected = len(known) * DAYS
    heads = len(known)
    yield f"\n{heads} heads log {DAYS} days each, every form sent {TIMES_SENT} times"
    yield (
        f"rows {after['days']} (wanted {expected}), half days counted "
        f"{after['halves']}, answers other than 302: {len(tally.wrong)}"
    )
    for each in tally.wrong[:3]:
        yield f"  {each}"
    for what, held, took in (
        ("ours, the form opened and sent", tally, seconds),
        ("reference, a row and no more", plain, plain_seconds),
    ):
        sent = len(held.milliseconds)
        yield (
            f"{what:<34}{sent / took:>8.0f} forms/s   p95 {p95(held.milliseconds):.1f} "
            f"ms   wrong {len(held.wrong)}"
        )


def lists(engine: Engine) -> Iterator[Growth]:
    """Measure the lists of pairings and days with days and with ten times as many."""
    urls = [engine.new(), engine.new()]
    for url in urls:
        manage(url, "migrate", "-v0")
        manage(url, "collectstatic", "--no-input", "-v0")
    cookies = [
        prepared(url, "lists", str(times))["cookie"]
        for url, times in zip(urls, (1, TIMES), strict=True)
    ]
    counts = [prepared(url, "count")["days"] for url in urls]
    with server(urls[0]) as one, server(urls[1]) as ten:
        visitors = (Visitor(one, cookies[0]), Visitor(ten, cookies[1]))
        for address, at_most in LISTS.items():
            small, large = in_turns(visitors, (address, address))
            yield Growth(
                address,
                engine.name,
                small,
                large,
                at_most,
                "ms",
                f"{counts[0]:,} and {counts[1]:,} days",
            )


def is_measured(engine: Engine) -> bool:
    """Return whether logging is measured on this engine: the production one."""
    return isinstance(engine, Postgresql)
