"""What freezing again would change beside the list that is frozen already."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mentoring.models import EligibilityList
from mentoring.pages.parts import day_words
from schools.models import School

Facts = Mapping[str, Any]


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


def compare(since: Facts, earlier: EligibilityList) -> Comparison:
    """Return what freezing would add to and leave out of `earlier`.

    `since` is what `mentoring.summary.quarters.since_facts` worked out.
    """
    (came, _), (went, _) = since["came"], since["went"]
    frozen = f"the list frozen on {day_words(earlier.frozen_on)}"
    if not came and not went:
        title = f"The same schools are in as on {frozen}"
    else:
        title = f"Beside {frozen}"
    sides = (
        _side(since["came"], "would come in"),
        _side(since["went"], "would not be on the new list"),
    )
    return Comparison(
        title=title,
        sides=[side for side in sides if side.schools],
        kept=(
            "The earlier list stays as it is, and every school that is in on it stays "
            "entitled."
        ),
    )


def _side(found: Sequence[Any], what: str) -> Side:
    count, first = found
    named = School.objects.filter(pk__in=first).order_by("name", "pk")
    many = "1 school" if count == 1 else f"{count:,} schools"
    more = f"; the first {len(first)} by name" if count > len(first) else ""
    return Side(f"{many} {what}{more}", list(named))
