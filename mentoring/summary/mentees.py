"""Every school that ever joined to be helped, its gain, and why some have none."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F

from mentoring.models import Membership, MenteeSummary, Programme
from mentoring.summary.held import Held, Series
from mentoring.summary.leads import lead_for, read_leads
from mentoring.summary.where import Where
from results.figures.gains import Gain, NoGain, gain
from results.figures.headline import measure_of
from results.figures.reasons import Reason
from results.figures.timing import ExamYears, exam_years
from schools.models import Establishment

NAMED = 20
"""Schools left out for one reason that the dashboard names; a list has them all."""


@dataclass(frozen=True, slots=True)
class Mentee:
    """A school that ever joined to be helped, and its gain or why it has none.

    `lead` is the school whose lead mentor stood behind the gain's last summer; None
    where there was none, or no gain.
    """

    school: int
    name: str
    joined: date
    years: ExamYears
    is_in_programme: bool
    gain: Gain | NoGain
    lead: int | None = None


def mentees_of(programme: Programme, held: Held, on: date) -> list[Mentee]:
    """Return every school that ever joined as a mentee, by its first joining.

    Leavers stay. Each school's gain runs from its own base year to the latest year,
    in the releases that `like_for_like_series` chose.
    """
    first: dict[int, tuple[str, date]] = {}
    staying: set[int] = set()
    rows = Membership.objects.mentees().filter(joined__lte=on).order_by("joined")
    for school, name, joined, left in rows.values_list(
        "school_id", "school__name", "joined", "left"
    ):
        assert joined is not None  # it joined by `on`
        first.setdefault(school, (name, joined))
        if left is None or left >= on:
            staying.add(school)
    series = like_for_like_series(held, first)
    closed, leads = closed_schools(on), read_leads()
    found = []
    for school, (name, joined) in first.items():
        years = exam_years(joined)
        gained = _or_closed(
            _headline_gain(programme, held, series.get(school, {}), years.base),
            is_closed=school in closed,
        )
        lead = None
        if isinstance(gained, Gain):
            lead = lead_for(leads, school, gained.last.year)
        found.append(
            Mentee(
                school=school,
                name=name,
                joined=joined,
                years=years,
                is_in_programme=school in staying,
                gain=gained,
                lead=lead,
            )
        )
    return found


def closed_schools(on: date) -> set[int]:
    """Return the ids of schools whose current establishment has closed."""
    current = Establishment.objects.filter(urn=F("school__urn"), closed__lte=on)
    return set(current.values_list("school_id", flat=True))


def _or_closed(found: Gain | NoGain, *, is_closed: bool) -> Gain | NoGain:
    """Return the gain; a school that closed has no later year to wait for."""
    if is_closed and found == NoGain(Reason.NOT_ENOUGH_YEARS):
        return NoGain(Reason.SCHOOL_CLOSED)
    return found


def _headline_gain(
    programme: Programme, held: Held, series: Series, base: int
) -> Gain | NoGain:
    """Return a gain in the latest year's measure; another's cannot be averaged in."""
    if held.latest_year is None:
        return NoGain(Reason.NOT_ENOUGH_YEARS)
    found = gain(
        series,
        base,
        held.latest_year,
        held.breaks,
        programme.min_analyse,
        min_rank=programme.min_rank,
    )
    latest = measure_of(held.headlines, held.latest_year)
    if isinstance(found, Gain) and latest and found.last.measure != latest.measure:
        return NoGain(Reason.DEFINITION_BREAK)
    return found


def like_for_like_series(held: Held, schools: Collection[int]) -> dict[int, Series]:
    """Return the schools' figures in the releases to hold against England.

    For each year these are the current figures, unless England lacks one of their
    releases and there is another that England and every school have.
    """
    series = {school: dict(held.schools.get(school, {})) for school in schools}
    for year in held.years:
        headline = measure_of(held.headlines, year)
        england = {
            each.release
            for each in held.england
            if headline and each.year == year and each.measure == headline.measure
        }
        present = [
            school
            for school in schools
            if year in series[school] and series[school][year].value is not None
        ]
        current = {series[school][year].release for school in present}
        if not present or current <= england:
            continue
        shared = england.intersection(
            *(held.releases[school][year] for school in present)
        )
        for school in present if shared else ():
            series[school][year] = held.releases[school][year][max(shared)]
    return series


def left_out(mentees: Sequence[Mentee]) -> list[dict[str, Any]]:
    """Return the schools without a gain, grouped by why, most frequent first.

    `n_schools` counts each group; `schools` names its first `NAMED` by name.
    """
    groups: dict[tuple[str, str], list[list[Any]]] = defaultdict(list)
    for each in mentees:
        if isinstance(each.gain, NoGain):
            key = (str(each.gain.reason), each.gain.sentence)
            groups[key].append([each.school, each.name])
    return [
        {
            "reason": reason,
            "sentence": sentence,
            "n_schools": len(schools),
            "schools": sorted(schools, key=lambda school: str(school[1]))[:NAMED],
        }
        for (reason, sentence), schools in sorted(
            groups.items(), key=lambda item: -len(item[1])
        )
    ]


def mentee_summaries(
    mentees: Sequence[Mentee], where: Mapping[int, Where]
) -> list[MenteeSummary]:
    """Return the rows that lists and downloads of mentees read, not yet saved."""
    return [_summary(each, where[each.school]) for each in mentees]


def _summary(mentee: Mentee, at: Where) -> MenteeSummary:
    row = MenteeSummary(
        school_id=mentee.school,
        joined=mentee.joined,
        base=mentee.years.base,
        region=at.region,
        type_group=at.type_group,
        trust_id=at.trust[0] if at.trust else None,
    )
    found = mentee.gain
    if isinstance(found, NoGain):
        row.reason, row.sentence = str(found.reason), found.sentence
        return row
    row.base_value, row.last_value = found.base.value, found.last.value
    row.last, row.release = found.last.year, int(found.release)
    row.gain_a_year = found.per_year
    return row


def waves(mentees: Sequence[Mentee]) -> list[dict[str, Any]]:
    """Return how many schools joined for each base year, earliest first."""
    groups: dict[int, list[Mentee]] = defaultdict(list)
    for each in mentees:
        groups[each.years.base].append(each)
    return [
        {
            "base": base,
            "schools": len(groups[base]),
            "first_joined": min(each.joined for each in groups[base]).isoformat(),
        }
        for base in sorted(groups)
    ]
