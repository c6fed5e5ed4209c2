"""How the processes that serve pages connect; commands and the worker do so plainly."""

from typing import Any

from django.conf import settings
from django.db import connection

KEPT_KB = 16_000
"""What a connection keeps of a SQLite database between pages: a search reads all the
schools of the country, which are half of it. Imports read everything once, and do with
the little that the settings give them."""


def connect_for_pages(database: dict[str, Any]) -> None:
    """Let connections made from now on serve pages; `database` is as in settings."""
    wait_at_most(settings.LOCK_SECONDS, database)
    keep_in_memory(KEPT_KB, database)


def wait_at_most(seconds: float, database: dict[str, Any]) -> None:
    """Let connections made from now on wait so long for a lock on PostgreSQL.

    Without it a page waits for ever for a row that a long import holds. `database` is
    what the settings say of it; options that are there stay, and go before ours. SQLite
    is told in the settings, and for every process.
    """
    if connection.vendor != "postgresql":
        return
    options = database["OPTIONS"]
    ours = f"-c lock_timeout={round(seconds * 1000)}ms"
    options["options"] = " ".join(filter(None, (ours, options.get("options"))))


def keep_in_memory(kilobytes: int, database: dict[str, Any]) -> None:
    """Let connections made from now on keep so much of the database on SQLite.

    PostgreSQL keeps what it has read for all of them.
    """
    if connection.vendor == "sqlite":
        said = database["OPTIONS"]["init_command"]
        database["OPTIONS"]["init_command"] = f"{said}PRAGMA cache_size=-{kilobytes};"
