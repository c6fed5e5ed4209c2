"""What freezing again would change beside the list that is frozen already."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from mentoring.bottom_quarter import BottomQuarter
from mentoring.models import EligibilityEntry, EligibilityList
from mentoring.pages.parts import day_words
from schools.models import School

NAMED = 20
"""Schools of each side that the page names; the lists have them all."""


@dataclass(frozen=True, slots=True)
class Side:
    """How many schools one side has that the other has not, and the first by name."""

    title: str
    schools: Sequence[School]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Who would come in and who would no longer be in, beside the earlier list."""

    title: str
    sides: Sequence[Side]
    kept: str


def compare(found: BottomQuarter, earlier: EligibilityList) -> Comparison:
    """Return what `found` would add to and leave out of `earlier`."""
    then = EligibilityEntry.objects.eligible().filter(list=earlier)
    before = set(then.values_list("school_id", flat=True))
    now = {found.scores[urn].school_id for urn in found.eligible}
    came, went = now - before, before - now
    frozen = f"the list frozen on {day_words(earlier.frozen_on)}"
    if not came and not went:
        title = f"The same schools are in as on {frozen}"
    else:
        title = f"Beside {frozen}"
    return Comparison(
        title=title,
        sides=[
            side
            for side in (
                _side(came, "would come in"),
                _side(went, "would not be on the new list"),
            )
            if side.schools
        ],
        kept=(
            "The earlier list stays as it is, and every school that is in on it stays "
            "entitled."
        ),
    )


def _side(schools: Collection[int], what: str) -> Side:
    named = School.objects.filter(pk__in=sorted(schools)).order_by("name", "pk")
    count = len(schools)
    many = "1 school" if count == 1 else f"{count:,} schools"
    more = f"; the first {NAMED} by name" if count > NAMED else ""
    return Side(f"{many} {what}{more}", list(named[:NAMED]))
