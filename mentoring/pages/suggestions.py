"""The schools that words typed so far may mean."""

from django.db.models import Q

from schools.models import School
from schools.models.school import searchable

MOST = 8
LEAST_TYPED = 2
"""Characters below which everything would match."""


def suggestions(words: str) -> list[dict[str, str | int]]:
    """Return at most MOST schools: first those whose name begins with `words`.

    Names of before, URNs and postcodes find a school too, as in the list.
    """
    standing = School.objects.standing().order_by("name", "pk")
    columns = ("pk", "name", "town", "urn", "status")
    begins = Q(search__startswith=searchable(words))
    found = list(standing.matching(words).filter(begins).values(*columns)[:MOST])
    if len(found) < MOST:
        others = standing.matching(words).exclude(begins).values(*columns)
        found += others[: MOST - len(found)]
    blank = School(pk=0).get_absolute_url()
    return [
        {
            "url": blank.replace("/0/", f"/{each['pk']}/"),
            "name": each["name"],
            "place": each["town"],
            "urn": each["urn"],
            "is_closed": each["status"] == "closed",
        }
        for each in found
    ]
