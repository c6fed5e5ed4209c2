"""What the database holds, and emptying one that holds a demonstration."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum

from django.apps import apps
from django.core.cache import cache
from django.core.management.color import no_style
from django.db import connection, transaction

from mentoring.models import Programme
from results.models import Measure, MeasureBreak, Result
from schools.models import School, User

KEPT_APPS = ("contenttypes", "auth")
KEPT = (Measure, MeasureBreak, MeasureBreak.measures.through)
"""What the migrations brought and a demonstration does not change."""


class Held(Enum):
    """What stands in a database."""

    NOTHING = "nothing"
    DEMONSTRATION = "a demonstration"
    REAL = "real schools or people"


def held() -> Held:
    """Return what the database holds; one without our tables holds nothing."""
    tables = set(connection.introspection.table_names())
    if Programme._meta.db_table not in tables:  # noqa: SLF001 -- Django's public-by-use API
        return Held.NOTHING
    if Programme.objects.filter(demo_today__isnull=False).exists():
        return Held.DEMONSTRATION
    is_used = any(each.objects.exists() for each in (School, User, Result))
    return Held.REAL if is_used else Held.NOTHING


@transaction.atomic
def empty() -> None:
    """Empty a database that holds a demonstration, and none that does not.

    What may only grow is emptied too: the guards are lifted in this transaction, and
    nobody's record is in it. Raises ValueError when it is not a demonstration.
    """
    if held() is not Held.DEMONSTRATION:
        raise ValueError("Only a demonstration may be emptied.")
    tables = [
        model._meta.db_table  # noqa: SLF001 -- same
        for model in apps.get_models(include_auto_created=True)
        if model not in KEPT
        and model._meta.managed  # noqa: SLF001 -- same
        and model._meta.app_label not in KEPT_APPS  # noqa: SLF001 -- same
    ]
    # A table with foreign keys still to be checked cannot have its guards lifted.
    connection.check_constraints()
    with _guards_lifted(tables), connection.cursor() as cursor:
        for statement in connection.ops.sql_flush(
            no_style(), tables, reset_sequences=True
        ):
            cursor.execute(statement)
        connection.check_constraints()
    cache.clear()


@contextmanager
def _guards_lifted(tables: list[str]) -> Iterator[None]:
    """Let the triggers of `tables` sleep inside, and wake them after."""
    if connection.vendor == "postgresql":
        sleep = [f'ALTER TABLE "{table}" DISABLE TRIGGER USER' for table in tables]
        wake = [f'ALTER TABLE "{table}" ENABLE TRIGGER USER' for table in tables]
    else:
        with connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            guards = cursor.fetchall()
        sleep = [f'DROP TRIGGER "{name}"' for name, _ in guards]
        wake = [statement for _, statement in guards]
    with connection.cursor() as cursor:
        for statement in sleep:
            cursor.execute(statement)
        yield
        for statement in wake:
            cursor.execute(statement)
