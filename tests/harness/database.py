"""Puts a test database back as the migrations left it, and lifts its guards.

Tests that commit cannot be rolled back, and Django's own flush would both lose the
reference data and stop at the tables that may only grow. So what the migrations left
is kept in memory once, and written back row by row: about ten milliseconds.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection, models, transaction
from django.db.migrations.executor import MigrationExecutor

KEPT = {"django_migrations"}  # what has been migrated stays so
_kept_rows: dict[str, tuple[list[str], list[Sequence[Any]]]] = {}


@dataclass(frozen=True, slots=True)
class Trigger:
    """A guard of ours: its table, the verbs it watches, how to drop and make it."""

    name: str
    table: str
    verbs: tuple[str, ...]
    drop: str
    make: str


# The bits of pg_trigger.tgtype.
_PG_VERBS = {4: "INSERT", 8: "DELETE", 16: "UPDATE", 32: "TRUNCATE"}
_PG_TRIGGERS = """
SELECT tgname, relname, tgtype, pg_get_triggerdef(pg_trigger.oid)
FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
WHERE NOT tgisinternal ORDER BY relname, tgname
"""


def triggers() -> list[Trigger]:
    """Return every trigger in the database, as it stands there."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_PG_TRIGGERS)
            return [
                Trigger(
                    name,
                    table,
                    tuple(verb for bit, verb in _PG_VERBS.items() if kind & bit),
                    f'DROP TRIGGER "{name}" ON "{table}"',
                    definition,
                )
                for name, table, kind, definition in cursor.fetchall()
            ]
        cursor.execute(
            "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger' "
            "ORDER BY tbl_name, name"
        )
        return [
            Trigger(
                name,
                table,
                tuple(re.findall(r"\b(INSERT|UPDATE|DELETE)\b", sql.split(" ON ")[0])),
                f'DROP TRIGGER "{name}"',
                sql,
            )
            for name, table, sql in cursor.fetchall()
        ]


def _run(statements: Sequence[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@contextmanager
def lifted(*tables: str) -> Iterator[None]:
    """Drop the triggers of `tables`, else of all, and make them again."""
    mine = [one for one in triggers() if not tables or one.table in tables]
    # PostgreSQL alters no table that still has foreign keys to be checked.
    connection.check_constraints()
    _run([one.drop for one in mine])
    try:
        yield
    finally:
        _run([one.make for one in mine])


@contextmanager
def unruled(model: type[models.Model], name: str) -> Iterator[None]:
    """Drop one constraint of `model`, and make it again.

    For tests that commit: SQLite changes no table inside a transaction. It makes a
    table anew by what the model says of it, and loses its triggers: lift them around.
    """
    every = model._meta.constraints
    found = {each.name: each for each in every}[name]
    model._meta.constraints = [each for each in every if each is not found]
    with connection.schema_editor() as editor:
        editor.remove_constraint(model, found)
    try:
        yield
    finally:
        model._meta.constraints = every
        with connection.schema_editor() as editor:
            editor.add_constraint(model, found)


def _tables() -> list[str]:
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
    return [name for name in names if name not in KEPT]


def _refuse_any_but_a_test_database() -> None:
    name = Path(str(connection.settings_dict["NAME"])).name
    if not name.startswith("test"):
        raise RuntimeError(f"{name!r} is not a test database; its rows stay.")


def keep() -> None:
    """Remember every row that the migrations left."""
    _refuse_any_but_a_test_database()
    _kept_rows.clear()
    with connection.cursor() as cursor:
        for table in _tables():
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 -- our own tables
            rows = cursor.fetchall()
            if rows:
                _kept_rows[table] = ([column[0] for column in cursor.description], rows)


def put_back() -> None:
    """Leave in every table exactly the rows that `keep` remembered."""
    _refuse_any_but_a_test_database()
    with transaction.atomic(), lifted():
        _run([f'DELETE FROM "{table}"' for table in _tables()])  # noqa: S608 -- same
        with connection.cursor() as cursor:
            for table, (columns, rows) in _kept_rows.items():
                names = ", ".join(f'"{column}"' for column in columns)
                places = ", ".join(["%s"] * len(columns))
                cursor.executemany(
                    f'INSERT INTO "{table}" ({names}) VALUES ({places})',  # noqa: S608 -- same
                    rows,
                )
        # As in `lifted`: the triggers come back next.
        connection.check_constraints()


def migrated_to(*nodes: tuple[str, str]) -> None:
    """Take the tables to a migration, such as one that is past."""
    MigrationExecutor(connection).migrate(list(nodes))


def migrated_forward() -> None:
    """Take the tables to where the code is."""
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())
