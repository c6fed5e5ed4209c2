"""Tells PostgreSQL's planner what tables hold now.

It counts rows by itself, but a minute later: until then a plan for an empty table is
used on a full one. SQLite plans by its indexes alone.
"""

from django.db import connection, models


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
