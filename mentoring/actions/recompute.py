"""Works out afresh every figure that pages read."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from mentoring.models import (
    ImpactSummary,
    Membership,
    MenteeSummary,
    Pairing,
    Programme,
    QuarterSummary,
    SchoolSummary,
)
from mentoring.summary import impact
from mentoring.summary.areas import read_areas
from mentoring.summary.as_much import add_as_much
from mentoring.summary.cohort_change import Spread
from mentoring.summary.health import health_facts
from mentoring.summary.held import Held, read
from mentoring.summary.levels import shared_line
from mentoring.summary.mentees import mentee_summaries, mentees_of
from mentoring.summary.places_in_lists import place_in_lists
from mentoring.summary.quarters import quarter_summaries
from mentoring.summary.school import summarise
from mentoring.summary.where import where_of
from results.models import Result
from schools.models import Establishment, School
from schools.planner import count_anew, joining_in_bulk

RESTS_ON = (School, Establishment, Result, Membership, Pairing)
"""What figures are worked out from."""

LISTED = (School, Establishment, Membership, SchoolSummary, MenteeSummary)
"""What pages list."""
TRIES = 10
"""How often figures are begun anew because something changed meanwhile."""


@transaction.atomic
def recompute(*, on: date) -> None:
    """Replace every summary by what the figures and memberships of `on` give.

    For commands, in the transaction that changed what they rest on. Pages mark them
    stale instead (`mark_stale`), and the worker catches up.
    """
    # What this transaction has brought in nobody else can count for it.
    count_anew(*RESTS_ON)
    Programme.the()
    programme = Programme.objects.select_for_update().get(pk=Programme.ONLY_ID)
    _store(fresh(on), programme)


def catch_up() -> bool:
    """Work out the summaries outside of any transaction, and store them if still true.

    Return whether they now take in every change. Where something changed meanwhile the
    figures are thrown away and worked out again: what was read may be of two minds.
    """
    for _ in range(TRIES):
        before = Programme.the()
        if not before.is_stale:
            return True
        try:
            found = fresh(before.today)
        except Exception:
            if Programme.the().figures_changed == before.figures_changed:
                raise
            continue
        with transaction.atomic():
            held = Programme.objects.select_for_update().get(pk=Programme.ONLY_ID)
            if held.figures_changed == before.figures_changed:
                _store(found, held)
                return True
    return False


@dataclass(frozen=True, slots=True)
class Fresh:
    """Every summary as it would be stored now: none of them is saved yet."""

    dashboard: ImpactSummary
    schools: list[SchoolSummary]
    mentees: list[MenteeSummary]
    quarters: list[QuarterSummary]


def _store(found: Fresh, programme: Programme) -> None:
    """Replace the stored summaries; `programme` is locked by the caller."""
    worked_out_at = timezone.now()
    SchoolSummary.objects.all().delete()
    SchoolSummary.objects.bulk_create(found.schools, batch_size=500)
    MenteeSummary.objects.all().delete()
    MenteeSummary.objects.bulk_create(found.mentees, batch_size=500)
    QuarterSummary.objects.all().delete()
    QuarterSummary.objects.bulk_create(found.quarters, batch_size=100)
    ImpactSummary.objects.update_or_create(
        pk=ImpactSummary.ONLY_ID,
        defaults={
            "impact": found.dashboard.impact,
            "line": found.dashboard.line,
            "health": found.dashboard.health,
            "computed_at": worked_out_at,
        },
    )
    programme.figures_taken_in = programme.figures_changed
    programme.figures_taken_in_at = worked_out_at
    programme.save(update_fields=["figures_taken_in", "figures_taken_in_at"])
    # Every summary is new, and lists are sorted and narrowed by them from now on. The
    # figures stand whether or not that succeeds.
    transaction.on_commit(partial(count_anew, *LISTED), robust=True)


def differences(*, on: date) -> list[str]:
    """Return a sentence for each stored summary that a fresh one differs from."""
    found = fresh(on)
    stored = ImpactSummary.objects.filter(pk=ImpactSummary.ONLY_ID).first()
    said = []
    if Programme.the().is_stale:
        said.append("The figures are marked as out of date.")
    if stored is None or kept_of(stored) != kept_of(found.dashboard):
        said.append("The dashboard differs from a fresh one.")
    return [
        *said,
        *_rows_that_differ("School", found.schools, SchoolSummary.objects.all()),
        *_rows_that_differ("Mentee", found.mentees, MenteeSummary.objects.all()),
        *_rows_that_differ(
            "Bottom quarter", found.quarters, QuarterSummary.objects.all()
        ),
    ]


def _rows_that_differ(
    noun: str, rows: Sequence[Model], stored: Iterable[Model]
) -> list[str]:
    """Return a sentence for each row that is missing, differs or should not be."""
    by_school = {each.pk: each for each in stored}
    said = []
    for each in rows:
        held = by_school.pop(each.pk, None)
        if held is None or columns(held) != columns(each):
            said.append(f"{noun} {each.pk} differs from a fresh summary.")
    return said + [f"{noun} {pk} has a summary it should not have." for pk in by_school]


@joining_in_bulk()
def fresh(on: date) -> Fresh:
    """Return the dashboard's, each school's, mentee's and quarter's summary."""
    programme = Programme.the()
    held = read(programme)
    mentees = mentees_of(programme, held, on)
    joined = Membership.objects.mentors().filter(joined__lte=on)
    mentors = set(joined.values_list("school_id", flat=True))
    where = where_of({each.school for each in mentees} | mentors, on)
    dashboard = ImpactSummary(
        impact=impact.summarise(programme, held, mentees, mentors, where),
        line=shared_line(held),
        health=health_facts(programme, on),
    )
    return Fresh(
        dashboard=dashboard,
        schools=school_summaries(programme, held),
        mentees=mentee_summaries(mentees, where),
        quarters=quarter_summaries(programme),
    )


def school_summaries(programme: Programme, held: Held) -> list[SchoolSummary]:
    """Return a summary of every standing school, not yet saved."""
    mentees = Membership.objects.mentees().joined_ever().order_by("-joined")
    days = mentees.values_list("school_id", "joined")
    joined: dict[int, date] = {school: day for school, day in days if day}
    areas = read_areas(programme, held)
    spread = Spread(held, [school for school in held.schools if school not in joined])
    found = [
        summarise(
            held,
            spread,
            school,
            joined.get(school),
            areas=areas,
            min_analyse=programme.min_analyse,
            min_publish=programme.min_publish,
        )
        for school in School.objects.standing().values_list("pk", flat=True)
    ]
    add_as_much(found, held, joined.keys(), min_analyse=programme.min_analyse)
    place_in_lists(found)
    return found


def kept_of(dashboard: ImpactSummary) -> dict[str, Any]:
    """Return the dashboard's columns but for when it was worked out."""
    kept = columns(dashboard)
    del kept["computed_at"]
    return kept


def columns(row: Model) -> dict[str, Any]:
    """Return a row's columns, JSON as the database gives it back."""
    return {
        field.attname: through_json(getattr(row, field.attname))
        for field in row._meta.concrete_fields  # noqa: SLF001 -- Django's public-by-use API
    }


def through_json(value: Any) -> Any:
    """Return `value` with JSON's lists for tuples and plain numbers for enums."""
    return json.loads(json.dumps(value, cls=DjangoJSONEncoder))
