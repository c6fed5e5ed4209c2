"""Remembers which school owns which establishment, to record what an import moved."""

from collections.abc import Collection, Iterator, Mapping
from itertools import chain
from typing import Any

from schools.imports.changes import Change, Watch, record_changes
from schools.models import Establishment, ImportRun, School, Succession

DECIDED = tuple(
    field.attname
    for field in Succession._meta.concrete_fields  # noqa: SLF001 -- Django's public-by-use API
    if field.name not in {"id", "link"}
)
"""Everything that a decision about a link says."""


class Moves:
    """What stood before an import that adds schools or joins them.

    A school's name, place and search text follow from its establishments, and are
    not recorded.
    """

    def __init__(self) -> None:
        self.schools = Watch(School.objects.all(), ("urn", "continued_by_id"))
        self.owners = Watch(Establishment.objects.all(), ("school_id",), new=False)
        self.successions = Watch(Succession.objects.all(), DECIDED)

    def record(
        self,
        run: ImportRun,
        added: Collection[int] = (),
        changed: Mapping[int, tuple[dict[str, Any], dict[str, Any]]] | None = None,
    ) -> None:
        """Record schools, then the establishments `added` and `changed` or moved.

        `changed` has what columns were and are, by URN. What hangs on establishments
        is recorded after this; `record_successions` comes last.
        """
        self.schools.record(run)
        moved: dict[int, Change] = {
            change[0]: change for change in self.owners.changes()
        }
        changes: dict[int, Change] = {}
        for urn, (was, now) in (changed or {}).items():
            _, before, after = moved.pop(urn, (urn, {}, {}))
            changes[urn] = (urn, {**(before or {}), **was}, {**after, **now})
        changes.update(moved)
        new: Iterator[Change] = ((urn, None, {}) for urn in added)
        record_changes(run, Establishment, chain(new, changes.values()))

    def record_successions(self, run: ImportRun) -> None:
        """Record the decisions that the import made or changed."""
        self.successions.record(run)
