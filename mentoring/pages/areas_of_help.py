"""The areas of help as staff keep them, with what hangs on each."""

from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from mentoring.models import Area, Need, Offer, Pairing
from mentoring.steps.membership import OPEN


def with_counts() -> QuerySet[Area, Any]:
    """Return the areas as listed, those in use first, with what hangs on each.

    `n_needs` and `n_offers` are of schools that are in the programme or invited;
    `n_pairings` are all there ever were, `n_open` those that take a place.
    """
    needs = Need.objects.filter(mentee__state__in=OPEN)
    offers = Offer.objects.filter(mentor__state__in=OPEN)
    pairings = Pairing.objects.all()
    return Area.objects.annotate(
        n_needs=count_of(needs),
        n_offers=count_of(offers),
        n_pairings=count_of(pairings),
        n_open=count_of(Pairing.objects.open()),
    ).order_by("retired_on", "-is_lead", "position", "name")


def count_of(rows: QuerySet[Any]) -> Coalesce:
    """Return the number of `rows` of an area, for an annotation."""
    grouped = rows.filter(area=OuterRef("pk")).order_by().values("area")
    return Coalesce(Subquery(grouped.annotate(n=Count("pk")).values("n")), Value(0))


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
