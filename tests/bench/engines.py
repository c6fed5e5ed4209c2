"""Databases to measure on: a template, and a fresh copy of it for every run."""

import itertools
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

from tests.harness import postgres

_number = itertools.count()


@dataclass(frozen=True, slots=True)
class Sqlite:
    """SQLite files in a folder."""

    folder: Path
    name: str = "SQLite"

    def new(self) -> str:
        """Return the URL of an empty database."""
        return f"sqlite:///{self.folder / f'bench{next(_number)}.sqlite3'}"

    def copy(self, url: str) -> str:
        """Return the URL of a copy of a database."""
        source, target = url.removeprefix("sqlite:///"), self.new()
        subprocess.run(
            ["sqlite3", source, "PRAGMA wal_checkpoint(TRUNCATE)"],
            check=False,
            capture_output=True,
        ) if shutil.which("sqlite3") else None
        for ending in ("", "-wal"):
            if Path(source + ending).exists():
                path = target.removeprefix("sqlite:///") + ending
                shutil.copy(source + ending, path)
        return target

    def drop(self, url: str) -> None:
        """Remove a database."""
        for ending in ("", "-wal", "-shm"):
            Path(url.removeprefix("sqlite:///") + ending).unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class Postgresql:
    """Databases of one throw-away server."""

    url: str
    name: str = "PostgreSQL"

    def _run(self, statement: str) -> None:
        with psycopg.connect(self._named("postgres"), autocommit=True) as connection:
            connection.execute(statement)

    def _named(self, name: str) -> str:
        return urlunsplit(urlsplit(self.url)._replace(path=f"/{name}"))

    def new(self, template: str = "template0") -> str:
        """Return the URL of an empty database, or a copy of `template`."""
        name = f"bench{next(_number)}"
        self._run(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self._named(name)

    def copy(self, url: str) -> str:
        """Return the URL of a copy of a database."""
        return self.new(urlsplit(url).path.removeprefix("/"))

    def drop(self, url: str) -> None:
        """Remove a database."""
        self._run(f"DROP DATABASE {urlsplit(url).path.removeprefix('/')}")


Engine = Sqlite | Postgresql


@contextmanager
def engines(folder: Path) -> Iterator[list[Engine]]:
    """Give the engines this machine has, for as long as they are measured."""
    with postgres.server() as url:
        yield [Sqlite(folder), *([Postgresql(url)] if url else [])]
