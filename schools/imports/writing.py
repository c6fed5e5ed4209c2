"""Writes many rows at once, where Django's own way costs more than the reading."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar, cast

from django.db import connection, models

from schools.imports.outcome import Progress, silent

Row = TypeVar("Row", bound=models.Model)
BATCH = 2_000


def create_rows(
    model: type[Row], rows: Iterable[Row], total: int, progress: Progress = silent
) -> list[Row]:
    """Insert `rows` batch by batch and return them with their keys."""
    made: list[Row] = []
    each = iter(rows)
    while batch := list(islice(each, BATCH)):
        made += model._default_manager.bulk_create(batch)  # noqa: SLF001 -- Django's public-by-use API
        progress(len(made), total)
    return made


def insert_rows(rows: Iterator[Row], total: int, progress: Progress = silent) -> None:
    """Insert `rows` batch by batch, keeping none of them in memory."""
    done = 0
    while batch := list(islice(rows, BATCH)):
        type(batch[0])._default_manager.bulk_create(batch)  # noqa: SLF001 -- Django's public-by-use API
        done += len(batch)
        progress(done, total)


def update_rows(
    model: type[models.Model],
    names: Sequence[str],
    rows: Iterable[tuple[Any, ...]],
) -> None:
    """Set the fields `names` of each row, given as (key, value, value, ...).

    One prepared statement run many times: bulk_update's CASE of thousands of rows
    takes longer than the rest of an import.
    """
    options = model._meta  # noqa: SLF001 -- Django's public-by-use API
    fields = [cast("models.Field[Any, Any]", options.get_field(name)) for name in names]
    key = options.pk
    quote = connection.ops.quote_name
    sets = ", ".join(f"{quote(str(field.column))} = %s" for field in fields)
    sql = (
        f"UPDATE {quote(options.db_table)} SET {sets} "  # noqa: S608 -- names of our own models
        f"WHERE {quote(str(key.column))} = %s"
    )
    prepared = [
        (
            *(
                field.get_db_prep_save(value, connection)
                for field, value in zip(fields, row[1:], strict=True)
            ),
            row[0],
        )
        for row in rows
    ]
    if prepared:
        with connection.cursor() as cursor:
            cursor.executemany(sql, prepared)
