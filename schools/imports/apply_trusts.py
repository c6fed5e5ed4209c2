"""Writes trusts and their schools into the database, in the caller's transaction."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import F

from schools.imports.changes import Watch
from schools.imports.outcome import Outcome, Progress, close_run, open_run, silent
from schools.imports.table_file import FileRefusedError, TableFile
from schools.imports.trusts import Group, Groups, Members
from schools.imports.writing import insert_rows, update_rows
from schools.models import Establishment, ImportRun, Trust, TrustMembership, User
from schools.naming import counted

LAYOUT = "GIAS groups and group links"
FIELDS = ("uid", "name", "kind", "reference", "company", "opened", "closed")
MOST_LEAVING = 0.25
"""The share of memberships that may end at once: more means half a file was taken."""
FEW = 20
ACADEMY = 0
"""Stands for all academy trusts together."""


class Place(NamedTuple):
    """A school in a trust."""

    school: int
    trust: int


class Time(NamedTuple):
    """From when to when, both included; None for unknown and for not ended."""

    started: date | None
    ended: date | None


@dataclass(slots=True)
class Changes:
    """What has to be written: new places, new times of held rows by their key."""

    new: list[tuple[Place, Time]] = field(default_factory=list)
    times: dict[int, Time] = field(default_factory=dict)
    unchanged: int = 0
    left: int = 0
    moved: int = 0


def apply_groups(file: TableFile, groups: Groups, *, by: User | None = None) -> Outcome:
    """Add and update trusts; none is ever removed. Call it in a transaction."""
    run = open_run(file, ImportRun.Kind.TRUSTS, LAYOUT, by=by)
    outcome = Outcome(
        ImportRun.Kind.TRUSTS,
        LAYOUT,
        "trusts",
        refusals=groups.refused,
        notes=groups.notes,
    )
    watched = Watch(Trust.objects.all(), FIELDS)
    held = {row[1]: row for row in Trust.objects.values_list("pk", *FIELDS)}
    new, changed = [], []
    for uid, group in groups.groups.items():
        wanted = _columns(group)
        if uid not in held:
            new.append(wanted)
        elif held[uid][1:] != wanted:
            changed.append((held[uid][0], *wanted))
    insert_rows(Trust, FIELDS, new, len(new))
    update_rows(Trust, FIELDS, changed)
    outcome.added, outcome.changed = len(new), len(changed)
    outcome.unchanged = len(groups.groups) - len(new) - len(changed)
    watched.record(run)
    close_run(run, outcome)
    return outcome


def _columns(group: Group) -> tuple[object, ...]:
    return tuple(getattr(group, name) for name in FIELDS)


def apply_members(
    file: TableFile,
    members: Members,
    *,
    on: date,
    by: User | None = None,
    progress: Progress = silent,
) -> Outcome:
    """Add schools to their trusts, and end the memberships that are no longer listed.

    A school that is not listed with a trust any more left it on the day before `on`,
    or on the day before it joined the next. Call it in a transaction, after the
    trusts. Raises FileRefusedError where so many would leave that the file is no full
    extract.
    """
    run = open_run(file, ImportRun.Kind.TRUSTS, LAYOUT, by=by)
    outcome = Outcome(
        ImportRun.Kind.TRUSTS,
        LAYOUT,
        "schools in trusts",
        refusals=members.refused,
        notes=members.notes,
    )
    watched = Watch(
        TrustMembership.objects.all(), ("school_id", "trust_id", "started", "ended")
    )
    wanted = _wanted(members, outcome)
    changes = _compared(wanted, on)
    _write(changes, progress)
    outcome.added, outcome.changed = len(changes.new), len(changes.times)
    outcome.unchanged = changes.unchanged
    outcome.moves_figures = bool(changes.new or changes.times)
    if changes.left or changes.moved:
        gone = counted(changes.left + changes.moved, "school", "schools")
        outcome.notes.append(
            f"{gone} left a trust, {changes.moved} of them for another."
        )
    watched.record(run)
    close_run(run, outcome)
    return outcome


def _write(changes: Changes, progress: Progress) -> None:
    """Write who left and who came."""
    # Those that leave first: a school is in one academy trust on a day.
    update_rows(
        TrustMembership,
        ("started", "ended"),
        ((pk, *time) for pk, time in changes.times.items()),
    )
    insert_rows(
        TrustMembership,
        ("school", "trust", "started", "ended"),
        ((*place, *time) for place, time in changes.new),
        len(changes.new),
        progress,
    )


def _wanted(members: Members, outcome: Outcome) -> dict[Place, Time]:
    """Return the places that the file gives, as schools and trusts held here."""
    urns = {
        urn: (school, current == urn)
        for urn, school, current in Establishment.objects.values_list(
            "urn", "school_id", F("school__urn")
        )
    }
    trusts = {
        uid: (pk, kind in Trust.ACADEMY, closed)
        for uid, pk, kind, closed in Trust.objects.values_list(
            "uid", "pk", "kind", "closed"
        )
    }
    places: dict[Place, Time] = {}
    academy: dict[int, tuple[bool, Place]] = {}
    strangers = unknown = older = 0
    for (urn, uid), joined in members.joined.items():
        if uid not in trusts:
            unknown += 1
            continue
        if urn not in urns:
            strangers += 1
            continue
        school, is_current = urns[urn]
        trust, is_academy, closed = trusts[uid]
        place = Place(school, trust)
        if is_academy:
            # Of two URNs of one school, the current one says which trust it is in.
            other = academy.get(school)
            if other is not None and other[1] != place:
                older += 1
                if other[0] or not is_current:
                    continue
                places.pop(other[1], None)
            academy[school] = (is_current, place)
        start = joined if closed is None or joined is None else min(joined, closed)
        places[place] = Time(start, closed)
    _note(outcome, strangers, unknown, older)
    return places


def _note(outcome: Outcome, strangers: int, unknown: int, older: int) -> None:
    for count, words in (
        (strangers, "of URNs that the register does not hold"),
        (unknown, "of groups that are no trusts here"),
        (older, "of a school's earlier URN in another trust"),
    ):
        if count:
            one, several = (
                f"row {words} was set aside.",
                f"rows {words} were set aside.",
            )
            outcome.notes.append(counted(count, one, several))


def _compared(wanted: Mapping[Place, Time], on: date) -> Changes:
    """Return what differs from what is held."""
    changes = Changes()
    academies = set(
        Trust.objects.filter(kind__in=Trust.ACADEMY).values_list("pk", flat=True)
    )
    next_start = {
        place.school: time.started
        for place, time in wanted.items()
        if place.trust in academies
    }
    held = set()
    free: dict[Place, date] = {}
    live = 0
    rows = TrustMembership.objects.values_list(
        "pk", "school_id", "trust_id", "started", "ended"
    )
    for pk, school, trust, *times in rows.order_by("pk"):
        place, was = Place(school, trust), Time(*times)
        live += was.ended is None
        now = was
        wish = wanted.get(place)
        if wish is not None and (was.ended is None or wish.ended is not None):
            held.add(place)
            now = Time(wish.started or was.started, wish.ended)
            changes.unchanged += now == was
        elif was.ended is None:
            is_moving = trust in academies and school in next_start
            moved = next_start[school] if is_moving else None
            now = Time(was.started, _last_day(was.started, moved, on))
            changes.moved += is_moving
            changes.left += not is_moving
        if now != was:
            changes.times[pk] = now
        if now.ended is not None:
            lane = _lane(place, academies)
            free[lane] = max(now.ended, free.get(lane, now.ended))
    leaving = changes.left + changes.moved
    if leaving > max(FEW, live * MOST_LEAVING):
        raise FileRefusedError(
            f"{leaving} of {live} schools would leave their trusts: the file is no "
            "full extract. Fetch the whole file of group links."
        )
    changes.new = [
        (place, _after(time, free.get(_lane(place, academies))))
        for place, time in wanted.items()
        if place not in held
    ]
    return changes


def _lane(place: Place, academies: Collection[int]) -> Place:
    """Return what is taken once at a time; all academy trusts of a school are one."""
    return Place(place.school, ACADEMY) if place.trust in academies else place


def _after(time: Time, last: date | None) -> Time:
    """Return `time`, begun at the earliest on the day after `last`."""
    if last is None or (time.started is not None and time.started > last):
        return time
    started = last + timedelta(days=1)
    return Time(started, None if time.ended is None else max(time.ended, started))


def _last_day(started: date | None, moved: date | None, on: date) -> date:
    """Return the last day in a trust that is no longer listed."""
    last = (moved or on) - timedelta(days=1)
    if started is not None and last < started:
        # It joined the next before it joined this one, as the file has it.
        return max(started, on - timedelta(days=1))
    return last
