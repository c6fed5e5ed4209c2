"""What lists ask of the database, in the words in which each engine is quick."""

from typing import Any

from django.db.models import BooleanField, Func, Value


class Holds(Func):
    """Whether the text of a column holds `words`, letters, figures and spaces alone.

    Every row is read. PostgreSQL looks for a place twice as fast as for a pattern, and
    SQLite for a pattern of its own half as fast again as for a place.
    """

    output_field = BooleanField()
    template = "STRPOS(%(expressions)s) > 0"
    conditional = True

    def __init__(self, column: str, words: str) -> None:
        super().__init__(column, Value(words))

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Return the SQL of SQLite."""
        return self.as_sql(
            compiler,
            connection,
            template="%(expressions)s || '*'",
            arg_joiner=" GLOB '*' || ",
            **context,
        )


class Unindexed(Func):
    """A column by which SQLite is not to look rows up: nearly all share its value.

    It keeps no count of values, and would go to each row by way of the index.
    PostgreSQL does, and knows better.
    """

    template = "%(expressions)s"

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Return the SQL of SQLite."""
        return self.as_sql(compiler, connection, template="+%(expressions)s", **context)
