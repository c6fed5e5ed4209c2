"""Mentors that may help, gathered for the search across offers, and their words."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Q

from mentoring.matching.candidates import Candidate, Found, Order
from mentoring.matching.distance import Place, kilometres, place
from mentoring.models import Area, Membership, Offer
from mentoring.models.membership import MembershipQuerySet
from mentoring.steps.membership import IN_IT
from mentoring.steps.pairing import TAKES_A_PLACE, State
from schools.models import Establishment, School
from schools.models.school import LONGEST_SEARCH

FOUND = 8
"""Mentees that a search names before it asks for more words."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """Every mentor that could be asked; `is_placed` is whether the mentee has a place.

    `helping` has the mentors that help this mentee in this very area already, and
    `declined` the day on which each last declined to.
    """

    candidates: list[Candidate]
    is_placed: bool
    helping: Collection[int]
    declined: Mapping[int, date]


def mentees_in_it() -> MembershipQuerySet:
    """Return the mentees that a mentor can be sought for."""
    return Membership.objects.mentees().filter(state__in=IN_IT)


def mentees_found(words: str) -> list[Membership]:
    """Return the mentees that `words` find, one beyond FOUND where there are more."""
    schools = School.objects.matching(words[:LONGEST_SEARCH])
    rows = mentees_in_it().filter(school__in=schools.values("pk"))
    found = rows.select_related("school").order_by("school__name", "pk")
    return list(found[: FOUND + 1])


def gather(mentee: Membership | None, area: Area | None, on: date) -> Gathered:
    """Return the mentors in the programme on `on` that offer `area`, any for None.

    The lead is offered by all. A handful of queries, however many mentors there are.
    """
    mentors = Membership.objects.mentors().live_on(on).filter(state="active")
    strengths: dict[int, int] = {}
    if area is not None and not area.is_lead:
        offers = Offer.objects.filter(area=area)
        strengths = dict(offers.values_list("mentor", "strength"))
        mentors = mentors.filter(offers__area=area)
    if mentee is not None:
        mentors = mentors.exclude(school=mentee.school_id)
    helped, declined = history_of(mentee, area)
    places, here = places_of(mentee)
    candidates = [
        Candidate(
            key=key,
            name=name,
            strength=strengths.get(key),
            free=offered - taken,
            far=kilometres(here, places.get(urn)),
            helps=key in helped,
        )
        for key, name, urn, offered, taken in mentors.values_list(
            "pk", "school__name", "school__urn", "places", "places_taken"
        )
    ]
    helping = {key for key, areas in helped.items() if area and area.pk in areas}
    return Gathered(candidates, here is not None, helping, declined)


def history_of(
    mentee: Membership | None, area: Area | None
) -> tuple[dict[int, set[int]], dict[int, date]]:
    """Return who helps a mentee, and who declined to, by mentor and in one query.

    Of those who help it the areas of their open pairings; of those who declined to in
    `area`, any for None, the day on which they last did.
    """
    helped: dict[int, set[int]] = {}
    declined: dict[int, date] = {}
    if mentee is None:
        return helped, declined
    told = mentee.helped_by.filter(state__in=[*TAKES_A_PLACE, State.DECLINED])
    rows = told.order_by("since").values_list("mentor", "area", "state", "since")
    for mentor, of, state, since in rows:
        if state != State.DECLINED:
            helped.setdefault(mentor, set()).add(of)
        elif area is None or of == area.pk:
            declined[mentor] = since
    return helped, declined


def places_of(
    mentee: Membership | None,
) -> tuple[dict[int, Place | None], Place | None]:
    """Return the places of mentors' schools by URN, and the mentee's own.

    None is sought, and none found, without a mentee to measure from.
    """
    if mentee is None:
        return {}, None
    own = mentee.school.urn
    mentors = Membership.objects.mentors().filter(state="active")
    rows = Establishment.objects.filter(
        Q(school__in=mentors.values("school"), urn=F("school__urn")) | Q(urn=own)
    ).values_list("urn", "easting", "northing")
    found = {urn: place(easting, northing) for urn, easting, northing in rows}
    return found, found.get(own)


Facts = dict[str, Any]
FACTS = (
    "pk",
    "places",
    "places_taken",
    "days_a_year",
    "school__urn",
    "school__town",
    "school__authority__name",
    "school__summary__spark",
    "school__summary__latest_measure",
    "school__summary__latest_year",
    "school__summary__latest_value",
    "school__summary__latest_release",
    "school__summary__latest_reason",
)


def facts_of(keys: Collection[int]) -> dict[int, Facts]:
    """Return what the rows of a page say of mentors with these `keys`, by key.

    `pupils` and `percent_fsm` are of the register's current line, None where it has
    none.
    """
    rows = Membership.objects.filter(pk__in=keys).values_list(*FACTS)
    found: dict[int, Facts] = {}
    for values in rows:
        row = dict(zip(FACTS, values, strict=True))
        named = {name.removeprefix("school__"): each for name, each in row.items()}
        found[row["pk"]] = {**named, "pupils": None, "percent_fsm": None}
    by_urn = {row["urn"]: row for row in found.values()}
    lines = Establishment.objects.filter(urn__in=by_urn)
    for urn, pupils, fsm in lines.values_list("urn", "pupils", "percent_fsm"):
        by_urn[urn].update(pupils=pupils, percent_fsm=fsm)
    return found


def search_title(count: int, mentee: Membership | None, area: Area | None) -> str:
    """Return what the search found, as the page's title."""
    mentors = "1 mentor" if count == 1 else f"{count:,} mentors"
    if count == 0:
        mentors = "No mentor"
    verb = "could" if mentee else "offers help" if count <= 1 else "offer help"
    what = ""
    if area is not None:
        name = area.name[:1].lower() + area.name[1:]
        what = " as lead mentor" if area.is_lead else f" with {name}"
    if mentee is None:
        return f"{mentors} {verb}{what}" if what else f"{mentors} may be asked"
    return f"{mentors} {verb} help {mentee.school}{what}"


def distance_notes(
    found: Found, mentee: Membership | None, *, is_placed: bool, within: int | None
) -> list[str]:
    """Return what must be known of distances: who has no place on the map."""
    if mentee is None:
        if within is None:
            return []
        return ["Choose a mentee first: the distance is measured from its school."]
    if not is_placed:
        rest = " Take the distance away to see mentors." if within else ""
        return [
            f"{mentee.school} has no place on the map in the register here, so no "
            f"distance is known.{rest}"
        ]
    if found.unplaced:
        many = found.unplaced
        verb = "mentor has" if many == 1 else "mentors have"
        left = "is" if many == 1 else "are"
        return [
            f"{many:,} {verb} no place on the map in the register here and {left} left "
            "out. Take the distance away to see all."
        ]
    return []


def order_words(order: Order) -> str:
    """Return what comes first, in a sentence under the list."""
    return {
        Order.NEAREST: "The nearest come first",
        Order.STRONGEST: "The strongest come first",
        Order.ROOMIEST: "Those with most places free come first",
    }[order]
