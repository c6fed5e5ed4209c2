"""A database that another process writes to, seen from outside, on both engines."""

import os
import shutil
import sqlite3
import time
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

from tests.harness.environment import TEST_DATABASE_URL

Rows = dict[str, list[tuple[object, ...]]]
PATIENCE = 20
"""Seconds for a server to notice that its client was killed."""


class OwnDatabase(Protocol):
    """A database apart from that of the tests."""

    url: str

    def rows(self) -> Rows:
        """Return every row of every table, as another process sees them."""

    def keep(self, name: str = "kept") -> None:
        """Keep the database as it is, to be put back."""

    def put_back(self, name: str = "kept") -> None:
        """Put back what was kept under this name."""


@contextmanager
def own_database(folder: Path) -> Iterator[OwnDatabase]:
    """Give a database on the engine of this run, gone afterwards."""
    server = os.environ.get(TEST_DATABASE_URL)
    if not server:
        yield _Sqlite(folder)
        return
    found = _Postgres(server)
    found.make()
    try:
        yield found
    finally:
        found.drop()


class _Sqlite:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.url = f"sqlite:///{folder}/db.sqlite3"

    def rows(self) -> Rows:
        with closing(sqlite3.connect(self.folder / "db.sqlite3")) as connection:
            found = connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table'"
            ).fetchall()
            return {
                table: connection.execute(f'SELECT * FROM "{table}"').fetchall()  # noqa: S608 -- names of tables
                for (table,) in found
            }

    def keep(self, name: str = "kept") -> None:
        with closing(sqlite3.connect(self.folder / "db.sqlite3")) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copy(self.folder / "db.sqlite3", self.folder / f"{name}.sqlite3")

    def put_back(self, name: str = "kept") -> None:
        for other in ("db.sqlite3-wal", "db.sqlite3-shm"):
            (self.folder / other).unlink(missing_ok=True)
        shutil.copy(self.folder / f"{name}.sqlite3", self.folder / "db.sqlite3")


class _Postgres:
    """Databases beside that of the tests: one is written to, the others are kept."""

    def __init__(self, server: str) -> None:
        self.server = server
        self.name = f"own_{uuid.uuid4().hex[:12]}"
        self.kept: set[str] = set()
        self.url = urlsplit(server)._replace(path=f"/{self.name}").geturl()

    def _connect(self, url: str) -> Any:
        import psycopg  # noqa: PLC0415 -- only where there is a server to ask

        # One view of all tables, as of one moment.
        return psycopg.connect(url, autocommit=url == self.server)

    def _tell(self, *sentences: str) -> None:
        with self._connect(self.server) as connection:
            for sentence in sentences:
                connection.execute(sentence)

    def make(self) -> None:
        self._tell(f"CREATE DATABASE {self.name}")

    def drop(self) -> None:
        self._tell(
            f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)",
            *(
                f"DROP DATABASE IF EXISTS {self.name}_{kept} WITH (FORCE)"
                for kept in self.kept
            ),
        )

    def rows(self) -> Rows:
        self._wait()
        with self._connect(self.url) as connection:
            connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            found = connection.execute(
                "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
            ).fetchall()
            return {
                table: connection.execute(
                    f'SELECT * FROM "{table}" ORDER BY 1'  # noqa: S608 -- names of tables
                ).fetchall()
                for (table,) in found
            }

    def keep(self, name: str = "kept") -> None:
        self._wait()
        self.kept.add(name)
        self._tell(
            f"DROP DATABASE IF EXISTS {self.name}_{name}",
            f"CREATE DATABASE {self.name}_{name} TEMPLATE {self.name}",
        )

    def put_back(self, name: str = "kept") -> None:
        self._wait()
        self._tell(
            f"DROP DATABASE {self.name}",
            f"CREATE DATABASE {self.name} TEMPLATE {self.name}_{name}",
        )

    def _wait(self) -> None:
        """Wait until the server has let go of everybody: a killed client's too."""
        ends = time.monotonic() + PATIENCE
        with self._connect(self.server) as connection:
            while connection.execute(
                "SELECT 1 FROM pg_stat_activity WHERE datname = %s", [self.name]
            ).fetchone():
                assert time.monotonic() < ends, "Somebody is still at the database."
                time.sleep(0.01)
