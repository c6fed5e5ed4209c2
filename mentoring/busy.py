"""Tells a database that is busy or away, which passes, from a fault of ours."""

from dataclasses import dataclass

from django.db import Error, InterfaceError, OperationalError, connection

SQLITE_BUSY, SQLITE_LOCKED = 5, 6
SQLITE_PLAIN = 0xFF
"""An extended code of SQLite holds the plain one in its last eight bits."""

WAITED = ("40", "55P", "57014")
"""Deadlocks and lost races, locks not got in time, statements that took too long.

https://www.postgresql.org/docs/current/errcodes-appendix.html
"""
AWAY = ("08", "53300", "57P")
"""Connections refused or lost, no room for another, a server that stops or starts."""


@dataclass(frozen=True, slots=True)
class Busy:
    """Why a request could not be served now; `is_lost` where a commit may have gone."""

    is_lost: bool


def busy_of(error: BaseException | None) -> Busy | None:
    """Return why the database could not answer now; None for any other error.

    What failed because of it counts: a session that cannot be written is said to be
    interrupted.
    """
    while error is not None:
        if isinstance(error, Error) and (busy := _busy(error)):
            return busy
        error = error.__context__
    return None


def _busy(error: Error) -> Busy | None:
    if connection.vendor == "sqlite":
        code = getattr(error.__cause__, "sqlite_errorcode", 0) & SQLITE_PLAIN
        return Busy(is_lost=False) if code in {SQLITE_BUSY, SQLITE_LOCKED} else None
    return _busy_on_postgresql(error)


def _busy_on_postgresql(error: Error) -> Busy | None:
    """Return as `_busy`; a connection that was lost mostly leaves no code."""
    code = getattr(error.__cause__, "sqlstate", None) or ""
    if code.startswith(WAITED):
        return Busy(is_lost=False)
    is_away = isinstance(error, OperationalError | InterfaceError) and not code
    return Busy(is_lost=True) if is_away or code.startswith(AWAY) else None
