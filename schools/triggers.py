"""A migration operation whose SQL differs between SQLite and PostgreSQL.

Rules that need other rows, and tables that may only grow, are kept by triggers. One
operation holds both engines' SQL side by side, so that neither is forgotten.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.migrations.operations.base import Operation


class EngineSQL(Operation):
    """Runs the statements of the engine at hand, forwards and backwards.

    `forwards` and `backwards` map "sqlite" and "postgresql" to statements. An engine
    that is not named raises: a rule must hold wherever the application runs.
    """

    reversible = True
    reduces_to_sql = True

    def __init__(
        self,
        forwards: Mapping[str, Sequence[str]],
        backwards: Mapping[str, Sequence[str]],
        what: str,
    ) -> None:
        self.forwards = forwards
        self.backwards = backwards
        self.what = what

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Change nothing: triggers are no part of Django's model state."""

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        """Make the triggers."""
        for statement in self.forwards[schema_editor.connection.vendor]:
            schema_editor.execute(statement, params=None)

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        """Drop the triggers."""
        for statement in self.backwards[schema_editor.connection.vendor]:
            schema_editor.execute(statement, params=None)

    def describe(self) -> str:
        """Say what rule this keeps."""
        return self.what


def append_only(table: str) -> EngineSQL:
    """Return the operation that lets `table` grow and never change or shrink."""
    sentence = f"{table} is a record: correct it by a further entry."
    changes = {"update": "UPDATE", "delete": "DELETE"}
    sqlite = [
        f"CREATE TRIGGER {table}_no_{name} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
        for name, verb in changes.items()
    ]
    function = (
        f"CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN RAISE EXCEPTION '{sentence}' "
        "USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    postgresql = [
        function,
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_refuse()",
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()",
    ]
    return EngineSQL(
        forwards={"sqlite": sqlite, "postgresql": postgresql},
        backwards={
            "sqlite": [f"DROP TRIGGER {table}_no_{name}" for name in changes],
            "postgresql": [
                f"DROP TRIGGER {table}_no_truncate ON {table}",
                f"DROP TRIGGER {table}_no_change ON {table}",
                f"DROP FUNCTION {table}_refuse()",
            ],
        },
        what=f"{table} may only grow",
    )


def checks_made() -> EngineSQL:
    """Return the operation that has PostgreSQL make the checks it has put off.

    It alters no table while a change of rows in the same migration waits for one.
    """
    now = {
        "sqlite": [],
        "postgresql": ["SET CONSTRAINTS ALL IMMEDIATE", "SET CONSTRAINTS ALL DEFERRED"],
    }
    return EngineSQL(forwards=now, backwards=now, what="Make the checks put off")


def refuse_where(
    table: str,
    name: str,
    *,
    found: str,
    sentence: str,
    lock: str = "",
    of: Sequence[str] = (),
    verbs: Sequence[str] = ("INSERT", "UPDATE"),
) -> EngineSQL:
    """Return the operation that refuses a row of `table` where `found` holds of it.

    `found` is a condition on NEW that both engines read, `sentence` what people are
    told. An update is looked at where one of the columns `of` is set; with none, at
    any. `lock` is the SELECT ... FOR UPDATE by which PostgreSQL makes the second of two
    writers see what the first wrote; SQLite has one writer at a time. Quote no
    apostrophe in the sentence.
    """
    columns = ", ".join(f'"{column}"' for column in of)
    events = [
        f"UPDATE OF {columns}" if verb == "UPDATE" and of else verb for verb in verbs
    ]
    locked = f"PERFORM {lock.removeprefix('SELECT ')}; " if lock else ""
    row = "OLD" if tuple(verbs) == ("DELETE",) else "NEW"
    return EngineSQL(
        forwards={
            "sqlite": [
                f"CREATE TRIGGER {name}_{verb.lower()} BEFORE {event} ON {table} "
                f"WHEN {found} BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
                for verb, event in zip(verbs, events, strict=True)
            ],
            "postgresql": [
                f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ "
                f"BEGIN {locked}IF {found} THEN RAISE EXCEPTION '{sentence}' "
                f"USING ERRCODE = 'exclusion_violation'; END IF; RETURN {row}; END $$",
                f"CREATE TRIGGER {name} BEFORE {' OR '.join(events)} ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION {name}()",
            ],
        },
        backwards={
            "sqlite": [f"DROP TRIGGER {name}_{verb.lower()}" for verb in verbs],
            "postgresql": [
                f"DROP TRIGGER {name} ON {table}",
                f"DROP FUNCTION {name}()",
            ],
        },
        what=sentence.removesuffix("."),
    )


def count_in(
    table: str,
    name: str,
    *,
    parent: str,
    key: str,
    counts: Mapping[str, str],
    of: Sequence[str],
) -> EngineSQL:
    """Return the operation that keeps totals of `table`'s rows on the row of `parent`.

    `key` is the column that names the parent, by its id; `counts` gives the parent's
    columns, each with the SELECT that works it out from `parent`.id. They are counted
    anew whenever a row comes, goes, or has one of the columns `of` set, after the
    parent's row is locked: a CHECK on it refuses what would be too many.
    """
    sets = ", ".join(f'"{column}" = ({count})' for column, count in counts.items())
    columns = ", ".join(f'"{column}"' for column in of)
    rows = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}
    events = {
        verb: f"UPDATE OF {columns}" if verb == "UPDATE" else verb for verb in rows
    }
    any_event = " OR ".join(events.values())

    def keys(verb: str) -> str:
        return ", ".join(f"{row}.{key}" for row in rows[verb])

    def write(verb: str) -> str:
        return f"UPDATE {parent} SET {sets} WHERE {parent}.id IN ({keys(verb)});"  # noqa: S608 -- our own names

    branches = " ELSIF ".join(
        f"TG_OP = '{verb}' THEN PERFORM 1 FROM {parent} "
        f"WHERE id IN ({keys(verb)}) ORDER BY id FOR UPDATE; {write(verb)}"
        for verb in rows
    )
    return EngineSQL(
        forwards={
            "sqlite": [
                f"CREATE TRIGGER {name}_{verb.lower()} AFTER {event} "
                f"ON {table} BEGIN {write(verb)} END"
                for verb, event in events.items()
            ],
            "postgresql": [
                f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ "
                f"BEGIN IF {branches} END IF; RETURN NULL; END $$",
                f"CREATE TRIGGER {name} AFTER {any_event} ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION {name}()",
            ],
        },
        backwards={
            "sqlite": [f"DROP TRIGGER {name}_{verb.lower()}" for verb in rows],
            "postgresql": [
                f"DROP TRIGGER {name} ON {table}",
                f"DROP FUNCTION {name}()",
            ],
        },
        what=f"{parent} counts its rows of {table}",
    )
