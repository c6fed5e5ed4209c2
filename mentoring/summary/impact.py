"""The programme's dashboard, worked out from what is held."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import fmean
from typing import Any

from mentoring.models import Membership, Programme
from mentoring.summary.held import Held, Series
from mentoring.summary.school import england_facts
from results.figures.breaks import touching
from results.figures.england import (
    EnglandGain,
    england_gain,
    rest_from_counts,
    rest_of_england,
    window_of,
)
from results.figures.figure import Figure
from results.figures.gains import Gain, NoGain, gain
from results.figures.headline import measure_of
from results.figures.intervals import mean_interval
from results.figures.pooling import pooled_value
from results.figures.programme import (
    MIN_SCHOOLS,
    Member,
    ProgrammeGain,
    programme_headline,
)
from results.figures.ratio import ratio_to_national
from results.figures.reasons import Reason
from results.figures.timing import ExamYears, exam_years

YEARS_BEFORE = 3
"""Years shown before the first base year, so that its dip can be seen."""


@dataclass(frozen=True, slots=True)
class Mentee:
    """A school that ever joined to be helped, and its gain or why it has none."""

    school: int
    name: str
    joined: date
    years: ExamYears
    is_in_programme: bool
    gain: Gain | NoGain


def summarise(programme: Programme, held: Held, on: date) -> dict[str, Any]:
    """Return the facts of the dashboard; every number with its years and counts."""
    mentees = mentees_of(programme, held, on)
    if not mentees or held.latest_year is None:
        return {"joined": len(mentees), "is_empty": True}
    latest = measure_of(held.headlines, held.latest_year)
    members = [Member(each.gain, each.is_in_programme) for each in mentees]
    headline = programme_headline(members)
    counted = [each for each in mentees if isinstance(each.gain, Gain)]
    gains = [each.gain for each in counted if isinstance(each.gain, Gain)]
    facts: dict[str, Any] = {
        "is_empty": False,
        "joined": len(mentees),
        "measure": latest.measure if latest else "",
        "measure_name": latest.name if latest else "",
        "is_share": bool(latest and latest.measure in held.shares),
        "latest_year": held.latest_year,
        "counted": len(counted),
        "part_year": sum(each.years.is_part_year for each in counted),
        "earlier_year": sum(each.is_latest_earlier for each in gains),
        "small": sum(each.is_small for each in gains),
        "min_rank": programme.min_rank,
        "gone": sum(not each.is_in_programme for each in mentees),
        "left_out": left_out(mentees),
        "waves": waves(mentees),
        "gain": gain_facts(headline.all_who_joined, gains),
        "still": gain_facts(headline.still_in_programme, []),
        "lines": lines(held, counted, mentees),
        "seams": [
            {"year": seam.year, "sentences": seam.sentences} for seam in held.seams
        ],
        "cautions": cautions(gains),
    }
    if isinstance(headline.all_who_joined, NoGain):
        return facts
    england = england_gain(
        held.england_of(gains[0].base.measure),
        [window_of(each) for each in gains],
        held.breaks,
    )
    facts["england"] = england_facts(england)
    facts["rest"] = rest_facts(held, mentees, gains, england)
    if isinstance(england, EnglandGain):
        facts["ratio"] = ratio_facts(headline.all_who_joined, england)
    return facts


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
        first.setdefault(school, (name, joined))
        if left is None or left >= on:
            staying.add(school)
    series = like_for_like_series(held, first)
    found = []
    for school, (name, joined) in first.items():
        years = exam_years(joined)
        found.append(
            Mentee(
                school=school,
                name=name,
                joined=joined,
                years=years,
                is_in_programme=school in staying,
                gain=_headline_gain(
                    programme, held, series.get(school, {}), years.base
                ),
            )
        )
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


def gain_facts(found: ProgrammeGain | NoGain, gains: Sequence[Gain]) -> dict[str, Any]:
    """Return the mean gain with what it rests on, or the reason there is none.

    With `gains` it carries the likely range: Student's t over schools.
    """
    if isinstance(found, NoGain):
        return {"reason": str(found.reason), "sentence": found.sentence}
    facts = {
        "per_year": found.per_year,
        "pupil_weighted": found.pupil_weighted,
        "pooled": found.pooled,
        "n_schools": found.n_schools,
        "n_weighted": found.n_weighted,
        "n_pupils": found.n_pupils,
        "first_base": found.first_base,
        "last": found.last,
        "release": int(found.release),
        "is_weighing_important": found.is_weighing_important,
    }
    if gains:
        likely = mean_interval([each.per_year for each in gains])
        facts |= {"low": likely.low, "high": likely.high}
    return facts


def rest_facts(
    held: Held,
    mentees: Sequence[Mentee],
    gains: Sequence[Gain],
    england: EnglandGain | NoGain,
) -> dict[str, Any]:
    """Return the gain of England without programme schools over the same windows.

    From the counts of every school outside where all are held, else from England's
    gain and the programme's share of pupils.
    """
    inside = {each.school for each in mentees}
    windows = Counter((each.base.year, each.last.year) for each in gains)
    if counts_are_held(held):
        rises = []
        for (base, last), schools in windows.items():
            rise = rest_from_counts(
                _outside(held, inside, base), _outside(held, inside, last), last - base
            )
            if rise is not None:
                rises += [rise] * schools
        return {"per_year": fmean(rises), "how": "counts"} if rises else {}
    if isinstance(england, NoGain):
        return {}
    pooled = pooled_mean(gains)
    share = pupil_share(held, gains)
    if pooled is None or share is None:
        return {}
    rest = rest_of_england(england.per_year, pooled, share)
    return {"per_year": rest, "how": "share", "share": share}


def counts_are_held(held: Held) -> bool:
    """Return whether every value held comes with its number of pupils."""
    return all(
        figure.number is not None
        for series in held.schools.values()
        for figure in series.values()
        if figure.value is not None
    )


def pooled_mean(gains: Sequence[Gain]) -> float | None:
    """Return the gain of all counted schools taken as one, points a year."""
    starts = pooled_value(each.base for each in gains)
    ends = pooled_value(each.last for each in gains)
    years = fmean(each.years for each in gains)
    return None if starts is None or ends is None else (ends - starts) / years


def pupil_share(held: Held, gains: Sequence[Gain]) -> float | None:
    """Return the counted schools' share of England's pupils in their base years.

    England's pupils are the published count, else the sum over every school held.
    """
    ours = sum(each.base.cohort or 0 for each in gains)
    schools = Counter(each.base.year for each in gains)
    total = 0.0
    for year, count in schools.items():
        known = held.pupils.get((gains[0].base.measure, year))
        everyone = known or sum(
            series[year].cohort or 0
            for series in held.schools.values()
            if year in series
        )
        total += everyone * count / len(gains)
    return ours / total if ours and total > ours else None


def _outside(held: Held, inside: Collection[int], year: int) -> list[Figure]:
    return [
        series[year]
        for school, series in held.schools.items()
        if school not in inside and year in series
    ]


def ratio_facts(ours: ProgrammeGain, england: EnglandGain) -> dict[str, Any]:
    """Return the ratio to England's gain, or why it is not given; the difference."""
    ratio = ratio_to_national(ours.per_year, england.per_year)
    return {
        "value": ratio.value,
        "difference": ratio.difference,
        "reason": str(ratio.reason or ""),
        "sentence": ratio.reason.sentence if ratio.reason else "",
    }


def left_out(mentees: Sequence[Mentee]) -> list[dict[str, Any]]:
    """Return the schools without a gain, grouped by why, most frequent first."""
    groups: dict[tuple[str, str], list[list[Any]]] = defaultdict(list)
    for each in mentees:
        if isinstance(each.gain, NoGain):
            key = (str(each.gain.reason), each.gain.sentence)
            groups[key].append([each.school, each.name])
    return [
        {
            "reason": reason,
            "sentence": sentence,
            "schools": sorted(schools, key=lambda school: str(school[1])),
        }
        for (reason, sentence), schools in sorted(
            groups.items(), key=lambda item: -len(item[1])
        )
    ]


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


def lines(
    held: Held, counted: Sequence[Mentee], mentees: Sequence[Mentee]
) -> dict[str, Any]:
    """Return the levels by year: the counted schools' mean, England, the rest.

    A mean of fewer than three schools is None with its count. Years run from three
    before the first base year.
    """
    inside = {each.school for each in mentees}
    start = min((each.years.base for each in mentees), default=0) - YEARS_BEFORE
    years = [year for year in held.years if year >= start]
    panel = [held.schools[each.school] for each in counted]
    with_rest = counts_are_held(held)
    rows = []
    for year in years:
        values = [
            value
            for series in panel
            if (figure := series.get(year)) and (value := figure.value) is not None
        ]
        england = held.england_in(year)
        headline = measure_of(held.headlines, year)
        rows.append(
            {
                "year": year,
                "measure": headline.name if headline else "",
                "programme": fmean(values) if len(values) >= MIN_SCHOOLS else None,
                "n_schools": len(values),
                "england": england.value if england else None,
                "england_release": int(england.release) if england else None,
                "rest": pooled_value(_outside(held, inside, year))
                if with_rest
                else None,
            }
        )
    return {"rows": rows, "has_rest": with_rest}


def cautions(gains: Sequence[Gain]) -> list[dict[str, Any]]:
    """Return the breaks to be cautious of that any counted gain crosses."""
    met = {each.year: each for one in gains for each in one.cautioned_by}
    return [{"year": year, "sentence": met[year].sentence} for year in sorted(met)]


def shared_line(held: Held) -> dict[str, Any]:
    """Return what every school's line stands beside: England, seams and cautions."""
    england = {
        str(year): [figure.value, int(figure.release)]
        for year in held.years
        if (figure := held.england_in(year))
    }
    return {
        "years": list(held.years),
        "measures": {
            str(year): [headline.measure, headline.name]
            for year in held.years
            if (headline := measure_of(held.headlines, year))
        },
        "shares": sorted(held.shares),
        "words": {code: list(words) for code, words in held.words.items()},
        "breaks": [
            [
                each.year,
                each.name,
                sorted(each.measures),
                each.kind,
                each.applies,
                each.sentence,
            ]
            for each in held.breaks
        ],
        "england": england,
        "seams": [
            {"year": seam.year, "sentences": list(seam.sentences)}
            for seam in held.seams
        ],
        "cautions": line_cautions(held),
    }


def line_cautions(held: Held) -> list[dict[str, Any]]:
    """Return the cautions between one year of the line and the next, each once."""
    met: dict[str, int] = {}
    for before, year in pairwise(held.years):
        headline = measure_of(held.headlines, year)
        if headline:
            for each in touching(held.breaks, headline.measure, before, year):
                if each.kind == "caution":
                    met.setdefault(each.sentence, each.year)
    return [{"year": year, "sentence": sentence} for sentence, year in met.items()]
