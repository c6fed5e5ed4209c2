"""Tells PostgreSQL's planner what tables hold now.

It counts rows by itself, but a minute later: until then a plan for an empty table is
used on a full one. SQLite plans by its indexes alone.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.db import DatabaseError, connection, models


def count_anew(*of: type[models.Model]) -> None:
    """Have the rows of the models `of` counted; of none, every table's.

    A table is locked against a second count until the transaction ends; one that is
    being counted by another at this moment is left to it, so that nobody waits.
    """
    if connection.vendor != "postgresql":
        return
    quote = connection.ops.quote_name
    tables = ", ".join(quote(model._meta.db_table) for model in of)  # noqa: SLF001 -- Django's public-by-use API
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE (SKIP_LOCKED) {tables}")


@contextmanager
def joining_in_bulk() -> Iterator[None]:
    """Have PostgreSQL join whole tables, never row by row, until the block ends.

    For work that reads everything. Where the planner takes a full table for an empty
    one it would look at all of it once for each row of another, for hours: it does so
    after its own count was taken while rows were being written but not yet committed.
    """
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SET enable_nestloop = off")
    try:
        yield
    finally:
        # A transaction that has failed takes no statement: its end puts this back.
        with suppress(DatabaseError), connection.cursor() as cursor:
            cursor.execute("SET enable_nestloop = on")
