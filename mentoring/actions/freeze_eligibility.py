"""Freezes who was in the bottom quarter in one year."""

from datetime import date

from django.db import transaction

from mentoring import policies
from mentoring.actions.keep import keep
from mentoring.actions.mark_stale import mark_stale
from mentoring.bottom_quarter import BottomQuarter, bottom_quarter
from mentoring.models import (
    EligibilityEntry,
    EligibilityList,
    Event,
    Membership,
    Programme,
)
from mentoring.summary.quarters import list_summary, preview_summary
from results.models import Measure
from schools.models import School, User

Standing = EligibilityEntry.Standing


@transaction.atomic
def freeze_eligibility(
    *, measure: Measure, year: int, by: User | None, on: date
) -> EligibilityList:
    """Return the list of who was in the bottom quarter, frozen as of now.

    Freezing the same outcome again returns the list that holds it already, so a form
    sent twice makes one list. Later results never change a list: freezing after a new
    release adds another. Raises ValidationError when no school counts.
    """
    # One freezing at a time: the second of two looks at what the first wrote.
    Programme.the()
    programme = Programme.objects.select_for_update().get(pk=Programme.ONLY_ID)
    quarter = bottom_quarter(programme, measure, year)
    policies.check_can_freeze(quarter)
    frozen = _facts(quarter)
    entries = _entries(quarter)
    for held in EligibilityList.objects.filter(
        measure=measure, year=year, release=frozen.release, cut=frozen.cut
    ).latest_first():
        if _same(held, entries):
            return held
    frozen.frozen_on, frozen.frozen_by = on, by
    keep(frozen)
    for position, entry in enumerate(in_order(entries), 1):
        entry.list, entry.position = frozen, position
    EligibilityEntry.objects.bulk_create(entries, batch_size=1000)
    list_summary(frozen).save()
    preview_summary(quarter).save()
    counts = {"counted": [None, frozen.counted], "eligible": [None, frozen.eligible]}
    Event.record(by, "froze an eligibility list", frozen, on=on, changes=counts)
    if Membership.objects.mentees().joined_ever().exists():
        # The rest of the quarter stands beside the programme's schools.
        mark_stale()
    return frozen


def _facts(quarter: BottomQuarter) -> EligibilityList:
    """Return the list's own row, not yet saved."""
    found, release = quarter.quarter, quarter.release
    assert found is not None  # check_can_freeze
    assert release is not None
    return EligibilityList(
        measure=quarter.measure,
        year=quarter.year,
        release=int(release),
        rule=quarter.rule,
        cut=found.cut,
        with_value=quarter.with_value,
        counted=found.n_counted,
        eligible=found.n_eligible,
        tied=quarter.tied,
    )


def _entries(quarter: BottomQuarter) -> list[EligibilityEntry]:
    """Return every school's place, in order of URN, not yet saved."""
    eligible, near = quarter.eligible, quarter.near_misses
    entries = []
    for urn, score in quarter.scores.items():
        standing = Standing.ABOVE
        if urn in quarter.excluded:
            standing = Standing.EXCLUDED
        elif urn in eligible:
            standing = Standing.ELIGIBLE
        elif urn in near:
            standing = Standing.NEAR_MISS
        entries.append(
            EligibilityEntry(
                school_id=score.school_id,
                urn=urn,
                standing=standing,
                value=score.value,
                rank=quarter.outcome.ranks.get(urn),
                reason=quarter.excluded.get(urn, ""),
                cohort=score.cohort,
                type_group=score.type_group,
                missing=score.missing,
            )
        )
    return entries


def _same(held: EligibilityList, entries: list[EligibilityEntry]) -> bool:
    """Return whether `held` already says exactly what `entries` say."""
    columns = ("urn", "standing", "value", "rank", "reason")
    fresh = {tuple(getattr(entry, name) for name in columns) for entry in entries}
    return set(held.entries.values_list(*columns)) == fresh


def in_order(entries: list[EligibilityEntry]) -> list[EligibilityEntry]:
    """Return entries as the list names them: from the lowest score, then by name.

    Schools that were not counted come last. The order is kept with the list, so that
    a page of it is a look-up however long it is.
    """
    names = dict(School.objects.values_list("pk", "name"))

    def place(entry: EligibilityEntry) -> tuple[bool, int, str, int]:
        return (
            entry.rank is None,
            entry.rank or 0,
            names[entry.school_id],
            entry.urn,
        )

    return sorted(entries, key=place)
