"""The board of mentors: their room and their days, gathered and in words."""

from datetime import date
from typing import Any

from django.db.models import (
    Case,
    F,
    FloatField,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Cast, Greatest, NullIf

from mentoring.matching.load import Load, Overload
from mentoring.mentor_days import counted, given_of, planned_of
from mentoring.models import Membership, Pairing, SupportDay

TAGS = {
    Overload.UNKNOWN: "",
    Overload.ROOM: "good",
    Overload.NEARLY: "attention",
    Overload.OVER: "refused",
}


def board(on: date) -> QuerySet[Membership, Any]:
    """Return the mentors in the programme on `on`, with their room and days.

    `free` are places; `planned` the days a year of pairings that take a place;
    `halves` the half days given since 1 September; `left_of` what is left of the days
    offered and `used` the per cent of them that is planned or given, both empty where
    none were said.
    """
    planned = planned_of(Pairing.objects.open().filter(mentor=OuterRef("pk")))
    given = given_of(SupportDay.objects.filter(pairing__mentor=OuterRef("pk")), on)
    mentors = Membership.objects.mentors().live_on(on)
    # One that is to leave helps until then, and takes nobody on.
    free = Case(
        When(left__isnull=True, then=F("places") - F("places_taken")),
        default=Value(0),
        output_field=IntegerField(),
    )
    return (
        mentors.with_place()
        .annotate(
            free=free,
            planned=counted(planned),
            halves=counted(given),
        )
        .annotate(
            left_of=Cast("days_a_year", FloatField()) - F("halves") / Value(2.0),
            used=Greatest(Cast("planned", FloatField()), F("halves") / Value(2.0))
            * Value(100.0)
            / NullIf(Cast("days_a_year", FloatField()), Value(0.0)),
        )
    )


def load_of(mentor: Any) -> Load:
    """Return the load of a row of `board`."""
    return Load(mentor.days_a_year, mentor.planned, mentor.halves)


def board_counts(on: date) -> dict[str, int]:
    """Return how many mentors there are, with places free, and how full they are.

    In three queries: asked for each row of `board`, the days of a mentor are looked up
    once for every mentor there is.
    """
    columns = ("pk", "places", "places_taken", "days_a_year", "left")
    mentors = list(Membership.objects.mentors().live_on(on).values_list(*columns))
    planned = _by_mentor(planned_of(Pairing.objects.open()), "mentor")
    halves = _by_mentor(given_of(SupportDay.objects.all(), on), "pairing__mentor")
    free = [
        places - taken if left is None else 0 for _, places, taken, _, left in mentors
    ]
    loads = [
        Load(days, planned.get(pk, 0), halves.get(pk, 0)).overload
        for pk, _, _, days, _ in mentors
    ]
    return {
        "total": len(mentors),
        "with_room": sum(one > 0 for one in free),
        "places_free": sum(one for one in free if one > 0),
        "nearly": loads.count(Overload.NEARLY),
        "over": loads.count(Overload.OVER),
    }


def _by_mentor(rows: QuerySet[Any, Any], key: str) -> dict[int, int]:
    return {one[key]: one["n"] for one in rows}


OVERLOADED = Q(used__gte=100) | (
    Q(days_a_year=0) & (Q(planned__gt=0) | Q(halves__gt=0))
)
"""As `matching.load` has it, in the database's words."""


def board_title(counts: dict[str, int]) -> str:
    """Return how much room there is, as the page's title."""
    if not counts["total"]:
        return "No mentor is in the programme"
    mentors = "mentor" if counts["total"] == 1 else "mentors"
    verb = "has" if counts["with_room"] == 1 else "have"
    places = "place" if counts["places_free"] == 1 else "places"
    return (
        f"{counts['with_room']:,} of {counts['total']:,} {mentors} {verb} room: "
        f"{counts['places_free']:,} {places} free"
    )


def board_lede(counts: dict[str, int]) -> str:
    """Return how many are full, in a sentence."""
    over, nearly = counts["over"], counts["nearly"]
    if not over and not nearly:
        return "No mentor is near the days a year that it offers."
    full = f"{over:,} mentors are" if over > 1 else "1 mentor is"
    if not over:
        full = "No mentor is"
    return (
        f"{full} at or above the days a year offered; {nearly:,} at 80% or more of "
        "them."
    )


def days_text(days: float | None) -> str:
    """Return days as "3.5"; empty for None."""
    return "" if days is None else f"{days:,g}"
