"""Says what runs changed: each row with before and after, the first of them, a hash.

It reads the record that the import has just written, in the same transaction, so that
what is shown is what would be done.
"""

import csv
import gzip
import hashlib
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Any, NamedTuple

from mentoring.imports.taking import Taken
from mentoring.models import EligibilityException, Membership
from results.imports.apply_results import VALUES
from results.models import AreaFigure, NationalFigure, Result, ResultChange
from results.models.choices import MissingReason, ReleaseStatus
from schools.imports.changes import as_json, differing, label
from schools.imports.refused_file import harmless
from schools.models import (
    Establishment,
    EstablishmentLink,
    ImportRun,
    LocalAuthority,
    Trust,
    TrustMembership,
)
from schools.planner import joining_in_bulk

ADDED_SHOWN = 25
CHANGED_SHOWN = 50
REFUSED_SHOWN = 50
HEADER = ("change", "what", "column", "before", "after")


class Line(NamedTuple):
    """One change: what it is of, which column of it, before and after, as text."""

    effect: str
    what: str
    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Description:
    """What runs did: counts and first rows as JSON, all rows as gzipped CSV, a hash.

    Two runs with one hash change the same cells in the same way.
    """

    preview: dict[str, Any]
    changes: bytes
    fingerprint: str


@joining_in_bulk()
def describe(taken: Sequence[Taken], rows: Mapping[str, int]) -> Description:
    """Return what `taken` did; `rows` counts the rows of each file by its hash."""
    digest = hashlib.sha256()
    packed = io.BytesIO()
    parts = []
    with (
        gzip.GzipFile(fileobj=packed, mode="wb", compresslevel=1, mtime=0) as stream,
        io.TextIOWrapper(stream, encoding="utf-8-sig", newline="") as text,
    ):
        writer = csv.writer(text)
        writer.writerow(HEADER)
        for each in taken:
            part = _part(each, rows.get(each.file.sha256, 0))
            shown: dict[str, list[list[str]]] = {"added": [], "changed": []}
            limits = {"added": ADDED_SHOWN, "changed": CHANGED_SHOWN}
            for line in lines(each.outcome.run):
                digest.update(repr(line).encode())
                writer.writerow(map(harmless, line))
                if len(shown[line.effect]) < limits[line.effect]:
                    shown[line.effect].append(list(line[1:]))
            digest.update(json.dumps(part["counts"]).encode())
            for refusal in each.outcome.refusals:
                digest.update(repr(refusal).encode())
            parts.append({**part, "shown": shown})
    moves = any(each.outcome.moves_figures for each in taken)
    preview = {"parts": parts, "moves_figures": moves}
    return Description(preview, packed.getvalue(), digest.hexdigest())


def _part(taken: Taken, rows: int) -> dict[str, Any]:
    """Return the counts and refusals of one file; the first refusals are enough."""
    outcome = taken.outcome
    refusals = sorted(outcome.refusals, key=lambda each: each.row)
    return {
        "kind": outcome.kind.value,
        "layout": outcome.layout,
        "unit": outcome.unit,
        "file": taken.file.name,
        "rows": rows,
        "counts": {
            "added": outcome.added,
            "changed": outcome.changed,
            "unchanged": outcome.unchanged,
            "refused": outcome.refused,
        },
        "refusals": [asdict(each) for each in refusals[:REFUSED_SHOWN]],
        "notes": outcome.notes,
    }


def lines(run: ImportRun | None) -> Iterator[Line]:
    """Yield every change of `run` that people know of, in an order that is its own."""
    assert run is not None  # every outcome is closed
    if run.kind == ImportRun.Kind.RESULTS:
        yield from _added_results(run)
        yield from _changed_results(run)
    found = run.row_changes.order_by("pk").values_list("noun", "key", "before", "after")
    for noun, changes in groupby(found.iterator(), key=lambda row: row[0]):
        if noun in _NAMED:
            yield from _rows(noun, changes)


def _added_results(run: ImportRun) -> Iterator[Line]:
    # Told apart here: asked of SQLite, which knows nothing yet of how many rows this
    # transaction has written, it looks at every change for every result.
    changed = set(
        ResultChange.objects.filter(run=run).values_list("result_id", flat=True)
    )
    for what, column, (pk, *values) in _results(
        Result.objects.filter(run=run), ("pk", *VALUES)
    ):
        if pk not in changed:
            yield Line("added", what, column, "", figure_text(values))


def _changed_results(run: ImportRun) -> Iterator[Line]:
    changes = {
        pk: (before, after)
        for pk, before, after in ResultChange.objects.filter(run=run).values_list(
            "result_id", "before", "after"
        )
    }
    if not changes:
        return
    for what, column, (pk,) in _results(Result.objects.filter(run=run), ("pk",)):
        if pk not in changes:
            continue
        # JSON comes back from PostgreSQL with its keys in another order.
        before, after = (
            [held.get(name, "") for name in VALUES] for held in changes[pk]
        )
        was, now = figure_text(before), figure_text(after)
        if was == now:
            one, other = differing(VALUES, before, after)
            was, now = _as_text(one), _as_text(other)
        yield Line("changed", what, column, was, now)


def _results(
    results: Any, names: Sequence[str]
) -> Iterator[tuple[str, str, tuple[Any, ...]]]:
    """Yield whose each result is, which, and its columns `names`."""
    found = results.order_by(
        *("establishment", "measure", "year", "population", "release")
    ).values_list(
        *("establishment__name", "establishment_id", "measure_id", "year", "release"),
        *names,
    )
    for name, urn, measure, year, release, *values in found.iterator():
        column = f"{measure} {year}, {ReleaseStatus(release).label}"
        yield f"{name}, URN {urn}", column, tuple(values)


def figure_text(values: Iterable[Any]) -> str:
    """Return a figure as text: the value with its pupils, or why there is none."""
    value, number, cohort, reason, _, _ = values
    if value is None:
        return str(MissingReason(reason).label)
    if cohort is None:
        return f"{value:g}"
    pupils = f"{cohort:,} pupils" if number is None else f"{number:,} of {cohort:,}"
    return f"{value:g} ({pupils})"


def _rows(noun: str, changes: Iterable[Sequence[Any]]) -> Iterator[Line]:
    """Yield the changes of rows of one model, a line for each column that changed."""
    held = list(changes)
    model, name = _NAMED[noun]
    names = dict(name([row[1] for row in held]))
    words = {
        field.attname: str(field.verbose_name)
        for field in model._meta.concrete_fields  # noqa: SLF001 -- Django's public-by-use API
    }
    for _, key, before, after in held:
        what = names.get(key, key)
        if before is None:
            yield Line("added", what, "", "", _as_text(after, _UNTOLD))
            continue
        for column, now in sorted(after.items()):
            if column not in _UNTOLD:
                yield Line(
                    *("changed", what, words[column]),
                    *(_shown(before[column]), _shown(now)),
                )


_UNTOLD = frozenset({"school_id", "reason"})


def _as_text(values: Mapping[str, Any], untold: frozenset[str] = frozenset()) -> str:
    return ", ".join(
        f"{name.removesuffix('_id').replace('_', ' ')} {_shown(value)}"
        for name, value in as_json(values).items()
        if name not in untold and value not in {None, ""}
    )


def _shown(value: Any) -> str:
    return "nothing" if value in {None, ""} else str(value)


Names = Callable[[list[str]], Iterable[tuple[str, str]]]


def _establishments(_keys: list[str]) -> Iterator[tuple[str, str]]:
    for urn, name in Establishment.objects.values_list("urn", "name").iterator():
        yield str(urn), f"{name}, URN {urn}"


def _links(_keys: list[str]) -> Iterator[tuple[str, str]]:
    for pk, one, urn, other, to in EstablishmentLink.objects.values_list(
        *("pk", "predecessor__name", "predecessor_id"),
        *("successor__name", "successor_id"),
    ).iterator():
        yield str(pk), f"{one}, URN {urn}, to {other}, URN {to}"


def _national(keys: list[str]) -> Iterator[tuple[str, str]]:
    for each in NationalFigure.objects.filter(pk__in=keys):
        yield (
            str(each.pk),
            f"England, {each.measure_id} {each.year}, {each.population}, "
            f"{each.coverage}, {each.get_release_display()}, {each.basis}",
        )


def _areas(keys: list[str]) -> Iterator[tuple[str, str]]:
    found = AreaFigure.objects.filter(pk__in=keys).select_related("authority")
    for each in found:
        area = each.region or str(each.authority)
        yield str(each.pk), f"{area}, {each.measure_id} {each.year}"


def _authorities(_keys: list[str]) -> Iterator[tuple[str, str]]:
    for code, name in LocalAuthority.objects.values_list("code", "name"):
        yield code, f"{name}, authority {code}"


def _memberships(keys: list[str]) -> Iterator[tuple[str, str]]:
    for each in Membership.objects.filter(pk__in=keys).select_related("school"):
        yield str(each.pk), f"{each.school}, {each.role}"


def _exceptions(keys: list[str]) -> Iterator[tuple[str, str]]:
    found = EligibilityException.objects.filter(pk__in=keys).select_related("school")
    for each in found:
        yield str(each.pk), f"{each.school}, let in as an exception"


def _trusts(_keys: list[str]) -> Iterator[tuple[str, str]]:
    for pk, name, uid in Trust.objects.values_list("pk", "name", "uid").iterator():
        yield str(pk), f"{name}, group {uid}"


def _trust_memberships(_keys: list[str]) -> Iterator[tuple[str, str]]:
    for pk, school, trust in TrustMembership.objects.values_list(
        "pk", "school__name", "trust__name"
    ).iterator():
        yield str(pk), f"{school} in {trust}"


_NAMED: Mapping[str, tuple[type[Any], Names]] = {
    label(model): (model, names)
    for model, names in (
        (Establishment, _establishments),
        (EstablishmentLink, _links),
        (NationalFigure, _national),
        (AreaFigure, _areas),
        (LocalAuthority, _authorities),
        (Trust, _trusts),
        (TrustMembership, _trust_memberships),
        (Membership, _memberships),
        (EligibilityException, _exceptions),
    )
}
"""The rows that people know of; schools and successions follow from them."""
