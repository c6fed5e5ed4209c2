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
