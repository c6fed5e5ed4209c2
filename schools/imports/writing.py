"""Writes many rows at once, where Django's own way costs more than the reading.

bulk_create and bulk_update make an object and an expression for every row; an import
of a national file spends most of its time there. One prepared statement for all rows
(PostgreSQL's COPY) is several times faster and keeps the same constraints.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeAlias, cast

from django.db import connection, models
from django.db.backends.utils import CursorWrapper

from schools.imports.outcome import Progress, silent

BATCH = 2_000
Row = tuple[Any, ...]
Field: TypeAlias = "models.Field[Any, Any]"

# Their values go to the driver as they are.
_PLAIN = (
    *(models.CharField, models.TextField, models.FloatField, models.IntegerField),
    models.ForeignKey,
)


def insert_rows(
    model: type[models.Model],
    names: Sequence[str],
    rows: Iterable[Row],
    total: int = 0,
    progress: Progress = silent,
) -> None:
    """Insert `rows`, each the values of the fields `names` in their order.

    Every column must be named but the key the database makes: model defaults are not
    filled in. `progress` hears of every batch out of `total`.
    """
    fields = _fields(model, names)
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    table = quote(model._meta.db_table)  # noqa: SLF001 -- Django's public-by-use API
    write = _copy if connection.vendor == "postgresql" else _insert
    done = 0
    with connection.cursor() as cursor:
        for batch in _batches(_prepared(fields, rows)):
            write(cursor, f"{table} ({columns})", batch)
            done += len(batch)
            progress(done, total)
        if done >= BATCH and connection.vendor == "postgresql":
            # What follows in this transaction must know how large the table is now.
            cursor.execute(f"ANALYZE {table}")


def _insert(cursor: CursorWrapper, target: str, batch: list[Row]) -> None:
    places = ", ".join(["%s"] * len(batch[0]))
    cursor.executemany(f"INSERT INTO {target} VALUES ({places})", batch)  # noqa: S608 -- names of our own models


def _copy(cursor: CursorWrapper, target: str, batch: list[Row]) -> None:
    with cursor.copy(f"COPY {target} FROM STDIN") as copy:
        for row in batch:
            copy.write_row(row)


def update_rows(
    model: type[models.Model], names: Sequence[str], rows: Iterable[Row]
) -> None:
    """Set the fields `names` of each row, given as (key, value, value, ...)."""
    options = model._meta  # noqa: SLF001 -- Django's public-by-use API
    fields = _fields(model, names)
    quote = connection.ops.quote_name
    sets = ", ".join(f"{quote(str(field.column))} = %s" for field in fields)
    sql = (
        f"UPDATE {quote(options.db_table)} SET {sets} "  # noqa: S608 -- names of our own models
        f"WHERE {quote(str(options.pk.column))} = %s"
    )
    turned = ((*row[1:], row[0]) for row in rows)
    with connection.cursor() as cursor:
        for batch in _batches(_prepared([*fields, options.pk], turned)):
            cursor.executemany(sql, batch)


def _fields(model: type[models.Model], names: Sequence[str]) -> list[Field]:
    options = model._meta  # noqa: SLF001 -- Django's public-by-use API
    return [cast("Field", options.get_field(name)) for name in names]


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while batch := list(islice(rows, BATCH)):
        yield batch


def _prepared(fields: Sequence[Field], rows: Iterable[Row]) -> Iterator[Row]:
    """Yield `rows` as the driver takes them: dates and JSON by the field's own rule."""
    rules: list[tuple[int, Callable[..., Any]]] = [
        (at, field.get_db_prep_save)
        for at, field in enumerate(fields)
        if not isinstance(field, _PLAIN)
    ]
    if not rules:
        yield from rows
        return
    for row in rows:
        values = list(row)
        for at, prepare in rules:
            if values[at] is not None:
                values[at] = prepare(values[at], connection)
        yield tuple(values)
