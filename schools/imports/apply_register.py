"""Writes the register into the database, in the caller's transaction."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import asdict
from datetime import datetime
from typing import Any

from schools.actions.add_schools import NewSchool, add_schools
from schools.actions.decide_successions import decide_successions
from schools.actions.refresh_schools import refresh_schools
from schools.imports.changes import differing, record_changes
from schools.imports.moves import Moves
from schools.imports.outcome import Outcome, Progress, close_run, open_run, silent
from schools.imports.register import (
    FIELDS,
    FOR_SCHOOLS,
    Authority,
    Line,
    Register,
)
from schools.imports.table_file import TableFile
from schools.imports.writing import insert_rows, update_rows
from schools.models import Establishment, ImportRun, LocalAuthority, User

LAYOUT = "GIAS edubasealldata"
REGISTER = Establishment.Origin.REGISTER.value
WRITTEN = ("origin", *FIELDS)
ATTRIBUTES = tuple("authority_id" if name == "authority" else name for name in WRITTEN)


def apply_register(
    file: TableFile,
    register: Register,
    *,
    in_programme: AbstractSet[int],
    at: datetime,
    by: User | None = None,
    progress: Progress = silent,
) -> Outcome:
    """Add and update establishments and their schools; nothing is ever removed.

    A line that is new gets a school of its own; `in_programme` and `at` serve the
    successions that a closed school no longer leaves in doubt. Call it in a
    transaction.
    """
    run = open_run(file, ImportRun.Kind.REGISTER, LAYOUT, by=by)
    outcome = Outcome(
        ImportRun.Kind.REGISTER,
        LAYOUT,
        "establishments",
        refusals=register.refused,
        notes=register.notes,
    )
    _apply_authorities(run, register.authorities)
    new, changed = _compared(register)
    # What stood before is asked only where something will not stand as it did.
    moves = Moves() if new or changed else None
    _add(register, new, progress)
    _change(register, changed)
    outcome.added, outcome.changed = len(new), len(changed)
    outcome.unchanged = len(register.lines) - len(new) - len(changed)
    outcome.moves_figures = bool(new)
    if moves is not None:
        # A school that waited because it was still open may have closed.
        decided = decide_successions(in_programme=in_programme, at=at)
        outcome.moves_figures |= bool(decided.accepted)
        outcome.notes += decided.notes()
        moves.record(run, new, _differing(register, changed))
        moves.record_successions(run)
    close_run(run, outcome)
    return outcome


def _differing(
    register: Register, held: dict[int, Line]
) -> dict[int, tuple[dict[str, Any], dict[str, Any]]]:
    """Return which columns of `held` the register changes, as they were and will be."""
    return {
        urn: differing(ATTRIBUTES, was, (REGISTER, *register.lines[urn]))
        for urn, was in held.items()
    }


def _compared(register: Register) -> tuple[list[int], dict[int, Line]]:
    """Return the URNs that are new, and what is held of those that differ."""
    lines, met = register.lines, 0
    changed: dict[int, Line] = {}
    # Row by row: the whole register is not held twice.
    rows = Establishment.objects.values_list("urn", *WRITTEN)
    for urn, *was in rows.iterator():
        line = lines.get(urn)
        if line is None:
            continue
        met += 1
        if was[0] != REGISTER or tuple(was[1:]) != line:
            changed[urn] = tuple(was)
    if met == len(lines):
        return [], changed
    held = set(Establishment.objects.values_list("urn", flat=True).iterator())
    return [urn for urn in lines if urn not in held], changed


def _add(register: Register, new: list[int], progress: Progress) -> None:
    """Add the establishments `new`, each with its own school."""
    lines = register.lines
    schools = add_schools(
        (
            NewSchool(urn, *(line[place] for place in FOR_SCHOOLS))
            for urn, line in ((urn, lines[urn]) for urn in new)
        ),
        len(new),
        progress,
    )
    insert_rows(
        Establishment,
        ("urn", "school", "origin", *FIELDS),
        ((urn, schools[urn], REGISTER, *lines[urn]) for urn in new),
        len(new),
        progress,
    )


def _change(register: Register, changed: Iterable[int]) -> None:
    """Update the establishments `changed` and the schools that copy them."""
    changed = list(changed)
    update_rows(
        Establishment,
        WRITTEN,
        ((urn, REGISTER, *register.lines[urn]) for urn in changed),
    )
    owners = dict(Establishment.objects.values_list("urn", "school_id"))
    refresh_schools({owners[urn] for urn in changed})


def _apply_authorities(run: ImportRun, authorities: dict[str, Authority]) -> None:
    """Add and update authorities."""
    held = {
        code: Authority(name, region)
        for code, name, region in LocalAuthority.objects.values_list(
            "code", "name", "region"
        )
    }
    unlike = {
        code: authority
        for code, authority in authorities.items()
        if held.get(code) != authority
    }
    LocalAuthority.objects.bulk_create(
        [
            LocalAuthority(code=code, name=each.name, region=each.region)
            for code, each in unlike.items()
        ],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "region"],
    )
    record_changes(
        run,
        LocalAuthority,
        (
            (code, asdict(held[code]) if code in held else None, asdict(each))
            for code, each in unlike.items()
        ),
    )
