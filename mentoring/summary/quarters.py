"""What pages say of a bottom quarter, worked out once: its size is not the schools'.

Scores are published to a few decimals, so a tally of them has hundreds of pairs
whether it counts three thousand schools or thirty thousand.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Max

from mentoring.bottom_quarter import BottomQuarter, bottom_quarter
from mentoring.models import (
    EligibilityEntry,
    EligibilityList,
    Programme,
    QuarterSummary,
)
from results.figures.threshold import tally_of
from results.models import Measure, Result
from schools.models import School

NEAREST = 10
"""Schools on each side of the cut that are named when another cut is tried."""

NAMED = 20
"""Schools of each side that are named beside an earlier list."""

Standing = EligibilityEntry.Standing


def preview_key(measure: str, year: int) -> str:
    """Return the key of what the results held give for a measure and year."""
    return f"{measure} {year}"


def list_key(pk: int) -> str:
    """Return the key of what a frozen list holds."""
    return f"list {pk}"


def quarter_summaries(programme: Programme) -> list[QuarterSummary]:
    """Return a summary of every year with value added and of every list, not saved."""
    held = Result.objects.filter(measure__family=Measure.Family.VALUE_ADDED)
    pairs = held.order_by("measure_id", "-year").values_list("measure_id", "year")
    measures = Measure.objects.in_bulk()
    previews = [
        preview_summary(bottom_quarter(programme, measures[code], year))
        for code, year in pairs.distinct()
    ]
    lists = EligibilityList.objects.select_related("measure").order_by("pk")
    return previews + [list_summary(each) for each in lists]


def preview_summary(found: BottomQuarter) -> QuarterSummary:
    """Return the summary of what the rule makes of the results held, not saved."""
    earlier = EligibilityList.objects.filter(measure=found.measure, year=found.year)
    latest = earlier.latest_first().first()
    return QuarterSummary(
        key=preview_key(found.measure.pk, found.year),
        measure=found.measure,
        year=found.year,
        facts=preview_facts(found)
        | {"since": since_facts(found, latest) if latest else None},
    )


def since_facts(found: BottomQuarter, earlier: EligibilityList) -> dict[str, Any]:
    """Return who would come in and who not any more, beside the list frozen last.

    Each side is how many schools, and the ids of the first NAMED by name.
    """
    then = EligibilityEntry.objects.eligible().filter(list=earlier)
    before = set(then.values_list("school_id", flat=True))
    now = {found.scores[urn].school_id for urn in found.eligible}
    return {
        "list": earlier.pk,
        "came": _side(now - before),
        "went": _side(before - now),
    }


def _side(schools: set[int]) -> list[Any]:
    named = School.objects.filter(pk__in=sorted(schools)).order_by("name", "pk")
    return [len(schools), list(named.values_list("pk", flat=True)[:NAMED])]


def preview_facts(found: BottomQuarter) -> dict[str, Any]:
    """Return the facts of a quarter; `cut` is None where no school is counted.

    `tally` pairs each score with how many counted schools have it. `below` and
    `above` are the schools nearest the cut on either side, the nearest first: id, URN
    and score. `near_top` is the score of the furthest near miss.
    """
    counted = [int(urn) for urn in found.outcome.counted]
    inside = len(found.eligible)
    near = [found.scores[urn].value for urn in found.near_misses]
    quarter, release = found.quarter, found.release
    return {
        "release": int(release) if release else None,
        "cut": quarter.cut if quarter else None,
        "quarter": quarter.k if quarter else 0,
        "eligible": inside,
        "counted": len(counted),
        "with_value": found.with_value,
        "tied": found.tied,
        "near_misses": len(near),
        "near_top": max((each for each in near if each is not None), default=None),
        "exclusions": [
            [each.reason, each.schools, each.with_score] for each in found.exclusions
        ],
        "rule": found.rule,
        "source": found.source,
        "population": found.population,
        "min_cohort": found.min_cohort,
        "tally": _pairs(found.scores[urn].value for urn in counted),
        "below": _named(found, counted[max(inside - NEAREST, 0) : inside][::-1]),
        "above": _named(found, counted[inside : inside + NEAREST]),
    }


def _named(found: BottomQuarter, urns: Iterable[int]) -> list[list[Any]]:
    return [[found.scores[urn].school_id, urn, found.scores[urn].value] for urn in urns]


def _pairs(scores: Iterable[float | None]) -> list[list[Any]]:
    return [
        list(pair) for pair in tally_of(each for each in scores if each is not None)
    ]


def list_summary(frozen: EligibilityList) -> QuarterSummary:
    """Return the summary of a frozen list, from its entries alone, not saved."""
    entries = EligibilityEntry.objects.filter(list=frozen)
    ranked = entries.exclude(standing=Standing.EXCLUDED).order_by("value")
    near = entries.filter(standing=Standing.NEAR_MISS).aggregate(
        n=Count("pk"), top=Max("value")
    )
    tally = ranked.values("value").annotate(n=Count("pk")).values_list("value", "n")
    facts = {
        "release": frozen.release,
        "cut": frozen.cut,
        "quarter": frozen.quarter,
        "eligible": frozen.eligible,
        "counted": frozen.counted,
        "with_value": frozen.with_value,
        "tied": frozen.tied,
        "near_misses": near["n"],
        "near_top": near["top"],
        "exclusions": [list(row) for row in entries.exclusions()],
        "rule": frozen.rule,
        "tally": [list(pair) for pair in tally],
    }
    return QuarterSummary(
        key=list_key(frozen.pk),
        measure_id=frozen.measure_id,
        year=frozen.year,
        list=frozen,
        facts=facts,
    )
