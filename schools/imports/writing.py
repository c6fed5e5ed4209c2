"""Writes many rows at once, where Django's own way costs more than the reading.

bulk_create and bulk_update make an object and an expression for every row; an import
of a national file spends most of its time there. One prepared statement for all rows
(PostgreSQL's COPY) is several times faster and keeps the same constraints.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from typing import Any, TypeAlias, cast

from django.db import DEFAULT_DB_ALIAS, connection, connections, models
from django.db.backends.utils import CursorWrapper

from schools.imports.outcome import Progress, silent
from schools.planner import count_anew

BATCH = 2_000
WORTH_COUNTING = 10_000
"""Rows from which on counting them anew costs less than a plan for an empty table."""
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
    rows: Iterable[Any],
    total: int = 0,
    progress: Progress = silent,
    *,
    values: Callable[[Any], Row] = tuple,
) -> None:
    """Insert `rows`; `values` makes of each the values of the fields `names` in order.

    Every column must be named but the key the database makes: model defaults are not
    filled in. `progress` hears of every batch out of `total`. `values` must not ask
    the database, which is being written to.
    """
    fields = _fields(model, names)
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    table = quote(model._meta.db_table)  # noqa: SLF001 -- Django's public-by-use API
    write = _copy if connection.vendor == "postgresql" else _insert
    done = 0
    with connection.cursor() as cursor:
        # A batch is at hand before it is written: its rows may come from a query. It is
        # made ready while it is written: PostgreSQL stores the first rows meanwhile.
        for batch in _batches(rows):
            write(cursor, f"{table} ({columns})", _prepared(fields, map(values, batch)))
            done += len(batch)
            progress(done, total)
    if done >= WORTH_COUNTING:
        # What follows in this transaction must know how large the table is now.
        count_anew(model)


def _insert(cursor: CursorWrapper, target: str, batch: Iterable[Row]) -> None:
    places = ", ".join(["%s"] * (target.count(",") + 1))
    cursor.executemany(f"INSERT INTO {target} VALUES ({places})", list(batch))  # noqa: S608 -- names of our own models


def _copy(cursor: CursorWrapper, target: str, batch: Iterable[Row]) -> None:
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
        for batch in _batches(turned):
            cursor.executemany(sql, list(_prepared([*fields, options.pk], batch)))


def _fields(model: type[models.Model], names: Sequence[str]) -> list[Field]:
    options = model._meta  # noqa: SLF001 -- Django's public-by-use API
    return [cast("Field", options.get_field(name)) for name in names]


def _batches(rows: Iterable[Any]) -> Iterator[list[Any]]:
    rows = iter(rows)
    while batch := list(islice(rows, BATCH)):
        yield batch


def _prepared(fields: Sequence[Field], rows: Iterable[Row]) -> Iterator[Row]:
    """Yield `rows` as the driver takes them: JSON as text, dates by their own rule."""
    rules = [
        (at, _rule(field))
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
                values[at] = prepare(values[at])
        yield tuple(values)


def _rule(field: Field) -> Callable[[Any], Any]:
    """Return what makes of a value of `field` what the driver takes."""
    if isinstance(field, models.JSONField):
        # Both engines take text; an adapter around each value costs as much again.
        return (field.encoder or json.JSONEncoder)().encode
    return partial(field.get_db_prep_save, connection=connections[DEFAULT_DB_ALIAS])
