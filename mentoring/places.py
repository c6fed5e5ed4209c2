"""Where one school stands: on frozen lists, and in what the results held would give.

Reads the few rows of one school, never those of all.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from mentoring.bottom_quarter import (
    OTHER_URN,
    candidate,
    one_for_each_school,
    scores_of,
)
from mentoring.models import EligibilityEntry, EligibilityList
from mentoring.pages.trial import Between
from mentoring.pages.why import Answer, Identity, Line, Place, why
from results.figures.quarter import eligibility
from results.figures.threshold import rank_of
from results.models import Measure, Result
from schools.models import Establishment, School

Standing = EligibilityEntry.Standing
FOUND = 8
"""Schools that a search names before it asks for more words."""


def find_schools(words: str) -> list[School]:
    """Return the schools that `words` find, one more than FOUND when there are more.

    A URN that a school has or had finds that school alone.
    """
    typed = "".join(words.split())
    if typed.isdecimal() and len(typed) <= 9:  # noqa: PLR2004 -- what the column holds
        exact = Establishment.objects.filter(urn=int(typed)).select_related(
            "school__authority", "school__continued_by"
        )
        found = exact.first()
        if found is not None:
            return [found.school]
    schools = School.objects.matching(words).select_related("authority", "continued_by")
    return list(schools.order_by("name", "pk")[: FOUND + 1])


def identity_of(school: School) -> Identity:
    """Return what the register says of a school's URNs."""
    held = list(
        Establishment.objects.filter(school=school)
        .order_by("urn")
        .values_list("urn", "opened", "closed")
    )
    opened = [day for _urn, day, _closed in held]
    closed = [day for _urn, _opened, day in held]
    goes_on = school.continued_by
    return Identity(
        urns=tuple(urn for urn, _opened, _closed in held) or (school.urn,),
        opened=min((day for day in opened if day), default=None)
        if all(opened)
        else None,
        closed=max((day for day in closed if day), default=None)
        if all(closed)
        else None,
        continued_by=f"{goes_on} (URN {goes_on.urn})" if goes_on else "",
    )


def on_lists(
    school: School, lists: Sequence[EligibilityList]
) -> list[tuple[EligibilityList, Answer]]:
    """Return, for each of `lists`, why the school is in or out."""
    identity = identity_of(school)
    entries: dict[int, list[EligibilityEntry]] = {}
    mine = EligibilityEntry.objects.filter(urn__in=identity.urns, list__in=lists)
    for entry in mine.order_by("urn"):
        entries.setdefault(entry.list_id, []).append(entry)
    return [
        (each, why(_entered(entries.get(each.pk, ())), line_of(each), identity))
        for each in lists
    ]


def line_of(frozen: EligibilityList) -> Line:
    """Return the cut of a frozen list."""
    return Line(
        measure=frozen.measure,
        year=frozen.year,
        cut=frozen.cut,
        counted=frozen.counted,
        eligible=frozen.eligible,
        tied=frozen.tied,
        is_frozen=True,
    )


def _entered(entries: Iterable[EligibilityEntry]) -> Place | None:
    """Return the place of the URN under which the school stands on a list."""
    ordered = sorted(entries, key=lambda each: (each.reason == OTHER_URN, -each.urn))
    if not ordered:
        return None
    first, *others = ordered
    return Place(
        urn=first.urn,
        standing=first.standing,
        value=first.value,
        rank=first.rank,
        reason=first.reason,
        cohort=first.cohort,
        type_group=first.type_group,
        missing=first.missing or "",
        other_urns=tuple(each.urn for each in others),
    )


def in_preview(
    school: School, facts: Mapping[str, Any], measure: Measure, year: int
) -> Answer:
    """Return why the school would be in or out on the results held."""
    identity = identity_of(school)
    line = Line(
        measure=measure,
        year=year,
        cut=facts["cut"],
        counted=facts["counted"],
        eligible=facts["eligible"],
        tied=facts["tied"],
        is_frozen=False,
        min_cohort=facts["min_cohort"],
    )
    return why(_held(facts, measure, year, identity), line, identity)


def _held(
    facts: Mapping[str, Any], measure: Measure, year: int, school: Identity
) -> Place | None:
    """Return the place that the school's own results give it beside the tally."""
    rows = Result.objects.filter(
        measure=measure,
        year=year,
        population=facts["population"],
        establishment__in=school.urns,
    )
    scores = scores_of(rows)
    standing_under = one_for_each_school(scores.values())
    if not standing_under:
        return None
    score = scores[max(standing_under)]
    outcome = eligibility([candidate(score)], min_cohort=facts["min_cohort"])
    reason = str(outcome.excluded.get(score.urn, ""))
    standing, rank = Standing.EXCLUDED, None
    if not reason and score.value is not None and facts["cut"] is not None:
        rank = rank_of(facts["tally"], score.value)
        standing = _standing(score.value, facts)
    return Place(
        urn=score.urn,
        standing=standing,
        value=score.value,
        rank=rank,
        reason=reason,
        cohort=score.cohort,
        type_group=score.type_group,
        missing=score.missing,
        other_urns=tuple(urn for urn in scores if urn != score.urn),
    )


def _standing(value: float, facts: Mapping[str, Any]) -> Standing:
    if value <= facts["cut"]:
        return Standing.ELIGIBLE
    if facts["near_top"] is not None and value <= facts["near_top"]:
        return Standing.NEAR_MISS
    return Standing.ABOVE


def named(between: Sequence[Between]) -> list[tuple[School, Between]]:
    """Return each school between two cuts with its name, in the same order."""
    schools = School.objects.in_bulk([each.school for each in between])
    return [(schools[each.school], each) for each in between if each.school in schools]
