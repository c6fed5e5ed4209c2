"""The areas of help as staff keep them, with what hangs on each."""

from typing import Any

from django.db.models import Count, Q, QuerySet

from mentoring.models import Area, Membership, Need, Offer, Pairing
from mentoring.steps.membership import OPEN
from mentoring.steps.pairing import TAKES_A_PLACE


def with_counts() -> list[Any]:
    """Return the areas as listed, those in use first, with what hangs on each.

    `n_needs` and `n_offers` are of schools that are in the programme or invited;
    `n_pairings` are all there ever were, `n_open` those that take a place.
    """
    # Those that are out are few beside those that are in: they are left out by number.
    out = Membership.objects.exclude(state__in=OPEN)
    needs = _by_area(Need.objects.exclude(mentee__in=out))
    offers = _by_area(Offer.objects.exclude(mentor__in=out))
    # Of area and state alone, the index `pairing_by_area` answers without the rows.
    takes_a_place = Count("area", filter=Q(state__in=TAKES_A_PLACE))
    pairings = {
        area: (every, are_open)
        for area, every, are_open in Pairing.objects.order_by()
        .values("area")
        .annotate(n=Count("area"), n_open=takes_a_place)
        .values_list("area", "n", "n_open")
    }
    areas: list[Any] = list(
        Area.objects.order_by("retired_on", "-is_lead", "position", "name")
    )
    for area in areas:
        area.n_needs = needs.get(area.pk, 0)
        area.n_offers = offers.get(area.pk, 0)
        area.n_pairings, area.n_open = pairings.get(area.pk, (0, 0))
    return areas


def _by_area(rows: QuerySet[Any]) -> dict[int, int]:
    """Return how many of `rows` there are of each area that has one."""
    counted = rows.order_by().values("area").annotate(n=Count("area"))
    return dict(counted.values_list("area", "n"))


def retiring_words(area: Any) -> str:
    """Return what retiring an area does; `area` has the counts of `with_counts`."""
    said = "Nothing new can name it. What was done in it keeps its name."
    stated = area.n_needs + area.n_offers
    if stated:
        noun = "need or offer names" if stated == 1 else "needs and offers name"
        said += f" {stated:,} {noun} it now: kept, and shown again if you take it back."
    if area.n_open:
        noun = "pairing in it goes" if area.n_open == 1 else "pairings in it go"
        said += f" {area.n_open:,} {noun} on."
    return said
